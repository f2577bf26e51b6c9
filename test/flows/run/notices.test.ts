// Notices as they are mailed: each in the time and with the points of whoever reads it.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { proposeTime } from '../../../src/flows/answers/propose-time.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { readQuestions } from '../../../src/flows/read/questions.ts';
import { questionSentence } from '../../../src/views/question.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world, [['Chiara Lim', 'Europe/Rome']]);
});

afterEach(() => world.close());

async function asked(): Promise<string> {
  const second = (await occurrencesOf(world, group.id))[1]!;
  const start = plus(second.item.start, HOUR);
  const ben = await world.partner(group.ben, group.id, 'answer');
  const proposal = { period: second.occurrence.period.id, start, because: 'partner' } as const;
  const question = await proposeTime(ben, proposal, world);
  await world.settle();
  return question;
}

const mailTo = (name: string, subject: string) =>
  world.mails.find(({ to, subject: of }) => to.email === `${name}@example.com` && of.includes(subject))!;

describe('a question', () => {
  it('is mailed and shown to each in their own time, with their own points', async () => {
    await asked();
    const { text } = mailTo('ana', 'a question about');
    expect(text).toMatch(/proposes \w{3} 1\d Jan \d\d:\d\d \(America\/Los_Angeles\) for/);
    expect(text).toMatch(/You would bear \d+ points?\./);
    expect(text).toMatch(/You are asked until .* \(America\/Los_Angeles\); no answer is a no\./);
    expect(mailTo('chiara', 'a question about').text).toContain('(Europe/Rome)');
    const { reader, questions } = await readQuestions(
      await world.partner(group.ana, group.id, 'read'),
      world,
    );
    expect(questionSentence(questions[0]!, reader)).toContain('(America/Los_Angeles)');
  });

  it('that one agreed to and one did not answer says so', async () => {
    const question = await asked();
    const ana = await world.partner(group.ana, group.id, 'answer');
    await replyToQuestion(ana, { question, answer: 'yes' }, world);
    const { deadline } = (await world.database.questions.of(group.id))[0]!;
    await world.wait(plus(deadline, HOUR));
    expect(mailTo('chiara', 'is decided').text).toContain('Not everybody answered in time');
  });
});
