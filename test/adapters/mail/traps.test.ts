// Messages that are made to take the reader's time or memory.

import { describe, expect, it } from 'vitest';
import { MESSAGE_LIMITS, readMessage } from '../../../src/adapters/mail/incoming.ts';
import { cpuTime } from '../../support/cpu-time.ts';
import { POSTFIX, RECEIVED, reading } from './raw.ts';

describe('a trap', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'Content-Type: text/plain\n\nx\n'
      : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested(depth - 1)}\n--b${depth}--\n`;

  it('of one byte too many is told of by its size', async () => {
    const size = MESSAGE_LIMITS.bytes + 1;
    const read = await readMessage(Buffer.alloc(size, 'a'), { receivedAt: RECEIVED });
    expect(read).toEqual({ kind: 'too-large', bytes: size });
  });

  it('of too many parts is unreadable', async () => {
    const parts = 'Content-Type: multipart/mixed; boundary=b\n\n'.concat('--b\n'.repeat(15_000));
    expect(await reading(parts)).toEqual({ kind: 'unreadable', why: 'it has too many parts' });
  });

  it('of too many lines is unreadable', async () => {
    const read = await reading(`Subject: x\n\n${'\n'.repeat(500_000)}`);
    expect(read).toEqual({ kind: 'unreadable', why: 'it has too many lines' });
  });

  it('of too many parts within parts is unreadable', async () => {
    expect(await reading(nested(10))).toMatchObject({ kind: 'mail' });
    expect(await reading(nested(40))).toMatchObject({
      kind: 'unreadable',
      why: expect.stringMatching(/nesting/i),
    });
  });

  it.each<[string, string]>([
    ['as many parts as may be', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\n'.repeat(1_900)}`],
    ['messages within messages', 'Content-Type: message/rfc822\n\n'.repeat(9_000)],
    ['one header without end', `Subject: ${'=?UTF-8?Q?a?= '.repeat(15_000)}\n\nx`],
    ['addresses without end', `From: ${'"a" <a@example.org>, '.repeat(10_000)}\n\nx`],
    ['brackets without end', `From: ${'('.repeat(200_000)}\n\nx`],
    ['quotes without end', `From: ${'"\\'.repeat(100_000)}\n\nx`],
    ['parameters without end', `Content-Type: text/plain; ${'a*0*=b; '.repeat(20_000)}\n\nx`],
    ['a line without end', `Subject: x\n\n${'a'.repeat(1_000_000)}`],
    ['HTML without end', `Content-Type: text/html\n\n${'<a <b '.repeat(150_000)}`],
    ['a report of blank lines', POSTFIX.replace('Action: failed', '\n \n'.repeat(9_000))],
    ['an identifier without end', `Message-ID: ${'<'.repeat(200_000)}\n\nx`],
    ['bytes of no meaning', '\u0000\uffff\u0001'.repeat(100_000)],
    ['nothing at all', ''],
  ])('of %s is over in bounded time', async (_, raw) => {
    const began = cpuTime();
    expect((await reading(raw)).kind).toMatch(/^(mail|unreadable)$/);
    expect(cpuTime() - began).toBeLessThan(3_000);
  });
});
