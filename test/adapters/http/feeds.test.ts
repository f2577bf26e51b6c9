// Feeds as calendar programs fetch them: again and again, and mostly for nothing.

import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedCache } from '../../../src/adapters/http/feed-cache.ts';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { issueFeed, type NewFeed, revokeFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { type ApiApp, apiApp, type Caller } from '../../support/api-app.ts';
import { signedIn } from '../../support/service-world.ts';

let api: ApiApp;
let group: Agreed;
/** What the cache takes for the time; milliseconds. */
let now: number;
let path: string;
let id: string;
let token: string;

beforeEach(async () => {
  now = 0;
  api = await apiApp({ feeds: { now: () => now } });
  group = await underWay(api.world);
  await issue();
});

afterEach(() => api.stop());

async function issue(changes: Partial<NewFeed> = {}) {
  const order = { name: 'Ana’s phone', detail: 'full', ...changes } as const;
  const issued = await issueFeed(signedIn(api.world, group.ana, 'write'), order, api.world);
  token = issued.token;
  path = `/feeds/${token}.ics`;
  id = issued.feed.id;
  return path;
}

type Raw = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
};

/** As it comes over the wire: nothing is unpacked. */
function raw(method: string, target: string, headers: Caller = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { port: api.port, host: '127.0.0.1', method, path: target, headers },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    sent.on('error', reject).end();
  });
}

const get = (headers: Caller = {}) => raw('GET', path, headers);

async function answered(): Promise<void> {
  const [first] = await occurrencesOf(api.world, group.id);
  const partner = await api.world.partner(group.ben, group.id, 'answer');
  await answerInvitation(partner, { uid: first!.item.uid, partStat: 'accepted', by: 'api' }, api.world);
}

/** How often a connection of the database was asked for meanwhile. */
async function queriesDuring(work: () => Promise<unknown>): Promise<number> {
  const { pool } = api.world.connection;
  let count = 0;
  const counting = () => count++;
  pool.on('acquire', counting);
  await work();
  pool.off('acquire', counting);
  return count;
}

describe('a feed', () => {
  it('is a calendar with a version, a date, a name, and a life of its own', async () => {
    for (const answer of [await get(), await get()]) {
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        'content-type': 'text/calendar; charset=utf-8',
        etag: expect.stringMatching(/^W\/"[0-9a-f]{32}"$/),
        'last-modified': 'Fri, 01 Jan 2027 09:00:00 GMT',
        'cache-control': 'private, max-age=1',
        vary: 'Accept-Encoding',
        'content-disposition': `inline; filename="Ana-s phone.ics"; filename*=UTF-8''Ana%E2%80%99s%20phone.ics`,
      });
      expect(answer.body.toString()).toMatch(/^BEGIN:VCALENDAR\r\n/);
      expect(answer.body.toString().match(/BEGIN:VEVENT/g)).toHaveLength(12);
    }
  });

  it('answers HEAD as GET, without the body', async () => {
    const whole = await get();
    const { status, headers, body } = await raw('HEAD', path);
    expect([status, body.length]).toEqual([200, 0]);
    for (const name of ['content-length', 'etag', 'content-type', 'last-modified'])
      expect(headers[name]).toBe(whole.headers[name]);
    const first = await raw('HEAD', await issue());
    expect([first.status, first.body.length, first.headers.etag]).toEqual([200, 0, expect.any(String)]);
  });

  it('is not sent to who has it: by its version, else by its date', async () => {
    const { headers } = await get();
    const etag = headers.etag as string;
    const at = headers['last-modified'] as string;
    const seen: [Caller, number][] = [
      [{ 'if-none-match': etag }, 304],
      [{ 'if-none-match': etag.slice(2) }, 304],
      [{ 'if-none-match': `"a", ${etag}, "b"` }, 304],
      [{ 'if-none-match': '*' }, 304],
      [{ 'if-none-match': '"other"' }, 200],
      [{ 'if-none-match': '' }, 200],
      [{ 'if-modified-since': at }, 304],
      [{ 'if-modified-since': 'Sat, 02 Jan 2027 00:00:00 GMT' }, 304],
      [{ 'if-modified-since': 'Thu, 31 Dec 2026 00:00:00 GMT' }, 200],
      [{ 'if-modified-since': 'yesterday' }, 200],
      [{ 'if-none-match': '"other"', 'if-modified-since': at }, 200],
    ];
    for (const [asked, status] of seen) expect([asked, (await get(asked)).status]).toEqual([asked, status]);
    const known = await get({ 'if-none-match': etag });
    expect(known.headers).toMatchObject({
      etag,
      vary: 'Accept-Encoding',
      'cache-control': 'private, max-age=1',
    });
    expect(known.body).toHaveLength(0);
  });

  it('is compressed for who takes that, and says so', async () => {
    const plain = await get();
    for (const accepted of ['gzip', 'br, gzip;q=0.5', '*', 'gzip, deflate']) {
      const { headers, body } = await get({ 'accept-encoding': accepted });
      expect([accepted, headers['content-encoding']]).toEqual([accepted, 'gzip']);
      expect(gunzipSync(body)).toEqual(plain.body);
      expect(headers.etag).toBe(plain.headers.etag);
    }
    for (const refused of ['identity', 'gzip;q=0', 'br', 'x-gzip2'])
      expect([refused, (await get({ 'accept-encoding': refused })).headers['content-encoding']]).toEqual([
        refused,
        undefined,
      ]);
  });

  it('that is busy-only is so over HTTP as well', async () => {
    await issue({ detail: 'busy' });
    expect((await get()).body.toString()).not.toContain('Harbour');
  });

  it('has another version as soon as something in it changes, and within five seconds at the latest', async () => {
    const before = await get();
    await answered();
    now += 5_000;
    const after = await get({ 'if-none-match': before.headers.etag as string });
    expect(after.status).toBe(200);
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.body.toString().replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED');
  });
});

describe('a feed that was revoked', () => {
  it('is gone within five seconds, in every process', async () => {
    const other = feedCache({ world: api.world, now: () => now });
    expect([(await get()).status, (await other.find(token))?.name]).toEqual([200, 'Ana’s phone']);
    await revokeFeed(signedIn(api.world, group.ana, 'write'), id, api.world);
    now += 4_000;
    expect((await get()).status).toBe(404);
    expect(other.hit(token)).toBeUndefined();
    expect(await other.find(token)).toBeUndefined();
  });

  it('is told from one that never was by nothing', async () => {
    await revokeFeed(signedIn(api.world, group.ana, 'write'), id, api.world);
    const answers = [await get(), await raw('GET', '/feeds/nothing.ics')];
    const [revoked, unknown] = answers.map(({ status, headers, body }) => {
      const { date, 'x-request-id': request, 'content-security-policy': policy, ...rest } = headers;
      expect([date, request, policy].every(Boolean)).toBe(true);
      return { status, rest, body: body.toString() };
    });
    expect(revoked!.status).toBe(404);
    expect(revoked).toEqual(unknown);
    const queries: number[] = [];
    for (const target of [path, '/feeds/nothing.ics'])
      queries.push(await queriesDuring(() => raw('GET', target)));
    expect(queries[0]).toBe(queries[1]);
  });
});

describe('polling', () => {
  it('asks the database once in three seconds for each feed, however many ask', async () => {
    await get();
    const many = () => Promise.all(Array.from({ length: 50 }, () => get()));
    expect(await queriesDuring(many)).toBe(0);
    now += 3_000;
    const looked = await queriesDuring(async () => {
      await many();
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(looked).toBeGreaterThan(0);
    expect(looked).toBeLessThan(10);
    expect(await queriesDuring(many)).toBe(0);
  });

  it('makes the text anew only where the version is another one', async () => {
    const { cache } = { cache: feedCache({ world: api.world, now: () => now }) };
    const first = await cache.find(token);
    now += 10_000;
    expect(await cache.find(token)).toBe(first);
    await answered();
    now += 10_000;
    expect(await cache.find(token)).not.toBe(first);
  });

  it('by many at once who ask for the first time makes it once', async () => {
    const cache = feedCache({ world: api.world, now: () => now });
    const found = await Promise.all(Array.from({ length: 20 }, () => cache.find(token)));
    expect(new Set(found).size).toBe(1);
  });

  it('is noted once an hour', async () => {
    const usedAt = async () => (await api.world.database.feeds.of(group.ana))[0]!.usedAt;
    await get();
    const first = api.world.now;
    expect(await usedAt()).toBe(first);
    api.world.now = plus(first, HOUR / 2);
    now += 10_000;
    await get();
    expect(await usedAt()).toBe(first);
    api.world.now = plus(first, HOUR);
    now += 10_000;
    await get();
    expect(await usedAt()).toBe(api.world.now);
  });

  it('leaves no secret in the log', async () => {
    await get();
    await get();
    await raw('GET', '/feeds/some-other-secret.ics?token=third-secret');
    expect(api.log()).toContain('"route":"feed"');
    for (const secret of [token, 'some-other-secret', 'third-secret'])
      expect(api.log()).not.toContain(secret);
  });
});

describe('the cache', () => {
  it('is bounded by the number of feeds and by their size: what was not asked for longest goes', async () => {
    const tokens = [token];
    for (let k = 0; k < 3; k++) {
      await issue();
      tokens.push(token);
    }
    const few = feedCache({ world: api.world, now: () => now, mostEntries: 2 });
    for (const each of tokens.slice(0, 2)) await few.find(each);
    few.hit(tokens[0]!);
    await few.find(tokens[2]!);
    expect(tokens.map((each) => few.hit(each) !== undefined)).toEqual([true, false, true, false]);
    const [first] = [await few.find(tokens[0]!)];
    const size = first!.plain.byteLength + first!.zipped.byteLength;
    const small = feedCache({ world: api.world, now: () => now, mostBytes: 2.5 * size });
    for (const each of tokens) await small.find(each);
    expect(tokens.map((each) => small.hit(each) !== undefined)).toEqual([false, false, true, true]);
    const none = feedCache({ world: api.world, now: () => now, mostBytes: size / 2 });
    expect((await none.find(token))?.name).toBe('Ana’s phone');
    expect(none.hit(token)).toBeUndefined();
  });
});
