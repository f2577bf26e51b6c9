// The check-ins of a partnership in a stretch of time.

import type { Partnership } from '../../domain/partnership.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { KeptOccurrence } from '../stores.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

/** Those that end after `from` and begin before `to`, where it is given. */
export type Stretch = { readonly from: Instant; readonly to?: Instant };

export type OccurrencesRead = {
  readonly partnership: Partnership;
  /** In order of their starts; cancelled ones are among them. */
  readonly occurrences: readonly KeptOccurrence[];
};

export async function readOccurrences(
  { partnership: id }: AuthorizedPartner<'read'>,
  { from, to }: Stretch,
  { database }: Pick<World, 'database'>,
): Promise<OccurrencesRead> {
  const { partnership } = await readInWords(id, database);
  const kept = await database.occurrences.after(id, from);
  return { partnership, occurrences: kept.filter(({ item }) => to === undefined || item.start < to) };
}
