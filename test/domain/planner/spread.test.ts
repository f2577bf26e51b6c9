import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borneBy } from '../../../src/domain/planner/choice.ts';
import { spreadOverTime, unevenness } from '../../../src/domain/planner/spread.ts';
import { problemOf, problems, stageOf } from './problems.ts';

const TURNS = stageOf([
  [6, 0],
  [0, 6],
]);

describe('spreadOverTime', () => {
  it('alternates instead of piling up', () => {
    const problem = problemOf([TURNS, TURNS, TURNS, TURNS], { opening: [0, 0] });
    const options = Int32Array.of(0, 0, 1, 1);
    const spread = spreadOverTime(problem, { options, borne: borneBy(problem, options) });
    expect(Array.from(spread.options)).toEqual([1, 0, 0, 1]);
    expect(unevenness(problem, options)).toBe(1728);
    expect(unevenness(problem, spread.options)).toBe(576);
  });

  it('exchanges options only between stages that have the same', () => {
    const other = stageOf([
      [6, 0],
      [0, 7],
    ]);
    const problem = problemOf([TURNS, other], { opening: [0, 0] });
    const options = Int32Array.of(0, 0);
    expect(spreadOverTime(problem, { options, borne: borneBy(problem, options) }).options).toEqual(options);
  });

  it('never changes what anybody has borne, nor raises the unevenness', () => {
    fc.assert(
      fc.property(
        problems({ partners: 4, stages: 12, options: 4 }),
        fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
        (problem, picks) => {
          const options = Int32Array.from(problem.stages, (stage, t) => picks[t]! % stage.count);
          const before = { options, borne: borneBy(problem, options) };
          const after = spreadOverTime(problem, before);
          expect(after.borne).toEqual(before.borne);
          expect(after.borne).toEqual(borneBy(problem, after.options));
          expect(unevenness(problem, after.options)).toBeLessThanOrEqual(unevenness(problem, options));
        },
      ),
    );
  });
});
