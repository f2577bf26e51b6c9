// One occurrence in somebody's calendar, and whether it keeps them busy.

import type { Interval } from '../time/interval.ts';
import type { DateRange } from '../time/plain-date.ts';

/**
 * One occurrence of an event (RFC 5545): series are expanded before they come here. As an interval it is the time it
 * takes on the time line; where it is all-day that is its days in the calendar's zone.
 */
export type CalendarEvent = Interval & {
  readonly uid: string;
  /** The days of an all-day event (VALUE=DATE), first and last included. */
  readonly allDay?: DateRange;
  /** RFC 5545 3.8.2.7 TRANSP. */
  readonly transparent: boolean;
  /** RFC 5545 3.8.1.11 STATUS. */
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** [MS-OXCICAL] 2.1.3.1.1.20.31 X-MICROSOFT-CDO-BUSYSTATUS. */
  readonly busyStatus?: 'free' | 'tentative' | 'busy' | 'oof' | 'working-elsewhere';
  /** RFC 5545 3.2.12 PARTSTAT of the calendar's owner, where the owner is an attendee and known. */
  readonly partStat?: 'needs-action' | 'accepted' | 'declined' | 'tentative' | 'delegated';
};

/** Why an event does not keep its owner busy. */
export type NotBusyRule =
  | 'cancelled'
  | 'declined'
  | 'delegated'
  | 'free'
  | 'working-elsewhere'
  | 'transparent';

/** The rule that makes the event free; undefined where it blocks. Confirmed, tentative, out-of-office and unanswered block. */
export function notBusyRule(event: CalendarEvent): NotBusyRule | undefined {
  if (event.status === 'cancelled') return 'cancelled';
  if (event.partStat === 'declined') return 'declined';
  if (event.partStat === 'delegated') return 'delegated';
  if (event.busyStatus === 'free') return 'free';
  if (event.busyStatus === 'working-elsewhere') return 'working-elsewhere';
  if (event.transparent) return 'transparent';
  return undefined;
}

/** Whether the event blocks only tentatively, so that a relaxation may ask for its time. */
export function isTentative(event: CalendarEvent): boolean {
  return event.status === 'tentative' || event.busyStatus === 'tentative' || event.partStat === 'tentative';
}
