// Passkeys, and the challenges to them and to sign-ins elsewhere.

import { z } from 'zod';
import { Conflict } from '../../../domain/errors.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { Challenge, ChallengeStore, Passkey, PasskeyStore } from '../../../flows/access-stores.ts';
import type { Passkey as Row } from '../client/client.ts';
import { optional, optionalInstant, toDate, toInstant } from '../columns.ts';
import { type Db, SQL_STATES, sqlState } from '../connection.ts';

export function passkeyStore(db: Db): PasskeyStore {
  return {
    add: async ({ id, person, credentialId, publicKey, counter, transports, name, createdAt }) => {
      const key = { credentialId, publicKey: new Uint8Array(publicKey), counter: BigInt(counter) };
      const about = { id, personId: person, transports: [...transports], name, createdAt: toDate(createdAt) };
      await db.passkey.create({ data: { ...key, ...about } }).catch((cause: unknown) => {
        if (sqlState(cause) !== SQL_STATES.unique) throw cause;
        throw new Conflict('this passkey is registered already', { cause });
      });
    },
    of: async (personId) => {
      const rows = await db.passkey.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } });
      return rows.map(passkeyOf);
    },
    byCredential: async (credentialId) => {
      const row = await db.passkey.findUnique({ where: { credentialId } });
      return row ? passkeyOf(row) : undefined;
    },
    used: async (id, at, counter) => {
      const where = { id, counter: { lte: BigInt(counter) } };
      const data = { usedAt: toDate(at), counter: BigInt(counter) };
      const { count } = await db.passkey.updateMany({ where, data });
      return count > 0;
    },
    rename: async (personId, id, name) => {
      const { count } = await db.passkey.updateMany({ where: { id, personId }, data: { name } });
      return count > 0;
    },
    remove: async (personId, id) => {
      const { count } = await db.passkey.deleteMany({ where: { id, personId } });
      return count > 0;
    },
  };
}

function passkeyOf(row: Row): Passkey {
  return {
    id: row.id,
    person: row.personId as PartnerId,
    credentialId: row.credentialId,
    publicKey: row.publicKey,
    counter: Number(row.counter),
    transports: row.transports,
    name: row.name,
    createdAt: toInstant(row.createdAt),
    ...optional('usedAt', optionalInstant(row.usedAt)),
  };
}

export function challengeStore(db: Db): ChallengeStore {
  return {
    add: async (id, challenge, { createdAt, expiresAt }) => {
      const { purpose, ...content } = challenge;
      const personId = 'person' in challenge ? challenge.person : null;
      const times = { createdAt: toDate(createdAt), expiresAt: toDate(expiresAt) };
      await db.challenge.create({ data: { id, purpose, personId, content, ...times } });
    },
    take: async (id, purpose, now) => {
      const rows = await db.$queryRaw<{ content: object }[]>`
        DELETE FROM challenge WHERE id = ${id}::uuid AND purpose = ${purpose} AND expires_at > ${toDate(now)}
        RETURNING content`;
      const [row] = rows;
      if (!row) return undefined;
      return challenge.parse({ ...row.content, purpose }) as Extract<Challenge, { purpose: typeof purpose }>;
    },
  };
}

const challenge = z.discriminatedUnion('purpose', [
  z.object({ purpose: z.literal('register-passkey'), person: z.string(), challenge: z.string() }),
  z.object({ purpose: z.literal('use-passkey'), challenge: z.string() }),
  z.object({
    purpose: z.literal('sign-in-elsewhere'),
    key: z.enum(['google', 'microsoft', 'oidc']),
    nonce: z.string(),
    verifier: z.string(),
    destination: z.string(),
    browser: z.string(),
  }),
]);
