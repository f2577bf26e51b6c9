// Feeds that are not revoked; of their secrets only the hash is kept.

import type { PartnerId } from '../../../domain/partner.ts';
import type { Feed, FeedStore } from '../../../flows/stores.ts';
import type { Feed as Row } from '../client/client.ts';
import { optional, optionalInstant, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';

export function feedStore(db: Db): FeedStore {
  return {
    add: async ({ id, person, partnership, name, detail, createdAt }, tokenHash) => {
      const about = { personId: person, partnershipId: partnership ?? null };
      await db.feed.create({ data: { id, ...about, name, detail, tokenHash, createdAt: toDate(createdAt) } });
    },
    of: async (personId) => {
      const rows = await db.feed.findMany({
        where: { personId, revokedAt: null },
        orderBy: { createdAt: 'asc' },
      });
      return rows.map(feedOf);
    },
    byToken: async (tokenHash) => {
      const row = await db.feed.findFirst({ where: { tokenHash, revokedAt: null } });
      return row ? feedOf(row) : undefined;
    },
    used: async (id, at) => {
      await db.feed.updateMany({ where: { id }, data: { usedAt: toDate(at) } });
    },
    revoke: async (id, at) => {
      await db.feed.update({ where: { id }, data: { revokedAt: toDate(at) } });
    },
  };
}

function feedOf({ id, personId, partnershipId, name, detail, createdAt, usedAt }: Row): Feed {
  return {
    id,
    person: personId as PartnerId,
    name,
    detail: detail as Feed['detail'],
    createdAt: toInstant(createdAt),
    ...optional('partnership', partnershipId),
    ...optional('usedAt', optionalInstant(usedAt)),
  };
}
