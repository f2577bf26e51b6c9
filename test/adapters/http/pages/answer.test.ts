// The signed link in an invitation, for whoever reads mail and never signs in.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import { replyToQuestion } from '../../../../src/flows/answers/reply-to-question.ts';
import { leavePartnership } from '../../../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { sendInvitation } from '../../../../src/flows/run/send-invitation.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import { agreedPair, type Pair, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

/** The link that Ben was mailed for the first check-in. */
async function mailed(pair: Pair) {
  const [first] = await occurrencesOf(of.world, pair.id);
  await sendInvitation({ uid: first!.item.uid, to: pair.ben }, of.world);
  const [link] = /\/answer\/\S+/.exec(of.world.mails.at(-1)!.text)!;
  return { first: first!, link };
}

const answerOf = async (pair: Pair) => (await occurrencesOf(of.world, pair.id))[0]!.answers.get(pair.ben);

describe('a link in an invitation', () => {
  it('shows what it is about and answers nothing until a button is pressed', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    const page = await of.browser().get(link);
    expect(page.status).toBe(200);
    expect(wordsOf(page)).toContain(
      'Harbour check-in Mon 4 Jan, 17:45 to 18:15 Europe/Berlin You Mon 4 Jan, 17:45 Europe/Berlin 5 points no answer yet',
    );
    expect(wordsOf(page)).toContain(
      'You answer as Ben Okafor . Do you come? Accept (Mon 4 Jan) I may come (Mon 4 Jan) I cannot come (Mon 4 Jan)',
    );
    expect(await answerOf(pair)).toBe('needs-action');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
  });

  it('accepts without signing in, and can be changed', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    const browser = of.browser();
    const answer = await browser.post(link, { answer: 'accepted' });
    expect([answer.status, answer.location]).toEqual([303, link]);
    expect(wordsOf(await browser.get(link))).toContain('You accepted. You can still change it.');
    expect(await answerOf(pair)).toBe('accepted');
    await browser.post(link, { answer: 'tentative' });
    expect(await answerOf(pair)).toBe('tentative');
    expect((await browser.post(link, { answer: 'never' })).status).toBe(422);
    expect((await browser.get('/')).text).toContain('/sign-in');
  });

  it('declines with a word about what happens next, and offers to propose another time', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    const browser = of.browser();
    await browser.post(link, { answer: 'declined' });
    const page = await browser.get(link);
    expect(wordsOf(page)).toContain(
      'Nothing is dropped: everybody is asked about another time, and until they agree it stays where it is.',
    );
    expect(page.text).toContain(`href="${link}/proposal"`);
    const form = await browser.get(`${link}/proposal?at=2027-01-06T17:00`);
    expect(wordsOf(form)).toContain(
      'You Wed 6 Jan, 17:00 Europe/Berlin Ana Duarte Wed 6 Jan, 08:00 America/Los_Angeles Ask the others',
    );
    const asked = await browser.post(`${link}/proposal`, { start: '2027-01-06T16:00:00Z' });
    expect([asked.status, asked.location]).toEqual([303, link]);
    expect(await of.world.database.questions.of(pair.id)).toMatchObject([
      { asks: [pair.ana], ask: { kind: 'time', of: pair.ben } },
    ]);
  });

  it('shows the present time of a check-in that has moved since', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    const browser = of.browser();
    await browser.post(`${link}/proposal`, { start: '2027-01-04T16:00:00Z' });
    const [question] = await of.world.database.questions.of(pair.id);
    await replyToQuestion(
      await of.world.partner(pair.ana, pair.id, 'answer'),
      { question: question!.id, answer: 'yes' },
      of.world,
    );
    await runPartnership(pair.id, of.world);
    expect(wordsOf(await browser.get(link))).toContain(
      'Harbour check-in Mon 4 Jan, 17:00 to 17:30 Europe/Berlin',
    );
  });

  it('of a check-in that has begun offers nothing', async () => {
    const pair = await agreedPair(of);
    const { link, first } = await mailed(pair);
    const before = of.world.now;
    of.world.now = instantOf(first.item.start + 1_000);
    expect(wordsOf(await of.browser().get(link))).toContain(
      'This check-in has begun. There is nothing to answer any more.',
    );
    expect((await of.browser().post(link, { answer: 'accepted' })).status).toBe(409);
    of.world.now = instantOf(first.item.end);
    const over = await of.browser().get(link);
    expect([over.status, wordsOf(over)]).toEqual([
      404,
      expect.stringContaining('There is no such link, or it has expired.'),
    ]);
    of.world.now = before;
  });

  it('of a check-in that was cancelled says so', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    await leavePartnership(await of.world.partner(pair.ana, pair.id, 'leave'), of.world);
    await runPartnership(pair.id, of.world);
    expect(wordsOf(await of.browser().get(link))).toContain(
      'This check-in was cancelled. There is nothing to answer.',
    );
  });

  it('is nothing for who has left, and nothing once a letter of it is another', async () => {
    const pair = await agreedPair(of);
    const { link } = await mailed(pair);
    const changed = `${link.slice(0, -2)}${link.endsWith('AA') ? 'BB' : 'AA'}`;
    expect((await of.browser().get(changed)).status).toBe(404);
    await leavePartnership(await of.world.partner(pair.ben, pair.id, 'leave'), of.world);
    expect((await of.browser().get(link)).status).toBe(404);
  });

  it('opens nothing else: no page of the partnership, and no other check-in', async () => {
    const pair = await agreedPair(of);
    await mailed(pair);
    const claims = { person: pair.ben, partnership: pair.id, expiresAt: instantOf(of.world.now + 1e9) };
    for (const matter of ['answer 2027-W01-nothing@turnabout', 'invitation 1', 'everything']) {
      const link = await of.world.links.sign({ ...claims, matter });
      expect((await of.browser().get(`/answer/${link}`)).status).toBe(404);
    }
  });
});
