// Mails that are no invitations, until they are sent.

import type { PartnerId } from '../../../domain/partner.ts';
import type { Notice, NoticeStore } from '../../../flows/stores.ts';
import type { Notice as Row } from '../client/client.ts';
import { optional, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';
import { noticeColumn } from '../json-columns.ts';

export function noticeStore(db: Db): NoticeStore {
  return {
    add: async ({ id, key, email, person, partnership, content, createdAt }) => {
      const about = { personId: person ?? null, partnershipId: partnership ?? null };
      const data = { id, key, kind: content.kind, email, content: noticeColumn.write(content), ...about };
      const { count } = await db.notice.createMany({
        data: [{ ...data, createdAt: toDate(createdAt) }],
        skipDuplicates: true,
      });
      return count > 0;
    },
    claim: async (id, now, until) => {
      const { count } = await db.notice.updateMany({
        where: {
          id,
          sentAt: null,
          problem: null,
          OR: [{ claimedUntil: null }, { claimedUntil: { lte: toDate(now) } }],
        },
        data: { claimedUntil: toDate(until) },
      });
      if (count === 0) return undefined;
      return noticeOf(await db.notice.findUniqueOrThrow({ where: { id } }));
    },
    sent: async (id, at) => {
      await db.notice.update({ where: { id }, data: { sentAt: toDate(at), claimedUntil: null } });
    },
    unsent: async (id, problem) => {
      const data = { claimedUntil: null, ...(problem !== undefined && { problem }) };
      await db.notice.update({ where: { id }, data });
    },
    releaseAll: async () => {
      await db.notice.updateMany({ where: { claimedUntil: { not: null } }, data: { claimedUntil: null } });
    },
    waiting: async (before) => {
      const rows = await db.notice.findMany({
        where: { sentAt: null, problem: null, createdAt: { lt: toDate(before) } },
        select: { id: true },
        orderBy: { createdAt: 'asc' },
        take: 1_000,
      });
      return rows.map(({ id }) => id);
    },
  };
}

function noticeOf({ id, key, email, personId, partnershipId, content, createdAt }: Row): Notice {
  return {
    id,
    key,
    email,
    ...optional('person', personId as PartnerId | null),
    ...optional('partnership', partnershipId),
    content: noticeColumn.read(content),
    createdAt: toInstant(createdAt),
  };
}
