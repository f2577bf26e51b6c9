// Links to sign in by, and the link by which the first person comes in. Of their tokens only hashes are kept.

import { z } from 'zod';
import type {
  FirstLinkStore,
  PendingIdentity,
  SignInLink,
  SignInLinkStore,
} from '../../../flows/access-stores.ts';
import { Prisma, type SignInLink as Row } from '../client/client.ts';
import { optional, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';

export function signInLinkStore(db: Db): SignInLinkStore {
  return {
    add: async ({ id, email, destination, createdAt, expiresAt, identity }, tokenHash) => {
      const times = { createdAt: toDate(createdAt), expiresAt: toDate(expiresAt) };
      const data = { id, email, destination, tokenHash, ...times };
      await db.signInLink.create({ data: { ...data, identity: identity ?? Prisma.DbNull } });
    },
    live: (email, now) =>
      db.signInLink.count({ where: { email, usedAt: null, expiresAt: { gt: toDate(now) } } }),
    byToken: async (tokenHash, now) => {
      const where = { tokenHash, usedAt: null, expiresAt: { gt: toDate(now) } };
      const row = await db.signInLink.findFirst({ where });
      return row ? linkOf(row) : undefined;
    },
    use: async (id, at) => {
      const data = { usedAt: toDate(at) };
      const { count } = await db.signInLink.updateMany({ where: { id, usedAt: null }, data });
      return count > 0;
    },
    hold: async (email) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`address ${email}`}, 0))`;
    },
  };
}

const identity = z.object({
  key: z.enum(['google', 'microsoft', 'oidc']),
  issuer: z.string(),
  subject: z.string(),
  email: z.string(),
  name: z.string().optional(),
  browser: z.string(),
});

function linkOf({ id, email, destination, createdAt, expiresAt, identity: json }: Row): SignInLink {
  return {
    id,
    email,
    destination,
    createdAt: toInstant(createdAt),
    expiresAt: toInstant(expiresAt),
    ...optional('identity', json === null ? null : (identity.parse(json) as PendingIdentity)),
  };
}

/** As a fact about this instance, of which there is one. */
const FIRST_LINK = 'first-person-link';

export function firstLinkStore(db: Db): FirstLinkStore {
  return {
    put: async (value) => {
      const fact = { name: FIRST_LINK, value };
      await db.instanceFact.upsert({ where: { name: FIRST_LINK }, create: fact, update: fact });
    },
    isCurrent: async (value) => (await db.instanceFact.count({ where: { name: FIRST_LINK, value } })) > 0,
    use: async (value) => {
      const { count } = await db.instanceFact.deleteMany({ where: { name: FIRST_LINK, value } });
      return count > 0;
    },
    isAnybodyHere: async () => (await db.person.count({ where: { erasedAt: null }, take: 1 })) > 0,
  };
}
