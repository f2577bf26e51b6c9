// Lagrangian weights by subgradient ascent: the one proof behind the bound, the pruning and the early stop of the search.

import type { Table } from './groups.ts';

/** What is to be refuted: that some choice leaves the partner in k-th place (largest first) with at most `limits[k]`. */
export type Claim = {
  /** One limit per place, none larger than the one before; optionally one more, for the total. */
  readonly limits: Float64Array;
  /** What everybody bears before any stage of the table, then the total. */
  readonly base: Int32Array;
};

/** Steps without a better value after which the step length shrinks, and by what it is multiplied. */
const PATIENCE = 5;
const SHRINKING = 0.6;

/**
 * Looks for weights λ (none negative, adding up to 1; `lambda` is where to start, and then the best found) under which even the
 * cheapest choice costs more than the claim allows: maximises `min Σ λ·C − max over orders Σ λ·limits`, which is concave.
 * Returns the best difference; above zero the claim is refuted. Stops after `steps` or once the difference exceeds `enough`.
 */
export function ascend(
  table: Table,
  { base, limits }: Claim,
  lambda: Float64Array,
  { steps, aim, enough }: { readonly steps: number; readonly aim: number; readonly enough: number },
): number {
  const slope = new Float64Array(lambda.length);
  const order = new Int32Array(table.partners);
  const current = lambda.slice();
  let [best, failures, length] = [Number.NEGATIVE_INFINITY, 0, 1];
  for (let step = 0; step < steps; step++) {
    slopeAt(table, base, current, slope);
    subtractLimits(limits, current, order, slope);
    let value = 0;
    for (let i = 0; i < slope.length; i++) value += current[i]! * slope[i]!;
    if (value > best) {
      best = value;
      lambda.set(current);
      failures = 0;
      if (best > enough) break;
    } else if (++failures === PATIENCE) {
      [length, failures] = [length * SHRINKING, 0];
    }
    if (!climb(current, slope, length * Math.max(aim - value, (aim - best) / 2, 1e-3))) break;
  }
  return best;
}

/** What everybody bears, on top of `base`, in the choice that is cheapest under `lambda`. */
function slopeAt(table: Table, base: Int32Array, lambda: Float64Array, slope: Float64Array): void {
  const { width, rows, first, sizes, count } = table;
  const size = lambda.length;
  for (let i = 0; i < size; i++) slope[i] = base[i]!;
  for (let g = 0; g < count; g++) {
    let least = Number.POSITIVE_INFINITY;
    let cheapest = 0;
    for (let at = first[g]! * width, end = first[g + 1]! * width; at < end; at += width) {
      let cost = 0;
      for (let i = 0; i < size; i++) cost += lambda[i]! * rows[at + i]!;
      if (cost < least) {
        least = cost;
        cheapest = at;
      }
    }
    const times = sizes[g]!;
    for (let i = 0; i < size; i++) slope[i]! += times * rows[cheapest + i]!;
  }
}

/** Takes from each partner the limit of the place that their weight has (largest first); from the total its own. */
function subtractLimits(
  limits: Float64Array,
  lambda: Float64Array,
  order: Int32Array,
  slope: Float64Array,
): void {
  const partners = order.length;
  for (let i = 0; i < partners; i++) {
    let at = i;
    for (; at > 0 && isBefore(lambda, slope, i, order[at - 1]!); at--) order[at] = order[at - 1]!;
    order[at] = i;
  }
  for (let place = 0; place < partners; place++) slope[order[place]!]! -= limits[place]!;
  if (lambda.length > partners) slope[partners]! -= limits[partners]!;
}

const isBefore = (lambda: Float64Array, slope: Float64Array, a: number, b: number): boolean =>
  lambda[a] !== lambda[b] ? lambda[a]! > lambda[b]! : slope[a]! > slope[b]!;

/** One step that would gain `gain` if all were linear, back onto the simplex. False where the slope is flat. */
function climb(lambda: Float64Array, slope: Float64Array, gain: number): boolean {
  const size = lambda.length;
  let mean = 0;
  for (let i = 0; i < size; i++) mean += slope[i]!;
  mean /= size;
  let square = 0;
  for (let i = 0; i < size; i++) square += (slope[i]! - mean) * (slope[i]! - mean);
  if (square === 0) return false;
  const step = gain / square;
  for (let i = 0; i < size; i++) lambda[i]! += step * (slope[i]! - mean);
  ontoSimplex(lambda);
  return true;
}

/** Takes away from all positive weights alike until they add up to 1: the nearest point of the simplex. */
function ontoSimplex(lambda: Float64Array): void {
  for (let isDone = false; !isDone; ) {
    let [sum, positive] = [0, 0];
    for (let i = 0; i < lambda.length; i++) {
      if (lambda[i]! <= 0) continue;
      sum += lambda[i]!;
      positive++;
    }
    const excess = (sum - 1) / positive;
    isDone = true;
    for (let i = 0; i < lambda.length; i++) {
      lambda[i] = lambda[i]! > 0 ? lambda[i]! - excess : 0;
      if (lambda[i]! < 0) isDone = false;
    }
  }
}
