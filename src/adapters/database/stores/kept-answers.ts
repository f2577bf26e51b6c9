// Answers to requests that came with a key of their own.

import { z } from 'zod';
import type { AnswerStore, Beginning, KeyedRequest } from '../../../flows/answer-once.ts';
import { toDate } from '../columns.ts';
import type { Connection } from '../connection.ts';

/** The body is kept as text: jsonb would not give the same bytes back. */
const kept = z.object({ text: z.string(), headers: z.record(z.string(), z.string()) });

export function answerStore({ client: db }: Pick<Connection, 'client'>): AnswerStore {
  const whereOf = ({ person, key }: KeyedRequest) => ({ personId_key: { personId: person, key } });
  return {
    begin: async (request, { at, since }) => {
      const { person: personId, key, hash: requestHash } = request;
      await db.idempotentAnswer.deleteMany({ where: { personId, createdAt: { lte: toDate(since) } } });
      const row = { personId, key, requestHash, createdAt: toDate(at) };
      const { count } = await db.idempotentAnswer.createMany({ data: [row], skipDuplicates: true });
      if (count > 0) return { kind: 'ours' };
      return beginningOf(await db.idempotentAnswer.findUnique({ where: whereOf(request) }), requestHash);
    },
    finish: async ({ person: personId, key, hash: requestHash }, { status, body, headers }) => {
      await db.idempotentAnswer.updateMany({
        where: { personId, key, requestHash },
        data: { status, body: { text: body, headers } },
      });
    },
    forget: async ({ person: personId, key, hash: requestHash }) => {
      await db.idempotentAnswer.deleteMany({ where: { personId, key, requestHash, status: null } });
    },
  };
}

type Row = { readonly requestHash: string; readonly status: number | null; readonly body: unknown };

/** One that is gone by now was refused a moment ago. */
function beginningOf(row: Row | null, requestHash: string): Beginning {
  if (!row) return { kind: 'under-way' };
  if (row.requestHash !== requestHash) return { kind: 'other-request' };
  if (row.status === null) return { kind: 'under-way' };
  const { text, headers } = kept.parse(row.body);
  return { kind: 'answered', answer: { status: row.status, body: text, headers } };
}
