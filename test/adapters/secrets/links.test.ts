// Signed links.

import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { linksFrom } from '../../../src/adapters/secrets/links.ts';
import { keyFor } from '../../../src/adapters/secrets/secrets.ts';
import { SECRET_KEY } from '../../support/access-app.ts';
import { at } from '../../support/builders.ts';

const claims = {
  person: 'ana',
  partnership: 'harbour',
  matter: 'uid-1@example.com',
  expiresAt: at('2027-02-01T09:00:00Z'),
};

function linksAt(now: string, secretKey = SECRET_KEY) {
  return linksFrom({ secretKey, publicUrl: new URL('https://turnabout.example'), clock: () => at(now) });
}

const links = linksAt('2027-01-04T09:00:00Z');

describe('the address of a page', () => {
  it('is at the public address', () => {
    expect(links.page('/answer/abc')).toBe('https://turnabout.example/answer/abc');
  });
});

describe('a signed link', () => {
  it('gives the claims that it was made of', async () => {
    expect(await links.verify(await links.sign(claims))).toEqual(claims);
  });

  it('is the same for the same claims, whenever it is made', async () => {
    const later = linksAt('2027-01-20T09:00:00Z');
    expect(await later.sign(claims)).toBe(await links.sign(claims));
  });

  it('fits into the path of an address as it is', async () => {
    expect(await links.sign(claims)).toMatch(/^[\w.-]+$/);
  });

  it('is good until it expires and not afterwards', async () => {
    const link = await links.sign(claims);
    expect(await linksAt('2027-02-01T08:59:59Z').verify(link)).toEqual(claims);
    expect(await linksAt('2027-02-01T09:00:00Z').verify(link)).toBeUndefined();
  });

  it('is none of ours where the key is another one, or a letter was changed', async () => {
    const link = await links.sign(claims);
    const [head, body, signature] = link.split('.');
    const other = await links.sign({ ...claims, person: 'ben' });
    const forged = [
      await linksAt('2027-01-04T09:00:00Z', 'another-key-0123456789-abcdefghijk').sign(claims),
      `${head}.${other.split('.')[1]}.${signature}`,
      `${head}.${body}.`,
      `${link}x`,
      '',
      'a.b.c',
    ];
    for (const each of forged) expect(await links.verify(each)).toBeUndefined();
  });

  it('is none of ours without a signature, or where it is another kind of token', async () => {
    const unsigned = [
      { alg: 'none', typ: 'turnabout-link' },
      { sub: 'ana', in: 'harbour', on: 'uid', exp: 4_000_000_000 },
    ];
    const parts = unsigned.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const key = keyFor(SECRET_KEY, 'links');
    const other = await new SignJWT({ in: 'harbour', on: 'uid' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject('ana')
      .setExpirationTime(4_000_000_000)
      .sign(key);
    expect(await links.verify(`${parts.join('.')}.`)).toBeUndefined();
    expect(await links.verify(other)).toBeUndefined();
  });
});
