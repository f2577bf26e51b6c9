// The owner of a calendar says that it is right that half of it is gone.

import type { AuthorizedPerson } from '../authorized.ts';
import type { World } from '../world.ts';
import { ownCalendar } from './connect-calendar.ts';
import { syncCalendar } from './sync-calendar.ts';

/** Reads it at once and believes it. */
export async function confirmEmptied(
  { person }: AuthorizedPerson<'write'>,
  id: string,
  world: Pick<World, 'clock' | 'database' | 'secrets' | 'readAddress'>,
): Promise<void> {
  const { emptiedAt } = await ownCalendar(world.database, person, id);
  if (emptiedAt !== undefined) await syncCalendar({ calendar: id, believe: 'whatever it says' }, world);
}
