// Answers about check-ins, plans and questions.

import { z } from 'zod';
import {
  ANSWERS,
  id,
  instant,
  interval,
  OUTCOMES,
  PROPOSALS,
  period,
  person,
  points,
  RELAXATIONS,
  sentence,
  zone,
} from './values.ts';

const when = {
  period,
  start: instant,
  end: instant,
  zone,
  host: person,
  partners: z.array(
    z.object({
      person,
      burden: z.int().meta({ description: 'Points that it costs this partner.' }),
      zone: zone.meta({ description: 'Where the partner then is.' }),
      local: z.string().meta({ examples: ['2027-01-05T08:00:00-08:00'] }),
    }),
  ),
  absent: z.array(z.object({ person, credit: z.int() })),
  because: sentence,
};

const published = {
  uid: z.string(),
  part: z.int().meta({ description: '0 is a whole check-in, 1 and 2 are two half-meetings.' }),
  origin: z.enum(['planned', 'moved', 'relaxed']),
  status: z.enum(['confirmed', 'cancelled']),
  sequence: z.int(),
  moved: z.boolean().meta({ description: 'It is not where it was first announced.' }),
  summary: z.string(),
  call: z.string().nullable(),
  ...when,
  answers: z.array(z.object({ person, partStat: z.enum(ANSWERS) })),
  undelivered: z
    .array(z.object({ person, problem: z.string() }))
    .meta({ description: 'Why the last mail about it did not reach somebody.' }),
};

export const checkIn = z.object(published).meta({ id: 'CheckIn' });

export const behind = z
  .object({
    ...published,
    ledger: z.object({ before: points, after: points }),
    choice: z
      .object({
        starts: z.int(),
        candidates: z.int(),
        ruledOut: z.array(
          z.object({ rule: z.string(), person: person.nullable(), starts: z.int(), sentence }),
        ),
      })
      .nullable()
      .meta({
        description: 'What there was to choose from; null where it cannot be planned otherwise any more.',
      }),
    alternative: z
      .object({
        start: instant,
        burden: z.int(),
        instead: z.int(),
        burdens: points.meta({
          description: 'By how much it would lift others above the most that anybody bears.',
        }),
        sentence,
      })
      .nullable()
      .meta({ description: 'The time that would cost you least, where that is less than it does now.' }),
  })
  .meta({ id: 'CheckInBehind', description: 'A check-in and everything behind it.' });

export const plan = z
  .object({
    occurrences: z.array(z.object(when)),
    unplaced: z.array(
      z.object({
        period,
        kind: z.enum(['away', 'unplaceable']),
        because: z.array(z.string()),
        relaxation: z
          .object({
            kind: z.enum(RELAXATIONS),
            asks: z.array(person),
            cost: z.int(),
            times: z.array(interval),
          })
          .nullable(),
      }),
    ),
    certificate: z
      .object({ worst: z.int(), lowerBound: z.number(), gap: z.number() })
      .meta({ description: 'No plan can burden its most burdened partner less than `lowerBound`.' }),
  })
  .meta({ id: 'Plan' });

export const preview = z
  .object({ plan: plan.nullable().meta({ description: 'Null while fewer than two partners take part.' }) })
  .meta({ id: 'Preview' });

const asked = {
  period,
  kind: z.enum(['relaxation', 'time', 'swap']),
  about: z.enum([...RELAXATIONS, ...PROPOSALS, 'swap']),
  of: person
    .nullable()
    .meta({ description: 'Who proposes it; null where nothing fits and the service asks.' }),
  times: z.array(interval),
  moves: interval
    .nullable()
    .meta({ description: 'The event that would give way, told to its owner alone, without its title.' }),
  sentence,
  asks: z.array(person),
  deadline: instant.meta({ description: 'No answer by then is a no.' }),
};

export const newQuestion = z.object(asked).meta({ id: 'NewQuestion' });

export const question = z
  .object({
    id,
    ...asked,
    askedAt: instant,
    replies: z.array(z.object({ person, answer: z.enum(['yes', 'no']) })),
    outcome: z.enum(OUTCOMES).nullable(),
  })
  .meta({ id: 'Question' });

export const freeBusy = z
  .object({
    person,
    start: instant,
    end: instant,
    freshness: z.enum(['none', 'fresh', 'stale', 'unknown']),
    confirmedAt: instant.nullable(),
    busy: z.array(interval),
  })
  .meta({ id: 'FreeBusy', description: 'The same text whoever of the partners asks, also for oneself.' });
