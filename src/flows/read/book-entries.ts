// Every entry of the book of a partnership, from which ledger and record follow.

import type { NumberedEntry } from '../../views/resources/book.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';

/** In the order of posting. */
export async function readBookEntries(
  { partnership }: AuthorizedPartner<'read'>,
  { database }: Pick<World, 'database'>,
): Promise<NumberedEntry[]> {
  const entries = await database.book.entries(partnership);
  return entries.map((entry, i) => ({ ...entry, number: i + 1 }));
}
