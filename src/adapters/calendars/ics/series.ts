// The occurrences of one UID (RFC 5545 3.8.5): its series, less what is excluded, with what replaces single occurrences
// (RECURRENCE-ID) or all from one on (RANGE=THISANDFUTURE).

import type { CalendarEvent } from '../../../domain/calendar/event.ts';
import { DAY } from '../../../domain/time/duration.ts';
import type { Instant } from '../../../domain/time/instant.ts';
import { type Interval, overlaps } from '../../../domain/time/interval.ts';
import { addDays, type DateRange, type PlainDate } from '../../../domain/time/plain-date.ts';
import { dateOfWall, type WallTime, wallTimeOf } from '../../../domain/time/wall-time.ts';
import type { EventRecord } from './event-record.ts';
import { intervalFrom, type Length } from './length.ts';
import type { Budget } from './limits.ts';
import { dateOfMoment, instantOfMoment, type Moment, onClockOf } from './moment.ts';
import { recurrences } from './recurrence.ts';
import type { Rule } from './rule.ts';

export type SeriesContext = { readonly window: Interval; readonly budgetOf: () => Budget };

/**
 * The occurrences that overlap the window or, without length, begin in it. Several series of one UID count all: which is
 * the right one cannot be known. Throws LimitExceeded when iterated too far.
 */
export function* occurrencesOf(
  records: readonly EventRecord[],
  { window, budgetOf }: SeriesContext,
): Generator<CalendarEvent> {
  const masters = records.filter((record) => !record.replaces);
  const replacements = replacementsOf(records, masters[0]);
  for (const master of masters) yield* unreplaced(master, replacements, { window, budget: budgetOf() });
  const context = { window, budget: budgetOf() };
  for (const record of replacements.latest) yield* shown(record, record, context);
}

/** Where an occurrence is and how long it lasts. */
type Shape = { readonly start: Moment; readonly length: Length };

type Context = { readonly window: Interval; readonly budget: Budget };

function* shown(
  shape: Shape,
  { uid, facts }: EventRecord,
  { window, budget }: Context,
): Generator<CalendarEvent> {
  const interval = intervalFrom(shape.start, shape.length);
  const beginsWithin = interval.start >= window.start && interval.start < window.end;
  if (!beginsWithin && !overlaps(interval, window)) return;
  budget.occurrence();
  const event = { uid, ...interval, ...facts };
  yield shape.start.kind === 'time' ? event : { ...event, allDay: daysOf(shape) };
}

function daysOf({ start, length }: Shape): DateRange {
  const from = dateOfMoment(start);
  return { from, to: addDays(from, length.days - 1) };
}

/** What replaces occurrences: which (`replaced`), by what, and what changes all from one on, in order. */
type Replacements = {
  readonly replaced: ReadonlySet<Instant>;
  readonly latest: readonly EventRecord[];
  readonly lasting: readonly Lasting[];
};

/** RANGE=THISANDFUTURE from the occurrence `first` on. */
type Lasting = { readonly record: EventRecord; readonly first: Instant };

/** Of several records that replace the same occurrence, the latest revision counts. */
function replacementsOf(records: readonly EventRecord[], master: EventRecord | undefined): Replacements {
  const latest = new Map<Instant, EventRecord>();
  for (const record of records) {
    if (!record.replaces) continue;
    const id = instantOfMoment(identified(record.replaces.moment, master?.start));
    const other = latest.get(id);
    if (!other || !isOlder(record, other)) latest.set(id, record);
  }
  const lasting = [...latest]
    .filter(([, record]) => record.replaces?.andFuture)
    .map(([first, record]) => ({ record, first }))
    .sort((a, b) => a.first - b.first);
  return { replaced: new Set(latest.keys()), latest: [...latest.values()], lasting };
}

function isOlder({ revision: a }: EventRecord, { revision: b }: EventRecord): boolean {
  return a.sequence === b.sequence ? a.stamp < b.stamp : a.sequence < b.sequence;
}

/**
 * A RECURRENCE-ID must have the type of DTSTART (RFC 5545 3.8.4.4). Where it has not, a day means the occurrence at the
 * series' time of that day, and a time the occurrence of its day.
 */
function identified(moment: Moment, start: Moment | undefined): Moment {
  if (!start) return moment;
  if (start.kind === 'date') return { ...start, wall: startOfWall(moment.wall) };
  if (moment.kind === 'time') return onClockOf(start, moment);
  return { ...start, wall: (moment.wall + start.wall - startOfWall(start.wall)) as WallTime };
}

function startOfWall(wall: WallTime): WallTime {
  return wallTimeOf(dateOfWall(wall), 0);
}

function* unreplaced(
  master: EventRecord,
  { replaced, lasting }: Replacements,
  context: Context,
): Generator<CalendarEvent> {
  const reach = reachOf(master, lasting, context.window);
  for (const [id, shape] of originals(master, reach, context.budget)) {
    if (replaced.has(id)) continue;
    context.budget.step(lasting.length);
    const change = lasting.findLast((each) => each.first <= id);
    if (change) yield* shown(movedBy(change, id), change.record, context);
    else yield* shown(shape, master, context);
  }
}

/** The occurrence `id` as an earlier one was changed, with all that follow: by as much on the wall clock. */
function movedBy({ record, first }: Lasting, id: Instant): Shape {
  const { clock } = record.start;
  const shift = record.start.wall - ownWall(record.start, clock.toWall(first));
  const wall = (ownWall(record.start, clock.toWall(id)) + shift) as WallTime;
  return { start: { ...record.start, wall }, length: record.length };
}

function ownWall({ kind }: Moment, wall: WallTime): WallTime {
  return kind === 'date' ? startOfWall(wall) : wall;
}

/** From where to where occurrences may begin that overlap the window, also after they are moved. */
function reachOf(master: EventRecord, lasting: readonly Lasting[], window: Interval): Interval {
  let [before, after] = [DAY + sizeOf(master.length), DAY];
  for (const { record, first } of lasting) {
    const shift = instantOfMoment(record.start) - first;
    before = Math.max(before, 2 * DAY + sizeOf(record.length) + shift);
    after = Math.max(after, 2 * DAY - shift);
  }
  for (const { length } of master.additions) before = Math.max(before, DAY + (length ? sizeOf(length) : 0));
  return { start: (window.start - before) as Instant, end: (window.end + after) as Instant };
}

function sizeOf({ days, exact }: Length): number {
  return days * DAY + exact;
}

/**
 * DTSTART (always the first, RFC 5545 3.8.2.4), RRULE and RDATE without EXDATE, by their instants. Programs that cut a series
 * before its first occurrence leave it with an UNTIL before DTSTART: then there is no first.
 */
function originals(master: EventRecord, reach: Interval, budget: Budget): Map<Instant, Shape> {
  const found = new Map<Instant, Shape>();
  const { start, length } = master;
  const isCut = master.rules.length > 0 && master.rules.every((rule) => untilTest(rule, start)(start.wall));
  if (!isCut) add(found, { start, length });
  for (const rule of master.rules) {
    for (const wall of timesOf(rule, start, { reach, budget })) {
      budget.step(STEPS_OF_OCCURRENCE);
      add(found, { start: { ...start, wall }, length });
    }
  }
  for (const addition of master.additions) add(found, { length, ...addition });
  for (const id of excluded(master, found)) found.delete(id);
  return found;
}

/** To keep an occurrence takes about as long as to look at ten days; 100,000 of one event are too many anyway. */
const STEPS_OF_OCCURRENCE = 10;

/** RFC 5545 3.8.5.2: what comes twice is one; a PERIOD may make it longer. */
function add(found: Map<Instant, Shape>, shape: Shape): void {
  const id = instantOfMoment(shape.start);
  const other = found.get(id);
  if (!other || sizeOf(other.length) < sizeOf(shape.length)) found.set(id, shape);
}

type Reach = { readonly reach: Interval; readonly budget: Budget };

function timesOf(rule: Rule, start: Moment, { reach, budget }: Reach): Generator<WallTime> {
  return recurrences(rule, {
    start: start.wall,
    from: start.clock.toWall(reach.start),
    to: start.clock.toWall(reach.end),
    isOver: untilTest(rule, start),
    budget,
  });
}

/**
 * UNTIL in UTC bounds the instant, a local one the wall clock. A UTC one beside floating times or days can only mean what
 * the wall clock shows. A day beside times, which RFC 5545 forbids, is its 00:00, as libical and ical.js have it.
 */
function untilTest({ until }: Rule, start: Moment): (wall: WallTime) => boolean {
  if (!until) return () => false;
  if (until.kind === 'date') return (wall) => wall > wallTimeOf(until.date, 0);
  if (start.kind === 'date') return (wall) => dateOfWall(wall) > dateOfWall(until.wall);
  if (!until.utc || start.floating) return (wall) => wall > until.wall;
  return (wall) => start.clock.toInstant(wall) > until.wall;
}

/** EXDATE of a day takes all of that day; of a time on an all-day event, the day of that time. */
function excluded(master: EventRecord, found: ReadonlyMap<Instant, Shape>): Instant[] {
  const instants = new Set<Instant>();
  const dates = new Set<PlainDate>();
  for (const moment of master.exclusions) {
    if (moment.kind === 'date' || master.start.kind === 'date') dates.add(dateOfMoment(moment));
    else instants.add(instantOfMoment(moment));
  }
  if (instants.size + dates.size === 0) return [];
  return [...found].flatMap(([id, { start }]) =>
    instants.has(id) || dates.has(dateOfMoment(start)) ? [id] : [],
  );
}
