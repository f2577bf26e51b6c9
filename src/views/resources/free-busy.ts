// What one partner sees of another's calendars: when they are busy, and how far that is to be believed. There is one text for all
// who may see it, so that everybody can look at what the other side sees.

import type { Freshness } from '../../domain/calendar/snapshot.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { instantOrNull, intervalResource } from './values.ts';

/** Busy and away alike, joined, without a title and without saying which calendar it comes from. */
export type FreeBusy = {
  readonly person: PartnerId;
  readonly window: Interval;
  readonly busy: readonly Interval[];
  /** `none`: there is no calendar. Where it is `unknown`, nothing is free on its word. */
  readonly freshness: Freshness | 'none';
  /** When the calendar that is known worst was last known to be so. */
  readonly confirmedAt?: Instant;
};

export function freeBusyResource({ person, window, busy, freshness, confirmedAt }: FreeBusy) {
  return {
    person,
    ...intervalResource(window),
    freshness,
    confirmedAt: instantOrNull(confirmedAt),
    busy: busy.map(intervalResource),
  };
}

/** The very bytes. */
export function freeBusyText(freeBusy: FreeBusy): string {
  return JSON.stringify(freeBusyResource(freeBusy));
}
