// A partner wants the partnership to be looked at now, and not when its day begins.

import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';

/** Asking twice is asking once. */
export async function askForRun(
  { partnership }: AuthorizedPartner<'write'>,
  { database }: Pick<World, 'database'>,
): Promise<void> {
  await database.transaction(({ jobs }) => jobs.put({ kind: 'run', partnership, because: 'asked for' }));
}
