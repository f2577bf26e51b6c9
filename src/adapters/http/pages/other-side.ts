// Routes: what partners see of one's calendars, by the very function that answers them.

import { DAY } from '../../../domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../../domain/time/instant.ts';
import { readPartnership } from '../../../flows/partnership/read-partnership.ts';
import { readFreeBusy } from '../../../flows/read/free-busy.ts';
import { otherSidePage } from '../../../views/pages/other-side.ts';
import { freeBusyText } from '../../../views/resources/free-busy.ts';
import type { Route } from '../route.ts';
import { type PageParts, partnerOf } from './parts.ts';

/** So many milliseconds from today on are shown; who asks may ask for others. */
const SHOWN = 14 * DAY;

export function otherSideRoutes(parts: PageParts): readonly Route[] {
  const { world, pages } = parts;
  return [
    {
      method: 'GET',
      path: '/calendars/seen-by/:id',
      name: 'other-side',
      access: 'partner',
      handle: async (request, response) => {
        const partner = await partnerOf(request, 'see', parts);
        const start = dayOf(world.clock());
        const query = { person: partner.person, window: { start, end: plus(start, SHOWN) } };
        const text = freeBusyText(await readFreeBusy(partner, query, world));
        const { name } = await readPartnership(partner.partnership, world.database);
        await pages.show(request, response, otherSidePage({ name, text }));
      },
    },
  ];
}

/** The beginning of the day in UTC. */
function dayOf(instant: Instant): Instant {
  return instantOf(Math.floor(instant / DAY) * DAY);
}
