// Answers about what is a person's alone.

import { z } from 'zod';
import { day, id, instant, zone } from './values.ts';

export const self = z
  .object({
    id,
    email: z.string().nullable(),
    name: z.string(),
    zone,
    region: z.string().meta({ description: 'Whose public holidays are days off, or "none".' }),
  })
  .meta({ id: 'Self' });

export const leave = z.object({ id, from: day, to: day }).meta({ id: 'Leave', description: 'Days off.' });

export const travel = z
  .object({ id, from: day, to: day, zone })
  .meta({ id: 'Travel', description: 'Where somebody is on which days.' });

export const calendar = z
  .object({
    id,
    name: z.string(),
    host: z.string().meta({ description: 'Of its address, which is a secret and shown to nobody.' }),
    state: z.enum(['unread', 'fresh', 'stale', 'unknown', 'emptied']),
    confirmedAt: instant.nullable().meta({ description: 'When it was last known to be as it is kept.' }),
    problem: z.string().nullable(),
  })
  .meta({ id: 'Calendar' });

export const feed = z
  .object({
    id,
    name: z.string(),
    detail: z.enum(['full', 'busy']),
    partnership: id.nullable().meta({ description: 'Null where it holds all partnerships.' }),
    createdAt: instant,
    usedAt: instant.nullable().meta({ description: 'To the hour.' }),
  })
  .meta({ id: 'Feed' });

export const newFeed = z
  .object({
    feed,
    address: z.string().nullable().meta({
      description: 'The secret address, told once. Null where the answer is repeated by its Idempotency-Key.',
    }),
  })
  .meta({ id: 'NewFeed' });

export const session = z
  .object({
    id,
    createdAt: instant,
    seenAt: instant,
    expiresAt: instant,
    userAgent: z.string(),
    signedInBy: z.enum(['link', 'passkey', 'google', 'microsoft', 'oidc']),
    isThisOne: z.boolean(),
  })
  .meta({ id: 'Session' });

export const token = z
  .object({
    id,
    name: z.string(),
    scopes: z.array(z.enum(['read', 'answer', 'write', 'sign'])),
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant.nullable(),
  })
  .meta({ id: 'Token' });

export const newToken = token
  .extend({
    token: z.string().nullable().meta({
      description: 'The secret, told once. Null where the answer is repeated by its Idempotency-Key.',
    }),
  })
  .meta({ id: 'NewToken' });
