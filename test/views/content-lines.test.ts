// Folding and escaping of content lines.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLines, mailtoAddress, textValue, unfoldLines } from '../../src/views/content-lines.ts';

const octets = (text: string) => Buffer.byteLength(text, 'utf8');
const anyLine = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).map((text) => {
  return `X-A:${text.replace(/[\r\n]/g, '')}`;
});

describe('a folded line', () => {
  it('has 75 octets at most, and breaks no character', () => {
    fc.assert(
      fc.property(anyLine, (line) => {
        for (const part of foldLines([line]).split('\r\n')) {
          expect(octets(part)).toBeLessThanOrEqual(75);
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });

  it('uses all 75 octets before it is folded', () => {
    expect(foldLines(['a'.repeat(75)])).toBe(`${'a'.repeat(75)}\r\n`);
    expect(foldLines(['a'.repeat(76)])).toBe(`${'a'.repeat(75)}\r\n a\r\n`);
  });

  it('is unfolded to what it was', () => {
    fc.assert(
      fc.property(fc.array(anyLine), (lines) => {
        expect(unfoldLines(foldLines(lines))).toEqual(lines);
      }),
    );
  });
});

describe('a value', () => {
  it('has its backslashes, semicolons, commas and line breaks escaped', () => {
    expect(textValue('a\\b;c,d\ne')).toBe('a\\\\b\\;c\\,d\\ne');
  });

  it('has in an address whatever could be taken for syntax percent-encoded', () => {
    expect(mailtoAddress('ana+calls@example.org')).toBe('ana+calls@example.org');
    expect(mailtoAddress('a,b;c:d"e?f@example.org')).toBe('a%2Cb%3Bc%3Ad%22e%3Ff@example.org');
  });
});
