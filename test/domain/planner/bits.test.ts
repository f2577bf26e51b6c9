import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bitsFor,
  clearRange,
  erode,
  indicesIn,
  intersectionOf,
  isSet,
  setRange,
} from '../../../src/domain/planner/bits.ts';

const LENGTH = 160;

/** A bitset, and the same as a plain list of truth values. */
const painted = fc
  .array(fc.record({ start: fc.integer({ min: -5, max: LENGTH }), length: fc.nat(80), sets: fc.boolean() }), {
    maxLength: 8,
  })
  .map((strokes) => {
    const bits = bitsFor(LENGTH);
    const plain = Array.from({ length: LENGTH }, () => false);
    for (const { start, length, sets } of strokes) {
      if (sets) setRange(bits, start, start + length);
      else clearRange(bits, start, start + length);
      for (let k = Math.max(0, start); k < Math.min(LENGTH, start + length); k++) plain[k] = sets;
    }
    return { bits, plain };
  });

const indices = (plain: readonly boolean[]) => plain.flatMap((each, k) => (each ? [k] : []));

describe('bitsets', () => {
  test('hold what was set and cleared, over the edges of words', () => {
    fc.assert(
      fc.property(painted, fc.nat(LENGTH), fc.nat(LENGTH), ({ bits, plain }, from, to) => {
        expect(indicesIn(bits, 0, LENGTH)).toEqual(indices(plain));
        expect(indicesIn(bits, from, to)).toEqual(indices(plain).filter((k) => k >= from && k < to));
        expect(isSet(bits, from)).toBe(plain[from] ?? false);
      }),
    );
  });

  test('have in common what all have', () => {
    fc.assert(
      fc.property(fc.array(painted, { minLength: 1, maxLength: 4 }), (sets) => {
        const common = intersectionOf(sets.map(({ bits }) => bits));
        expect(indicesIn(common, 0, LENGTH)).toEqual(
          indices(sets[0]!.plain.map((_, k) => sets.every(({ plain }) => plain[k]))),
        );
      }),
    );
  });

  test('eroded by a duration leave the starts of stretches that long', () => {
    fc.assert(
      fc.property(painted, fc.integer({ min: 1, max: 70 }), ({ bits, plain }, duration) => {
        erode(bits, duration);
        const starts = indices(plain).filter(
          (k) => k + duration <= LENGTH && plain.slice(k, k + duration).every(Boolean),
        );
        expect(indicesIn(bits, 0, LENGTH)).toEqual(starts);
      }),
    );
  });
});
