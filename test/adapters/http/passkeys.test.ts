// Passkeys, signed by an authenticator in software that does as it is told.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passkeysAt } from '../../../src/adapters/passkeys/ceremony.ts';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import { type AccessApp, accessApp, signedIn, wordsOf } from '../../support/access-app.ts';
import { type Authenticator, authenticator, type Ceremony } from '../../support/authenticator.ts';
import type { Answer, Client } from '../../support/client.ts';

let app: AccessApp;
let ana: Client;

beforeAll(async () => {
  app = await accessApp({ settings: { trustProxy: 1 } });
  ana = await signedIn(app);
});

afterAll(() => app.stop());

type Question = { challenge: string; options: { challenge: string; rpId: string } & Record<string, unknown> };

async function question(browser: Client, path: string): Promise<Question> {
  return (await browser.postJson(path, {})).json() as Question;
}

function newDevice(): Authenticator {
  return authenticator({ origin: app.url, rpId: 'localhost', counter: 1, isVerified: true });
}

async function register(device: Authenticator, changes?: Partial<Ceremony>, browser = ana): Promise<Answer> {
  const { challenge, options } = await question(browser, '/account/passkeys/options');
  const response = device.register(options.challenge, changes);
  return browser.postJson('/account/passkeys', { challenge, name: 'Laptop', response });
}

async function signIn(
  device: Authenticator,
  changes?: Partial<Ceremony>,
  browser = app.browser(),
): Promise<Answer> {
  const { challenge, options } = await question(browser, '/sign-in/passkey/options');
  const response = device.signIn(options.challenge, { counter: 2, ...changes });
  return browser.postJson('/sign-in/passkey', { challenge, response, to: '/account' });
}

describe('a passkey', () => {
  it('is registered on the account page, and signs in without a name', async () => {
    const device = newDevice();
    expect((await register(device)).json()).toEqual({ goTo: '/account' });
    const browser = app.browser();
    expect((await signIn(device, {}, browser)).json()).toEqual({ goTo: '/account' });
    expect(wordsOf(await browser.get('/account'))).toContain('ana@example.com');
  });

  it('must have its owner verified, and is kept on the device for sign-in without a name', async () => {
    const { options } = await question(ana, '/account/passkeys/options');
    expect(options).toMatchObject({
      rp: { id: 'localhost', name: 'Turnabout' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
    });
    const asked = await question(app.browser(), '/sign-in/passkey/options');
    expect(asked.options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
    expect(asked.options.allowCredentials).toBeUndefined();
  });

  it('names the ones that are there already, so that no device holds two', async () => {
    const device = newDevice();
    await register(device);
    const { options } = await question(ana, '/account/passkeys/options');
    const excluded = options.excludeCredentials as { id: string }[];
    expect(excluded.map(({ id }) => id)).toContain(device.credentialId);
    expect((await register(device)).status).toBe(409);
  });

  it.each<[string, Partial<Ceremony>]>([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of another port', { origin: 'http://localhost:1' }],
    ['for another name', { rpId: 'evil.example' }],
    ['whose owner was not verified', { isVerified: false }],
  ])('%s is neither registered nor let in', async (_, changes) => {
    const device = newDevice();
    const refused = await register(device, changes);
    expect([refused.status, (await signIn(device)).status]).toEqual([403, 403]);
    await register(device);
    const browser = app.browser();
    expect((await signIn(device, changes, browser)).status).toBe(403);
    expect(browser.cookies.has('turnabout')).toBe(false);
    expect((await signIn(device)).status).toBe(200);
  });

  it('whose counter did not rise was copied, and is not let in', async () => {
    const device = newDevice();
    await register(device);
    expect((await signIn(device, { counter: 7 })).status).toBe(200);
    expect((await signIn(device, { counter: 7 })).status).toBe(403);
    expect((await signIn(device, { counter: 3 })).status).toBe(403);
    expect((await signIn(device, { counter: 8 })).status).toBe(200);
  });

  it('that does not count is let in again and again', async () => {
    const device = newDevice();
    await register(device, { counter: 0 });
    for (let i = 0; i < 2; i++) expect((await signIn(device, { counter: 0 })).status).toBe(200);
  });

  it('of somebody else by its own account is not let in', async () => {
    const device = newDevice();
    await register(device);
    const ben = await signedIn(app, 'ben');
    const ids = (await app.database.pool.query('SELECT id, email FROM person ORDER BY email')).rows;
    expect((await signIn(device, { userHandle: ids[1].id })).status).toBe(403);
    expect((await signIn(device, { userHandle: ids[0].id })).status).toBe(200);
    expect(wordsOf(await ben.get('/account'))).toContain('You have none yet.');
  });
});

describe('an answer', () => {
  it('is taken once', async () => {
    const device = newDevice();
    await register(device);
    const { challenge, options } = await question(app.browser(), '/sign-in/passkey/options');
    const reply = { challenge, response: device.signIn(options.challenge, { counter: 2 }) };
    expect((await app.browser().postJson('/sign-in/passkey', reply)).status).toBe(200);
    const again = await app.browser().postJson('/sign-in/passkey', reply);
    expect([again.status, (again.json() as { detail: string }).detail]).toEqual([
      403,
      'This took longer than five minutes or was answered before: try again.',
    ]);
  });

  it('is taken for five minutes and not longer', async () => {
    const device = newDevice();
    await register(device);
    const { challenge, options } = await question(app.browser(), '/sign-in/passkey/options');
    app.later(5 * MINUTE);
    const reply = { challenge, response: device.signIn(options.challenge, { counter: 2 }) };
    expect((await app.browser().postJson('/sign-in/passkey', reply)).status).toBe(403);
  });

  it('to the question of another one, or to another question, is not taken', async () => {
    const device = newDevice();
    const ben = await signedIn(app, 'ben');
    const { challenge, options } = await question(ana, '/account/passkeys/options');
    const reply = { challenge, name: 'Laptop', response: device.register(options.challenge) };
    expect((await ben.postJson('/account/passkeys', reply)).status).toBe(403);
    const signing = await question(app.browser(), '/sign-in/passkey/options');
    const wrong = {
      challenge: signing.challenge,
      name: 'Laptop',
      response: device.register(signing.options.challenge),
    };
    expect((await ana.postJson('/account/passkeys', wrong)).status).toBe(403);
  });

  it('says the same for a passkey that nobody has', async () => {
    const [known, unknown] = [newDevice(), newDevice()];
    await register(known);
    const answers = [await signIn(known, { origin: 'https://evil.example' }), await signIn(unknown)];
    expect(answers[0]!.json()).toEqual(answers[1]!.json());
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  it.each([{}, { response: 1 }, { id: 'a', rawId: 'b', type: 'public-key', response: {} }, []])(
    'that is %j is refused and breaks nothing',
    async (response) => {
      const { challenge } = await question(app.browser(), '/sign-in/passkey/options');
      const answer = await app.browser().postJson('/sign-in/passkey', { challenge, response });
      expect(answer.status).toBe(403);
    },
  );

  it('to nothing that we asked says what is wrong with it', async () => {
    const answer = await app.browser().postJson('/sign-in/passkey', { challenge: 'x', response: {} });
    expect([answer.status, answer.json()]).toMatchObject([
      422,
      { errors: [{ path: 'challenge', message: 'is not written as uuid' }] },
    ]);
  });
});

describe('a passkey that somebody has', () => {
  it('is renamed and removed by them, and by nobody else', async () => {
    const device = newDevice();
    const browser = await signedIn(app, 'ben');
    await register(device, {}, browser);
    const page = await browser.get('/account');
    expect(wordsOf(page)).toContain('From now on you can sign in with this passkey.');
    const [path] = /\/account\/passkeys\/[\w-]{36}(?=")/.exec(page.text) ?? [];
    for (const each of [path!, `${path}/remove`])
      expect((await ana.post(each, { name: 'Mine' })).status).toBe(404);
    expect((await browser.post(path!, { name: '' })).status).toBe(422);
    await browser.post(path!, { name: 'Key on my desk' });
    expect(wordsOf(await browser.get('/account'))).toContain('Key on my desk');
    await browser.post(`${path}/remove`);
    expect(wordsOf(await browser.get('/account'))).toContain('You have none yet.');
    expect((await signIn(device)).status).toBe(403);
  });
});

describe('passkeys', () => {
  it.each([
    ['https://turnabout.example', true],
    ['http://localhost:3000', true],
    ['http://turnabout.example', false],
    ['http://127.0.0.1:3000', false],
    ['https://[::1]:3000', false],
  ])('at %s are possible: %s', (address, isPossible) => {
    expect(passkeysAt(new URL(address)).isPossible).toBe(isPossible);
  });
});
