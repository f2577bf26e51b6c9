// All routes of the product's pages.

import type { Route } from '../route.ts';
import { agreementRoutes } from './agreement.ts';
import { answerRoutes } from './answer.ts';
import { bookRoutes } from './book.ts';
import { calendarRoutes } from './calendars.ts';
import { dayRoutes } from './days.ts';
import { feedPageRoutes } from './feeds.ts';
import { homeRoutes } from './home.ts';
import { joinRoutes } from './join.ts';
import { checkInRoutes } from './occurrence.ts';
import { otherSideRoutes } from './other-side.ts';
import { outboxRoutes } from './outbox.ts';
import { ownDataRoutes } from './own-data.ts';
import { partnershipRoutes } from './partnership.ts';
import type { PageParts } from './parts.ts';

export function pageRoutes(parts: PageParts): readonly Route[] {
  return [
    ...homeRoutes(parts),
    ...partnershipRoutes(parts),
    ...agreementRoutes(parts),
    ...bookRoutes(parts),
    ...checkInRoutes(parts),
    ...calendarRoutes(parts),
    ...otherSideRoutes(parts),
    ...dayRoutes(parts),
    ...feedPageRoutes(parts),
    ...answerRoutes(parts),
    ...joinRoutes(parts),
    ...ownDataRoutes(parts),
    ...outboxRoutes(parts),
  ];
}
