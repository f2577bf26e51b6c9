// What people say about themselves.

import { describe, expect, it } from 'vitest';
import { InvalidFields } from '../../../src/domain/errors.ts';
import { emailOf, labelOf, localPath, personOf, profileOf } from '../../../src/flows/access/profile.ts';

function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidFields)
      return error.problems.map(({ path, message }) => `${path} ${message}`);
  }
  return [];
}

describe('a profile', () => {
  it('is trimmed', () => {
    expect(profileOf({ name: ' Ana Duarte ', zone: ' Europe/Berlin ' })).toEqual({
      name: 'Ana Duarte',
      zone: 'Europe/Berlin',
    });
  });

  it('is refused with everything that is wrong with it', () => {
    const text = { email: 'nobody', name: ' ', zone: '+02:00' };
    expect(problemsOf(() => personOf(text))).toEqual([
      'email is no e-mail address: write it as "ana@example.com"',
      'name is empty: write a name',
      'zone is no time zone: choose one from the list, such as "Europe/Berlin"',
    ]);
  });

  it.each(['Ana\r\nBcc: all@example.com', 'Ana\u202eetrauD', 'Ana\0', 'Ana\ud800', 'A'.repeat(101)])(
    'does not take the name %j',
    (name) => {
      expect(problemsOf(() => labelOf(name))).toHaveLength(1);
    },
  );
});

describe('an address', () => {
  it('is kept in lower case', () => {
    expect(emailOf(' Ana@Example.COM ')).toBe('ana@example.com');
  });

  it.each([
    'ana@example.com\r\nBcc: all@example.com',
    'ana@example.com,ben@example.com',
    '<ana@example.com>',
    'ana',
    '',
  ])('is not %j', (email) => {
    expect(problemsOf(() => emailOf(email))).toHaveLength(1);
  });
});

describe('where to go afterwards', () => {
  it.each(['/', '/account', '/partnerships/1?week=2#top'])('may be %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each([
    ...['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', 'account', ''],
    ...['/a\r\nSet-Cookie: a=b', '/\t/evil.example', '/a\\b', `/${'a'.repeat(600)}`, '/ä'],
  ])('is the first page instead of %j', (path) => {
    expect(localPath(path)).toBe('/');
  });
});
