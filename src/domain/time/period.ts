// Cadence periods in a partnership's anchor zone: ISO weeks, pairs of them, calendar months.

import type { Instant } from './instant.ts';
import type { Interval } from './interval.ts';
import { addDays, fieldsOf, firstOfMonth, isoWeekOf, mondayOf, type PlainDate } from './plain-date.ts';
import { startOfDay, type Zone } from './zone.ts';

/** How often a check-in comes: every ISO week, every second one, every calendar month. */
export type Rhythm = '1w' | '2w' | '1mo';

/** One period: `first` to `last` are its days in the anchor zone; as an interval it is half-open. */
export type Period = Interval & { readonly id: string; readonly first: PlainDate; readonly last: PlainDate };

/** What periods a partnership has, and in which zone their days begin. */
export type Recurrence = {
  readonly anchor: Zone;
  readonly rhythm: Rhythm;
  /** A day on which a period begins; it fixes the parity of two-week periods. */
  readonly since: PlainDate;
};

/** The periods that begin at `from` or later, and before `weeks` weeks have gone by. */
export function periodsFrom(recurrence: Recurrence, from: PlainDate, weeks: number): Period[] {
  const periods: Period[] = [];
  const end = addDays(from, 7 * weeks);
  for (let first = from; first < end; first = nextStart(recurrence.rhythm, first)) {
    periods.push(periodAt(recurrence, first));
  }
  return periods;
}

/** The period that begins on the day `first`. */
export function periodAt({ anchor, rhythm }: Omit<Recurrence, 'since'>, first: PlainDate): Period {
  const next = nextStart(rhythm, first);
  return {
    id: periodId(rhythm, first),
    first,
    last: addDays(next, -1),
    start: startOfDay(anchor, first),
    end: startOfDay(anchor, next) as Instant,
  };
}

/** The last day on or before `date` on which a period begins. */
export function periodStartBefore({ rhythm, since }: Omit<Recurrence, 'anchor'>, date: PlainDate): PlainDate {
  if (rhythm === '1mo') return firstOfMonth(date);
  const days = rhythm === '1w' ? 7 : 14;
  const origin = mondayOf(since);
  return addDays(origin, Math.floor((date - origin) / days) * days);
}

/** The first day after `first` on which a period begins, where one begins on `first`. */
export function nextStart(rhythm: Rhythm, first: PlainDate): PlainDate {
  if (rhythm === '1mo') return firstOfMonth(first, 1);
  return addDays(first, rhythm === '1w' ? 7 : 14);
}

function periodId(rhythm: Rhythm, first: PlainDate): string {
  const { year, month } = fieldsOf(first);
  if (rhythm === '1mo') return `${year}-${String(month).padStart(2, '0')}`;
  const iso = isoWeekOf(first);
  return `${iso.year}-W${String(iso.week).padStart(2, '0')}`;
}
