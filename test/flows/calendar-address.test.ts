// What somebody wrote as the address of a calendar.

import { describe, expect, it } from 'vitest';
import { readCalendarAddress } from '../../src/flows/calendar-address.ts';

const isPublic = (host: string) => !host.startsWith('10.') && host !== '::1';

describe('a text', () => {
  it.each([
    ['https://example.com/ana.ics', 'https://example.com/ana.ics', 'example.com'],
    ['  HTTPS://Example.COM/Ana.ics ', 'https://example.com/Ana.ics', 'example.com'],
    ['webcal://example.com/a?key=b', 'https://example.com/a?key=b', 'example.com'],
    ['webcals://example.com/a', 'https://example.com/a', 'example.com'],
    ['https://ana:word@example.com:8443/a', 'https://ana:word@example.com:8443/a', 'example.com'],
    ['https://[2606:2800:220:1::1]/a', 'https://[2606:2800:220:1::1]/a', '2606:2800:220:1::1'],
  ])('"%s" is an address', (text, url, host) => {
    expect(readCalendarAddress(text, isPublic)).toEqual({ kind: 'address', url, host });
  });
  it.each(['', 'ana.ics', './work/ana.ics', 'example.com'])('"%s" is none', (text) => {
    expect(readCalendarAddress(text, isPublic)).toEqual({ kind: 'no-address' });
  });
  it.each([
    'https//example.com/a',
    'https:/example.com/a',
    '<https://example.com/a>',
    'https://',
    'https://exa mple.com/a',
    'https://example.com/a\nhttps://example.com/b',
    'https://example.com/\u2028a',
  ])('"%s" is a mistyped one', (text) => {
    expect(readCalendarAddress(text, isPublic)).toEqual({ kind: 'mistyped' });
  });
  it.each([
    ['http://example.com/a', 'http'],
    ['FILE:///etc/passwd', 'file'],
  ])('"%s" has another scheme', (text, scheme) => {
    expect(readCalendarAddress(text, isPublic)).toEqual({ kind: 'other-scheme', scheme });
  });
  it.each([
    ['https://10.0.0.1/a', '10.0.0.1'],
    ['https://0xa.1/a', '10.0.0.1'],
    ['https://[::1]/a', '::1'],
    ['https://localhost/a', 'localhost'],
    ['webcal://LOCALHOST./a', 'localhost.'],
    ['https://calendar.localhost:8443/a', 'calendar.localhost'],
  ])('"%s" is private', (text, host) => {
    expect(readCalendarAddress(text, isPublic)).toEqual({ kind: 'private', host });
  });
});
