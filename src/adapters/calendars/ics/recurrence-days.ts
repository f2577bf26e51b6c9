// Which days a recurrence rule names (RFC 5545 3.3.10): the BYxxx parts of a day as one test. A part that "expands" a
// period and one that "limits" it come to the same here, because every day of the period is put to the test.

import {
  addDays,
  dateOf,
  fieldsOf,
  type PlainDate,
  type Weekday,
  weekdayOf,
} from '../../../domain/time/plain-date.ts';
import type { NthWeekday, Rule } from './rule.ts';

/** Whether a day is one of the rule's; the rule has been completed by its start. */
export function dayTest(rule: Rule): (date: PlainDate) => boolean {
  const tests = [
    rule.months.length > 0 && inMonths(rule),
    rule.monthDays.length > 0 && onMonthDays(rule),
    rule.yearDays.length > 0 && onYearDays(rule),
    rule.weeks.length > 0 && inWeeks(rule),
    rule.days.length > 0 && onWeekdays(rule),
  ].filter((test) => test !== false);
  return (date) => tests.every((test) => test(date));
}

/**
 * The rule with what it leaves to its start: "information, not contained in the rule, necessary to determine the various
 * recurrence instance start times" comes from DTSTART.
 */
export function completedBy(rule: Rule, start: PlainDate): Rule {
  const { month, day } = fieldsOf(start);
  const named = rule.weeks.length + rule.yearDays.length + rule.monthDays.length + rule.days.length > 0;
  const weekday = [{ weekday: weekdayOf(start), nth: 0 }];
  if (rule.frequency === 'WEEKLY' && !named) return { ...rule, days: weekday };
  if (rule.frequency === 'MONTHLY' && !named) return { ...rule, monthDays: [day] };
  if (rule.frequency !== 'YEARLY') return rule;
  if (!named) return { ...rule, monthDays: [day], months: rule.months.length > 0 ? rule.months : [month] };
  const onlyWeeks =
    rule.weeks.length > 0 && rule.days.length + rule.monthDays.length + rule.yearDays.length === 0;
  return onlyWeeks ? { ...rule, days: weekday } : rule;
}

/** The first day of the week of `date`, where weeks begin on `weekStart`. */
export function weekOf(date: PlainDate, weekStart: Weekday): PlainDate {
  return addDays(date, -((weekdayOf(date) - weekStart + 7) % 7));
}

export function newYear(year: number): PlainDate {
  return dateOf({ year, month: 1, day: 1 })!;
}

type DayTest = (date: PlainDate) => boolean;

function inMonths({ months }: Rule): DayTest {
  return (date) => months.includes(fieldsOf(date).month);
}

function onMonthDays({ monthDays }: Rule): DayTest {
  const fromEnd = monthDays.some((each) => each < 0);
  return (date) => {
    const { day } = fieldsOf(date);
    return monthDays.includes(day) || (fromEnd && monthDays.includes(day - lengthOfMonth(date) - 1));
  };
}

function onYearDays({ yearDays }: Rule): DayTest {
  return (date) => {
    const { year } = fieldsOf(date);
    return yearDays.includes(date - newYear(year) + 1) || yearDays.includes(date - newYear(year + 1));
  };
}

/** Weeks as ISO 8601 numbers them, from the rule's WKST: the first has at least four days in its year. */
function inWeeks({ weeks, weekStart }: Rule): DayTest {
  return (date) => {
    const start = weekOf(date, weekStart);
    const { year } = fieldsOf(addDays(start, 3));
    const first = weekOf(dateOf({ year, month: 1, day: 4 })!, weekStart);
    const next = weekOf(dateOf({ year: year + 1, month: 1, day: 4 })!, weekStart);
    return weeks.includes((start - first) / 7 + 1) || weeks.includes((start - next) / 7);
  };
}

function onWeekdays(rule: Rule): DayTest {
  const plain = new Set<number>();
  for (const { weekday, nth } of rule.days) if (nth === 0 || !countsWeekdays(rule)) plain.add(weekday);
  const counted = rule.days.filter((each) => each.nth !== 0 && countsWeekdays(rule));
  const within = rule.frequency === 'MONTHLY' || rule.months.length > 0 ? monthAround : yearAround;
  return (date) => plain.has(weekdayOf(date)) || (counted.length > 0 && isNth(date, counted, within(date)));
}

/** Numbers before weekdays have a meaning in months and years only; elsewhere they are passed over. */
function countsWeekdays({ frequency, weeks }: Rule): boolean {
  return frequency === 'MONTHLY' || (frequency === 'YEARLY' && weeks.length === 0);
}

type Span = { readonly first: PlainDate; readonly last: PlainDate };

function isNth(date: PlainDate, days: readonly NthWeekday[], { first, last }: Span): boolean {
  const fromStart = Math.floor((date - first) / 7) + 1;
  const fromEnd = -Math.floor((last - date) / 7) - 1;
  const weekday = weekdayOf(date);
  return days.some((each) => each.weekday === weekday && (each.nth === fromStart || each.nth === fromEnd));
}

function monthAround(date: PlainDate): Span {
  const first = addDays(date, 1 - fieldsOf(date).day);
  return { first, last: addDays(first, lengthOfMonth(date) - 1) };
}

function yearAround(date: PlainDate): Span {
  const { year } = fieldsOf(date);
  return { first: newYear(year), last: addDays(newYear(year + 1), -1) };
}

function lengthOfMonth(date: PlainDate): number {
  const { year, month } = fieldsOf(date);
  for (let day = 31; ; day--) if (dateOf({ year, month, day }) !== undefined) return day;
}
