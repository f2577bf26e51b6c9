// The calendars beside the example partnership: a year and a half of three invented people, the same on every run.

import { DAY, MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, instantOf, parseInstant, plus } from '../../src/domain/time/instant.ts';
import { addDays, mondayOf, type PlainDate, parseDate } from '../../src/domain/time/plain-date.ts';
import { wallTimeOf } from '../../src/domain/time/wall-time.ts';
import { parseZone, toInstant, UTC } from '../../src/domain/time/zone.ts';
import { calendarText, type Dialect, type Entry } from './example-events.ts';
import { type Days, type Life, lives, type Occasion, type Series } from './example-people.ts';

/** File name → text, as checked in under examples. */
export function exampleCalendars(): Map<string, string> {
  return new Map(lives.map((life) => [life.file, textOf(life)]));
}

const FIRST = day('2026-07-01');
const LAST = day('2027-12-31');

/** Shortly before the plan of the example begins. */
const EXPORTED = parseInstant('2026-12-30T18:00:00Z')!;

function textOf(life: Life): string {
  const random = randomFrom(life.seed);
  const maker: Maker = { life, random, made: 0 };
  const entries = [
    ...life.series.flatMap((series) => entriesOfSeries(maker, series)),
    ...life.days.map((days) => entryOfDays(maker, days)),
    ...entriesOfOccasions(maker),
  ];
  const { dialect, owner, tzid } = life;
  return calendarText({ dialect, owner, tzid, zone: parseZone(life.zone)!, stamp: EXPORTED, entries });
}

type Maker = { readonly life: Life; readonly random: () => number; made: number };

function entriesOfSeries(maker: Maker, series: Series): Entry[] {
  const { from, at, rule, except = [], moved = [], dropped = [], future, with: guests, ...rest } = series;
  const own = { ...rest, uid: nextUid(maker), at: minutes(at), ...(guests ? { guests } : {}) };
  const made = created(maker, day(from));
  const master: Entry = { ...own, on: day(from), rule, except: except.map(day), created: made, sequence: 0 };
  const replacing = (on: string, change: Partial<Entry>): Entry => ({
    ...own,
    on: day(on),
    replaces: { on: day(on), at: own.at },
    created: made,
    sequence: 1,
    ...change,
  });
  return [
    rule.includes('COUNT') ? master : { ...master, until: LAST },
    ...moved.map((move) => replacing(move.day, { on: day(move.to), at: minutes(move.at) })),
    ...dropped.map((on) => replacing(on, { status: 'CANCELLED' })),
    ...(future ? [fromThenOn(replacing(future.day, { on: day(future.to), at: minutes(future.at) }))] : []),
  ];
}

function fromThenOn(entry: Entry): Entry {
  return { ...entry, replaces: { ...entry.replaces!, andFuture: true }, sequence: 2 };
}

function entryOfDays(maker: Maker, { first, last, ...rest }: Days): Entry {
  const on = day(first);
  const until = rest.rule ? { until: LAST } : {};
  const lasts = day(last) - on + 1;
  return { ...rest, ...until, uid: nextUid(maker), on, lasts, created: created(maker, on), sequence: 0 };
}

/** Two to five a week, none in the weeks of leave. */
function entriesOfOccasions(maker: Maker): Entry[] {
  const entries: Entry[] = [];
  for (let week = mondayOf(FIRST); week < LAST; week = addDays(week, 7)) {
    const count = between(maker, 2, 5);
    for (let i = 0; i < count; i++) {
      const on = addDays(week, between(maker, 0, 4));
      const occasion = maker.life.occasions[between(maker, 0, maker.life.occasions.length - 1)]!;
      if (on >= FIRST && !isOnLeave(maker.life, on)) entries.push(entryOfOccasion(maker, occasion, on));
    }
  }
  return entries.sort((a, b) => a.on - b.on || a.at! - b.at!);
}

function isOnLeave({ days }: Life, on: PlainDate): boolean {
  return days.some(({ free, absence, rule, first, last }) => {
    const keeps = !free && absence !== 'WORKINGELSEWHERE' && !rule;
    return keeps && day(first) <= on && on <= day(last);
  });
}

function entryOfOccasion(maker: Maker, occasion: Occasion, on: PlainDate): Entry {
  const { between: range, lasts, ...rest } = occasion;
  const [earliest, latest] = [minutes(range[0]), minutes(range[1])];
  const at = earliest + 15 * between(maker, 0, (latest - earliest) / 15);
  return {
    ...rest,
    ...fateOf(maker, occasion),
    ...{ uid: nextUid(maker), on, at, lasts: lasts[between(maker, 0, lasts.length - 1)]! },
    ...{ created: created(maker, on), sequence: between(maker, 0, 2) },
  };
}

/** Some are called off, some are declined or not answered, most take place. */
function fateOf(maker: Maker, { organizer }: Occasion): Partial<Entry> {
  const dice = between(maker, 1, 20);
  if (dice <= 2) return { status: 'CANCELLED' };
  if (!organizer) return {};
  if (dice <= 5) return { answer: 'DECLINED' };
  if (dice <= 7) return { answer: 'TENTATIVE' };
  return { answer: dice <= 9 ? 'NEEDS-ACTION' : 'ACCEPTED' };
}

/** Some weeks before the day, and before the export. */
function created(maker: Maker, on: PlainDate): Instant {
  const latest = plus(EXPORTED, -2 * DAY);
  const before = toInstant(UTC, wallTimeOf(addDays(on, -between(maker, 5, 60)), 9 * 60));
  return instantOf(Math.min(before, latest) - between(maker, 0, 300) * MINUTE);
}

/** In the fashion of the program that exports: letters for Google, hexadecimal for Outlook, a UUID for Apple. */
const UID_FORMS: Readonly<Record<Dialect, (hex: string) => string>> = {
  google: (hex) => `${BigInt(`0x${hex.slice(0, 26)}`).toString(32)}@google.com`,
  outlook: (hex) => `040000008200E00074C5B7101A82E008${hex.toUpperCase()}`,
  apple: (hex) => hex.toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
};

/** The count keeps two from being the same. */
function nextUid(maker: Maker): string {
  maker.made++;
  let hex = maker.made.toString(16).padStart(4, '0');
  while (hex.length < 32) hex = between(maker, 0, 0xffff).toString(16).padStart(4, '0') + hex;
  return UID_FORMS[maker.life.dialect](hex);
}

/** An integer from `low` to `high`, both included. */
function between({ random }: Maker, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** Mulberry32, a generator of one line by Tommy Ettinger: from 0 up to 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function day(text: string): PlainDate {
  return parseDate(text)!;
}

function minutes(clock: string): number {
  const [hours, rest] = clock.split(':');
  return Number(hours) * 60 + Number(rest);
}
