// How long the occurrences of an event last (RFC 5545 3.6.1, 3.8.5.3).

import { DAY } from '../../../domain/time/duration.ts';
import { type Instant, plus } from '../../../domain/time/instant.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import { type WallTime, wallTimeOf } from '../../../domain/time/wall-time.ts';
import { type Component, propertyNamed } from './component.ts';
import {
  dateOfMoment,
  instantOfMoment,
  lastDayAfter,
  type Moment,
  momentAt,
  momentOf,
  onClockOf,
  type TimeContext,
  TimeUnreadable,
} from './moment.ts';
import { type Duration, duration, type Period } from './values.ts';

/** Whole days by the calendar and then an exact time; days alone for an all-day event. */
export type Length = Duration;

/**
 * From DTEND the exact time between it and DTSTART, which all members of a series share; from DURATION what it says; with
 * neither one day for a date and no time for a time (RFC 5545 3.6.1). Negative where DTEND is before DTSTART. Throws
 * TimeUnreadable.
 */
export function lengthOf(component: Component, start: Moment, context: TimeContext): Length {
  const end = propertyNamed(component, 'DTEND');
  if (end) return lengthUntil(momentOf(end, context), start);
  const given = propertyNamed(component, 'DURATION');
  if (!given) return defaultLength(start);
  const length = duration(given.value);
  if (!length) throw new TimeUnreadable(durationFault(given.value));
  return fitted(length, start);
}

function durationFault(text: string): string {
  return text.trim().startsWith('-')
    ? 'its DURATION is negative; an event cannot end before it starts'
    : 'its DURATION is no duration; one is written as PT30M or P1D';
}

/** One day for a date, no time for a time. */
export function defaultLength(start: Moment): Length {
  return { days: start.kind === 'date' ? 1 : 0, exact: 0 };
}

/** The length of a PERIOD that begins at `start`; throws TimeUnreadable where it ends before. */
export function lengthOfPeriod(
  value: Period,
  {
    start,
    property,
    context,
  }: { start: Moment; property: Parameters<typeof momentAt>[1]; context: TimeContext },
): Length {
  if ('duration' in value) return fitted(value.duration, start);
  return forward(lengthUntil(momentAt(value.end, property, context), start));
}

/** The length, unless it is negative; then throws TimeUnreadable. */
export function forward(length: Length): Length {
  if (length.days < 0 || length.exact < 0) throw new TimeUnreadable('it ends before it starts');
  return length;
}

/** From `start` on as long as `length` says; where it is all-day, in days of the reader's zone. */
export function intervalFrom(start: Moment, length: Length): Interval {
  const begin = instantOfMoment(start);
  if (length.days === 0) return { start: begin, end: plus(begin, length.exact) };
  const dayAfter = instantOfMoment({ ...start, wall: (start.wall + length.days * DAY) as WallTime });
  return { start: begin, end: Math.max(begin, plus(dayAfter, length.exact)) as Instant };
}

/** A day has no hours: a part of one counts as a whole, and an all-day event has at least one. */
function fitted({ days, exact }: Duration, start: Moment): Length {
  if (start.kind === 'time') return { days, exact };
  return { days: Math.max(1, days + Math.ceil(exact / DAY)), exact: 0 };
}

function lengthUntil(end: Moment, start: Moment): Length {
  if (start.kind === 'date') return { days: daysBetween(start, end), exact: 0 };
  const exact = instantOfMoment(onClockOf(start, endOnClockOf(start, end))) - instantOfMoment(start);
  return { days: 0, exact };
}

/** Many programs write the same date as start and end of one day, although RFC 5545 3.6.1 wants a later one. */
function daysBetween(start: Moment, end: Moment): number {
  const days = lastDayAfter(end) - dateOfMoment(start);
  return days < 0 ? days : Math.max(1, days);
}

/** A date as the end of a time is 00:00 of that day on the event's clock. */
function endOnClockOf(start: Moment, end: Moment): Moment {
  if (end.kind === 'time') return end;
  return {
    kind: 'time',
    wall: wallTimeOf(dateOfMoment(end), 0),
    clock: start.clock,
    floating: start.floating,
  };
}
