// Taking one's data along, erasing it, and mail that was not sent.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../../../support/access-app.ts';
import { agreedPair, fieldIn, newPair, type Web, web } from './web.ts';

let of: Web;

beforeAll(async () => {
  of = await web();
});

afterAll(() => of.stop());

describe('one’s data', () => {
  it('is reached from the account', async () => {
    const { ana } = await newPair(of);
    expect((await (await of.as(ana)).get('/account')).text).toContain('href="/account/data"');
  });

  it('is one file of JSON, for oneself alone', async () => {
    const { ana, ben } = await agreedPair(of);
    const answer = await (await of.as(ana)).get('/account/export');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="turnabout.json"');
    const { email } = (await of.world.database.people.byId(ben))!;
    expect(answer.json()).toMatchObject({
      person: { name: 'Ana Duarte' },
      partnerships: [{ name: 'Harbour' }],
    });
    expect(answer.text).not.toContain(email);
    expect((await of.browser().get('/account/export')).status).toBe(303);
  });

  it('is erased once that is meant; what others need stays under the name of one’s choice', async () => {
    const pair = await agreedPair(of);
    const browser = await of.as(pair.ben);
    const page = await browser.get('/account/data');
    expect(fieldIn(page, 'name').value).toBe('Ben Okafor');
    expect(wordsOf(page)).toContain('Leave your partnerships first');
    expect(wordsOf(page)).toContain('wait for the mails that cancel your check-ins');
    const refused = await browser.post('/account/erase', { name: '', sure: 'yes' });
    expect([refused.status, fieldIn(refused, 'name').problem]).toEqual([
      422,
      'Name that stays is empty: write a name.',
    ]);
    const unsure = await browser.post('/account/erase', { name: 'A former partner' });
    expect([unsure.status, fieldIn(unsure, 'name').value]).toEqual([422, 'A former partner']);
    expect(fieldIn(unsure, 'sure').problem).toContain('is to be ticked, if you mean it');
    const erased = await browser.post('/account/erase', { name: 'A former partner', sure: 'yes' });
    expect([erased.status, erased.location]).toEqual([303, '/']);
    expect(wordsOf(await browser.get('/'))).toContain('Your account is erased.');
    expect((await browser.get('/account')).location).toMatch(/^\/sign-in/);
    const agreement = wordsOf(await (await of.as(pair.ana)).get(`${pair.path}/agreement`));
    expect(agreement).toContain('A former partner Fri 1 Jan');
    expect(agreement).not.toContain('Ben Okafor');
  });
});

describe('the outbox', () => {
  it('shows mail that was not sent, the newest first, with its links', async () => {
    const { ana, path } = await newPair(of);
    await (await of.as(ana)).post(`${path}/invitations`, { email: 'chiara@example.com' });
    await of.world.settle();
    const page = await of.browser().get('/outbox');
    expect(wordsOf(page)).toMatch(
      /The newest comes first\. Ana Duarte invites you to Harbour To chiara@example\.com, Fri 1 Jan, 09:00 UTC/,
    );
    expect(page.text).toMatch(/<a href="http:\/\/localhost:\d+\/join\/[^"]+" data-turbo="false">/);
  });

  it('shows the HTML of a mail in a sandbox, where nothing runs and nothing is loaded', async () => {
    const page = await of.browser().get('/outbox');
    const [, path] = /href="(\/outbox\/[^"]+)"/.exec(page.text)!;
    const mail = await of.browser().get(path!);
    expect(mail.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    );
    expect(mail.text).toContain('<h1');
    expect((await of.browser().get('/outbox/nothing')).status).toBe(404);
  });
});
