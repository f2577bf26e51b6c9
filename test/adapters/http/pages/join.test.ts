// The link by which somebody comes into a partnership.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { instantOf } from '../../../../src/domain/time/instant.ts';
import { invitePartner, withdrawInvitation } from '../../../../src/flows/partnership/invite-partner.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { newPair, newPerson, type Pair, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

async function invited({ ana, id }: Pair, email = `chiara.${Math.random()}@example.com`) {
  const invitation = await invitePartner(await of.world.partner(ana, id, 'write'), email, of.world);
  await of.world.settle();
  const mail = of.world.mails.findLast(({ to }) => to.email === email)!;
  return { email, invitation, link: /\/join\/\S+/.exec(mail.text)![0] };
}

describe('a link to join', () => {
  it('shows what one is invited to and by whom, and leads through signing in and back', async () => {
    const pair = await newPair(of);
    const { link, email } = await invited(pair);
    const browser = of.browser();
    const page = await browser.get(link);
    expect(wordsOf(page)).toContain('Ana Duarte invites you to Harbour');
    expect(wordsOf(page)).toMatch(/In it so far: (Ana Duarte, Ben Okafor|Ben Okafor, Ana Duarte)\./);
    expect(wordsOf(page)).toContain('check-in every week check-in length 30 minutes');
    const [, signIn] = /href="(\/sign-in\?to=[^"]+)"/.exec(page.text)!;
    expect(decodeURIComponent(signIn!)).toContain(link);
    await browser.post('/sign-in', { email, to: link });
    const confirm = /\/sign-in\/confirm\/\S+/.exec(of.world.mails.at(-1)!.text)![0];
    const back = await browser.post(confirm, { name: 'Chiara Lim', zone: 'Asia/Singapore' });
    expect([back.status, back.location]).toEqual([303, link]);
    expect(wordsOf(await browser.get(link))).toContain('Join as Chiara Lim');
    const joined = await browser.post(link);
    expect([joined.status, joined.location]).toEqual([303, pair.path]);
    const partnership = wordsOf(await browser.get(pair.path));
    expect(partnership).toContain('You have joined. Look at your hours in the draft, then sign it.');
    expect(partnership).toContain('All in Asia/Singapore.');
  });

  it('is good once', async () => {
    const pair = await newPair(of);
    const { link } = await invited(pair);
    const browser = await of.as(await newPerson(of, 'Chiara Lim', 'Asia/Singapore'));
    expect((await browser.post(link)).status).toBe(303);
    for (const again of [await browser.get(link), await browser.post(link)])
      expect([again.status, again.location]).toEqual([303, pair.path]);
    const other = await (await of.as(await newPerson(of, 'Eve Stone', 'UTC'))).get(link);
    expect([other.status, wordsOf(other)]).toEqual([
      404,
      expect.stringContaining('There is no such invitation'),
    ]);
  });

  it('asks who one is before anything is done', async () => {
    const { link } = await invited(await newPair(of));
    expect((await of.browser().post(link)).status).toBe(401);
  });

  it('leads a partner to what they are in already', async () => {
    const pair = await newPair(of);
    const { link } = await invited(pair);
    const browser = await of.as(pair.ben);
    expect((await browser.get(link)).location).toBe(pair.path);
    expect(wordsOf(await browser.get(pair.path))).toContain('You have joined already.');
  });

  it('that was withdrawn, has expired or never was is nothing', async () => {
    const pair = await newPair(of);
    const { link, invitation } = await invited(pair);
    const before = of.world.now;
    of.world.now = instantOf(before + 31 * DAY);
    expect((await of.browser().get(link)).status).toBe(404);
    of.world.now = before;
    expect((await of.browser().get(link)).status).toBe(200);
    await withdrawInvitation(await of.world.partner(pair.ana, pair.id, 'write'), invitation.id, of.world);
    expect((await of.browser().get(link)).status).toBe(404);
    expect((await of.browser().get('/join/nothing')).status).toBe(404);
  });
});
