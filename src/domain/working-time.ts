// Time as somebody works it: deadlines count a partner's own comfortable hours, where they then are, without their days off.

import type { Partner } from './partner.ts';
import { DAY, MINUTE } from './time/duration.ts';
import { type Instant, plus } from './time/instant.ts';
import { type Interval, intersect, subtract } from './time/interval.ts';
import { addDays, type PlainDate, weekdayOf } from './time/plain-date.ts';
import { dateOfWall, wallTimeOf } from './time/wall-time.ts';
import { toInstant, toWall, UTC } from './time/zone.ts';
import { spanOf, whereabouts } from './whereabouts.ts';

/** Whose time it is. */
export type Worker = Pick<Partner, 'zone' | 'comfortable' | 'away' | 'travels'>;

/** Two years hold any deadline; who works too little by then never meets it. */
const LONGEST = 730 * DAY;

/** Working hours are looked up for so long at once. */
const STRETCH = 14 * DAY;

/** The end of `minutes` of the partner's working time counted from `from`; undefined where they do not work so much in two years. */
export function afterWorkingTime(worker: Worker, from: Instant, minutes: number): Instant | undefined {
  let left = minutes * MINUTE;
  for (let start = from; start < from + LONGEST; start = plus(start, STRETCH)) {
    for (const hours of workingHours(worker, { start, end: plus(start, STRETCH) })) {
      const length = hours.end - hours.start;
      if (length >= left) return plus(hours.start, left);
      left -= length;
    }
  }
  return undefined;
}

/** The partner's comfortable hours in `window` without their days away; sorted and joined. */
export function workingHours(worker: Worker, window: Interval): Interval[] {
  const hours: Interval[] = [];
  // A day on either side, because zones differ from UTC and windows may begin on the day before.
  const last = addDays(dateOfWall(toWall(UTC, window.end)), 1);
  for (let day = addDays(dateOfWall(toWall(UTC, window.start)), -2); day <= last; day = addDays(day, 1))
    hours.push(...hoursOn(worker, day));
  const away = worker.away.map((days) => spanOf(worker.zone, days));
  return intersect(subtract(hours, away), [window]);
}

/** Where a partner is on a day is asked at its noon, so that a travel that begins at midnight falls on one side. */
function hoursOn(worker: Worker, day: PlainDate): Interval[] {
  const zone = whereabouts(worker, toInstant(worker.zone, wallTimeOf(day, 12 * 60)));
  const windows = worker.comfortable.filter(({ weekday }) => weekday === weekdayOf(day));
  return windows.map(({ start, end }) => ({
    start: toInstant(zone, wallTimeOf(day, start)),
    end: toInstant(zone, wallTimeOf(day, end)),
  }));
}
