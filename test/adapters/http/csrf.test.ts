// Requests that other sites make a browser send.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../../src/flows/access/keep-tokens.ts';
import { authorizePerson } from '../../../src/flows/authorized.ts';
import { type AccessApp, accessApp, PROFILES, signedIn, wordsOf } from '../../support/access-app.ts';
import type { Client } from '../../support/client.ts';

let app: AccessApp;
let ana: Client;

beforeAll(async () => {
  app = await accessApp({
    settings: { publicUrl: new URL('https://turnabout.example') },
    routes: () => [
      {
        method: 'POST',
        path: '/api/v1/things',
        name: 'things',
        access: 'person',
        handle: (_, response) => {
          response.json({});
        },
      },
    ],
  });
  ana = await signedIn(app);
});

afterAll(() => app.stop());

async function changed(headers: Record<string, string>): Promise<number> {
  const body = new URLSearchParams({ name: PROFILES.ana.name, zone: PROFILES.ana.zone });
  return (await ana.send('POST', '/account/profile', { headers: { accept: 'text/html', ...headers }, body }))
    .status;
}

describe('a change', () => {
  it.each([
    ['by a page of ours', { 'sec-fetch-site': 'same-origin' }],
    ['by a person on their own', { 'sec-fetch-site': 'none' }],
    ['by a page of ours in an older browser', { origin: 'https://turnabout.example' }],
  ])('%s is made', async (_, headers) => {
    expect(await changed(headers)).toBe(303);
  });

  it.each<[string, Record<string, string>]>([
    ['by another site', { 'sec-fetch-site': 'cross-site' }],
    ['by a sub-domain', { 'sec-fetch-site': 'same-site' }],
    [
      'by another site that claims our origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://turnabout.example' },
    ],
    ['by another site in an older browser', { origin: 'https://evil.example' }],
    ['by a sub-domain in an older browser', { origin: 'https://app.turnabout.example' }],
    ['by our name without https', { origin: 'http://turnabout.example' }],
    ['by our name at another port', { origin: 'https://turnabout.example:8443' }],
    ['by a page without an origin', { origin: 'null' }],
    ['by whatever does not say where it comes from', {}],
  ])('%s is refused', async (_, headers) => {
    expect(await changed(headers)).toBe(403);
  });

  it('that is refused says why', async () => {
    const answer = await ana.send('POST', '/sign-out', {
      headers: { accept: 'text/html', 'sec-fetch-site': 'cross-site' },
    });
    expect(wordsOf(answer)).toContain(
      'This did not come from a page at https://turnabout.example: open it there',
    );
    expect((await ana.get('/account')).status).toBe(200);
  });

  it('before anybody is signed in is refused as well, so that nobody is signed in as somebody else', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', accept: 'text/html' };
    const answer = await app.browser().send('POST', '/sign-in/confirm/token', { headers });
    expect(answer.status).toBe(403);
  });

  it('by a program with a token needs no such proof', async () => {
    const person = (await app.world.access.people.byEmail('ana@example.com'))!.id;
    const mine = authorizePerson({ kind: 'session', person, session: 'none' }, 'account');
    const { token } = await issueToken(mine, { name: 'Script', scopes: ['read'], days: 1 }, app.world);
    const send = (headers: Record<string, string>) =>
      app.browser().send('POST', '/api/v1/things', {
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect((await send({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await send({})).status).toBe(401);
  });

  it('is not made by looking', async () => {
    const answer = await ana.get('/sign-out');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
  });
});
