// Values of the domain in JSON columns. They are checked when they are read, like everything that comes in from outside.

import { z } from 'zod';
import type { Terms } from '../../domain/agreement/terms.ts';
import type { Closing } from '../../domain/fairness/closing.ts';
import type { Points, Reason } from '../../domain/planner/plan.ts';
import type { Ask } from '../../domain/question.ts';
import { formatInstant, type Instant, instantOf, parseInstant } from '../../domain/time/instant.ts';
import type { NoticeContent } from '../../flows/stores.ts';
import type { Validators } from '../../flows/world.ts';
import type { Prisma } from './client/client.ts';

/** One kind of JSON column. */
export type Column<T> = {
  readonly read: (json: unknown) => T;
  readonly write: (value: T) => Prisma.InputJsonValue;
};

/** The schema is of the same shape as `T`, whose brands and readonly marks zod does not know. */
function column<T>(schema: z.ZodType): Column<T> {
  return {
    read: (json) => z.decode(schema, json) as T,
    write: (value) => z.encode(schema, value) as Prisma.InputJsonValue,
  };
}

const instant = z.codec(z.string(), z.number(), {
  decode: (text, { issues }) => {
    const read = parseInstant(text);
    if (read === undefined) issues.push({ code: 'custom', input: text, message: 'is no instant' });
    return read ?? instantOf(0);
  },
  encode: (number) => formatInstant(number as Instant),
});

const points = z.codec(z.record(z.string(), z.int()), z.map(z.string(), z.int()), {
  decode: (record) => new Map(Object.entries(record)),
  encode: (map) => Object.fromEntries(map),
});

const interval = z.object({ start: instant, end: instant });

const windows = z.array(z.object({ weekday: z.int().min(1).max(7), start: z.int(), end: z.int() }));

const rotation = z.union([
  z.object({ kind: z.literal('every'), count: z.int() }),
  z.object({ kind: z.enum(['when-unfair', 'every-time', 'monthly', 'never']) }),
]);

/** What partners agree on. */
export const termsColumn = column<Terms>(
  z.object({
    name: z.string(),
    anchor: z.string(),
    stage: z.enum(['early', 'growing', 'mature']),
    checkIn: z.object({
      rhythm: z.enum(['1w', '2w', '1mo']),
      minutes: z.int(),
      rotation,
      agenda: z.literal('weekly'),
      call: z.string().exactOptional(),
    }),
    horizon: z.object({ weeks: z.int(), invited: z.int() }),
    partners: z.array(
      z.object({
        id: z.string(),
        zone: z.string(),
        comfortable: windows,
        reachable: windows,
        focus: windows,
      }),
    ),
  }),
);

/** Points by partner. */
export const pointsColumn = column<Points>(points);

const RELAXATIONS = [
  ...(['another-day', 'tentative', 'move-event', 'shorter'] as const),
  ...(['wider-window', 'rotating-absence', 'two-halves'] as const),
] as const;
const PROPOSALS = ['partner', 'counter', 'declined', 'volunteer'] as const;
const agreedTo = z.enum([...RELAXATIONS, ...PROPOSALS, 'swap']);

const rule = z.union([
  z.object({ kind: z.enum(['reachable', 'busy', 'focus', 'away', 'elsewhere']), partner: z.string() }),
  z.object({ kind: z.literal('agreed'), to: agreedTo }),
  z.object({
    kind: z.enum([
      ...(['notice', 'pinned', 'published', 'fixed-time', 'fairness'] as const),
      ...(['least-burden', 'spread', 'calm', 'earliest', 'hard-limits'] as const),
    ]),
  }),
]);

/** Why an occurrence is where it is. */
export const reasonColumn = column<Reason>(
  z.object({ rule, instead: z.object({ start: instant, burdens: points }).exactOptional() }),
);

const relaxation = z.object({
  kind: z.enum(RELAXATIONS),
  asks: z.array(z.string()),
  cost: z.int(),
  parts: z.array(interval.extend({ burdens: points })),
  minutes: z.int().exactOptional(),
  moves: interval.exactOptional(),
});

const declined = z.object({ by: z.array(z.string()), time: interval }).exactOptional();

/** What is asked. */
export const askColumn = column<Ask>(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('relaxation'), relaxation, declined }),
    z.object({
      kind: z.literal('time'),
      because: z.enum(PROPOSALS),
      of: z.string(),
      time: interval,
      declined,
    }),
    z.object({
      kind: z.literal('swap'),
      of: z.string(),
      periods: z.tuple([z.string(), z.string()]),
      parts: z.tuple([interval, interval]),
    }),
  ]),
);

const closed = { period: z.string(), first: z.int(), postedAt: instant, absent: z.array(z.string()) };
const whyNot = z.union([
  z.object({ kind: z.enum(['declined', 'not-there', 'away', 'unknown-calendar']), partner: z.string() }),
  z.object({ kind: z.enum(['refused', 'lapsed']), relaxation: z.enum(RELAXATIONS) }),
  z.object({ kind: z.literal('nothing-fitted') }),
]);

/** How a period ended. */
export const closingColumn = column<Closing>(
  z.discriminatedUnion('kind', [
    z.object({
      ...closed,
      kind: z.literal('held'),
      present: points,
      host: z.string(),
      moved: z.boolean(),
      agreed: agreedTo.exactOptional(),
    }),
    z.object({
      ...closed,
      kind: z.enum(['missed', 'away']),
      reasons: z.array(whyNot),
      reopenedAt: instant.exactOptional(),
    }),
  ]),
);

/** By what a copy is known to be current. */
export const validatorsColumn = column<Validators>(
  z.object({
    givenBy: z.string(),
    etag: z.string().exactOptional(),
    lastModified: z.string().exactOptional(),
    interval: z.number().exactOptional(),
  }),
);

/** What a notice is about. */
export const noticeColumn = column<NoticeContent>(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('invited'), by: z.string(), invitation: z.string() }),
    z.object({ kind: z.literal('draft'), version: z.int(), by: z.string() }),
    z.object({ kind: z.literal('in-force'), version: z.int(), from: z.string() }),
    z.object({ kind: z.literal('draft-lapsed'), version: z.int() }),
    z.object({ kind: z.literal('draft-withdrawn'), version: z.int(), by: z.string() }),
    z.object({ kind: z.literal('left'), name: z.string() }),
    z.object({ kind: z.literal('joined'), person: z.string(), invited: z.string() }),
    z.object({ kind: z.literal('left-out'), version: z.int() }),
    z.object({ kind: z.enum(['asked', 'answered']), question: z.string() }),
    z.object({ kind: z.literal('missed'), period: z.string() }),
    z.object({ kind: z.literal('corrected'), period: z.string(), by: z.string() }),
    z.object({
      kind: z.literal('counter-declined'),
      uid: z.string(),
      proposed: instant,
      because: z.discriminatedUnion('kind', [
        z.object({ kind: z.enum(['not-agreed', 'outside', 'other-length']) }),
        z.object({ kind: z.literal('impossible'), message: z.string() }),
      ]),
    }),
    z.object({ kind: z.enum(['calendar-unknown', 'calendar-emptied']), calendar: z.string() }),
  ]),
);
