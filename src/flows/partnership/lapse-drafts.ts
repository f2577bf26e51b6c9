// Ends drafts that not all have signed in time; what is in force stays.

import { DRAFT_LIFE } from '../../domain/agreement/draft.ts';
import { plus } from '../../domain/time/instant.ts';
import type { World } from '../world.ts';
import { endLapsed } from './draft-agreement.ts';
import { noticesToOthers } from './notices.ts';

/** How many lapsed. */
export async function lapseDrafts({
  clock,
  database,
  secrets,
}: Pick<World, 'clock' | 'database' | 'secrets'>): Promise<number> {
  const at = clock();
  let lapsed = 0;
  for (const partnership of await database.agreements.draftsBefore(plus(at, -DRAFT_LIFE))) {
    await database.transaction(async (stores) => {
      await stores.partnerships.touch(partnership);
      const version = await endLapsed(stores, { partnership, at });
      if (version === undefined) return;
      const content = { kind: 'draft-lapsed', version } as const;
      await noticesToOthers(stores, { partnership, matter: `lapsed/${version}`, content, at }, secrets);
      lapsed++;
    });
  }
  return lapsed;
}
