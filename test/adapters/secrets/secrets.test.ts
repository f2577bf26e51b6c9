// Chance, digests and sealing.

import { describe, expect, it } from 'vitest';
import { keyFor, secretsFrom } from '../../../src/adapters/secrets/secrets.ts';
import { SECRET_KEY } from '../../support/access-app.ts';

const secrets = secretsFrom(SECRET_KEY);

describe('a token', () => {
  it('has 256 bits and is never the same', () => {
    const tokens = Array.from({ length: 1_000 }, () => secrets.newToken());
    expect(new Set(tokens).size).toBe(1_000);
    expect(tokens.every((token) => /^[\w-]{43}$/.test(token))).toBe(true);
  });
});

describe('a digest', () => {
  it('is the SHA-256 of the text', () => {
    expect(secrets.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('what is sealed', () => {
  const text = 'https://calendar.example.com/ana.ics?key=ä';
  const sealed = secrets.seal(text);

  it('opens to what it was', () => {
    expect(secrets.open(sealed)).toBe(text);
  });

  it('looks different each time, and nothing of the text stands in it', () => {
    expect(secrets.seal(text)).not.toEqual(sealed);
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('calendar');
  });

  it('opens with no other key', () => {
    expect(() => secretsFrom('another-key-0123456789-abcdefghijk').open(sealed)).toThrow();
  });

  it('does not open once a bit of it was changed, wherever it stands', () => {
    for (let i = 0; i < sealed.length; i++) {
      const changed = new Uint8Array(sealed);
      changed[i]! ^= 1;
      expect(() => secrets.open(changed)).toThrow();
    }
  });

  it('does not open when it is cut off', () => {
    for (const length of [0, 5, 27, sealed.length - 1])
      expect(() => secrets.open(sealed.slice(0, length))).toThrow();
  });
});

describe('a key', () => {
  it('is another one for each purpose', () => {
    expect(keyFor(SECRET_KEY, 'seal')).not.toEqual(keyFor(SECRET_KEY, 'links'));
  });

  it('is refused where the secret is too short', () => {
    expect(() => secretsFrom('short')).toThrow('is shorter than 32 characters');
  });
});
