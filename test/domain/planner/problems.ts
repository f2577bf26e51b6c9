// Small random problems, and what is true of them by trying everything.

import fc from 'fast-check';
import { borneBy, type ChoiceProblem, type Stage } from '../../../src/domain/planner/choice.ts';

/** A stage whose options burden the partners by `rows`, at these prices (none where left out). */
export function stageOf(rows: readonly (readonly number[])[], prices?: readonly number[]): Stage {
  return {
    count: rows.length,
    burdens: Int32Array.from(rows.flat()),
    prices: Int32Array.from(prices ?? rows.map(() => 0)),
  };
}

export function problemOf(
  stages: readonly Stage[],
  { opening, epsilon = 1 }: { readonly opening: readonly number[]; readonly epsilon?: number },
): ChoiceProblem {
  return { partners: opening.length, opening: Int32Array.from(opening), epsilon, stages };
}

/** Every choice of one option per stage. */
export function* allChoices({ stages }: ChoiceProblem): Generator<Int32Array> {
  const options = new Int32Array(stages.length);
  for (;;) {
    yield options.slice();
    let t = 0;
    while (t < stages.length && options[t]! + 1 === stages[t]!.count) options[t++] = 0;
    if (t === stages.length) return;
    options[t]!++;
  }
}

/** Sum of all `C_i` and prices: rule 2. */
export function totalOf(problem: ChoiceProblem, options: Int32Array): number {
  let total = 0;
  for (const points of borneBy(problem, options)) total += points;
  for (const [t, stage] of problem.stages.entries()) total += stage.prices[options[t]!]!;
  return total;
}

/** The best choice by rules 1 and 2, found by trying all. */
export function bestByBruteForce(problem: ChoiceProblem): Int32Array {
  let best: Int32Array | undefined;
  for (const options of allChoices(problem)) {
    if (!best || compareChoices(problem, options, best) < 0) best = options;
  }
  return best!;
}

export function compareChoices(problem: ChoiceProblem, a: Int32Array, b: Int32Array): number {
  return (
    compareLeximin(borneBy(problem, a), borneBy(problem, b), problem.epsilon) ||
    totalOf(problem, a) - totalOf(problem, b)
  );
}

type Sizes = { readonly partners: number; readonly stages: number; readonly options: number };

/** Problems with at most `options ** stages` choices; stages repeat often, as weeks do. */
export function problems({ partners, stages, options }: Sizes): fc.Arbitrary<ChoiceProblem> {
  return fc
    .record({
      partners: fc.integer({ min: 1, max: partners }),
      epsilon: fc.constantFrom(1, 1, 4),
      priced: fc.boolean(),
    })
    .chain(({ partners: count, epsilon, priced }) => {
      const points = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 60 }));
      const price = priced ? fc.integer({ min: 0, max: 8 }) : fc.constant(0);
      const row = fc.tuple(fc.array(points, { minLength: count, maxLength: count }), price);
      const stage = fc.array(row, { minLength: 1, maxLength: options });
      const kinds = fc.array(stage, { minLength: 1, maxLength: 3 });
      return fc.record({
        partners: fc.constant(count),
        epsilon: fc.constant(epsilon),
        opening: fc.array(fc.integer({ min: 0, max: 80 }), { minLength: count, maxLength: count }),
        kinds,
        order: fc.array(fc.nat(), { minLength: 1, maxLength: stages }),
      });
    })
    .map(({ opening, epsilon, kinds, order }) => {
      const made = kinds.map((rows) =>
        stageOf(
          rows.map(([burdens]) => burdens),
          rows.map(([, price]) => price),
        ),
      );
      return problemOf(
        order.map((n) => made[n % made.length]!),
        { opening, epsilon },
      );
    });
}

/** Negative where `a` is fairer than `b`: the descending vectors of `ceil(C / ε)` compared lexicographically. */
export function compareLeximin(a: Int32Array, b: Int32Array, epsilon: number): number {
  const [left, right] = [stepsDescending(a, epsilon), stepsDescending(b, epsilon)];
  for (let i = 0; i < left.length; i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!;
  }
  return 0;
}

/** `ceil(C_i / ε)`, largest first. */
export function stepsDescending(borne: Int32Array, epsilon: number): Int32Array {
  return borne
    .map((points) => Math.ceil(points / epsilon))
    .sort()
    .reverse();
}
