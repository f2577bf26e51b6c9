// A partner replies to a question that asks for their yes.

import { Conflict, NotFound } from '../../domain/errors.ts';
import { outcomeOf } from '../../domain/question.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';

/** The reply; until the question is decided it may be changed. */
export type QuestionReply = { readonly question: string; readonly answer: 'yes' | 'no' };

/** Throws NotFound where the question does not ask this partner, Conflict where it is decided or too late. */
export async function replyToQuestion(
  { person, partnership }: AuthorizedPartner<'answer'>,
  { question: id, answer }: QuestionReply,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const at = clock();
    const question = (await stores.questions.of(partnership)).find((each) => each.id === id);
    if (!question?.asks.includes(person)) throw new NotFound('question');
    if (outcomeOf(question, at) !== undefined) throw new Conflict('this question is decided already');
    await stores.questions.reply(id, { person, answer, at });
    await stores.jobs.put({ kind: 'run', partnership, because: 'reply' });
  });
}
