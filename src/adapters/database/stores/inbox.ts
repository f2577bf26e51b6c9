// How far the mailbox was read, and what was in it.

import type { InboxStore } from '../../../flows/stores.ts';
import { toDate } from '../columns.ts';
import type { Db } from '../connection.ts';

export function inboxStore(db: Db): InboxStore {
  return {
    mark: async (address) => {
      const row = await db.mailbox.findUnique({ where: { address } });
      return row ? { uidValidity: row.uidValidity, uid: Number(row.uid) } : undefined;
    },
    read: async (address, { uidValidity, uid }) => {
      const mark = { uidValidity, uid: BigInt(uid) };
      await db.mailbox.upsert({ where: { address }, create: { address, ...mark }, update: mark });
    },
    isKnown: async (messageId) => {
      const row = await db.receivedMail.findUnique({ where: { messageId: messageId.slice(0, 998) } });
      return row !== null;
    },
    receive: async (messageId, at, outcome) => {
      const data = [{ messageId: messageId.slice(0, 998), receivedAt: toDate(at), outcome }];
      const { count } = await db.receivedMail.createMany({ data, skipDuplicates: true });
      return count > 0;
    },
  };
}
