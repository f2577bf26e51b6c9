// The pages of a partnership are there for its partners alone.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leavePartnership } from '../../../../src/flows/partnership/leave-partnership.ts';
import { wordsOf } from '../../../support/access-app.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import type { Client } from '../../../support/client.ts';
import { agreedPair, newPerson, type Pair, type Web, web } from './web.ts';

let of: Web;
let pair: Pair;
let uid: string;
let others: readonly (readonly [string, Client])[];

beforeAll(async () => {
  of = await web();
  pair = await agreedPair(of);
  uid = (await occurrencesOf(of.world, pair.id))[0]!.item.uid;
  await leavePartnership(await of.world.partner(pair.ben, pair.id, 'leave'), of.world);
  const eve = await newPerson(of, 'Eve Moss', 'Europe/Berlin');
  others = [
    ['a stranger', await of.as(eve)],
    ['who has left', await of.as(pair.ben)],
  ];
});

afterAll(() => of.stop());

function pathsOf(): { readonly method: 'GET' | 'POST'; readonly path: string }[] {
  const filled = (path: string) =>
    path.replaceAll(/:(\w+)/g, (_, name: string) =>
      name === 'id' ? pair.id : name === 'uid' ? encodeURIComponent(uid) : crypto.randomUUID(),
    );
  return of.app.routes
    .filter(({ access, path }) => access === 'partner' && !path.startsWith('/api/'))
    .map(({ method, path }) => ({ method: method as 'GET' | 'POST', path: filled(path) }));
}

describe('a page of a partnership', () => {
  it('is not there for strangers and for who has left, and nothing of it is told', async () => {
    const paths = pathsOf();
    expect(paths.length).toBeGreaterThan(20);
    for (const [who, browser] of others)
      for (const { method, path } of paths) {
        const answer =
          method === 'GET' ? await browser.get(path) : await browser.post(path, { answer: 'accepted' });
        expect([who, method, path, answer.status]).toEqual([who, method, path, 404]);
        expect(wordsOf(answer)).toContain('There is no such partnership.');
        expect(answer.text).not.toContain('Ana Duarte');
      }
  });

  it('asks nobody who they are before it says so', async () => {
    for (const { method, path } of pathsOf()) {
      const answer = method === 'GET' ? await of.browser().get(path) : await of.browser().post(path);
      if (method === 'POST') expect([path, answer.status]).toEqual([path, 401]);
      else
        expect([path, answer.status, answer.location]).toEqual([
          path,
          303,
          `/sign-in?to=${encodeURIComponent(path)}`,
        ]);
    }
  });

  it('is there for the one who stays', async () => {
    const ana = await of.as(pair.ana);
    for (const rest of ['', '/agreement', '/agreement/edit', '/ledger', '/record'])
      expect((await ana.get(pair.path + rest)).status).toBe(200);
  });
});
