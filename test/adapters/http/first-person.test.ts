// The link by which the first person comes in.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstPersonLink } from '../../../src/flows/access/begin-as-first.ts';
import { type AccessApp, accessApp, PROFILES, signedIn, wordsOf } from '../../support/access-app.ts';

let app: AccessApp;

beforeEach(async () => {
  app = await accessApp({ settings: { canMail: false } });
});

afterEach(() => app.stop());

async function link(): Promise<string> {
  const address = await firstPersonLink(app.world);
  return new URL(address!).pathname;
}

describe('the link for the first person', () => {
  it('asks who they are, and signs them in', async () => {
    const [browser, path] = [app.browser(), await link()];
    expect(wordsOf(await browser.get(path))).toContain('You are the first one here');
    const wrong = await browser.post(path, { email: 'ana', name: '', zone: '' });
    expect(wrong.status).toBe(422);
    expect(wordsOf(wrong)).toContain('E-mail address is no e-mail address');
    expect(wordsOf(wrong)).toContain('Name is empty');
    expect((await browser.post(path, PROFILES.ana)).location).toBe('/');
    expect(wordsOf(await browser.get('/account'))).toContain('ana@example.com');
  });

  it('works once, and for one of two who come at once', async () => {
    const path = await link();
    const people = [PROFILES.ana, PROFILES.ben];
    const answers = await Promise.all(people.map((person) => app.browser().post(path, person)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
    expect((await app.database.pool.query('SELECT 1 FROM person')).rows).toHaveLength(1);
    expect((await app.browser().get(path)).status).toBe(410);
  });

  it('is not good any more once the service has started again', async () => {
    const before = await link();
    const after = await link();
    expect((await app.browser().get(before)).status).toBe(410);
    expect((await app.browser().post(before, PROFILES.ana)).status).toBe(410);
    expect((await app.browser().get(after)).status).toBe(200);
  });

  it('is not good any more once somebody is here, and none is made then', async () => {
    const path = await link();
    await signedIn(app, 'ben');
    expect((await app.browser().get(path)).status).toBe(410);
    expect((await app.browser().post(path, PROFILES.ana)).status).toBe(410);
    expect(await firstPersonLink(app.world)).toBeUndefined();
  });

  it('is made again once all who were here are erased', async () => {
    await app.browser().post(await link(), PROFILES.ana);
    expect(await firstPersonLink(app.world)).toBeUndefined();
    await app.database.pool.query('UPDATE person SET email = NULL, erased_at = now()');
    expect((await app.browser().post(await link(), PROFILES.ben)).location).toBe('/');
  });

  it('stands nowhere in clear', async () => {
    const token = (await link()).split('/').at(-1)!;
    const { rows } = await app.database.pool.query('SELECT * FROM instance_fact');
    expect(JSON.stringify(rows)).not.toContain(token);
    await app.browser().get(`/first/${token}`);
    expect(app.log()).not.toContain(token);
  });
});
