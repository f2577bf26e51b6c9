// How often something may be done.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, limitsOver, TooMany } from '../../../src/adapters/http/limits.ts';
import { NotFound } from '../../../src/domain/errors.ts';
import { type AccessApp, accessApp, wordsOf } from '../../support/access-app.ts';
import type { Answer } from '../../support/client.ts';

let app: AccessApp;

beforeAll(async () => {
  app = await accessApp({
    settings: { trustProxy: 1 },
    routes: () => [
      {
        method: 'GET',
        path: '/feeds/:secret',
        name: 'feed',
        access: 'feed',
        handle: ({ params }, response) => {
          if (params.secret !== 'right') throw new NotFound('feed');
          response.send('feed');
        },
      },
    ],
  });
});

afterAll(() => app.stop());

async function times(count: number, ask: (i: number) => Promise<Answer>): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let i = 0; i < count; i++) {
    const { status } = await ask(i);
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

/** As a proxy passes on what comes from somebody. */
function from(ip: string) {
  return { 'x-forwarded-for': ip };
}

describe('links for one address', () => {
  it('are asked for three times in a quarter of an hour, from wherever', async () => {
    const ask = (i: number, email = 'ana@example.com') =>
      app.browser().post('/sign-in', { email }, from(`192.0.2.${i}`));
    expect(await times(5, ask)).toEqual({ 303: 3, 429: 2 });
    expect((await ask(6, ' ANA@example.com')).status).toBe(429);
    expect((await ask(6, 'ben@example.com')).status).toBe(303);
  });

  it('are refused with when to come back, to programs and to people', async () => {
    const refused = await app.browser().post('/sign-in', { email: 'ana@example.com' }, from('192.0.2.7'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(900);
    expect(wordsOf(refused)).toMatch(/That was too often: try again in 1[45] minutes\./);
  });

  it('leave no address in clear where they are counted', async () => {
    const { rows } = await app.database.pool.query('SELECT key FROM rate_limit');
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toMatch(/ana|192\.0/);
  });
});

describe('one client', () => {
  it('asks for ten links in a quarter of an hour, whoever they are for, and others still may', async () => {
    const ask = (i: number, ip = '198.51.100.1') =>
      app.browser().post('/sign-in', { email: `somebody${i}@example.com` }, from(ip));
    expect(await times(12, ask)).toEqual({ 303: 10, 429: 2 });
    expect((await ask(20, '198.51.100.2')).status).toBe(303);
  });

  it('tries 30 confirmations and passkeys in a quarter of an hour', async () => {
    const ask = (i: number) =>
      i % 2 === 0
        ? app.browser().post('/sign-in/confirm/wrong', {}, from('198.51.100.3'))
        : app.browser().postJson('/sign-in/passkey/options', {}, from('198.51.100.3'));
    expect(await times(32, ask)).toEqual({ 200: 15, 410: 15, 429: 2 });
  });

  it('is told 60 times that a token is wrong, and six times are nothing', async () => {
    const ask = () =>
      app.browser().get('/account', {
        authorization: 'Bearer tat_wrong',
        accept: 'application/json',
        ...from('198.51.100.4'),
      });
    expect(await times(6, ask)).toEqual({ 401: 6 });
    const feed = () => app.browser().get('/feeds/wrong', from('198.51.100.4'));
    expect(await times(56, feed)).toEqual({ 404: 54, 429: 2 });
    expect((await ask()).status).toBe(429);
    expect((await app.browser().get('/feeds/right', from('198.51.100.4'))).status).toBe(200);
  });

  it('reads feeds 120 times a minute', async () => {
    const ask = () => app.browser().get('/feeds/right', from('198.51.100.5'));
    expect(await times(122, ask)).toEqual({ 200: 120, 429: 2 });
  });

  it('cannot call itself another one where no proxy is in front', async () => {
    const open = await accessApp();
    const ask = (i: number) =>
      open.browser().post('/sign-in', { email: `x${i}@example.com` }, from(`203.0.113.${i}`));
    expect(await times(11, ask)).toEqual({ 303: 10, 429: 1 });
    await open.stop();
  });
});

describe('a client', () => {
  it('is its address, and with IPv6 its network of 64 bits', () => {
    expect(clientOf('192.0.2.1')).toBe('192.0.2.1');
    expect(clientOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(clientOf('2001:db8:1:2::1')).toBe(clientOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
    expect(clientOf('2001:db8:1:2::1')).not.toBe(clientOf('2001:db8:1:3::1'));
    expect(clientOf('2001:db8:1:2::1')).not.toBe(clientOf('2001:db8:1:2::1'.replace('1:2', '2:2')));
  });

  it('without an address is counted nowhere, so that not all of them are one', async () => {
    expect([clientOf(undefined), clientOf('nonsense')]).toEqual([undefined, undefined]);
    const limits = limitsOver(app.database.pool);
    for (let i = 0; i < 20; i++) await limits.spend('sign-in', undefined);
  });
});

describe('a count', () => {
  it('holds for every process on the database, and is kept in one place for each limit', async () => {
    const [one, other] = [limitsOver(app.database.pool), limitsOver(app.database.pool)];
    for (let i = 0; i < 3; i++) await one.spend('sign-in-address', 'shared@example.com');
    await expect(other.spend('sign-in-address', 'shared@example.com')).rejects.toThrow(TooMany);
    await other.spend('attempt', 'shared@example.com');
  });

  it('of 600 requests a minute is for each person', async () => {
    const limits = limitsOver(app.database.pool);
    for (let i = 0; i < 600; i++) await limits.spend('api', 'ana');
    await expect(limits.spend('api', 'ana')).rejects.toThrow('that was too often');
    await limits.spend('api', 'ben');
  });
});
