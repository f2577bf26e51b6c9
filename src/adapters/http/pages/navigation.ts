// Where somebody can go from every page.

import type { PartnerId } from '../../../domain/partner.ts';
import { ownPartnerships } from '../../../flows/read/own-calendars.ts';
import type { World } from '../../../flows/world.ts';
import type { NavigationLink } from '../../../views/pages/layout.ts';
import { partnershipPath } from '../../../views/pages/paths.ts';

/** More do not fit; all of them are on the first page. */
const MOST_NAMED = 4;

export function navigationFor({ database }: Pick<World, 'database'>) {
  return async (person: PartnerId): Promise<readonly NavigationLink[]> => {
    const own = await ownPartnerships(person, database);
    return [
      ...own.slice(0, MOST_NAMED).map(({ id, name }) => ({ href: partnershipPath(id), label: name })),
      { href: '/calendars', label: 'Calendars' },
      { href: '/feeds', label: 'Feeds' },
    ];
  };
}
