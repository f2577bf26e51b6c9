import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dualBound } from '../../../src/domain/planner/bound.ts';
import { borneBy } from '../../../src/domain/planner/choice.ts';
import { allChoices, problemOf, problems, stageOf } from './problems.ts';

describe('dualBound', () => {
  it('is exact where taking turns is possible', () => {
    const week = stageOf([
      [6, 0],
      [0, 6],
    ]);
    const { bound, worst, lambda } = dualBound(problemOf([week, week], { opening: [0, 0] }));
    expect([bound, worst]).toEqual([6, 6]);
    expect(Array.from(lambda)).toEqual([0.5, 0.5]);
  });

  it('gives all weight to the one whom nothing can help', () => {
    const week = stageOf([
      [9, 0],
      [9, 2],
    ]);
    const { worst, lambda } = dualBound(problemOf([week], { opening: [20, 0] }));
    expect(worst).toBe(29);
    expect(lambda[0]).toBeCloseTo(1, 2);
  });

  it('is never above the least worst partner of all choices, and its weights add up to one', () => {
    fc.assert(
      fc.property(problems({ partners: 5, stages: 5, options: 4 }), (problem) => {
        const { bound, worst, lambda } = dualBound(problem);
        let least = Number.POSITIVE_INFINITY;
        for (const options of allChoices(problem)) {
          least = Math.min(least, Math.max(...borneBy(problem, options)));
        }
        expect(bound).toBeLessThanOrEqual(least);
        expect(worst).toBeLessThanOrEqual(least);
        expect(worst).toBe(Math.ceil(bound));
        expect(lambda.reduce((sum, each) => sum + each, 0)).toBe(1);
        expect(lambda.every((each) => each >= 0)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
