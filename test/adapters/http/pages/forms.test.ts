// A form that is refused says everything that is wrong at once, and keeps what was written.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../../../support/access-app.ts';
import type { Client } from '../../../support/client.ts';
import { fieldIn, newPerson, type Web, web } from './web.ts';

let of: Web;
let browser: Client;

beforeAll(async () => {
  of = await web();
  browser = await of.as(await newPerson(of, 'Ana Duarte', 'America/Los_Angeles'));
});

afterAll(() => of.stop());

const LONG = 'x'.repeat(1_500);

describe('everything that is wrong is said at once', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      '/account/tokens',
      { name: '', scopes: '', days: '400' },
      ['What the token is for is empty', 'are one or more of', 'Days until it expires is a whole number'],
    ],
    ['/calendars', { name: '', address: 'ftp://x' }, ['Name is empty', 'Address is no address']],
    [
      '/partnerships/new',
      { name: '', anchor: 'Mars', stage: 'zzz' },
      ['Name is empty', '"Mars" is no time zone', 'is to be one of those that are offered'],
    ],
    [
      '/feeds',
      { name: '', partnership: 'zzz', detail: 'zzz' },
      ['Name is empty', 'What is in it is to be one', 'How much it says is to be one'],
    ],
  ])('by %s', async (path, form, problems) => {
    const answer = await browser.post(path, form);
    expect(answer.status).toBe(422);
    for (const problem of problems) expect(wordsOf(answer)).toContain(problem);
  });
});

describe('a text that is far too long', () => {
  it('is judged by the limit of its field', async () => {
    const answer = await browser.post('/calendars', { name: LONG, address: 'https://example.com/a.ics' });
    expect(answer.status).toBe(422);
    expect(wordsOf(answer)).toContain('Name is longer than 100 characters: shorten it.');
  });

  it('as an address to sign in by leaves the form there, with what was written', async () => {
    const answer = await of.browser().post('/sign-in', { email: LONG });
    expect(answer.status).toBe(422);
    expect(fieldIn(answer, 'email')).toEqual({
      problem: 'E-mail address is no e-mail address: write it as &quot;ana@example.com&quot;.',
      value: LONG,
    });
  });
});
