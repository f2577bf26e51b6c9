// Sessions. Of their tokens only hashes are kept: the current one, and the one before it.

import type { PartnerId } from '../../../domain/partner.ts';
import type { Session, SessionStore, SignInWay } from '../../../flows/access-stores.ts';
import type { Session as Row } from '../client/client.ts';
import { toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';

export function sessionStore(db: Db): SessionStore {
  return {
    add: async ({ id, person, userAgent, signedInBy, ...times }, tokenHash) => {
      const data = { id, personId: person, tokenHash, userAgent, signedInBy };
      await db.session.create({
        data: {
          ...data,
          createdAt: toDate(times.createdAt),
          rotatedAt: toDate(times.rotatedAt),
          seenAt: toDate(times.seenAt),
          expiresAt: toDate(times.expiresAt),
        },
      });
    },
    byToken: async (tokenHash) => {
      const row = await db.session.findFirst({ where: { OR: [{ tokenHash }, { previousHash: tokenHash }] } });
      if (!row) return undefined;
      return { session: sessionOf(row), token: row.tokenHash === tokenHash ? 'current' : 'previous' };
    },
    rotate: async (id, { from, to }, { rotatedAt, expiresAt }) => {
      const times = { rotatedAt: toDate(rotatedAt), seenAt: toDate(rotatedAt), expiresAt: toDate(expiresAt) };
      const data = { tokenHash: to, previousHash: from, ...times };
      const { count } = await db.session.updateMany({ where: { id, tokenHash: from }, data });
      return count > 0;
    },
    seen: async (id, { seenAt, expiresAt }) => {
      const data = { seenAt: toDate(seenAt), expiresAt: toDate(expiresAt) };
      await db.session.updateMany({ where: { id }, data });
    },
    of: async (personId, now) => {
      const where = { personId, expiresAt: { gt: toDate(now) } };
      const rows = await db.session.findMany({ where, orderBy: { seenAt: 'desc' } });
      return rows.map(sessionOf);
    },
    end: async (personId, id) => {
      const { count } = await db.session.deleteMany({ where: { id, personId } });
      return count > 0;
    },
    endOthers: async (personId, kept) => {
      const { count } = await db.session.deleteMany({ where: { personId, id: { not: kept } } });
      return count;
    },
  };
}

function sessionOf(row: Row): Session {
  return {
    id: row.id,
    person: row.personId as PartnerId,
    createdAt: toInstant(row.createdAt),
    rotatedAt: toInstant(row.rotatedAt),
    seenAt: toInstant(row.seenAt),
    expiresAt: toInstant(row.expiresAt),
    userAgent: row.userAgent,
    signedInBy: row.signedInBy as SignInWay,
  };
}
