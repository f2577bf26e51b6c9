// Recurrence rules (RFC 5545 3.3.10) as data.

import type { Weekday } from '../../../domain/time/plain-date.ts';
import { type DateOrTime, dateOrTime } from './values.ts';

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';

/** "MO", or "-1SU" with `nth` -1; `nth` is 0 where every such weekday is meant. */
export type NthWeekday = { readonly weekday: Weekday; readonly nth: number };

/** A recurrence rule; empty lists stand for parts that it does not have. */
export type Rule = {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  /** The last time that may occur. */
  readonly until?: DateOrTime;
  readonly months: readonly number[];
  readonly weeks: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  readonly days: readonly NthWeekday[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
  readonly positions: readonly number[];
  readonly weekStart: Weekday;
};

/** A recurrence rule that cannot be followed; the message says which part, and is safe to show. */
export class RuleUnreadable extends Error {
  override readonly name = 'RuleUnreadable';
}

/** Reads an RRULE; throws RuleUnreadable. Parts that are not of RFC 5545 are passed over where they start with X-. */
export function parseRule(text: string): Rule {
  const parts = partsOf(text);
  const frequency = parts.get('FREQ');
  if (!isFrequency(frequency)) throw new RuleUnreadable('its RRULE has no FREQ of RFC 5545');
  const list = (name: string, range: Range): number[] => numbers(parts, name, range);
  return {
    frequency,
    interval: single(parts, 'INTERVAL', { from: 1, to: MANY }) ?? 1,
    ...bounds(parts),
    months: list('BYMONTH', { from: 1, to: 12 }),
    weeks: list('BYWEEKNO', { from: 1, to: 53, fromEnd: true }),
    yearDays: list('BYYEARDAY', { from: 1, to: 366, fromEnd: true }),
    monthDays: list('BYMONTHDAY', { from: 1, to: 31, fromEnd: true }),
    days: valuesOf(parts, 'BYDAY').map(nthWeekday),
    hours: list('BYHOUR', { from: 0, to: 23 }),
    minutes: list('BYMINUTE', { from: 0, to: 59 }),
    seconds: list('BYSECOND', { from: 0, to: 60 }).map((second) => Math.min(second, 59)),
    positions: list('BYSETPOS', { from: 1, to: 366, fromEnd: true }),
    weekStart: weekday(parts.get('WKST') ?? 'MO', 'WKST'),
  };
}

const FREQUENCIES = new Set(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY']);

function isFrequency(text: string | undefined): text is Frequency {
  return text !== undefined && FREQUENCIES.has(text);
}

const PARTS = new Set(
  'FREQ INTERVAL COUNT UNTIL BYMONTH BYWEEKNO BYYEARDAY BYMONTHDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS WKST RSCALE SKIP'.split(
    ' ',
  ),
);

function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().replace(/\s/g, '').split(';')) {
    if (part === '' || part.startsWith('X-')) continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0));
    if (!PARTS.has(name)) throw new RuleUnreadable('its RRULE has a part that is not of RFC 5545');
    parts.set(name, part.slice(equals + 1));
  }
  requireGregorian(parts);
  return parts;
}

/** RFC 7529 adds other calendars and the moving of days that a month lacks; neither is understood. */
function requireGregorian(parts: ReadonlyMap<string, string>): void {
  if ((parts.get('RSCALE') ?? 'GREGORIAN') !== 'GREGORIAN')
    throw new RuleUnreadable('its RRULE is not of the Gregorian calendar');
  if ((parts.get('SKIP') ?? 'OMIT') !== 'OMIT') throw new RuleUnreadable('its RRULE moves days (SKIP)');
}

type Range = { readonly from: number; readonly to: number; readonly fromEnd?: true };

const MANY = Number.MAX_SAFE_INTEGER;

function valuesOf(parts: ReadonlyMap<string, string>, name: string): string[] {
  return (parts.get(name) ?? '').split(',').filter((each) => each !== '');
}

/** In order and without repetitions; with `fromEnd`, negative ones count from the end. */
function numbers(parts: ReadonlyMap<string, string>, name: string, range: Range): number[] {
  const found = new Set<number>();
  for (const text of valuesOf(parts, name)) {
    const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    const size = range.fromEnd ? Math.abs(value) : value;
    if (!(size >= range.from && size <= range.to)) throw new RuleUnreadable(`its RRULE has a wrong ${name}`);
    found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function single(parts: ReadonlyMap<string, string>, name: string, range: Range): number | undefined {
  const found = numbers(parts, name, range);
  if (found.length > 1) throw new RuleUnreadable(`its RRULE has more than one ${name}`);
  return found[0];
}

function bounds(parts: ReadonlyMap<string, string>): Pick<Rule, 'count' | 'until'> {
  const count = single(parts, 'COUNT', { from: 0, to: MANY });
  const text = parts.get('UNTIL');
  const until = text === undefined ? undefined : dateOrTime(text);
  if (text !== undefined && until === undefined) throw new RuleUnreadable('its RRULE has a wrong UNTIL');
  return { ...(count === undefined ? {} : { count }), ...(until === undefined ? {} : { until }) };
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function nthWeekday(text: string): NthWeekday {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text);
  const nth = match?.[1] === undefined ? 0 : Number(match[1]);
  if (!match || (match[1] !== undefined && nth === 0) || Math.abs(nth) > 53)
    throw new RuleUnreadable('its RRULE has a wrong BYDAY');
  return { weekday: weekday(match[2]!, 'BYDAY'), nth };
}

function weekday(text: string, name: string): Weekday {
  const index = WEEKDAYS.indexOf(text);
  if (index < 0) throw new RuleUnreadable(`its RRULE has a wrong ${name}`);
  return (index + 1) as Weekday;
}
