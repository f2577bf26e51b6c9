// How fair any plan could be at best: a Lagrangian bound on the worst partner, and the weights that prove it.

import type { ChoiceProblem } from './choice.ts';
import { type Groups, groupStages } from './groups.ts';

export type Bound = {
  /** No plan has a smaller worst `C_i` than this (a fraction; exact to about 12 digits). */
  readonly bound: number;
  /** The least integer not below `bound`, in exact integer arithmetic: no plan has a smaller worst `C_i`. */
  readonly worst: number;
  /** Weight of each partner, none negative, adding up to 1. */
  readonly lambda: Float64Array;
};

/** Enough for a gap of well under a thousandth on all instances of the bench. */
const STEPS = 300;

/** Weights are rounded to multiples of 2^-20, so that the sums behind `worst` are exact integers below 2^53. */
const UNIT = 2 ** 20;

/** The bound `max over λ in the simplex of Σ_i λ_i·opening_i + Σ_t min_o Σ_i λ_i·b_i(o)` (Polyak's subgradient method). */
export function dualBound(
  problem: ChoiceProblem,
  limits: { readonly steps?: number; readonly target?: number } = {},
): Bound {
  const groups = groupStages(problem);
  return boundOf(groups, problem.opening, { steps: STEPS, ...limits });
}

/** The same for stages that have been grouped already. `target` is the worst `C_i` of the best plan that is known. */
export function boundOf(
  groups: Groups,
  opening: Int32Array,
  { steps, target }: { readonly steps: number; readonly target?: number },
): Bound {
  const { partners } = groups;
  const lambda = new Float64Array(partners).fill(1 / partners);
  const best = lambda.slice();
  const slope = new Float64Array(partners);
  let [bound, ceiling, patience] = [-1, target ?? Number.POSITIVE_INFINITY, 0];
  let length = 1;
  for (let step = 0; step < steps; step++) {
    const value = evaluate(groups, opening, lambda, slope);
    if (target === undefined) ceiling = Math.min(ceiling, maximum(slope));
    if (value > bound + 1e-9 * Math.abs(bound)) {
      bound = value;
      best.set(lambda);
      patience = 0;
    } else if (++patience === 6) {
      length *= 0.6;
      patience = 0;
      lambda.set(best);
      evaluate(groups, opening, lambda, slope);
    }
    if (!climb(lambda, slope, length * (ceiling - value))) break;
  }
  return exactly(groups, opening, best);
}

/** The dual function at `lambda`; leaves in `slope` what each partner bears in its minimiser, which is its subgradient. */
function evaluate(groups: Groups, opening: Int32Array, lambda: Float64Array, slope: Float64Array): number {
  const { partners, width, rows, first, sizes, count } = groups;
  for (let i = 0; i < partners; i++) slope[i] = opening[i]!;
  for (let g = 0; g < count; g++) {
    let [cheapest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let r = first[g]!; r < first[g + 1]!; r++) {
      let cost = 0;
      for (let i = 0, at = r * width; i < partners; i++, at++) cost += lambda[i]! * rows[at]!;
      if (cost < least) [cheapest, least] = [r, cost];
    }
    for (let i = 0; i < partners; i++) slope[i]! += sizes[g]! * rows[cheapest * width + i]!;
  }
  let value = 0;
  for (let i = 0; i < partners; i++) value += lambda[i]! * slope[i]!;
  return value;
}

/** One step of `gain` (in points) along the slope, back onto the simplex. False where the slope is flat. */
function climb(lambda: Float64Array, slope: Float64Array, gain: number): boolean {
  const partners = lambda.length;
  let mean = 0;
  for (let i = 0; i < partners; i++) mean += slope[i]! / partners;
  let square = 0;
  for (let i = 0; i < partners; i++) square += (slope[i]! - mean) ** 2;
  if (square === 0 || gain <= 0) return false;
  for (let i = 0; i < partners; i++) lambda[i]! += (gain / square) * (slope[i]! - mean);
  ontoSimplex(lambda);
  return true;
}

/** The nearest point of the simplex: takes away from all positive weights alike until they add up to 1. */
function ontoSimplex(lambda: Float64Array): void {
  for (;;) {
    let [sum, positive] = [0, 0];
    for (const each of lambda) {
      if (each > 0) [sum, positive] = [sum + each, positive + 1];
    }
    const excess = (sum - 1) / positive;
    let isDone = true;
    for (let i = 0; i < lambda.length; i++) {
      if (lambda[i]! <= 0) lambda[i] = 0;
      else {
        lambda[i]! -= excess;
        if (lambda[i]! < 0) isDone = false;
      }
    }
    if (isDone) return;
  }
}

function exactly(groups: Groups, opening: Int32Array, lambda: Float64Array): Bound {
  const units = inUnits(lambda);
  const value = evaluate(groups, opening, units, new Float64Array(lambda.length));
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

function maximum(values: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const each of values) largest = Math.max(largest, each);
  return largest;
}
