// Signing in at an issuer of OpenID Connect, which runs on this machine and lies where a test wants it to.

import { Events } from 'oauth2-mock-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuersFrom } from '../../../src/adapters/identity/issuers.ts';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import {
  type AccessApp,
  accessApp,
  mailedLink,
  PROFILES,
  signedIn,
  wordsOf,
} from '../../support/access-app.ts';
import type { Client } from '../../support/client.ts';
import { type TestIssuer, testIssuer, visit } from '../../support/issuer.ts';

let issuer: TestIssuer;
let app: AccessApp;

beforeAll(async () => {
  issuer = await testIssuer();
  const issuers = [issuer.settings('google', 'Google'), issuer.settings('microsoft', 'Microsoft')];
  app = await accessApp({ issuers, settings: { trustProxy: 1 } });
});

afterAll(async () => {
  await app.stop();
  await issuer.stop();
});

const ANA = { sub: 'ana-at-issuer', email: 'ana@example.com', email_verified: true, name: 'Ana D.' };

/** Goes there and comes back. */
async function signInAt(key: string, browser: Client = app.browser()) {
  return browser.get(await visit(browser, key, '/account'));
}

function signedInAs(browser: Client): Promise<string> {
  return browser.get('/account').then((page) => /[\w.]+@example\.com/.exec(page.text)?.[0] ?? 'nobody');
}

describe('a new identity', () => {
  it('with a proven address of nobody asks who that is, and makes the person', async () => {
    issuer.becomes({ ...ANA, sub: 'new-1', email: 'New.One@example.com', name: 'New One' });
    const browser = app.browser();
    const back = await signInAt('google', browser);
    expect(back.location).toMatch(/^\/sign-in\/confirm\//);
    const page = await browser.get(back.location!);
    expect(wordsOf(page)).toContain('You are new here as new.one@example.com');
    expect(wordsOf(page)).toContain('From now on you can sign in with Google as well.');
    expect(page.text).toContain('value="New One"');
    const done = await browser.post(back.location!, { name: 'New One', zone: 'UTC' });
    expect(done.location).toBe('/account');
    const again = app.browser();
    expect((await signInAt('google', again)).location).toBe('/account');
    expect(await signedInAs(again)).toBe('new.one@example.com');
  });

  it('with a proven address of somebody is theirs, by its subject for good', async () => {
    await signedIn(app, 'ana');
    issuer.becomes(ANA);
    const browser = app.browser();
    expect((await signInAt('google', browser)).location).toBe('/account');
    expect(await signedInAs(browser)).toBe('ana@example.com');
    issuer.becomes({ ...ANA, email: 'moved@example.com', email_verified: false });
    const later = app.browser();
    await signInAt('google', later);
    expect(await signedInAs(later)).toBe('ana@example.com');
  });

  it('that names the unproven address of another one comes in as nobody', async () => {
    await signedIn(app, 'ben');
    issuer.becomes({ sub: 'mallory', email: 'ben@example.com', email_verified: false, name: 'Ben' });
    const browser = app.browser();
    const back = await signInAt('google', browser);
    expect(back.location).toBe('/sign-in/sent');
    expect(wordsOf(await browser.get('/sign-in/sent'))).toContain(
      'We wrote to ben@example.com, to be sure that it is yours.',
    );
    expect(await signedInAs(browser)).toBe('nobody');
    expect(app.mails().at(-1)!.to.email).toBe('ben@example.com');
  });

  it.each([true, 'true', 1, undefined])(
    'is proven by the word true alone, and not by %j',
    async (email_verified) => {
      const sub = `proof-${String(email_verified)}-${typeof email_verified}`;
      issuer.becomes({
        sub,
        email: `${sub}@example.com`,
        ...(email_verified !== undefined && { email_verified }),
      });
      const { location } = await signInAt('microsoft');
      expect(location?.startsWith('/sign-in/confirm/')).toBe(email_verified === true);
    },
  );

  it('without an address, or with one that is none, is told to come in by mail', async () => {
    for (const email of [undefined, 'not an address', 'a@example.com\r\nBcc: b@example.com']) {
      issuer.becomes({ sub: 'nameless', email_verified: true, ...(email !== undefined && { email }) });
      const browser = app.browser();
      expect((await signInAt('google', browser)).location).toBe('/sign-in');
      expect(wordsOf(await browser.get('/sign-in'))).toContain('Google did not tell us an e-mail address');
    }
  });
});

describe('an unproven address', () => {
  it('is proven by the mailed link in the browser that asked, and is theirs from then on', async () => {
    issuer.becomes({ sub: 'ms-1', email: 'outlook@example.com', name: 'Olga Outlook' });
    const browser = app.browser();
    await signInAt('microsoft', browser);
    const link = mailedLink(app, 'outlook@example.com');
    const page = await browser.get(link);
    expect(wordsOf(page)).toContain('From now on you can sign in with Microsoft as well.');
    await browser.post(link, { name: 'Olga', zone: 'UTC' });
    const again = app.browser();
    expect((await signInAt('microsoft', again)).location).toBe('/account');
    expect(await signedInAs(again)).toBe('outlook@example.com');
  });

  it('lets nobody in who asked with the address of another one, even if that one follows the link', async () => {
    await signedIn(app, 'ben');
    issuer.becomes({ sub: 'mallory-2', email: 'ben@example.com', name: 'Ben' });
    const mallory = app.browser();
    await signInAt('microsoft', mallory);
    const ben = app.browser();
    const link = mailedLink(app, 'ben@example.com');
    expect(wordsOf(await ben.get(link))).not.toContain('Microsoft');
    expect((await ben.post(link)).status).toBe(303);
    expect(await signedInAs(ben)).toBe('ben@example.com');
    app.later(15 * MINUTE);
    await signInAt('microsoft', mallory);
    expect(await signedInAs(mallory)).toBe('nobody');
  });
});

describe('a return', () => {
  async function refusedBack(change: (back: URL) => void, browser = app.browser(), other = browser) {
    issuer.becomes({ ...ANA, sub: 'ana-at-issuer' });
    const back = new URL(await visit(browser, 'google', '/account'), app.url);
    change(back);
    const answer = await other.get(back.pathname + back.search);
    return [answer.status, answer.location, await signedInAs(other)];
  }

  const REFUSED = [303, '/sign-in', 'nobody'];

  it('that nobody tampered with is taken', async () => {
    expect(await refusedBack(() => {})).toEqual([303, '/account', 'ana@example.com']);
  });

  it('with another state, or none, is refused', async () => {
    expect(await refusedBack((back) => back.searchParams.set('state', app.world.secrets.newId()))).toEqual(
      REFUSED,
    );
    expect(await refusedBack((back) => back.searchParams.set('state', 'x'))).toEqual(REFUSED);
    expect(await refusedBack((back) => back.searchParams.delete('state'))).toEqual(REFUSED);
  });

  it('in a browser that did not leave is refused, with or without an attempt of its own', async () => {
    const victim = app.browser();
    expect(await refusedBack(() => {}, app.browser(), victim)).toEqual(REFUSED);
    await visit(victim, 'google');
    expect(await refusedBack(() => {}, app.browser(), victim)).toEqual(REFUSED);
  });

  it('a second time is refused', async () => {
    issuer.becomes(ANA);
    const browser = app.browser();
    const back = await visit(browser, 'google', '/account');
    expect((await browser.get(back)).location).toBe('/account');
    await browser.post('/sign-out');
    expect((await browser.get(back)).location).toBe('/sign-in');
  });

  it('after more than five minutes is refused', async () => {
    expect(await refusedBack(() => app.later(5 * MINUTE))).toEqual(REFUSED);
  });

  it('at another issuer is refused', async () => {
    const change = (back: URL) => {
      back.pathname = back.pathname.replace('google', 'microsoft');
    };
    expect(await refusedBack(change)).toEqual(REFUSED);
  });

  it('that names another issuer (RFC 9207) is refused', async () => {
    expect(await refusedBack((back) => back.searchParams.set('iss', 'https://evil.example'))).toEqual(
      REFUSED,
    );
  });

  it('with a code that the issuer does not know, or an error of its own, is refused and says so', async () => {
    issuer.server.service.once(Events.BeforeResponse, (response) => {
      response.statusCode = 400;
      response.body = { error: 'invalid_grant' };
    });
    expect(await refusedBack(() => {})).toEqual(REFUSED);
    const denied = app.browser();
    const { searchParams } = new URL(await visit(denied, 'google'), app.url);
    const query = new URLSearchParams({ error: 'access_denied', state: searchParams.get('state')! });
    const back = await denied.get(`/sign-in/with/google/callback?${query}`);
    expect(wordsOf(await denied.get(back.location!))).toContain(
      'Google did not sign you in: try again, or sign in by mail.',
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { iss: 'https://evil.example' }],
    ['another client', { aud: 'somebody-else' }],
    ['another nonce', { nonce: 'of-another-attempt' }],
    ['yesterday', { exp: Math.floor(Date.now() / 1_000) - 86_400 }],
  ])('with an ID token of %s is refused', async (_, claims) => {
    const spoil = ({ payload }: { payload: Record<string, unknown> }) => {
      if (!('scope' in payload)) Object.assign(payload, claims);
    };
    issuer.server.service.on(Events.BeforeTokenSigning, spoil);
    expect(await refusedBack(() => {})).toEqual(REFUSED);
    issuer.server.service.off(Events.BeforeTokenSigning, spoil);
  });

  it('with an ID token that is signed by nobody is refused', async () => {
    issuer.server.service.once(Events.BeforeResponse, (response) => {
      const body = response.body as { id_token: string };
      const [head, payload] = body.id_token.split('.');
      body.id_token = `${head}.${payload}.${Buffer.alloc(256, 1).toString('base64url')}`;
    });
    expect(await refusedBack(() => {})).toEqual(REFUSED);
  });
});

describe('leaving', () => {
  it('carries PKCE, a state and a nonce, and asks for no more than who it is', async () => {
    const { location } = await app.browser().get('/sign-in/with/google');
    const { searchParams } = new URL(location!);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      redirect_uri: `${app.url}/sign-in/with/google/callback`,
    });
    for (const name of ['code_challenge', 'state', 'nonce'])
      expect(searchParams.get(name)!.length).toBeGreaterThan(20);
  });

  it('for an issuer that is not set up is not possible', async () => {
    expect((await app.browser().get('/sign-in/with/oidc')).status).toBe(404);
    expect((await app.browser().get('/sign-in/with/__proto__')).status).toBe(404);
  });

  it('for an issuer that does not answer is said, and tried again the next time', async () => {
    const gone = await testIssuer();
    const settings = gone.settings('oidc', 'Works');
    await gone.stop();
    const other = await accessApp({ issuers: [settings] });
    const answer = await other.browser().get('/sign-in/with/oidc');
    expect([answer.status, wordsOf(answer).includes('Works does not answer now')]).toEqual([503, true]);
    await gone.server.start(Number(settings.address.port), '127.0.0.1');
    gone.server.issuer.url = settings.address.origin;
    expect((await other.browser().get('/sign-in/with/oidc')).status).toBe(303);
    await gone.stop();
    await other.stop();
  });

  it('is not possible without TLS, unless a test says that its issuer is on this machine', async () => {
    const publicUrl = new URL('https://turnabout.example');
    const issuers = issuersFrom({ publicUrl, settings: [issuer.settings('oidc', 'Works')] });
    await expect(issuers.begin('oidc', 'state')).rejects.toThrow('Works does not answer now');
  });
});

describe('what an issuer gives', () => {
  it('is not kept, but for who it is', async () => {
    issuer.becomes(ANA);
    await signInAt('google');
    const { rows } = await app.database.pool.query('SELECT * FROM identity');
    expect(Object.keys(rows[0]).sort()).toEqual([
      'created_at',
      'email',
      'id',
      'issuer',
      'person_id',
      'subject',
    ]);
  });

  it('is listed on the account page, and can be removed by its owner', async () => {
    issuer.becomes(ANA);
    const browser = app.browser();
    await signInAt('google', browser);
    const page = await browser.get('/account');
    expect(wordsOf(page)).toContain('Where else you can sign in from');
    const [path] = /\/account\/identities\/[\w-]+\/remove/.exec(page.text) ?? [];
    expect((await (await signedIn(app, 'ben')).post(path!)).status).toBe(404);
    expect((await browser.post(path!)).location).toBe('/account');
    expect(wordsOf(await browser.get('/account'))).not.toContain('Where else you can sign in from');
  });
});

it('is offered on the page for signing in', async () => {
  const page = await app.browser().get('/sign-in?to=/account');
  expect(page.text).toContain('href="/sign-in/with/google?to=%2Faccount"');
  expect(wordsOf(page)).toContain('Sign in with Microsoft');
  expect(PROFILES.ana.email).toBe(ANA.email);
});
