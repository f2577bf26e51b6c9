// The first page, for whoever is signed in and for everybody else.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../../src/flows/answers/answer-invitation.ts';
import { connectCalendar } from '../../../../src/flows/calendars/connect-calendar.ts';
import { invitePartner } from '../../../../src/flows/partnership/invite-partner.ts';
import { runPartnership } from '../../../../src/flows/run/run-partnership.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import { redrafted, signedIn } from '../../../support/service-world.ts';
import { agreedPair, newPair, newPerson, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

describe('the first page', () => {
  it('says what this is in two sentences to whoever is not signed in, and where to sign in', async () => {
    const answer = await of.browser().get('/');
    expect(answer.status).toBe(200);
    expect(wordsOf(answer)).toContain(
      'shares the early and late hours fairly between them. You agree on the terms once',
    );
    expect(answer.text).toContain('href="/sign-in"');
  });

  it('shows somebody new how to begin', async () => {
    const dev = await newPerson(of, 'Dev Sharma', 'Asia/Kolkata');
    const answer = await (await of.as(dev)).get('/');
    expect(wordsOf(answer)).toContain('Begin one, or follow the link in an invitation.');
    expect(answer.text).toContain('href="/partnerships/new"');
  });

  it('shows the partnerships with the ways to them, here and in the navigation', async () => {
    const { ana, path } = await newPair(of);
    const answer = await (await of.as(ana)).get('/');
    expect(wordsOf(answer)).toContain('Harbour 2 partners, nothing agreed yet');
    expect(answer.text.split(`href="${path}"`)).toHaveLength(3);
  });

  it('shows the next check-ins of all partnerships on the clock of the reader', async () => {
    const { ana, ben } = await agreedPair(of);
    const anas = wordsOf(await (await of.as(ana)).get('/'));
    const bens = wordsOf(await (await of.as(ben)).get('/'));
    expect(anas).toContain('Mon 4 Jan, 08:45 to 09:15 America/Los_Angeles');
    expect(bens).toContain('Mon 4 Jan, 17:45 to 18:15 Europe/Berlin');
  });
});

describe('what waits for somebody', () => {
  it('are drafts without their signature', async () => {
    const { ana, id, path } = await agreedPair(of);
    await redrafted(of.world, { id, by: ana }, (terms) => ({ ...terms, name: 'Haven' }));
    const answer = await (await of.as(ana)).get('/');
    expect(wordsOf(answer)).toContain('Version 2 of the agreement of Harbour waits for your signature.');
    expect(answer.text).toContain(`href="${path}/agreement"`);
  });

  it('are check-ins within two weeks that they have not answered, until they do', async () => {
    const { ana, id } = await agreedPair(of);
    const browser = await of.as(ana);
    expect(wordsOf(await browser.get('/')).match(/Say whether you come/g)).toHaveLength(2);
    const [first] = await occurrencesOf(of.world, id);
    const answer = { uid: first!.item.uid, partStat: 'accepted', by: 'page' } as const;
    await answerInvitation(await of.world.partner(ana, id, 'answer'), answer, of.world);
    expect(wordsOf(await browser.get('/')).match(/Say whether you come/g)).toHaveLength(1);
  });

  it('are questions that ask them, and not those that ask others', async () => {
    const { ana, ben, id } = await agreedPair(of);
    const [first] = await occurrencesOf(of.world, id);
    await (await of.as(ben)).post(
      `/partnerships/${id}/occurrences/${encodeURIComponent(first!.item.uid)}/proposal`,
      { start: '2027-01-05T16:00:00Z' },
    );
    const asked = wordsOf(await (await of.as(ana)).get('/'));
    expect(asked).toContain('Ben Okafor proposes Tue 5 Jan 08:00 (America/Los_Angeles) for the check-in');
    expect(asked).toContain('Say yes or no');
    expect(wordsOf(await (await of.as(ben)).get('/'))).not.toContain('Say yes or no');
  });

  it('are invitations to their address, with the way to join', async () => {
    const { ana, id } = await newPair(of);
    const dev = await newPerson(of, 'Dev Sharma', 'Asia/Kolkata');
    const { email } = (await of.world.database.people.byId(dev))!;
    await invitePartner(await of.world.partner(ana, id, 'write'), email!, of.world);
    const browser = await of.as(dev);
    const answer = await browser.get('/');
    expect(wordsOf(answer)).toContain('Ana Duarte invites you to Harbour.');
    const [, link] = /href="(\/join\/[^"]+)"/.exec(answer.text)!;
    expect((await browser.post(link!)).location).toBe(`/partnerships/${id}`);
    expect(wordsOf(await browser.get('/'))).not.toContain('invites you');
  });

  it('are calendars that cannot be read, or of which half is gone', async () => {
    const { ana } = await newPair(of);
    const mine = signedIn(of.world, ana, 'write');
    await connectCalendar(mine, { name: 'Work', address: 'https://example.com/nothing.ics' }, of.world);
    await of.world.settle();
    expect(wordsOf(await (await of.as(ana)).get('/'))).toContain(
      'Your calendar “Work” cannot be read. Look at it',
    );
  });
});

describe('a check-in that is over', () => {
  it('is not shown as the next one', async () => {
    const { ana, id } = await agreedPair(of);
    const before = of.world.now;
    of.world.now = instantOf(of.world.now + 4 * DAY);
    await runPartnership(id, of.world);
    expect(wordsOf(await (await of.as(ana)).get('/'))).not.toContain('Mon 4 Jan');
    of.world.now = before;
  });
});
