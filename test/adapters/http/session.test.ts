// The cookie of a session and the bearer token, as a browser and a program send them.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/domain/time/duration.ts';
import { signInTokenFor } from '../../../src/flows/access/request-sign-in.ts';
import { type AccessApp, accessApp, PROFILES, signedIn, wordsOf } from '../../support/access-app.ts';

let app: AccessApp;
let secure: AccessApp;

beforeAll(async () => {
  app = await accessApp();
  secure = await accessApp({ settings: { publicUrl: new URL('https://turnabout.example') } });
});

afterAll(async () => {
  await app.stop();
  await secure.stop();
});

async function cookieOf(of: AccessApp): Promise<string> {
  const token = await signInTokenFor({ email: 'ana@example.com' }, of.world);
  const answer = await of.browser().post(`/sign-in/confirm/${token}`, PROFILES.ana);
  return answer.headers.getSetCookie().join('\n');
}

describe('the cookie of a session', () => {
  it('is for this host alone and not for scripts, and on https for nothing else', async () => {
    expect(await cookieOf(secure)).toMatch(
      /^__Host-turnabout=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(await cookieOf(app)).toMatch(
      /^turnabout=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is replaced after a day, while the old one serves for a minute', async () => {
    const browser = await signedIn(app);
    const old = app.browser();
    old.cookies.set('turnabout', browser.cookies.get('turnabout')!);
    app.later(DAY);
    expect((await browser.get('/account')).status).toBe(200);
    expect(browser.cookies.get('turnabout')).not.toBe(old.cookies.get('turnabout'));
    app.later(MINUTE);
    expect((await old.get('/account')).status).toBe(200);
    expect((await browser.get('/account')).status).toBe(200);
  });

  it('ends the session where a copy from before comes back, and says so', async () => {
    const browser = await signedIn(app);
    const thief = app.browser();
    thief.cookies.set('turnabout', browser.cookies.get('turnabout')!);
    app.later(DAY);
    await browser.get('/account');
    app.later(2 * MINUTE);
    const answer = await thief.get('/account');
    expect([answer.status, answer.location]).toEqual([303, '/sign-in?to=%2Faccount']);
    expect(thief.cookies.has('turnabout')).toBe(false);
    expect(wordsOf(await thief.get(answer.location!))).toContain(
      'an old copy of your session was used'.replace('an', 'An'),
    );
    expect((await browser.get('/account')).status).toBe(303);
  });

  it('is taken away where it is not known', async () => {
    const browser = app.browser();
    browser.cookies.set('turnabout', 'A'.repeat(43));
    expect((await browser.get('/sign-in')).status).toBe(200);
    expect(browser.cookies.has('turnabout')).toBe(false);
  });

  it('is of no use once its owner signed out', async () => {
    const browser = await signedIn(app);
    const copy = app.browser();
    copy.cookies.set('turnabout', browser.cookies.get('turnabout')!);
    const answer = await browser.post('/sign-out');
    expect([answer.location, browser.cookies.has('turnabout')]).toEqual(['/sign-in', false]);
    expect(wordsOf(await browser.get('/sign-in'))).toContain('You are signed out.');
    expect((await copy.get('/account')).status).toBe(303);
  });
});

describe('the account page', () => {
  it('ends one session, and all others', async () => {
    const [here, there, third] = [
      await signedIn(app, 'ben'),
      await signedIn(app, 'ben'),
      await signedIn(app, 'ben'),
    ];
    const page = await here.get('/account');
    const [path] = /\/account\/sessions\/[\w-]+\/end(?=")/.exec(page.text) ?? [];
    expect((await here.post(path!)).location).toBe('/account');
    const ended = [await there.get('/account'), await third.get('/account')].filter(
      ({ status }) => status === 303,
    );
    expect(ended).toHaveLength(1);
    await here.post('/account/sessions/end-others');
    expect(wordsOf(await here.get('/account'))).toContain('One other device is signed out.');
    const statuses = [await here.get('/account'), await there.get('/account'), await third.get('/account')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 303, 303]);
  });

  it('ends no session of others', async () => {
    const [ana, ben] = [await signedIn(app, 'ana'), await signedIn(app, 'ben')];
    await signedIn(app, 'ana');
    const page = await ana.get('/account');
    const [path] = /\/account\/sessions\/[\w-]+\/end(?=")/.exec(page.text) ?? [];
    expect((await ben.post(path!)).status).toBe(404);
    expect((await ben.post('/account/sessions/not-an-id/end')).status).toBe(404);
  });

  it('changes name and zone, and says what is wrong', async () => {
    const browser = await signedIn(app);
    const wrong = await browser.post('/account/profile', { name: 'Ana', zone: 'Mars/Olympus' });
    expect([wrong.status, wordsOf(wrong).includes('Time zone is no time zone')]).toEqual([422, true]);
    await browser.post('/account/profile', { name: 'Ana <b>Duarte</b>', zone: 'Europe/Lisbon' });
    const page = await browser.get('/account');
    expect(page.text).toContain('value="Ana &lt;b&gt;Duarte&lt;/b&gt;"');
    expect(page.text).not.toContain('<b>Duarte');
    await browser.post('/account/profile', PROFILES.ana);
  });

  it('shows a new token once, and a program uses it until it is revoked', async () => {
    const browser = await signedIn(app);
    const made = await browser.post('/account/tokens', {
      name: 'Dashboard',
      scopes: ['read', 'answer'],
      days: '30',
    });
    expect(made.location).toBe('/account');
    expect(made.headers.getSetCookie().join()).not.toContain('tat_');
    const page = await browser.get('/account');
    const [token] = /tat_[\w-]{43}/.exec(page.text) ?? [];
    expect((await browser.get('/account')).text).not.toContain(token);
    const bearer = { authorization: `Bearer ${token}` };
    const program = app.browser();
    const refused = await program.get('/account', bearer);
    expect([refused.status, wordsOf(refused).includes('no token may do it')]).toEqual([403, true]);
    expect(wordsOf(await browser.get('/account'))).toContain('May read, answer.');
    const [path] = /\/account\/tokens\/[\w-]+\/revoke/.exec(page.text) ?? [];
    await browser.post(path!);
    expect((await program.get('/account', { ...bearer, accept: 'application/json' })).status).toBe(401);
  });

  it('says what is wrong with a token that is asked for', async () => {
    const browser = await signedIn(app);
    const answer = await browser.post('/account/tokens', { name: '', scopes: 'read', days: '1000' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer)).toContain('Days until it expires is a whole number from 1 to 365.');
    expect(answer.text).toContain('<details open>');
  });
});

describe('a bearer token', () => {
  it.each(['Bearer tat_wrong', 'Bearer', 'bearer tat_a b', `Bearer ${'x'.repeat(5_000)}`])(
    'that is %j is no one, whoever is signed in',
    async (authorization) => {
      const browser = await signedIn(app);
      const answer = await browser.get('/account', { authorization, accept: 'application/json' });
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    },
  );

  it('is not what a proxy in front asks a browser for', async () => {
    const browser = await signedIn(app);
    expect((await browser.get('/account', { authorization: 'Basic YW5hOnNlY3JldA==' })).status).toBe(200);
  });
});
