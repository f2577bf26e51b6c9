// An iCalendar file as the occurrences in a window: the way in for every calendar that is a file or a subscription.

import { type CalendarEvent, notBusyRule } from '../../../domain/calendar/event.ts';
import type { CalendarReading, ReadingProblem } from '../../../domain/calendar/reading.ts';
import { DAY } from '../../../domain/time/duration.ts';
import { plus } from '../../../domain/time/instant.ts';
import type { Interval } from '../../../domain/time/interval.ts';
import type { Zone } from '../../../domain/time/zone.ts';
import { calendarsIn } from './calendars.ts';
import { zoneClock } from './clock.ts';
import { type Component, LineUnreadable, propertyNamed, textOf } from './component.ts';
import { type EventRecord, readEvent } from './event-record.ts';
import { busyPeriodsOf } from './free-busy.ts';
import { type Budget, budgetsOf, LIMITS, LimitExceeded, type ReadingLimits } from './limits.ts';
import { type TimeContext, TimeUnreadable } from './moment.ts';
import { occurrencesOf } from './series.ts';
import { clocksOf } from './vtimezone.ts';

export type ReadingOptions = {
  readonly window: Interval;
  /** The zone of floating times and of the days of all-day events. */
  readonly zone: Zone;
  /** E-mail address of the calendar's owner, whose own answer to an invitation counts. */
  readonly owner?: string | undefined;
  /** What messages call the calendar; must be safe to show. */
  readonly calendar?: string;
  readonly limits?: Partial<ReadingLimits>;
};

/**
 * The occurrences of a calendar that overlap the window, also those without length that begin in it, in order of their
 * starts. Events that do not keep the owner busy are among them. One bad event is a problem of the reading and costs no
 * other; throws CalendarUnreadable where the whole is no calendar, cut off or too large.
 */
export function readCalendar(bytes: Uint8Array, options: ReadingOptions): CalendarReading {
  const limits = { ...LIMITS, ...options.limits };
  const calendars = calendarsIn(bytes, { limits, calendar: options.calendar ?? 'calendar' });
  const reader = readerOf(options, limits);
  for (const calendar of calendars) collect(calendar, reader);
  for (const [name, records] of reader.series) addSeries(records, { name, reader });
  return { events: sorted(reader.events), problems: reader.problems };
}

type Reader = {
  readonly options: ReadingOptions;
  readonly limits: ReadingLimits;
  readonly budgetOf: () => Budget;
  readonly events: CalendarEvent[];
  readonly problems: ReadingProblem[];
  /** The records of one UID (or of one event without), in the whole file: a series and what replaces its occurrences may stand far apart. */
  readonly series: Map<string, EventRecord[]>;
};

function readerOf(options: ReadingOptions, limits: ReadingLimits): Reader {
  const budgetOf = budgetsOf(limits);
  return { options, limits, budgetOf, events: [], problems: [], series: new Map() };
}

/** Clocks are followed a little past the window, for events that end after it. */
const PAST_WINDOW = 400 * DAY;

function collect(calendar: Component, reader: Reader): void {
  const { window, zone } = reader.options;
  const clocks = clocksOf(calendar, plus(window.end, PAST_WINDOW), reader.budgetOf);
  const times = { clocks, local: zoneClock(zone) };
  const method = textNamed(calendar, 'METHOD').toUpperCase();
  for (const component of calendar.components) {
    if (component.name === 'VEVENT') collectEvent(component, { reader, times, method });
    else if (component.name === 'VFREEBUSY') collectFreeBusy(component, { reader, times });
  }
}

type Collecting = { readonly reader: Reader; readonly times: TimeContext; readonly method: string };

function collectEvent(component: Component, { reader, times, method }: Collecting): void {
  const { window, owner } = reader.options;
  const uid = textNamed(component, 'UID');
  const where = nameOf(component);
  const report = (problem: Omit<ReadingProblem, 'where'>): void => addProblem(reader, { where, ...problem });
  if (!component.closed) report({ message: 'it has no END:VEVENT: part of it may be lost', hidesTime: true });
  const context = { ...times, method, owner, window, lineLength: reader.limits.lineLength, report };
  guarded(reader, { where, busy: true }, () => {
    const record = readEvent(component, uid, { ...context, budget: reader.budgetOf() });
    if (record) recordsOf(reader, uid || where).push(record);
  });
}

function collectFreeBusy(component: Component, { reader, times }: Omit<Collecting, 'method'>): void {
  const uid = textNamed(component, 'UID');
  const context = { ...times, window: reader.options.window, budget: reader.budgetOf() };
  guarded(reader, { where: nameOf(component), busy: true }, () => {
    for (const event of busyPeriodsOf(component, uid, context)) reader.events.push(event);
  });
}

type Named = { readonly name: string; readonly reader: Reader };

function addSeries(records: readonly EventRecord[], { name, reader }: Named): void {
  const { window } = reader.options;
  const busy = records.some(({ uid, facts }) => notBusyRule({ uid, ...window, ...facts }) === undefined);
  guarded(reader, { where: shortened(name), busy }, () => {
    for (const event of occurrencesOf(records, { window, budgetOf: reader.budgetOf }))
      reader.events.push(event);
  });
}

type Guarded = { readonly where: string; readonly busy: boolean };

/** What goes wrong with one event is told of it, and may hide time where the event keeps its owner busy. */
function guarded(reader: Reader, { where, busy }: Guarded, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!isOfOneEvent(error)) throw error;
    addProblem(reader, { where, message: error.message, hidesTime: busy });
  }
}

function isOfOneEvent(error: unknown): error is Error {
  return error instanceof LimitExceeded || error instanceof TimeUnreadable || error instanceof LineUnreadable;
}

/** Of very many problems the first are told, and always one that hides time. */
function addProblem({ problems, limits }: Reader, problem: ReadingProblem): void {
  const isFirstOfKind = problem.hidesTime && !problems.some((each) => each.hidesTime);
  if (problems.length < limits.problems || isFirstOfKind) problems.push(problem);
}

function recordsOf({ series }: Reader, uid: string): EventRecord[] {
  const known = series.get(uid);
  if (known) return known;
  const records: EventRecord[] = [];
  series.set(uid, records);
  return records;
}

/** Its UID, or without one its line, counted without folds; such events are no series with one another. */
function nameOf(component: Component): string {
  return shortened(textNamed(component, 'UID') || `line ${component.line}`);
}

/** A UID of Outlook has 112 characters. */
function shortened(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}

function textNamed(component: Component, name: string): string {
  try {
    const property = propertyNamed(component, name);
    return property ? textOf(property) : '';
  } catch (error) {
    if (error instanceof LineUnreadable) return '';
    throw error;
  }
}

function sorted(events: CalendarEvent[]): CalendarEvent[] {
  return events.sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.uid < b.uid ? -1 : a.uid > b.uid ? 1 : 0),
  );
}
