// The questions of a partnership, for one of its partners.

import { NotFound } from '../../domain/errors.ts';
import type { Question } from '../../domain/question.ts';
import { type Reader, readerIn } from '../../views/question.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

export type QuestionsRead = {
  /** To whom they are shown. */
  readonly reader: Reader;
  /** In the order in which they were asked. */
  readonly questions: readonly Question[];
};

export async function readQuestions(
  { person, partnership: id }: AuthorizedPartner,
  { database }: Pick<World, 'database'>,
): Promise<QuestionsRead> {
  const { partnership } = await readInWords(id, database);
  return { reader: readerIn(partnership, person), questions: await database.questions.of(id) };
}

/** Throws NotFound where the partnership has none of that id. */
export async function readQuestion(
  partner: AuthorizedPartner,
  id: string,
  world: Pick<World, 'database'>,
): Promise<{ readonly reader: Reader; readonly question: Question }> {
  const { reader, questions } = await readQuestions(partner, world);
  const question = questions.find((each) => each.id === id);
  if (!question) throw new NotFound('question');
  return { reader, question };
}
