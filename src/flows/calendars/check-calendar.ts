// Somebody wants one of their calendars to be looked at now, and not when it is due.

import { MINUTE } from '../../domain/time/duration.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { World } from '../world.ts';
import { ownCalendar } from './connect-calendar.ts';

/** Whoever serves it is not asked more often, however often somebody wants that. */
const AT_MOST_EVERY = MINUTE;

/** Throws NotFound where it is not the person's. */
export async function checkCalendar(
  { person }: AuthorizedPerson<'write'>,
  id: string,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  const { checkedAt } = await ownCalendar(database, person, id);
  if (checkedAt !== undefined && clock() - checkedAt < AT_MOST_EVERY) return;
  await database.transaction(({ jobs }) => jobs.put({ kind: 'sync', calendar: id }));
}
