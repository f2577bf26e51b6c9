// Puts a question of one partner to others, unless something is asked about the period already.

import { Conflict } from '../../domain/errors.ts';
import type { Ask, Question } from '../../domain/question.ts';
import type { NewQuestion } from '../../domain/run/actions.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';

type PuttingWorld = Pick<World, 'clock' | 'database' | 'secrets'>;

/** Gives the id of the question: that of the one which asks the same, where it is open. Throws Conflict. */
export async function putQuestion(
  { partnership }: AuthorizedPartner<'answer'>,
  question: NewQuestion,
  { clock, database, secrets }: PuttingWorld,
): Promise<string> {
  if (question.asks.length === 0) throw new Conflict('there is nobody to ask: the others are away');
  return database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const at = clock();
    const other = openAbout(question, await stores.questions.of(partnership));
    if (other && isSameAsk(other.ask, question.ask)) return other.id;
    if (other)
      throw new Conflict(
        `something is asked about ${other.period} already: answer that first, or wait for its deadline`,
      );
    const asked = await stores.questions.ask(partnership, question, at);
    if (asked === undefined) throw new Conflict('this was asked before, and decided');
    await tell(stores, { partnership, question, at }, secrets);
    await stores.jobs.put({ kind: 'run', partnership, because: 'question' });
    await stores.jobs.put({ kind: 'run', partnership, because: 'time' }, question.deadline);
    return asked;
  });
}

function openAbout(question: NewQuestion, questions: readonly Question[]): Question | undefined {
  const periods = periodsOf(question);
  return questions.find(
    (other) => other.outcome === undefined && periodsOf(other).some((each) => periods.includes(each)),
  );
}

function periodsOf({ period, ask }: Pick<Question, 'period' | 'ask'>): readonly string[] {
  return ask.kind === 'swap' ? ask.periods : [period];
}

/** Of the same partner, about the same time: a calendar program may send a proposal twice. */
function isSameAsk(one: Ask, other: Ask): boolean {
  return one.kind !== 'relaxation' && JSON.stringify(marksOf(one)) === JSON.stringify(marksOf(other));
}

function marksOf(ask: Ask): readonly unknown[] {
  if (ask.kind === 'relaxation') return [ask.kind];
  if (ask.kind === 'time') return [ask.kind, ask.of, ask.time.start, ask.time.end];
  return [ask.kind, ask.of, ask.periods];
}

type Telling = { readonly partnership: string; readonly question: NewQuestion; readonly at: Instant };

async function tell(
  stores: Stores,
  { partnership, question, at }: Telling,
  { newId }: World['secrets'],
): Promise<void> {
  for (const person of question.asks) {
    const email = (await stores.people.byId(person))?.email;
    if (email === undefined) continue;
    const id = newId();
    const key = `${partnership}/asked/${question.key}/${person}`;
    const content = { kind: 'asked', question: question.key } as const;
    if (await stores.notices.add({ id, key, email, person, partnership, content, createdAt: at }))
      await stores.jobs.put({ kind: 'notify', notice: id });
  }
}
