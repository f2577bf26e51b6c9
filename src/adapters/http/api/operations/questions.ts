// Questions to partners, and their replies.

import { z } from 'zod';
import { replyToQuestion } from '../../../../flows/answers/reply-to-question.ts';
import type { AuthorizedPartner } from '../../../../flows/authorized.ts';
import { readQuestion, readQuestions } from '../../../../flows/read/questions.ts';
import { questionResource } from '../../../../views/resources/question.ts';
import { choice, id, strict } from '../fields.ts';
import { type ApiWorld, forPartner } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortableDown } from '../paging.ts';
import * as schemas from '../schemas/check-in.ts';

const tag = 'Questions';

/** The question, as the answer of an operation that put it. */
export async function asked(partner: AuthorizedPartner, which: string, world: ApiWorld) {
  const { reader, question } = await readQuestion(partner, which, world);
  return { body: questionResource(question, reader, world.clock()) };
}

export const questionOperations = [
  forPartner({
    id: 'listQuestions',
    method: 'GET',
    path: '/questions',
    summary: 'What was asked, and what became of it',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The newest first.', body: pages(schemas.question) },
    run: async (partner, { query, world }) => {
      const { reader, questions } = await readQuestions(partner, world);
      const { items, next } = pageOf(questions, (each) => `${sortableDown(each.askedAt)} ${each.id}`, query);
      return { body: { items: items.map((each) => questionResource(each, reader, world.clock())), next } };
    },
  }),
  forPartner({
    id: 'replyToQuestion',
    method: 'POST',
    path: '/questions/{question}/reply',
    summary: 'Say yes or no',
    description: 'Until it is decided you may change your mind. No answer by the deadline is a no.',
    tag,
    needed: 'answer',
    params: z.object({ question: id }),
    body: strict({ answer: choice(['yes', 'no']) }),
    answer: { status: 200, description: 'The question.', body: schemas.question },
    refusals: [409],
    run: async (partner, { params, body, world }) => {
      const question = params.question.toLowerCase();
      await replyToQuestion(partner, { question, answer: body.answer }, world);
      return asked(partner, question, world);
    },
  }),
];
