// Tokens for programs, of which only hashes are kept.

import type { PartnerId } from '../../../domain/partner.ts';
import type { ApiToken, ApiTokenStore } from '../../../flows/access-stores.ts';
import type { Scope } from '../../../flows/authorized.ts';
import type { ApiToken as Row } from '../client/client.ts';
import { optional, optionalInstant, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';

export function apiTokenStore(db: Db): ApiTokenStore {
  return {
    add: async ({ id, person, name, scopes, createdAt, expiresAt }, tokenHash) => {
      const times = { createdAt: toDate(createdAt), expiresAt: toDate(expiresAt) };
      const data = { id, personId: person, name, scopes: [...scopes], tokenHash, ...times };
      await db.apiToken.create({ data });
    },
    byToken: async (tokenHash, now) => {
      const row = await db.apiToken.findFirst({ where: { tokenHash, ...goodAt(toDate(now)) } });
      return row ? tokenOf(row) : undefined;
    },
    of: async (personId, now) => {
      const where = { personId, ...goodAt(toDate(now)) };
      const rows = await db.apiToken.findMany({ where, orderBy: { createdAt: 'asc' } });
      return rows.map(tokenOf);
    },
    used: async (id, at) => {
      await db.apiToken.updateMany({ where: { id }, data: { usedAt: toDate(at) } });
    },
    revoke: async (personId, id, at) => {
      const where = { id, personId, revokedAt: null };
      const { count } = await db.apiToken.updateMany({ where, data: { revokedAt: toDate(at) } });
      return count > 0;
    },
  };
}

function goodAt(now: Date) {
  return { revokedAt: null, expiresAt: { gt: now } };
}

function tokenOf({ id, personId, name, scopes, createdAt, expiresAt, usedAt }: Row): ApiToken {
  return {
    id,
    person: personId as PartnerId,
    name,
    scopes: scopes as Scope[],
    createdAt: toInstant(createdAt),
    expiresAt: toInstant(expiresAt),
    ...optional('usedAt', optionalInstant(usedAt)),
  };
}
