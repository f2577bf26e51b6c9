// How fair any plan could be at best: a Lagrangian bound on the worst partner, and the weights that prove it.

import { ascend } from './ascent.ts';
import type { ChoiceProblem } from './choice.ts';
import { groupStages, type Table } from './groups.ts';

/** A proof, by weights of the partners, that no plan is fairer than so much. */
export type Bound = {
  /** No plan has a smaller worst `C_i` than this (a fraction, exact to about 15 digits). */
  readonly bound: number;
  /** The least integer not below `bound`, in exact integer arithmetic: no plan has a smaller worst `C_i`. */
  readonly worst: number;
  /** Weight of each partner, none negative, adding up to 1. */
  readonly lambda: Float64Array;
};

/** Within a thousandth of the best bound on all instances of the bench. */
const STEPS = 400;

/** Weights are rounded to multiples of 2^-20, so that the sums behind `worst` are exact integers below 2^53. */
const UNIT = 2 ** 20;

/**
 * The bound `max over λ in the simplex of Σ_i λ_i·opening_i + Σ_t min_o Σ_i λ_i·b_i(o)` (Polyak's subgradient method).
 * `target` is the worst `C_i` of the best plan that is known: with it the method converges faster.
 */
export function dualBound(
  problem: ChoiceProblem,
  { steps = STEPS, target }: { readonly steps?: number; readonly target?: number } = {},
): Bound {
  const { partners, opening } = problem;
  const table = groupStages(problem);
  const lambda = new Float64Array(partners).fill(1 / partners);
  const aim = target ?? rotatedWorst(table, opening);
  const claim = { base: opening, limits: new Float64Array(partners) };
  ascend(table, claim, lambda, { steps, aim, enough: aim - 1e-9 });
  return exactly(table, opening, lambda);
}

/** A rough guess of the worst `C_i`: the mean over everybody if each stage took its least total. */
function rotatedWorst({ count, first, rows, width, partners, sizes }: Table, opening: Int32Array): number {
  let total = 0;
  for (let i = 0; i < partners; i++) total += opening[i]!;
  for (let g = 0; g < count; g++) {
    let least = Number.POSITIVE_INFINITY;
    for (let r = first[g]!; r < first[g + 1]!; r++) least = Math.min(least, rows[r * width + partners]!);
    total += sizes[g]! * least;
  }
  return (2 * total) / partners + 1;
}

/** The bound at these weights, rounded to units, without an error of rounding. */
function exactly(table: Table, opening: Int32Array, lambda: Float64Array): Bound {
  const { partners, width, rows, first, sizes, count } = table;
  const units = inUnits(lambda);
  let value = 0;
  for (let i = 0; i < partners; i++) value += units[i]! * opening[i]!;
  for (let g = 0; g < count; g++) {
    let least = Number.POSITIVE_INFINITY;
    for (let r = first[g]!; r < first[g + 1]!; r++) {
      let cost = 0;
      for (let i = 0; i < partners; i++) cost += units[i]! * rows[r * width + i]!;
      least = Math.min(least, cost);
    }
    value += sizes[g]! * least;
  }
  return { bound: value / UNIT, worst: Math.ceil(value / UNIT), lambda: units.map((each) => each / UNIT) };
}

/** Whole numbers that add up to `UNIT`: all rounded down, the largest takes the rest. */
function inUnits(lambda: Float64Array): Float64Array {
  const units = lambda.map((each) => Math.floor(each * UNIT));
  let [rest, largest] = [UNIT, 0];
  for (const [i, each] of units.entries()) {
    rest -= each;
    if (each > units[largest]!) largest = i;
  }
  units[largest]! += rest;
  return units;
}
