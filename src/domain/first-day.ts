// The day from which a plan is made: a day on which a period begins.

import { nextStart, periodStartBefore, type Rhythm } from './time/period.ts';
import { addDays, mondayOf, type PlainDate } from './time/plain-date.ts';

/** On which days periods begin. */
export type Beginnings = {
  readonly rhythm: Rhythm;
  /** Fixes the parity of two-week periods; without it every Monday may begin one. */
  readonly since?: PlainDate;
};

/** The days nearest to one on which no period begins. */
export type Neighbours = { readonly before: PlainDate; readonly after: PlainDate };

/** Undefined where a period begins on `date`; else the nearest days before and after it on which one does. */
export function beginningsAround(beginnings: Beginnings, date: PlainDate): Neighbours | undefined {
  const before = lastBeginning(beginnings, date);
  return before === date ? undefined : { before, after: following(beginnings, before) };
}

/** The first day after `today` on which a period begins, and not one before `since`. */
export function firstDayAfter(beginnings: Beginnings, today: PlainDate): PlainDate {
  const { since } = beginnings;
  if (since !== undefined && since > today) return since;
  return following(beginnings, lastBeginning(beginnings, today));
}

function lastBeginning({ rhythm, since }: Beginnings, date: PlainDate): PlainDate {
  return periodStartBefore({ rhythm, since: since ?? mondayOf(date) }, date);
}

/** Without a parity the Monday after is as good as the one after that. */
function following({ rhythm, since }: Beginnings, first: PlainDate): PlainDate {
  return rhythm === '2w' && since === undefined ? addDays(first, 7) : nextStart(rhythm, first);
}
