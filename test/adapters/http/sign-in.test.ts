// Signing in by a mailed link, from the form to the session.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { requestSignIn, signInTokenFor } from '../../../src/flows/access/request-sign-in.ts';
import type { SendOutcome } from '../../../src/flows/mail-ports.ts';
import {
  type AccessApp,
  accessApp,
  mailedLink,
  PROFILES,
  signedIn,
  wordsOf,
} from '../../support/access-app.ts';

let app: AccessApp;
let outcome: SendOutcome | undefined;

beforeAll(async () => {
  app = await accessApp();
});

afterAll(() => app.stop());

const { name, zone } = PROFILES.ana;

async function linkFor(email: string, destination?: string): Promise<string> {
  return `/sign-in/confirm/${await signInTokenFor({ email, destination }, app.world)}`;
}

describe('asking for a link', () => {
  it('mails one, and says the same for an address that is known and one that is not', async () => {
    await signedIn(app, 'ben');
    const answers = [];
    for (const email of ['ben@example.com', 'nobody@example.com']) {
      const browser = app.browser();
      const asked = await browser.post('/sign-in', { email, to: '/' });
      const next = await browser.get(asked.location!);
      answers.push([asked.status, asked.location, next.status, wordsOf(next).replace(email, '…')]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]!.slice(0, 2)).toEqual([303, '/sign-in/sent']);
    expect(app.mails().map(({ to }) => to.email)).toEqual(['ben@example.com', 'nobody@example.com']);
  });

  it('says what is wrong with an address, keeps what was written, and mails nothing', async () => {
    const before = app.mails().length;
    const answer = await app.browser().post('/sign-in', { email: 'ana@exam ple"<b>', to: '/account' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer)).toContain('E-mail address is no e-mail address: write it as "ana@example.com".');
    expect(answer.text).toContain('value="ana@exam ple&quot;&lt;b&gt;"');
    expect(answer.text).toContain('name="to" value="/account"');
    expect(app.mails()).toHaveLength(before);
  });

  it('is not answered with mail to others, whatever stands in the address', async () => {
    const before = app.mails().length;
    const answer = await app.browser().post('/sign-in', { email: 'ana@example.com\r\nBcc: all@example.com' });
    expect([answer.status, app.mails().length]).toEqual([422, before]);
  });

  it('mails no fourth link while three are good', async () => {
    const email = 'flood@example.com';
    for (let i = 0; i < 5; i++) await requestSignIn({ email }, app.world);
    const count = () => app.mails().filter(({ to }) => to.email === email).length;
    expect(count()).toBe(3);
    app.later(15 * MINUTE);
    await requestSignIn({ email }, app.world);
    expect(count()).toBe(4);
  });

  it('counts those that are being made at the same moment', async () => {
    const { access, clock, secrets } = app.world;
    const email = 'race@example.com';
    const times = { createdAt: clock(), expiresAt: plus(clock(), MINUTE) };
    let asked = Promise.resolve();
    await access.transaction(async ({ signInLinks }) => {
      await signInLinks.hold(email);
      for (let i = 0; i < 3; i++)
        await signInLinks.add({ id: secrets.newId(), email, destination: '/', ...times }, secrets.newToken());
      asked = requestSignIn({ email }, app.world);
      await new Promise((soon) => setTimeout(soon, 300));
    });
    await asked;
    expect(app.mails().filter(({ to }) => to.email === email)).toEqual([]);
  });

  it('keeps neither the mail nor the token', async () => {
    const email = 'quiet@example.com';
    await requestSignIn({ email }, app.world);
    const token = mailedLink(app, email).split('/').at(-1)!;
    const { rows } = await app.database.pool.query('SELECT * FROM sign_in_link WHERE email = $1', [email]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows[0].token_hash).toBe(app.world.secrets.digest(token));
    expect((await app.database.pool.query('SELECT 1 FROM notice')).rows).toEqual([]);
  });
});

describe('a mail server that does not take the mail', () => {
  let other: AccessApp;

  beforeAll(async () => {
    const send = async () => outcome!;
    other = await accessApp({ mailer: { send, check: async () => ({ kind: 'ready' }) } });
  });

  afterAll(() => other.stop());

  it('is said where it may do so later', async () => {
    outcome = { kind: 'deferred', why: '450 4.7.1 try again' };
    const answer = await other.browser().post('/sign-in', { email: 'ana@example.com' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '60']);
    expect(wordsOf(answer)).toContain('The mail could not be sent now: try again in a few minutes.');
  });

  it('is said where there is none', async () => {
    outcome = { kind: 'no-server', why: 'no mail server is set (SMTP_URL)' };
    const answer = await other.browser().post('/sign-in', { email: 'ana@example.com' });
    expect([answer.status, wordsOf(answer)]).toEqual([
      503,
      expect.stringContaining('This service sends no mail yet.'),
    ]);
  });

  it('is not said where it refuses the recipient, which would tell addresses apart', async () => {
    outcome = { kind: 'refused', why: '550 5.1.1 no such user' };
    const answer = await other.browser().post('/sign-in', { email: 'nobody@example.com' });
    expect([answer.status, answer.location]).toEqual([303, '/sign-in/sent']);
  });
});

describe('a mailed link', () => {
  it('signs nobody in when it is only looked at', async () => {
    await app.browser().post('/sign-in', { email: 'cleo@example.com', to: '/' });
    const browser = app.browser();
    const link = mailedLink(app, 'cleo@example.com');
    const page = await browser.get(link);
    expect([page.status, (await browser.get(link)).status, browser.cookies.size]).toEqual([200, 200, 0]);
    expect(wordsOf(page)).toContain('You are new here as cleo@example.com');
    expect((await browser.post(link, { name, zone })).status).toBe(303);
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('makes the person at the first time, and says whom it signs in at the next', async () => {
    const email = 'dora@example.com';
    await app.browser().post(await linkFor(email), { name: 'Dora Ek', zone: 'Europe/Stockholm' });
    expect(await app.world.access.people.byEmail(email)).toMatchObject({
      name: 'Dora Ek',
      zone: 'Europe/Stockholm',
    });
    const browser = app.browser();
    const link = await linkFor(email, '/account');
    expect(wordsOf(await browser.get(link))).toContain(`You sign in as Dora Ek (${email})`);
    const answer = await browser.post(link, { name: 'Mallory', zone: 'UTC' });
    expect([answer.status, answer.location]).toEqual([303, '/account']);
    expect(await app.world.access.people.byEmail(email)).toMatchObject({ name: 'Dora Ek' });
  });

  it('stays good where a new person has said too little', async () => {
    const [browser, link] = [app.browser(), await linkFor('eve@example.com')];
    const answer = await browser.post(link, { name: ' ', zone: 'Atlantis' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer)).toContain('Name is empty: write a name.');
    expect(wordsOf(answer)).toContain('Time zone is no time zone');
    expect(answer.text).toContain('value="Atlantis"');
    expect(await app.world.access.people.byEmail('eve@example.com')).toBeUndefined();
    expect((await browser.post(link, { name: 'Eve', zone })).status).toBe(303);
  });

  it('works once', async () => {
    const link = await linkFor('ben@example.com');
    const [first, second] = [app.browser(), app.browser()];
    expect((await first.post(link)).status).toBe(303);
    const answer = await second.post(link);
    expect([answer.status, second.cookies.size]).toEqual([410, 0]);
    expect(wordsOf(answer)).toContain('This link is not good any more');
    expect((await second.get(link)).status).toBe(410);
  });

  it('works for one of two clicks that come at once, and makes one person', async () => {
    const link = await linkFor('twice@example.com');
    const browsers = Array.from({ length: 6 }, () => app.browser());
    const answers = await Promise.all(browsers.map((browser) => browser.post(link, { name, zone })));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410, 410]);
    expect(browsers.filter(({ cookies }) => cookies.has('turnabout'))).toHaveLength(1);
    const { rows } = await app.database.pool.query(
      "SELECT 1 FROM session s JOIN person p ON p.id = s.person_id WHERE email = 'twice@example.com'",
    );
    expect(rows).toHaveLength(1);
  });

  it('makes one person where two links of a new address are followed at once', async () => {
    const links = [await linkFor('pair@example.com'), await linkFor('pair@example.com')];
    const answers = await Promise.all(links.map((link) => app.browser().post(link, { name, zone })));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  });

  it('works for 15 minutes and not longer', async () => {
    const [link, other] = [await linkFor('ben@example.com'), await linkFor('ben@example.com')];
    app.later(15 * MINUTE - 1);
    expect((await app.browser().post(link)).status).toBe(303);
    app.later(1);
    expect((await app.browser().get(other)).status).toBe(410);
    expect((await app.browser().post(other)).status).toBe(410);
  });

  it('says the same where it never was', async () => {
    const used = await linkFor('ben@example.com');
    await app.browser().post(used);
    const [never, before] = [
      await app.browser().get('/sign-in/confirm/never'),
      await app.browser().get(used),
    ];
    expect([never.status, wordsOf(never)]).toEqual([before.status, wordsOf(before)]);
  });

  it('leads to no other site', async () => {
    for (const to of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
      const answer = await app.browser().post(await linkFor('ben@example.com', to));
      expect(answer.location).toBe('/');
    }
    const browser = await signedIn(app, 'ben');
    expect((await browser.get('/sign-in?to=//evil.example')).location).toBe('/');
  });

  it('signs out whoever was signed in in that browser', async () => {
    const browser = await signedIn(app, 'ben');
    const before = new Map(browser.cookies);
    await signedIn(app, 'ana', browser);
    expect(wordsOf(await browser.get('/account'))).toContain('ana@example.com');
    const old = app.browser();
    for (const [key, value] of before) old.cookies.set(key, value);
    expect((await old.get('/account')).status).toBe(303);
  });
});

describe('where no mail is sent', () => {
  it('nobody is asked for an address', async () => {
    const silent = await accessApp({ settings: { canMail: false } });
    const page = await silent.browser().get('/sign-in');
    expect(page.text).not.toContain('name="email"');
    expect(wordsOf(page)).toContain('This service sends no mail yet');
    await silent.stop();
  });
});
