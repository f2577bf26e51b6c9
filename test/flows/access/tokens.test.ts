// Tokens for programs.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, MINUTE } from '../../../src/domain/time/duration.ts';
import { issueToken, listTokens, revokeToken, useToken } from '../../../src/flows/access/keep-tokens.ts';
import { type AuthorizedPerson, authorizePerson } from '../../../src/flows/authorized.ts';
import { type AccessApp, accessApp } from '../../support/access-app.ts';
import { zoneOf } from '../../support/cast.ts';

let app: AccessApp;
let mine: AuthorizedPerson<'account'>;

beforeAll(async () => {
  app = await accessApp();
  mine = await somebody();
});

afterAll(() => app.stop());

async function somebody(): Promise<AuthorizedPerson<'account'>> {
  const person = app.world.secrets.newId() as PartnerId;
  const about = { email: `${person}@example.com`, name: 'Ana', zone: zoneOf('UTC'), region: 'none' };
  await app.world.access.people.add({ id: person, ...about }, app.now());
  return authorizePerson({ kind: 'session', person, session: app.world.secrets.newId() }, 'account');
}

const TEXT = { name: 'Dashboard', scopes: ['read'], days: 30 };

describe('a token', () => {
  it('speaks for its person, for what it was made for, until it expires', async () => {
    const { token } = await issueToken(mine, { ...TEXT, scopes: ['sign', 'read'] }, app.world);
    expect(token).toMatch(/^tat_[\w-]{43}$/);
    expect(await useToken(token, app.world)).toMatchObject({
      kind: 'token',
      person: mine.person,
      scopes: ['read', 'sign'],
    });
    app.later(30 * DAY - 1);
    expect(await useToken(token, app.world)).toBeDefined();
    app.later(1);
    expect(await useToken(token, app.world)).toBeUndefined();
  });

  it('is kept as a hash alone', async () => {
    const { token } = await issueToken(mine, TEXT, app.world);
    const { rows } = await app.database.pool.query('SELECT * FROM api_token');
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
    expect(rows.map((row) => row.token_hash)).toContain(app.world.secrets.digest(token));
  });

  it('is listed with its last use, which is written at most once a minute', async () => {
    const other = await somebody();
    const { token } = await issueToken(other, TEXT, app.world);
    const usedAt = async () => (await listTokens(other, app.world))[0]!.usedAt;
    expect(await usedAt()).toBeUndefined();
    await useToken(token, app.world);
    const first = app.now();
    app.later(MINUTE - 1);
    await useToken(token, app.world);
    expect(await usedAt()).toBe(first);
    app.later(1);
    await useToken(token, app.world);
    expect(await usedAt()).toBe(first + MINUTE);
  });

  it('is good for nothing once it is revoked, and is not listed any more', async () => {
    const other = await somebody();
    const { token } = await issueToken(other, TEXT, app.world);
    const [listed] = await listTokens(other, app.world);
    await revokeToken(other, listed!.id, app.world);
    expect(await useToken(token, app.world)).toBeUndefined();
    expect(await listTokens(other, app.world)).toEqual([]);
    await expect(revokeToken(other, listed!.id, app.world)).rejects.toThrow('there is no such token');
  });

  it('is not revoked by anybody else', async () => {
    const [bens, mallory] = [await somebody(), await somebody()];
    const { token } = await issueToken(bens, TEXT, app.world);
    const [listed] = await listTokens(bens, app.world);
    await expect(revokeToken(mallory, listed!.id, app.world)).rejects.toThrow('there is no such token');
    expect(await useToken(token, app.world)).toBeDefined();
  });

  it('is not known where a letter is another one, or its beginning is missing', async () => {
    const { token } = await issueToken(mine, TEXT, app.world);
    for (const wrong of [token.slice(4), `${token}a`, token.toUpperCase(), '', 'tat_'])
      expect(await useToken(wrong, app.world)).toBeUndefined();
  });

  it.each([
    [{ ...TEXT, days: 366 }, 'days is a whole number from 1 to 365'],
    [{ ...TEXT, days: 0 }, 'days is a whole number from 1 to 365'],
    [{ ...TEXT, days: 1.5 }, 'days is a whole number from 1 to 365'],
    [{ ...TEXT, days: Number.NaN }, 'days is a whole number from 1 to 365'],
    [{ ...TEXT, scopes: [] }, 'scopes are one or more of read, answer, write, sign'],
    [{ ...TEXT, scopes: ['read', 'account'] }, 'scopes are one or more of read, answer, write, sign'],
    [{ ...TEXT, name: '' }, 'name is empty: write a name'],
  ])('is not made of %j', async (text, problem) => {
    await expect(issueToken(mine, text, app.world)).rejects.toThrow(problem);
  });

  it('is made by no token', () => {
    const credential = {
      kind: 'token',
      person: mine.person,
      token: 'id',
      scopes: ['read', 'answer', 'write', 'sign'],
    } as const;
    expect(() => authorizePerson(credential, 'account')).toThrow('no token may do it');
  });
});
