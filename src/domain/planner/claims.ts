// The claims that some choice is better than the best one known, one for each place at which it could be.

import type { Standing } from './standing.ts';

/**
 * The limits that a choice keeps if it agrees with `best` in the places before `place` and is better there: largest first,
 * in points. `place` equal to the number of partners means: as fair, and a smaller total, which is then a limit of its own.
 */
export function limitsOf({ levels, sums }: Standing, place: number, epsilon: number): Float64Array {
  const partners = levels.length;
  const hasTotal = place === partners;
  const limits = new Float64Array(partners + (hasTotal ? 1 : 0));
  for (let k = 0; k < partners; k++) {
    limits[k] = epsilon * (k < place ? levels[k]! : levels[place]! - 1);
  }
  if (hasTotal) limits[partners] = sums[partners]! - 1;
  return limits;
}

/** The most that `limits` allow under these weights: the largest weight meets the largest limit. */
export function mostUnder(limits: Float64Array, lambda: Float64Array, partners: number): number {
  const sorted = lambda.slice(0, partners).sort();
  let most = lambda.length > partners ? lambda[partners]! * (limits[partners] ?? 0) : 0;
  for (let k = 0; k < partners; k++) most += sorted[partners - 1 - k]! * limits[k]!;
  return most;
}

/** The most that any of several limits allows. */
export function mostUnderAny(
  claims: readonly Float64Array[],
  lambda: Float64Array,
  partners: number,
): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const limits of claims) most = Math.max(most, mostUnder(limits, lambda, partners));
  return most;
}
