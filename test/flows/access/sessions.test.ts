// Sessions over weeks, and what becomes of a copy of their cookie.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/domain/time/duration.ts';
import { beginSession, useSession } from '../../../src/flows/access/begin-session.ts';
import { forgetExpired } from '../../../src/flows/access/forget-expired.ts';
import { listSessions, revokeOtherSessions, revokeSession } from '../../../src/flows/access/keep-sessions.ts';
import { authorizePerson, type Credential } from '../../../src/flows/authorized.ts';
import { type AccessApp, accessApp } from '../../support/access-app.ts';
import { BEN, zoneOf } from '../../support/cast.ts';

let app: AccessApp;
let person: PartnerId;

beforeAll(async () => {
  app = await accessApp();
});

afterAll(() => app.stop());

beforeEach(async () => {
  person = app.world.secrets.newId() as PartnerId;
  const email = `${person}@example.com`;
  await app.world.access.people.add(
    { id: person, email, name: BEN.name, zone: zoneOf('Europe/Berlin'), region: 'none' },
    app.now(),
  );
});

function begin(userAgent = 'Firefox'): Promise<string> {
  return beginSession({ person, userAgent, by: 'link' }, app.world, app.world.access);
}

async function used(token: string) {
  const use = await useSession(token, app.world);
  return use.kind === 'signed-in' ? { kind: use.kind, next: use.token } : { kind: use.kind };
}

async function mine(token: string) {
  const use = await useSession(token, app.world);
  if (use.kind !== 'signed-in') throw new Error(use.kind);
  return authorizePerson(use.credential as Credential, 'account');
}

describe('the token of a session', () => {
  it('stays for a day and is then replaced', async () => {
    const token = await begin();
    app.later(DAY - SECOND);
    expect(await used(token)).toEqual({ kind: 'signed-in', next: undefined });
    app.later(SECOND);
    const { next } = await used(token);
    expect(next).toMatch(/^[\w-]{43}$/);
    expect(next).not.toBe(token);
    expect(await used(next!)).toEqual({ kind: 'signed-in', next: undefined });
  });

  it('is good for a minute more once it was replaced', async () => {
    const token = await begin();
    app.later(DAY);
    const { next } = await used(token);
    app.later(MINUTE);
    expect(await used(token)).toEqual({ kind: 'signed-in', next: undefined });
    expect(await used(next!)).toEqual({ kind: 'signed-in', next: undefined });
  });

  it('ends the session for all where it comes back later than that', async () => {
    const token = await begin();
    app.later(DAY);
    const { next } = await used(token);
    app.later(MINUTE + 1);
    expect(await used(token)).toEqual({ kind: 'ended' });
    expect(await used(next!)).toEqual({ kind: 'nobody' });
    expect(await used(token)).toEqual({ kind: 'nobody' });
  });

  it('is replaced once where many requests come together, and all of them are served', async () => {
    const token = await begin();
    app.later(DAY);
    const uses = await Promise.all(Array.from({ length: 20 }, () => used(token)));
    expect(uses.every(({ kind }) => kind === 'signed-in')).toBe(true);
    expect(uses.filter(({ next }) => next !== undefined)).toHaveLength(1);
  });

  it('is not kept anywhere, nor is the one before it', async () => {
    const token = await begin();
    app.later(DAY);
    const { next } = await used(token);
    const { rows } = await app.database.pool.query('SELECT * FROM session WHERE person_id = $1', [person]);
    const text = JSON.stringify(rows);
    expect([text.includes(token), text.includes(next!)]).toEqual([false, false]);
    expect(rows[0].token_hash).toBe(app.world.secrets.digest(next!));
  });
});

describe('a session', () => {
  it('lasts for 30 days without use, and every use begins them anew', async () => {
    let token = await begin();
    for (let i = 0; i < 3; i++) {
      app.later(30 * DAY - MINUTE);
      token = (await used(token)).next ?? token;
    }
    app.later(30 * DAY);
    expect(await used(token)).toEqual({ kind: 'nobody' });
  });

  it('is removed a day after it expired', async () => {
    await begin();
    app.later(31 * DAY + 1);
    await forgetExpired(app.world);
    const { rows } = await app.database.pool.query('SELECT 1 FROM session WHERE person_id = $1', [person]);
    expect(rows).toEqual([]);
  });

  it('says to the minute when it was last used', async () => {
    const token = await begin();
    const start = app.now();
    app.later(MINUTE - 1);
    await used(token);
    const seen = async () => (await listSessions(await mine(token), app.world))[0]!.seenAt - start;
    expect(await seen()).toBe(0);
    app.later(HOUR);
    await used(token);
    expect(await seen()).toBe(HOUR + MINUTE - 1);
  });

  it('keeps of what a browser calls itself one line of 300 characters', async () => {
    const token = await begin(`Evil\r\nSet-Cookie: a=b\0${'x'.repeat(400)}`);
    const [session] = await listSessions(await mine(token), app.world);
    expect(session!.userAgent).toHaveLength(300);
    expect(session!.userAgent).toMatch(/^Evil Set-Cookie: a=b x+$/);
  });
});

describe('sessions of one person', () => {
  it('are listed with the one that asks first, and end one by one or all but that one', async () => {
    const [here, there, third] = [await begin('here'), await begin('there'), await begin('third')];
    const listed = await listSessions(await mine(here), app.world);
    expect(listed.map(({ userAgent, isThisOne }) => [userAgent, isThisOne])[0]).toEqual(['here', true]);
    await revokeSession(
      await mine(here),
      listed.find(({ userAgent }) => userAgent === 'there')!.id,
      app.world,
    );
    expect(await used(there)).toEqual({ kind: 'nobody' });
    expect(await revokeOtherSessions(await mine(here), app.world)).toBe(1);
    expect([(await used(here)).kind, (await used(third)).kind]).toEqual(['signed-in', 'nobody']);
  });

  it('are not ended by anybody else', async () => {
    const bens = await begin();
    const [listed] = await listSessions(await mine(bens), app.world);
    person = app.world.secrets.newId() as PartnerId;
    await app.world.access.people.add(
      { id: person, email: `${person}@example.com`, name: 'Mallory', zone: zoneOf('UTC'), region: 'none' },
      app.now(),
    );
    const mallory = await mine(await begin());
    await expect(revokeSession(mallory, listed!.id, app.world)).rejects.toThrow('there is no such session');
    expect((await used(bens)).kind).toBe('signed-in');
  });
});
