// Whether our mail server vouches for the sender, and not the sender.

import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../support/cpu-time.ts';
import { headed, mailIn } from './raw.ts';

describe('what our mail server found out about the sender', () => {
  const verdict = async (headers: readonly string[], authority?: string): Promise<string> => {
    const raw = headed(...headers.map((header) => `Authentication-Results: ${header}`));
    return (await mailIn(raw, { authority })).authentication;
  };

  it.each<[string, string]>([
    ['mx.example.org; dmarc=pass header.from=example.com', 'pass'],
    ['mx.example.org 1; spf=pass; DMARC = Fail (p=reject)', 'fail'],
    ['mx.example.org; dmarc=none', 'unknown'],
    ['mx.example.org; dmarc=temperror', 'unknown'],
    ['mx.example.org; spf=pass; dkim=pass', 'unknown'],
    ['mx.example.org; none', 'unknown'],
    ['mx.example.org; xdmarc=pass', 'unknown'],
    ['mx.example.org; dmarc=pass; dmarc=fail', 'unknown'],
  ])('is read from %s: %s', async (header, expected) => {
    expect(await verdict([header])).toBe(expected);
  });

  it('is unknown where it says nothing', async () => {
    expect(await verdict([])).toBe('unknown');
  });

  it('is what the topmost header says: those below may be the sender’s', async () => {
    expect(await verdict(['mx.example.org; dmarc=fail', 'mx.example.org; dmarc=pass'])).toBe('fail');
    expect(await verdict(['mx.example.org; spf=none', 'mx.example.org; dmarc=pass'])).toBe('unknown');
  });

  it('is what the header with the name of our server says, where that is known', async () => {
    const headers = [
      'evil.example; dmarc=pass',
      'MX.example.org 1; dmarc=fail',
      'mx.example.org; dmarc=pass',
    ];
    expect(await verdict(headers, 'mx.example.org')).toBe('fail');
    expect(await verdict(headers, 'other.example.org')).toBe('unknown');
  });

  it.each([
    'mx.example.org; spf=fail smtp.mailfrom="a; dmarc=pass "@evil.example',
    'mx.example.org; spf=fail (a; dmarc=pass (b); dmarc=pass) smtp.mailfrom=evil.example',
    'mx.example.org; spf=fail (a\\); dmarc=pass)',
    'mx.example.org; spf=fail "a\\"; dmarc=pass"',
  ])('does not come from what the sender wrote: %s', async (header) => {
    expect(await verdict([header])).toBe('unknown');
  });

  it('is found in bounded time in a header made of brackets', async () => {
    const began = cpuTime();
    expect(await verdict([`mx.example.org; ${'('.repeat(100_000)}`])).toBe('unknown');
    expect(cpuTime() - began).toBeLessThan(2_000);
  });
});
