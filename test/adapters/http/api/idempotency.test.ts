// Idempotency-Key: what is sent twice under one key is done once.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../../../src/domain/time/duration.ts';
import { plus } from '../../../../src/domain/time/instant.ts';
import { answerOnce } from '../../../../src/flows/answer-once.ts';
import { type Agreed, underWay } from '../../../support/agreed.ts';
import { type ApiApp, apiApp, type Caller } from '../../../support/api-app.ts';

let api: ApiApp;
let group: Agreed;
let ana: Caller;
let ben: Caller;

beforeEach(async () => {
  api = await apiApp();
  group = await underWay(api.world);
  [ana, ben] = [await api.token(group.ana), await api.token(group.ben)];
});

afterEach(() => api.stop());

const LEAVE = { from: '2027-08-02', to: '2027-08-04' };

const take = (who: Caller, key: string, body: unknown = LEAVE) =>
  api.call(who, 'POST /me/leaves', { body, headers: { 'idempotency-key': key } });

const leaves = async (who: Caller) => (await api.call(who, 'GET /me/leaves')).body.items as unknown[];

/** Everything that is kept of answers, as text. */
async function keptAnswers(): Promise<string> {
  const { rows } = await api.world.connection.pool.query('SELECT * FROM idempotent_answer');
  return JSON.stringify(rows);
}

describe('a request with a key', () => {
  it('is done once, and answered with the same bytes again', async () => {
    const [first, second] = [await take(ana, 'k1'), await take(ana, 'k1')];
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([201, null]);
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await leaves(ana)).toHaveLength(1);
  });

  it('is answered again with its headers', async () => {
    const begin = () =>
      api.call(ana, 'POST /partnerships', {
        body: { name: 'Quay', anchor: 'UTC' },
        headers: { 'idempotency-key': 'k1' },
      });
    const [first, second] = [await begin(), await begin()];
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('location')).toContain(first.body.id);
  });

  it('is done again under another key, by somebody else, and after a day', async () => {
    await take(ana, 'k1');
    await take(ana, 'k2');
    await take(ben, 'k1');
    api.world.now = plus(api.world.now, DAY - 1);
    await take(ana, 'k1');
    expect([(await leaves(ana)).length, (await leaves(ben)).length]).toEqual([2, 1]);
    api.world.now = plus(api.world.now, 1);
    await take(ana, 'k1');
    expect(await leaves(ana)).toHaveLength(3);
  });

  it('that is another one than the key was used for is refused', async () => {
    await take(ana, 'k1');
    const other = await take(ana, 'k1', { ...LEAVE, to: '2027-08-05' });
    expect([other.status, other.body.errors[0].path]).toEqual([422, 'Idempotency-Key']);
    const elsewhere = await api.call(ana, 'POST /me/travels', {
      body: { ...LEAVE, zone: 'UTC' },
      headers: { 'idempotency-key': 'k1' },
    });
    expect(elsewhere.status).toBe(422);
    expect(await leaves(ana)).toHaveLength(1);
  });

  it('is answered alike also where it ended what allowed it, to the same person and scope', async () => {
    const leave = (who: Caller, key = 'k1', end = '') =>
      api.call(who, `POST /partnerships/${group.id}/departure${end}`, {
        headers: { 'idempotency-key': key },
      });
    const [first, second] = [await leave(ana), await leave(ana)];
    expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([204, null]);
    expect([second.status, second.headers.get('idempotent-replayed')]).toEqual([204, 'true']);
    expect((await leave(ana, 'k2')).status).toBe(404);
    expect((await leave(ana, 'k1', '?x=1')).status).toBe(422);
    const reader = await api.token(group.ana, ['read', 'answer', 'write']);
    const refused = await leave(reader);
    expect([refused.status, refused.headers.get('idempotent-replayed')]).toEqual([403, null]);
    const stranger = await api.token(await api.world.person('Eve Moss', 'UTC'));
    expect((await leave(stranger)).status).toBe(404);
    const others = await leave(ben);
    expect([others.status, others.headers.get('idempotent-replayed')]).toEqual([204, null]);
  });

  it('that comes several times at once is done once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => take(ana, 'k1')));
    const statuses = all.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
    expect(await leaves(ana)).toHaveLength(1);
  });

  it('that was refused has changed nothing, and may be put right under the same key', async () => {
    expect((await take(ana, 'k1', { from: '2027-08-02' })).status).toBe(422);
    expect((await take(ana, 'k1')).status).toBe(201);
    const travel = { ...LEAVE, zone: 'UTC' };
    const travels = (key: string) =>
      api.call(ana, 'POST /me/travels', { body: travel, headers: { 'idempotency-key': key } });
    await travels('k2');
    expect((await travels('k3')).status).toBe(409);
    const [{ id }] = (await api.call(ana, 'GET /me/travels')).body.items;
    await api.call(ana, `DELETE /me/travels/${id}`);
    expect((await travels('k3')).status).toBe(201);
  });

  it('whose process was killed is not done a second time on a guess', async () => {
    const begun = { person: group.ana, key: 'k1', hash: 'x' };
    await api.world.answers.begin(begun, { at: api.world.now, since: plus(api.world.now, -DAY) });
    const again = answerOnce(begun, async () => Promise.reject(new Error('done')), api.world);
    await expect(again).rejects.toThrow('under way');
  });

  it.each(['', 'two words', 'ü', 'x'.repeat(256)])('cannot have the key "%s"', async (key) => {
    const { status } = await take(ana, key);
    expect(status).toBe(422);
  });
});

describe('a secret', () => {
  it('is told once and stands in no kept answer: repeated, it is null', async () => {
    const feed = () =>
      api.call(ana, 'POST /feeds', { body: { name: 'Phone' }, headers: { 'idempotency-key': 'k1' } });
    const [first, second] = [await feed(), await feed()];
    expect(first.body.address).toContain('/feeds/');
    expect(second.body).toEqual({ ...first.body, address: null });
    const signedIn = await api.session(group.ana);
    const token = () =>
      api.call(signedIn, 'POST /tokens', {
        body: { name: 'Script', scopes: ['read'] },
        headers: { 'idempotency-key': 'k2' },
      });
    const [issued, repeated] = [await token(), await token()];
    expect(issued.body.token).toMatch(/^tat_/);
    expect(repeated.body).toEqual({ ...issued.body, token: null });
    const kept = await keptAnswers();
    expect(kept).not.toContain(issued.body.token);
    expect(kept).not.toContain(new URL(first.body.address).pathname.slice(7, 40));
  });
});
