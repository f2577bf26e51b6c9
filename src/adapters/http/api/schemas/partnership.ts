// Answers about partnerships and their agreements.

import { z } from 'zod';
import { day, id, instant, person, zone } from './values.ts';

export const partnership = z
  .object({
    id,
    name: z.string(),
    anchor: zone.meta({ description: 'The zone in which periods begin.' }),
    agreement: z.enum(['in-force', 'none']),
    draft: z.enum(['open', 'none']),
    partners: z.array(
      z.object({
        id,
        name: z.string(),
        email: z.string().nullable(),
        joinedAt: instant,
        leftAt: instant.nullable(),
      }),
    ),
  })
  .meta({ id: 'Partnership' });

export const invitation = z
  .object({ id, email: z.string(), invitedBy: person, createdAt: instant, expiresAt: instant })
  .meta({ id: 'Invitation' });

const lines = z.array(z.string()).meta({ examples: [['Mon-Fri 09:00-17:00']] });

export const terms = z
  .object({
    name: z.string(),
    anchor: zone,
    stage: z.enum(['early', 'growing', 'mature']),
    checkIn: z.object({
      every: z.enum(['1w', '2w', '1mo']),
      duration: z.string().meta({ examples: ['30m'] }),
      rotate: z.string().meta({ examples: ['when-unfair', 'every 4'] }),
      agenda: z.enum(['weekly']),
      call: z.string().nullable(),
    }),
    horizon: z.object({ weeks: z.int(), invited: z.int() }),
    partners: z.array(z.object({ id, zone, comfortable: lines, reachable: lines, focus: lines })),
  })
  .meta({
    id: 'Terms',
    description: 'What partners agree on. The terms of a draft are sent in the same form.',
  });

const signed = {
  terms,
  text: z.string().meta({ description: 'The text that is signed, in UTF-8.' }),
  hash: z.string().meta({ description: 'SHA-256 of the text, in hexadecimal digits.' }),
  signatures: z.array(z.object({ person, at: instant, hash: z.string() })),
};

export const agreement = z
  .object({
    version: z.int(),
    from: day.meta({ description: 'The first day on which it counts.' }),
    ...signed,
    next: z.int().nullable().meta({ description: 'A version that all have signed and that counts later.' }),
  })
  .meta({ id: 'Agreement' });

export const version = z
  .object({ version: z.int(), end: z.enum(['signed', 'lapsed', 'withdrawn']), at: instant, ...signed })
  .meta({ id: 'Version', description: 'A version of the agreement that is no draft any more.' });

export const draft = z
  .object({
    version: z.int(),
    ...signed,
    changedAt: instant,
    changedBy: person,
    signers: z.array(person).meta({ description: 'Whose signatures it needs.' }),
    standing: z.enum(['open', 'signed', 'lapsed']).meta({
      description: 'A draft that has lapsed cannot be signed: put it again, and it is a new one.',
    }),
    missing: z.array(person).meta({ description: 'Who has not signed it.' }),
    lapsesAt: instant.nullable().meta({ description: 'While it is open.' }),
    wouldCountFrom: day.nullable().meta({ description: 'Unless it has lapsed.' }),
    warnings: z.array(z.string()).meta({ description: 'What everybody should know before signing.' }),
    obstacles: z.array(z.string()).meta({ description: 'Why nobody can sign it as it is.' }),
  })
  .meta({ id: 'Draft' });

export const differences = z
  .object({
    items: z.array(
      z.object({
        what: z.string(),
        person: person.nullable(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Differences' });
