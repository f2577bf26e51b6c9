// Instants and their text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, instantOf, parseInstant, plus } from '../../../src/domain/time/instant.ts';
import { anyInstant } from '../../support/arbitraries.ts';

describe('an instant', () => {
  it('is milliseconds since 1970 in UTC', () => {
    expect(parseInstant('1970-01-01T00:00:00Z')).toBe(0);
    expect(parseInstant('2027-01-05T16:00:00Z')).toBe(Date.UTC(2027, 0, 5, 16));
  });

  it('is read with an offset instead of Z', () => {
    expect(parseInstant('2027-01-05T08:00:00-08:00')).toBe(parseInstant('2027-01-05T16:00Z'));
    expect(parseInstant('2027-01-05T21:45:00+0545')).toBe(parseInstant('2027-01-05T16:00Z'));
  });

  it('keeps the milliseconds it is given', () => {
    expect(parseInstant('2027-01-05T16:00:00.250Z')).toBe(Date.UTC(2027, 0, 5, 16, 0, 0, 250));
  });

  it.each([
    '2027-01-05T16:00:00',
    '2027-02-29T16:00:00Z',
    '2027-01-05',
    '2027-01-05T24:00:00Z',
    '2027-01-05T16:60:00Z',
    '2027-01-05T16:00:00+24:00',
    'tomorrow',
  ])('is not read from "%s"', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('is never made of what is no number', () => {
    expect(() => instantOf(Number.NaN)).toThrow(RangeError);
    expect(() => instantOf(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it('moves by a length of time in both directions', () => {
    expect(plus(instantOf(1_000), -1_500)).toBe(-500);
  });

  it('is written as the standard library writes it', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        expect(formatInstant(instant)).toBe(new Date(instant).toISOString().replace('.000', ''));
      }),
    );
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(anyInstant, (instant) => parseInstant(formatInstant(instant)) === instant));
  });
});
