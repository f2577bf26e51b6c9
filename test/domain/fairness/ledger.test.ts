import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { absenceCredit, newcomerStart, pointsOf, post } from '../../../src/domain/fairness/ledger.ts';
import { ANA, BEN, CHIARA } from '../../support/cast.ts';

describe('the ledger', () => {
  test('a held occurrence adds thousandths of its points after everything has faded once', () => {
    const after = post(new Map([[ANA.id, 40_000]]), {
      burdens: new Map([
        [ANA.id, 9],
        [BEN.id, 3],
      ]),
      away: [],
    });
    expect(after.get(ANA.id)).toBe(Math.floor(40_000 * 0.9737) + 9_000);
    expect(after.get(BEN.id)).toBe(3_000);
  });

  test('a burden is halved in 26 periods', () => {
    let ledger = new Map([[ANA.id, 1_000_000]]);
    for (let period = 0; period < 26; period++) ledger = post(ledger);
    expect(ledger.get(ANA.id)! / 1_000_000).toBeCloseTo(0.5, 3);
  });

  test('who is away with notice is credited the floor of the mean of those present', () => {
    const after = post(new Map(), {
      burdens: new Map([
        [ANA.id, 10],
        [BEN.id, 5],
      ]),
      away: [CHIARA.id],
    });
    expect(after.get(CHIARA.id)).toBe(7_500);
    expect(absenceCredit([1, 2])).toBe(1);
    expect(absenceCredit([])).toBe(0);
  });

  test('the credit keeps the distance to the average of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 2, maxLength: 11 }), (points) => {
        const mean = points.reduce((sum, each) => sum + each, 0) / points.length;
        expect(Math.abs(absenceCredit(points) - mean)).toBeLessThan(1);
      }),
    );
  });

  test('planning starts from whole points, halves upward', () => {
    expect(pointsOf(new Map([[ANA.id, 1_499]]), ANA.id)).toBe(1);
    expect(pointsOf(new Map([[ANA.id, 1_500]]), ANA.id)).toBe(2);
    expect(pointsOf(new Map(), ANA.id)).toBe(0);
  });

  test('a newcomer starts at the median of the others', () => {
    expect(newcomerStart([5_000, 1_000, 9_000])).toBe(5_000);
    expect(newcomerStart([1_000, 4_001])).toBe(2_500);
    expect(newcomerStart([])).toBe(0);
  });
});
