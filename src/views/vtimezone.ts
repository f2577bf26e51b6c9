// VTIMEZONE (RFC 5545 3.6.5) out of a zone's own clock changes. Outlook wants yearly rules that begin in 1970 and ignores
// RDATE, so a zone is written as two rules where these are true in all years in question, and else change by change.

import { HOUR, MINUTE, SECOND } from '../domain/time/duration.ts';
import { instantOf } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import {
  addDays,
  dateOf,
  fieldsOf,
  firstOfMonth,
  type PlainDate,
  type Weekday,
  weekdayOf,
} from '../domain/time/plain-date.ts';
import {
  dateOfWall,
  formatWallTime,
  minuteOfDay,
  type WallTime,
  wallTimeOf,
} from '../domain/time/wall-time.ts';
import { offsetAt, startOfDay, toWall, transitionsBetween, type Zone } from '../domain/time/zone.ts';

/** One change of clocks: what they showed when it came, and how far they were ahead of UTC before and after. */
type Change = { readonly wall: WallTime; readonly from: number; readonly to: number };

/** A change that comes every year on the `nth` (-1: the last) `weekday` of `month`, `minutes` after 00:00. */
type YearlyChange = Omit<Change, 'wall'> & {
  readonly month: number;
  readonly weekday: Weekday;
  readonly nth: number;
  readonly minutes: number;
};

/** The lines of a VTIMEZONE that is right from the first to the last day of the years in which `window` lies. */
export function vtimezoneLines(zone: Zone, window: Interval): string[] {
  const [first, last] = [yearAt(zone, window.start), yearAt(zone, window.end)];
  const changes = changesIn(zone, first, last);
  const yearly = yearlyChangesOf(changes, last - first + 1);
  const observances = yearly ? yearly.flatMap(yearlyLines) : singleLines(zone, first, changes);
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...observances, 'END:VTIMEZONE'];
}

function yearAt(zone: Zone, instant: Interval['start']): number {
  return fieldsOf(dateOfWall(toWall(zone, instant))).year;
}

function changesIn(zone: Zone, first: number, last: number): Change[] {
  const start = instantOf(startOfYear(zone, first) - 1);
  let from = offsetAt(zone, start);
  return transitionsBetween(zone, start, startOfYear(zone, last + 1)).map(({ at, offset: to }) => {
    const change = { wall: (at + from) as WallTime, from, to };
    from = to;
    return change;
  });
}

function startOfYear(zone: Zone, year: number): Interval['start'] {
  return startOfDay(zone, dateOf({ year, month: 1, day: 1 })!);
}

/** The two yearly changes that make up all `changes`; undefined where there are none such. */
function yearlyChangesOf(changes: readonly Change[], years: number): YearlyChange[] | undefined {
  if (changes.length !== 2 * years) return undefined;
  const found = [0, 1].map((parity) => yearlyChangeOf(changes.filter((_, index) => index % 2 === parity)));
  return found.every((each) => each !== undefined) ? found : undefined;
}

/** The rule that all of `changes` follow, one a year. */
function yearlyChangeOf(changes: readonly Change[]): YearlyChange | undefined {
  const candidates = changes.map(ruleCandidatesOf);
  return candidates[0]?.find((rule) =>
    candidates.every((others) => others.some((other) => JSON.stringify(other) === JSON.stringify(rule))),
  );
}

/** The rules that a change may be following: the last such weekday of its month, the third, … */
function ruleCandidatesOf({ wall, from, to }: Change): YearlyChange[] {
  const date = dateOfWall(wall);
  const { month, day } = fieldsOf(date);
  const isLast = fieldsOf(addDays(date, 7)).month !== month;
  const rule = { from, to, month, weekday: weekdayOf(date), minutes: minuteOfDay(wall) };
  const counted = { ...rule, nth: Math.ceil(day / 7) };
  return isLast ? [{ ...rule, nth: -1 }, counted] : [counted];
}

function yearlyLines(change: YearlyChange): string[] {
  const { month, nth, weekday, minutes } = change;
  const start = wallTimeOf(weekdayInMonth(firstOfMonth(BEGINNING, month - 1), weekday, nth), minutes);
  const rule = `RRULE:FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${WEEKDAYS[weekday - 1]}`;
  return observance(change, start, [rule]);
}

/** What held at the beginning of the year `first`, as if it had always been so, and each change since. */
function singleLines(zone: Zone, first: number, changes: readonly Change[]): string[] {
  const offset = offsetAt(zone, instantOf(startOfYear(zone, first) - 1));
  const base = observance({ from: offset, to: offset }, wallTimeOf(BEGINNING, 0), []);
  return [...base, ...changes.flatMap((change) => observance(change, change.wall, []))];
}

function observance({ from, to }: Omit<Change, 'wall'>, start: WallTime, rules: readonly string[]): string[] {
  const kind = to > from ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${formatWallTime(start).replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${utcOffset(from)}`,
    `TZOFFSETTO:${utcOffset(to)}`,
    ...rules,
    `END:${kind}`,
  ];
}

/** RFC 5545 3.3.14: "+0530"; with seconds only where there are any. */
function utcOffset(offset: number): string {
  const size = Math.abs(offset);
  const parts = [Math.floor(size / HOUR), Math.floor(size / MINUTE) % 60, Math.floor(size / SECOND) % 60];
  const digits = parts.map((part) => String(part).padStart(2, '0'));
  return (offset < 0 ? '-' : '+') + digits.slice(0, parts[2] ? 3 : 2).join('');
}

function weekdayInMonth(firstDay: PlainDate, weekday: Weekday, nth: number): PlainDate {
  if (nth < 0) return addDays(weekdayInMonth(firstOfMonth(firstDay, 1), weekday, 1), -7);
  return addDays(firstDay, ((weekday - weekdayOf(firstDay) + 7) % 7) + 7 * (nth - 1));
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** 1970-01-01: before any occurrence, and where Outlook expects rules to begin. */
const BEGINNING = 0 as PlainDate;
