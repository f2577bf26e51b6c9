// The book of a partnership. The database refuses to change what stands in it.

import { ChangedMeanwhile } from '../../../domain/errors.ts';
import type { Entry } from '../../../domain/fairness/book.ts';
import type { PartnerId } from '../../../domain/partner.ts';
import type { BookStore } from '../../../flows/stores.ts';
import type { BookEntry } from '../client/client.ts';
import { toDate, toDay, toInstant, toPlainDate } from '../columns.ts';
import { type Db, SQL_STATES, sqlState } from '../connection.ts';
import { closingColumn } from '../json-columns.ts';

export function bookStore(db: Db): BookStore {
  return {
    entries: async (partnershipId) => {
      const rows = await db.bookEntry.findMany({ where: { partnershipId }, orderBy: { number: 'asc' } });
      return rows.map((row) => ({ ...entryOf(row), postedAt: toInstant(row.postedAt) }));
    },
    post: async (partnershipId, entry, { at }) => {
      const { _max } = await db.bookEntry.aggregate({ where: { partnershipId }, _max: { number: true } });
      const data = {
        id: crypto.randomUUID(),
        partnershipId,
        number: (_max.number ?? 0) + 1,
        kind: entry.kind,
        postedAt: toDate(at),
        postedBy: (entry.kind === 'correction' && entry.by) || null,
        ...contentOf(entry),
      };
      await db.bookEntry.create({ data }).catch((cause: unknown) => {
        if (sqlState(cause) !== SQL_STATES.unique) throw cause;
        throw new ChangedMeanwhile('book', { cause });
      });
    },
  };
}

function contentOf(entry: Entry) {
  if (entry.kind === 'joined') return { firstDay: toDay(entry.from), personId: entry.partner, detail: {} };
  const { closing } = entry;
  return {
    firstDay: toDay(closing.first),
    period: closing.period,
    outcome: closing.kind,
    detail: closingColumn.write(closing),
  };
}

function entryOf({ kind, personId, firstDay, detail, postedBy }: BookEntry): Entry {
  if (kind === 'joined') return { kind, partner: personId as PartnerId, from: toPlainDate(firstDay) };
  const closing = closingColumn.read(detail);
  if (kind === 'closing') return { kind, closing };
  return { kind: 'correction', closing, ...(postedBy && { by: postedBy as PartnerId }) };
}
