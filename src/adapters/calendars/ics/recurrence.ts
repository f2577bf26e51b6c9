// The times of a recurrence rule (RFC 5545 3.3.10), on the wall clock of its event. Written here and not taken from
// ical.js, whose iterator knows neither BYWEEKNO nor BYSETPOS of years and weeks, nor how to begin near a window.

import { DAY, HOUR, MINUTE, SECOND } from '../../../domain/time/duration.ts';
import { addDays, dateOf, fieldsOf, firstOfMonth, type PlainDate } from '../../../domain/time/plain-date.ts';
import { dateOfWall, type WallTime } from '../../../domain/time/wall-time.ts';
import type { Budget } from './limits.ts';
import { completedBy, dayTest, newYear, weekOf } from './recurrence-days.ts';
import type { Rule } from './rule.ts';

export type Search = {
  /** DTSTART: nothing occurs before it, and COUNT counts from it. */
  readonly start: WallTime;
  /** Only times from `from` up to but without `to` are wanted. */
  readonly from: WallTime;
  readonly to: WallTime;
  /** Whether a time is later than the rule's UNTIL. */
  readonly isOver: (wall: WallTime) => boolean;
  readonly budget: Budget;
};

/** The times of the rule in order; DTSTART is among them only where the rule names it. Throws LimitExceeded. */
export function* recurrences(rule: Rule, search: Search): Generator<WallTime> {
  const periods = periodsOf(completedBy(rule, dateOfWall(search.start)), search);
  let left = rule.count ?? Infinity;
  const countable = rule.count !== undefined;
  let index = countable && !periods.onePerPeriod ? 0 : periods.indexBefore(search.from);
  if (countable && periods.onePerPeriod) left -= index;
  while (left > 0 && periods.startOf(index) < search.to) {
    for (const wall of periods.timesOf(index)) {
      if (wall < search.start) continue;
      if (left-- <= 0 || wall >= search.to || search.isOver(wall)) return;
      if (wall >= search.from) yield wall;
    }
    index = periods.indexAfter(index);
  }
}

/** The periods of a rule, the 0th of which holds its start; only every INTERVALth is counted. */
type Periods = {
  /** Whether each period holds exactly one time, so that COUNT counts periods. */
  readonly onePerPeriod: boolean;
  startOf(index: number): number;
  timesOf(index: number): Iterable<WallTime>;
  /** The last period (at least 0) that cannot miss a time at or after `wall`. */
  indexBefore(wall: WallTime): number;
  /** The next period that may hold a time. */
  indexAfter(index: number): number;
};

const UNITS = { HOURLY: HOUR, MINUTELY: MINUTE, SECONDLY: SECOND } as const;

function periodsOf(rule: Rule, search: Search): Periods {
  const { frequency } = rule;
  if (frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY')
    return clockPeriods(rule, search, UNITS[frequency]);
  return dayPeriods(rule, search);
}

/** Years, months, weeks and days: their days are put to the test, and each that passes gets the times of day. */
function dayPeriods(rule: Rule, search: Search): Periods {
  const first = dateOfWall(search.start);
  const spans = SPANS[rule.frequency as keyof typeof SPANS](rule, first);
  const matches = dayTest(rule);
  const times = timesOfDay(rule, search.start);
  return {
    onePerPeriod: rule.frequency === 'DAILY' && !hasDayParts(rule) && times.length === 1,
    startOf: (index) => spans.at(index) * DAY,
    indexBefore: (wall) => Math.max(0, Math.floor(spans.indexOf(dateOfWall(wall)) / rule.interval) - 1),
    indexAfter: (index) => index + 1,
    timesOf: (index) => {
      const [from, to] = [spans.at(index), spans.end(index)];
      search.budget.step(to - from);
      const walls: WallTime[] = [];
      for (let date = from; date < to; date = addDays(date, 1)) {
        if (!matches(date)) continue;
        search.budget.step(times.length);
        for (const time of times) walls.push((date * DAY + time) as WallTime);
      }
      return positioned(rule, walls);
    },
  };
}

/** `at`, `end`: first day, and day after the last, of the period; `indexOf`: periods (of interval 1) up to a date. */
type Spans = {
  at(index: number): PlainDate;
  end(index: number): PlainDate;
  indexOf(date: PlainDate): number;
};

const SPANS = {
  DAILY: ({ interval }: Rule, first: PlainDate): Spans => ({
    at: (index) => addDays(first, index * interval),
    end: (index) => addDays(first, index * interval + 1),
    indexOf: (date) => date - first,
  }),
  WEEKLY: ({ interval, weekStart }: Rule, first: PlainDate): Spans => {
    const week = weekOf(first, weekStart);
    const at = (index: number): PlainDate => addDays(week, index * interval * 7);
    return { at, end: (index) => addDays(at(index), 7), indexOf: (date) => Math.floor((date - week) / 7) };
  },
  MONTHLY: ({ interval }: Rule, first: PlainDate): Spans => ({
    at: (index) => firstOfMonth(first, index * interval),
    end: (index) => firstOfMonth(first, index * interval + 1),
    indexOf: (date) => monthsSinceYearZero(date) - monthsSinceYearZero(first),
  }),
  YEARLY: ({ interval, months }: Rule, first: PlainDate): Spans => {
    const { year } = fieldsOf(first);
    const [early, late] = [months[0] ?? 1, months.at(-1) ?? 12];
    const january = (index: number): number => year + index * interval;
    return {
      at: (index) => dateOf({ year: january(index), month: early, day: 1 })!,
      end: (index) => firstOfMonth(newYear(january(index)), late),
      indexOf: (date) => fieldsOf(date).year - year,
    };
  },
};

function monthsSinceYearZero(date: PlainDate): number {
  const { year, month } = fieldsOf(date);
  return year * 12 + month;
}

/** Hours, minutes and seconds of the wall clock, counted from the one that holds the start. */
function clockPeriods(rule: Rule, search: Search, unit: number): Periods {
  const first = Math.floor(search.start / unit) * unit;
  const step = rule.interval * unit;
  const matches = dayTest(rule);
  const minutes = unit === HOUR ? partOr(rule.minutes, search.start, MINUTE) : [];
  const seconds = unit === SECOND ? [] : partOr(rule.seconds, search.start, SECOND);
  const within = (unit === HOUR ? minutes : [0]).flatMap((minute) =>
    (seconds.length > 0 ? seconds : [0]).map((second) => minute * MINUTE + second * SECOND),
  );
  const startOf = (index: number): number => first + index * step;
  const indexFrom = (wall: number): number => Math.max(0, Math.ceil((wall - first) / step));
  /** The end of the day, hour or minute that rules a period out; undefined where it is not ruled out. */
  const ruledOutUntil = (start: number): number | undefined => {
    if (!matches(dateOfWall(start as WallTime))) return endOf(start, DAY);
    if (rule.hours.length > 0 && !rule.hours.includes(part(start, HOUR))) return endOf(start, HOUR);
    if (unit === HOUR) return undefined;
    if (rule.minutes.length > 0 && !rule.minutes.includes(part(start, MINUTE))) return endOf(start, MINUTE);
    if (unit === MINUTE) return undefined;
    return rule.seconds.length > 0 && !rule.seconds.includes(part(start, SECOND)) ? start + unit : undefined;
  };
  return {
    onePerPeriod: !hasDayParts(rule) && rule.hours.length + rule.minutes.length + rule.seconds.length === 0,
    startOf,
    indexBefore: (wall) => Math.max(0, Math.floor((wall - first) / step) - 1),
    indexAfter: (index) => Math.max(index + 1, indexFrom(ruledOutUntil(startOf(index)) ?? 0)),
    timesOf: (index) => {
      search.budget.step(1);
      const start = startOf(index);
      if (ruledOutUntil(start) !== undefined) return [];
      return positioned(
        rule,
        within.map((time) => (start + time) as WallTime),
      );
    },
  };
}

function hasDayParts(rule: Rule): boolean {
  const { months, weeks, yearDays, monthDays, days, positions } = rule;
  return [months, weeks, yearDays, monthDays, days, positions].some((part) => part.length > 0);
}

/** Milliseconds after 00:00, in order. */
function timesOfDay(rule: Rule, start: WallTime): number[] {
  const times: number[] = [];
  for (const hour of partOr(rule.hours, start, HOUR))
    for (const minute of partOr(rule.minutes, start, MINUTE))
      for (const second of partOr(rule.seconds, start, SECOND))
        times.push(hour * HOUR + minute * MINUTE + second * SECOND);
  return times;
}

function partOr(values: readonly number[], start: WallTime, unit: number): readonly number[] {
  return values.length > 0 ? values : [part(start, unit)];
}

/** What the clock shows in its hours, minutes or seconds. */
function part(wall: number, unit: number): number {
  const whole = unit === HOUR ? DAY : unit === MINUTE ? HOUR : MINUTE;
  return Math.floor((wall - Math.floor(wall / whole) * whole) / unit);
}

function endOf(wall: number, unit: number): number {
  return (Math.floor(wall / unit) + 1) * unit;
}

/** BYSETPOS picks from the times of one period, also those before the start. */
function positioned({ positions }: Rule, walls: readonly WallTime[]): readonly WallTime[] {
  if (positions.length === 0) return walls;
  const chosen = positions.map((each) => walls.at(each > 0 ? each - 1 : each));
  return [...new Set(chosen)].filter((wall) => wall !== undefined).sort((a, b) => a - b);
}
