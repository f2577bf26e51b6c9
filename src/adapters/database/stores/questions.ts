// Questions to partners and their replies.

import type { PartnerId } from '../../../domain/partner.ts';
import type { Outcome, Question } from '../../../domain/question.ts';
import type { QuestionStore } from '../../../flows/stores.ts';
import type { Question as QuestionRow, Reply } from '../client/client.ts';
import { optional, toDate, toInstant } from '../columns.ts';
import type { Db } from '../connection.ts';
import { askColumn } from '../json-columns.ts';

export function questionStore(db: Db): QuestionStore {
  return {
    of: async (partnershipId) => {
      const rows = await db.question.findMany({
        where: { partnershipId },
        orderBy: [{ askedAt: 'asc' }, { key: 'asc' }],
        include: { replies: true },
      });
      return rows.map(questionOf);
    },
    ask: async (partnershipId, { key, period, ask, asks, deadline }, at) => {
      const id = crypto.randomUUID();
      const times = { askedAt: toDate(at), deadline: toDate(deadline) };
      const data = { id, partnershipId, key, period, ask: askColumn.write(ask), asks: [...asks], ...times };
      const { count } = await db.question.createMany({ data: [data], skipDuplicates: true });
      return count === 0 ? undefined : id;
    },
    reply: async (questionId, { person, answer, at }) => {
      const key = { questionId, personId: person };
      const given = { answer, repliedAt: toDate(at) };
      await db.reply.upsert({
        where: { questionId_personId: key },
        create: { ...key, ...given },
        update: given,
      });
    },
    end: async (id, outcome, at) => {
      await db.question.updateMany({ where: { id, outcome: null }, data: { outcome, endedAt: toDate(at) } });
    },
  };
}

function questionOf(row: QuestionRow & { readonly replies: readonly Reply[] }): Question {
  const { id, key, period, ask, asks, askedAt, deadline, outcome, replies } = row;
  return {
    id,
    key,
    period,
    ask: askColumn.read(ask),
    asks: asks as PartnerId[],
    askedAt: toInstant(askedAt),
    deadline: toInstant(deadline),
    replies: new Map(replies.map((each) => [each.personId as PartnerId, each.answer as 'yes' | 'no'])),
    ...optional('outcome', outcome as Outcome | null),
  };
}
