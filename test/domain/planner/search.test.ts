import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borneBy, type ChoiceProblem } from '../../../src/domain/planner/choice.ts';
import { diceFrom } from '../../../src/domain/planner/dice.ts';
import { searchLeximin } from '../../../src/domain/planner/search.ts';
import { bestByBruteForce, problemOf, problems, stageOf, stepsDescending, totalOf } from './problems.ts';

const EFFORT = { seed: 1, steps: 100 };

/** A year of weeks with `options` random options each; no two weeks are alike. */
function randomYear(partners: number, options: number): ChoiceProblem {
  const dice = diceFrom(7);
  const row = () => Array.from({ length: partners }, () => dice(40));
  const stages = Array.from({ length: 52 }, () => stageOf(Array.from({ length: options }, row)));
  return problemOf(stages, { opening: new Array(partners).fill(0) });
}

describe('searchLeximin', () => {
  it('takes turns where each option burdens one partner', () => {
    const week = stageOf([
      [6, 0],
      [0, 6],
    ]);
    const { options, borne } = searchLeximin(
      problemOf([week, week, week, week], { opening: [0, 0] }),
      EFFORT,
    );
    expect(Array.from(borne)).toEqual([12, 12]);
    expect(Array.from(options)).toEqual([1, 1, 0, 0]);
  });

  it('spares whoever has borne more before', () => {
    const week = stageOf([
      [6, 0],
      [0, 6],
    ]);
    const { borne } = searchLeximin(problemOf([week, week], { opening: [12, 0] }), EFFORT);
    expect(Array.from(borne)).toEqual([12, 12]);
  });

  it('prefers a lower worst partner to a lower total', () => {
    const week = stageOf([
      [10, 0],
      [9, 9],
    ]);
    expect(Array.from(searchLeximin(problemOf([week], { opening: [0, 0] }), EFFORT).borne)).toEqual([9, 9]);
  });

  it('looks at prices only among equally fair choices', () => {
    const fairButDear = stageOf(
      [
        [4, 4],
        [5, 5],
      ],
      [50, 0],
    );
    expect(searchLeximin(problemOf([fairButDear], { opening: [0, 0] }), EFFORT).options[0]).toBe(0);
    const equal = stageOf(
      [
        [4, 3],
        [3, 4],
      ],
      [7, 6],
    );
    expect(searchLeximin(problemOf([equal], { opening: [0, 0] }), EFFORT).options[0]).toBe(1);
  });

  it('does not care for points within one step of fairness, and then takes the least total', () => {
    const week = stageOf([
      [7, 7],
      [8, 1],
    ]);
    expect(searchLeximin(problemOf([week], { opening: [0, 0] }), EFFORT).options[0]).toBe(0);
    expect(searchLeximin(problemOf([week], { opening: [0, 0], epsilon: 4 }), EFFORT).options[0]).toBe(1);
  });

  it('has nothing to choose without stages', () => {
    const { options, borne } = searchLeximin(problemOf([], { opening: [3, 1] }), EFFORT);
    expect([Array.from(options), Array.from(borne)]).toEqual([[], [3, 1]]);
  });

  it('is as fair and as cheap as the best of all choices', () => {
    fc.assert(
      fc.property(problems({ partners: 5, stages: 5, options: 4 }), (problem) => {
        const found = searchLeximin(problem, EFFORT);
        const best = bestByBruteForce(problem);
        expect(stepsDescending(found.borne, problem.epsilon)).toEqual(
          stepsDescending(borneBy(problem, best), problem.epsilon),
        );
        expect(totalOf(problem, found.options)).toBe(totalOf(problem, best));
        expect(found.borne).toEqual(borneBy(problem, found.options));
        expect(found.isProven).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same choice for the same seed', () => {
    const problem = randomYear(6, 8);
    const effort = { seed: 5, steps: 100 };
    expect(searchLeximin(problem, effort)).toEqual(searchLeximin(problem, effort));
  });

  it('is never less fair with more steps on a year of different weeks', () => {
    const problem = randomYear(5, 6);
    const quick = searchLeximin(problem, { seed: 1, steps: 0 });
    const long = searchLeximin(problem, { seed: 1, steps: 300 });
    expect(Math.max(...long.borne)).toBeLessThanOrEqual(Math.max(...quick.borne));
  });
});
