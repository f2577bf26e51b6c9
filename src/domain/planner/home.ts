// The home wall time of an occurrence: where in its period it lies, on the clock of the anchor zone.

import type { Instant } from '../time/instant.ts';
import type { Period, Rhythm } from '../time/period.ts';
import { addDays, fieldsOf, type PlainDate, weekdayOf } from '../time/plain-date.ts';
import { dateOfWall, minuteOfDay, wallTimeOf } from '../time/wall-time.ts';
import { toInstant, toWall, type Zone } from '../time/zone.ts';

/** Minutes on the wall clock: after the period's first 00:00; in a month, after the 00:00 of a first Monday (see `monthDay`). */
export type Home = number;

/** By which clock, and in which kind of period, a home is read. */
export type HomeClock = { readonly anchor: Zone; readonly rhythm: Rhythm };

/** Where in its period `instant` lies. */
export function homeOf({ anchor, rhythm }: HomeClock, period: Period, instant: Instant): Home {
  const wall = toWall(anchor, instant);
  const date = dateOfWall(wall);
  const day = rhythm === '1mo' ? monthDay(date) : date - period.first;
  return day * 1_440 + minuteOfDay(wall);
}

/** The instant in `period` that lies at `home`. A fifth Friday in a month that has none is its fourth. */
export function instantAtHome({ anchor, rhythm }: HomeClock, period: Period, home: Home): Instant {
  const day = Math.floor(home / 1_440);
  const date = rhythm === '1mo' ? dateOfMonthDay(period, day) : addDays(period.first, day);
  return toInstant(anchor, wallTimeOf(date, home - day * 1_440));
}

/** Months are compared by weekdays, as people do: 7 is the second Monday of a month, 8 the second Tuesday. */
function monthDay(date: PlainDate): number {
  return Math.floor((fieldsOf(date).day - 1) / 7) * 7 + weekdayOf(date) - 1;
}

function dateOfMonthDay({ first, last }: Period, day: number): PlainDate {
  const untilWeekday = ((day % 7) + 1 - weekdayOf(first) + 7) % 7;
  const date = addDays(first, untilWeekday + 7 * Math.floor(day / 7));
  return date > last ? addDays(date, -7) : date;
}
