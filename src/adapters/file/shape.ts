// The shape of a partnership file: which fields there are, what they hold, and what holds where one is left out.

import { z } from 'zod';
import { nearest } from '../../domain/nearest.ts';
import { holdsAddress } from '../../flows/show-safely.ts';
import {
  quoted,
  readCall,
  readDate,
  readDuration,
  readEmail,
  readInstant,
  readName,
  readRegion,
  readRotation,
  readWindows,
  readZone,
  Wrong,
} from '../../flows/words.ts';
import { readCalendarSource } from './calendar-source.ts';

const day = text(readDate, '2027-01-04');
const windows = z
  .union([z.string(), z.array(z.string()).min(1).max(100)], {
    error: says('"Mon-Fri 09:00-17:00", or a list of such lines'),
  })
  .transform(reader(readWindows));
const busy = strict({
  start: text(readInstant, '2027-01-05T16:00:00Z'),
  end: text(readInstant, '2027-01-05T18:00:00Z'),
});
const away = strict({ from: day, to: day });
const travel = strict({ from: day, to: day, zone: text(readZone, '"Europe/London"') });

/** One partner as the file has them: every field in itself is right. */
export const partnerShape = strict({
  name: text(readName, '"Ana Duarte"'),
  email: text(readEmail, '"ana@example.com"'),
  zone: text(readZone, '"America/Los_Angeles"'),
  comfortable: windows.optional(),
  reachable: windows.optional(),
  focus: windows.optional(),
  hours: number({ least: 1, most: 100, what: 'hours a week, 1 to 100' }).default(40),
  region: text(readRegion, '"US-CA"').default('none'),
  calendars: list(text(readCalendarSource, '"ana.ics"'), { most: 50, example: '["ana.ics"]' }),
  busy: list(busy, {
    most: 10_000,
    example: '[{ start: 2027-01-05T16:00:00Z, end: 2027-01-05T18:00:00Z }]',
  }),
  away: list(away, { most: 1_000, example: '[{ from: 2027-02-01, to: 2027-02-05 }]' }),
  travels: list(travel, {
    most: 1_000,
    example: '[{ from: 2027-02-01, to: 2027-02-05, zone: Europe/London }]',
  }),
});

export type PartnerShape = z.output<typeof partnerShape>;

const checkIn = strict({
  every: choice(['1w', '2w', '1mo']).default('1w'),
  duration: text(readDuration, '"30m"').default(30),
  agenda: choice(['weekly']).default('weekly'),
  rotate: text(readRotation, 'when-unfair').default({ kind: 'when-unfair' }),
  since: day.optional(),
  call: text(readCall, '"https://example.com/call"').optional(),
});

/** The whole file; the partners are read one by one, so that what is wrong with one does not hide the others. */
export const fileShape = strict({
  partnership: text(readName, '"Harbour"'),
  anchor: text(readZone, '"Europe/Berlin"'),
  checkIn: checkIn.prefault({}),
  partners: z.array(z.unknown(), { error: says('a list of two to twelve partners') }),
  ledger: z
    .record(z.string(), points(), { error: says('points by address, "ana@example.com: 40"') })
    .default({}),
});

export type FileShape = z.output<typeof fileShape>;

/** An object in which nothing is ignored: a key that nobody reads is named, with the one that was probably meant. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, known)).join('\n')
        : `${describe(issue.input)}: write a map with the keys ${known.join(', ')}`,
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  const advice = near ? `did you mean "${near}"?` : `the keys here are ${known.join(', ')}`;
  return `nothing reads this key: ${advice}`;
}

function text<Value>(read: (text: string) => Value | Wrong, example: string) {
  return z.string({ error: says(example) }).transform(reader(read));
}

function reader<Input, Value>(read: (input: Input) => Value | Wrong) {
  return (input: Input, context: z.core.$RefinementCtx): Value => {
    const value = read(input);
    if (!(value instanceof Wrong)) return value;
    context.addIssue({ code: 'custom', message: value.problem });
    return z.NEVER;
  };
}

function number({ least, most, what }: { least: number; most: number; what: string }) {
  const error = (issue: { readonly input?: unknown }) => `${describe(issue.input)}: write ${what}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** Thousandths of a point; a file says points with up to three decimals. */
function points() {
  const range = 'points from 0 to 100000 with at most three decimals';
  const thousandths = z.number({ error: says(range) });
  return thousandths.transform(
    reader((value: number) => {
      const whole = Math.round(value * 1_000);
      const exact = Math.abs(value * 1_000 - whole) < 1e-6;
      return exact && whole >= 0 && whole <= 100_000_000
        ? whole
        : new Wrong(`${describe(value)}: write ${range}`);
    }),
  );
}

function choice<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, { error: says(words.join(', ')) });
}

/** A list that may be left out. */
function list<Item extends z.ZodType>(item: Item, { most, example }: { most: number; example: string }) {
  const error = (issue: { readonly code?: string; readonly input?: unknown }) =>
    issue.code === 'too_big'
      ? `holds more than ${most}: shorten the list`
      : `${describeNoList(issue.input)}: write a list, ${rightList(issue.input, example)}`;
  return z.array(item, { error }).max(most, { error }).default([]);
}

function describeNoList(value: unknown): string {
  return typeof value === 'string' ? 'is a text' : describe(value);
}

/** An address that stands where a list of them should is answered in its own kind. */
function rightList(value: unknown, example: string): string {
  return typeof value === 'string' && holdsAddress(value) ? '["https://…"]' : example;
}

function says(right: string) {
  return (issue: { readonly input?: unknown }): string => `${describe(issue.input)}: write ${right}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is empty';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'object') return 'is a map';
  return typeof value === 'string' ? `is ${quoted(value)}` : `is ${String(value)}`;
}
