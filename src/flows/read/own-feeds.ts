// The feeds of a person, with what is in each.

import type { FeedsView } from '../../views/pages/feeds.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { World } from '../world.ts';
import { ownPartnerships } from './own-calendars.ts';

export async function readOwnFeeds(
  { person }: AuthorizedPerson<'read'>,
  { database }: Pick<World, 'database'>,
): Promise<FeedsView> {
  const { zone } = (await database.people.byId(person))!;
  const partnerships = await ownPartnerships(person, database);
  const feeds = (await database.feeds.of(person)).map(({ partnership, ...feed }) => {
    const name =
      partnership && (partnerships.find(({ id }) => id === partnership)?.name ?? 'One that you left');
    return { ...feed, ...(name !== undefined && { partnership: name }) };
  });
  return { zone, feeds, partnerships };
}
