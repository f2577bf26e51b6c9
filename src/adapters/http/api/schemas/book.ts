// Answers about the book, and about what a run would do.

import { z } from 'zod';
import { checkIn, newQuestion } from './check-in.ts';
import {
  day,
  instant,
  interval,
  OUTCOMES,
  PROPOSALS,
  period,
  person,
  points,
  RELAXATIONS,
} from './values.ts';

export const closing = z
  .object({
    period,
    first: day,
    outcome: z.enum(['held', 'missed', 'away']),
    postedAt: instant,
    present: points,
    absent: z.array(person),
    host: person.nullable(),
    moved: z.boolean(),
    agreed: z.enum([...RELAXATIONS, ...PROPOSALS, 'swap']).nullable(),
    reasons: z.array(
      z.object({
        kind: z.enum([
          'declined',
          'not-there',
          'away',
          'unknown-calendar',
          'refused',
          'lapsed',
          'nothing-fitted',
        ]),
        person: person.nullable(),
        relaxation: z.enum(RELAXATIONS).nullable(),
      }),
    ),
  })
  .meta({ id: 'Closing', description: 'How a period ended.' });

export const entry = z
  .object({
    number: z.int(),
    kind: z.enum(['closing', 'correction', 'joined']),
    postedAt: instant,
    by: person.nullable().meta({ description: 'Whose correction it is.' }),
    joined: z.object({ person, from: day }).nullable(),
    closing: closing.nullable(),
  })
  .meta({ id: 'Entry' });

export const ledger = z
  .object({
    partners: z.array(
      z.object({ person, thousandths: z.int().meta({ description: 'Thousandths of a point.' }) }),
    ),
    items: z
      .array(entry)
      .meta({ description: 'The entries from which it follows, in the order of posting.' }),
    next: z.string().nullable(),
  })
  .meta({ id: 'Ledger' });

export const record = z
  .object({
    held: z.int(),
    moved: z.int(),
    missed: z.int(),
    away: z.int(),
    streak: z.int().meta({ description: 'Held ones in a row, up to now.' }),
    attendance: z.array(z.object({ person, present: z.int(), of: z.int() })),
    items: z.array(closing).meta({ description: 'The newest first.' }),
    next: z.string().nullable(),
  })
  .meta({ id: 'Record' });

export const action = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('close'), closing }),
    z.object({
      kind: z.literal('publish'),
      change: z.enum(['new', 'moved', 'people', 'words', 'revived', 'cancelled']),
      occurrence: checkIn,
      was: interval.nullable(),
    }),
    z.object({ kind: z.literal('ask'), question: newQuestion }),
    z.object({ kind: z.literal('end'), question: z.string(), outcome: z.enum(OUTCOMES) }),
    z.object({
      kind: z.literal('send'),
      uid: z.string(),
      to: person,
      method: z.enum(['REQUEST', 'CANCEL']),
      sequence: z.int(),
    }),
  ])
  .meta({ id: 'Action' });

export const dryRun = z
  .object({ actions: z.array(action) })
  .meta({ id: 'DryRun', description: 'What a run would do now: the very list that it would execute.' });
