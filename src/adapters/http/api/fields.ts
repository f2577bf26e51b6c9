// Fields of requests: each is read by a reader of the flows, and says in a sentence what is wrong and what would be right.

import { z } from 'zod';
import { nearest } from '../../../domain/nearest.ts';
import { formatInstant, type Instant } from '../../../domain/time/instant.ts';
import { formatDate, type PlainDate } from '../../../domain/time/plain-date.ts';
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

type TextOptions = {
  readonly example: string;
  /** How it is written, where the example does not say it. */
  readonly description?: string;
  readonly longest?: number;
};

/** A text that `read` understands. The document describes what comes in, which is the text before it is read. */
export function text<Value>(
  read: (text: string) => Value | Wrong,
  { example, description, longest = LONGEST }: TextOptions,
) {
  return z
    .string({ error: says(`a text such as "${example}"`) })
    .max(longest, { error: `is longer than ${longest} characters: shorten it` })
    .meta({ examples: [example], ...(description !== undefined && { description }) })
    .transform(reader(read));
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

export function nameSuchAs(example: string) {
  return text(readName, { example });
}

export const zone = text(readZone, { example: 'Europe/Berlin', description: 'An IANA time zone.' });
export const region = text(readRegion, {
  example: 'US-CA',
  description: 'Whose public holidays are days off: a country or a part of one (ISO 3166), or "none".',
});
export const day = text(readDate, { example: '2027-01-04', description: 'A date.' });
export const instant = text(readInstant, {
  example: '2027-01-05T16:00:00Z',
  description: 'RFC 3339, in UTC or with an offset.',
});
export const duration = text(readDuration, {
  example: '30m',
  description: '15m to 8h in whole quarters of an hour: "30m", "1h", "1h30m".',
});
export const rotation = text(readRotation, {
  example: 'when-unfair',
  description: '"when-unfair", "every-time", "monthly", "never", or "every 4" (2 to 52 times).',
});
export const call = text(readCall, {
  example: 'https://example.com/call',
  description: 'Where the call is: an https, tel or sip address.',
});

/** The id of a period: a week, the first of two weeks, or a month. */
export const period = text((written) => (PERIOD.test(written) ? written : NO_PERIOD), {
  example: '2027-W01',
  description: 'The id of a period: a week, or "2027-01" where a period is a month.',
});

const PERIOD = /^\d{4}-(W\d{2}|\d{2})$/;
const NO_PERIOD = new Wrong('is no period: write it as 2027-W01, or 2027-01 where a period is a month');

const WINDOW = 'Mon-Fri 09:00-17:00';

const line = z
  .string({ error: says(`"${WINDOW}"`) })
  .max(200, { error: 'is longer than a window is' })
  .meta({ examples: [WINDOW] });

/** Lines of weekly hours. */
export const windows = z
  .union([line, list(line, 100)], { error: says(`"${WINDOW}", or a list of such lines`) })
  .meta({ description: 'Days and hours in the zone of the partner; "none" where there are none.' })
  .transform(reader(readWindows));

/** From the first to the last day, both included. */
export const backwards = refuseBackwards<PlainDate>(formatDate);

/** From one instant to another. */
export const backwardsInstants = refuseBackwards<Instant>(formatInstant);

function refuseBackwards<Value extends number>(format: (value: Value) => string) {
  return (
    { from, to }: { readonly from?: Value | undefined; readonly to?: Value | undefined },
    context: z.core.$RefinementCtx,
  ) => {
    if (from === undefined || to === undefined || from <= to) return;
    const message = `is before ${format(from)}: exchange the two`;
    context.addIssue({ code: 'custom', path: ['to'], message });
  };
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
