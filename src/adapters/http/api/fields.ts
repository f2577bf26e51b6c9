// Fields of requests: each is read by a reader of the flows, and says in a sentence what is wrong and what would be right.

import { z } from 'zod';
import { nearest } from '../../../domain/nearest.ts';
import { formatDate } from '../../../domain/time/plain-date.ts';
import {
  quoted,
  readCall,
  readDate,
  readDuration,
  readInstant,
  readName,
  readRegion,
  readRotation,
  readWindows,
  readZone,
  Wrong,
} from '../../../flows/words.ts';

/** An object in which nothing is ignored: a key that nobody reads is named, with the one that was probably meant. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  const right = known.length === 0 ? 'an empty object' : `an object with ${known.join(', ')}`;
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => unknownKey(key, known)).join('\n')
        : `${describe(issue.input)}: send ${right}`,
  });
}

/** The messages of several unknown keys are lines of one issue. */
function unknownKey(key: string, known: readonly string[]): string {
  const near = key.length > 100 ? undefined : nearest(key, known);
  if (near) return `nothing reads this: did you mean "${near}"?`;
  return known.length === 0
    ? 'nothing reads this: leave it out'
    : `nothing reads this: send ${known.join(', ')}`;
}

/** The longest text that any field takes, except where it says otherwise. */
const LONGEST = 1_000;

type TextOptions = { readonly example: string; readonly longest?: number };

/** A text that `read` understands. */
export function text<Value>(
  read: (text: string) => Value | Wrong,
  { example, longest = LONGEST }: TextOptions,
) {
  return z
    .string({ error: says(`"${example}"`) })
    .max(longest, { error: `is longer than ${longest} characters: shorten it` })
    .transform(reader(read))
    .meta({ examples: [example] });
}

/** A transformation by one of the readers of the flows. */
export function reader<Input, Value>(read: (input: Input) => Value | Wrong) {
  return (input: Input, context: z.core.$RefinementCtx): Value => {
    const value = read(input);
    if (!(value instanceof Wrong)) return value;
    context.addIssue({ code: 'custom', message: value.problem });
    return z.NEVER;
  };
}

export function choice<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, { error: says(words.map((word) => `"${word}"`).join(' or ')) });
}

export function whole({ least, most }: { readonly least: number; readonly most: number }) {
  const error = says(`a whole number from ${least} to ${most}`);
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A list with so many entries at most. */
export function list<Item extends z.ZodType>(item: Item, most: number) {
  const error = (issue: { readonly code?: string; readonly input?: unknown }) =>
    issue.code === 'too_big'
      ? `holds more than ${most}: shorten it`
      : `${describe(issue.input)}: send a list`;
  return z.array(item, { error }).max(most, { error });
}

export const id = z.uuid({ error: says('an id, such as "0f8c2a54-1f0a-4e0e-9d3c-6a1b2c3d4e5f"') });
export const name = text(readName, { example: 'Ana Duarte' });
export const zone = text(readZone, { example: 'Europe/Berlin' });
export const region = text(readRegion, { example: 'US-CA' });
export const day = text(readDate, { example: '2027-01-04' });
export const instant = text(readInstant, { example: '2027-01-05T16:00:00Z' });
export const duration = text(readDuration, { example: '30m' });
export const rotation = text(readRotation, { example: 'when-unfair' });
export const call = text(readCall, { example: 'https://example.com/call' });

/** The id of a period: a week, the first of two weeks, or a month. */
export const period = text((written) => (PERIOD.test(written) ? written : NO_PERIOD), {
  example: '2027-W01',
});

const PERIOD = /^\d{4}-(W\d{2}|\d{2})$/;
const NO_PERIOD = new Wrong('is no period: write it as 2027-W01, or 2027-01 where a period is a month');

const line = z
  .string({ error: says('"Mon-Fri 09:00-17:00"') })
  .max(200, { error: 'is longer than a window is' });

/** Lines of weekly hours. */
export const windows = z
  .union([line, list(line, 100)], { error: says('"Mon-Fri 09:00-17:00", or a list of such lines') })
  .transform(reader(readWindows))
  .meta({ examples: [['Mon-Fri 09:00-17:00']] });

/** From the first to the last day, both included. */
export function backwards(
  { from, to }: { readonly from: number; readonly to: number },
  context: z.core.$RefinementCtx,
) {
  if (from > to)
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: `is before ${formatDate(from as Parameters<typeof formatDate>[0])}: exchange the two`,
    });
}

export function says(right: string) {
  return (issue: { readonly input?: unknown }): string => `${describe(issue.input)}: send ${right}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is null';
  if (Array.isArray(value)) return 'is a list, or stands here more than once';
  if (typeof value === 'object') return 'is an object';
  return typeof value === 'string' ? `is ${quoted(value)}` : `is ${String(value)}`;
}
