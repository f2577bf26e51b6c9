import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weeklyBurden } from '../../../src/domain/fairness/burden.ts';
import { windowsOf } from '../../support/cast.ts';

const DAY_SHIFT = windowsOf('Mon-Fri 09:00-17:00');

/** Points of a call of `quarters` quarter-hours that begins on `weekday` at `clock`. */
function call(weekday: number, clock: string, quarters = 2, windows = DAY_SHIFT): number {
  const [hours, minutes] = clock.split(':').map(Number);
  const first = (weekday - 1) * 96 + hours! * 4 + minutes! / 15;
  const table = weeklyBurden(windows);
  return Array.from({ length: quarters }, (_, k) => table[(first + k) % 672]!).reduce(
    (sum, points) => sum + points,
    0,
  );
}

describe('the burden curve', () => {
  test.each([
    ['07:00', 9],
    ['18:00', 6],
    ['20:00', 28],
    ['22:00', 58],
    ['06:00', 22],
    ['09:00', 0],
    ['16:30', 0],
  ])('a half-hour call on a working day at %s costs %i', (clock, points) => {
    expect(call(3, clock)).toBe(points);
  });

  test('a call across the edge costs only what lies outside', () => {
    expect(call(3, '16:45')).toBe(0 + call(3, '17:00', 1));
  });

  test('a weekend costs up to the cap by the same rule: 50 points a quarter', () => {
    expect(call(7, '12:00')).toBe(100);
  });

  test('the nearest window may be on the next day, also over the end of the week', () => {
    expect(call(7, '23:45', 1)).toBe(50);
    expect(call(1, '08:45', 1)).toBe(call(1, '17:00', 1));
    expect(call(7, '23:45', 1, windowsOf('Mon 00:00-08:00'))).toBe(0);
    expect(call(7, '23:30', 1, windowsOf('Mon 00:00-08:00'))).toBe(1);
  });

  test('a window that wraps past midnight is one window', () => {
    expect(call(2, '00:00', 4, windowsOf('Mon 22:00-06:00'))).toBe(0);
    expect(call(1, '00:00', 4, windowsOf('Sun 22:00-06:00'))).toBe(0);
  });

  test('it never falls while one goes away from the comfortable hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 26 }), (weekday, k) => {
        const table = weeklyBurden(DAY_SHIFT);
        const evening = (weekday - 1) * 96 + 17 * 4;
        expect(table[evening + k + 1]).toBeGreaterThanOrEqual(table[evening + k]!);
      }),
    );
  });

  test('with no comfortable hour at all every quarter costs the cap', () => {
    expect(new Set(weeklyBurden([]))).toEqual(new Set([50]));
  });
});
