// Where a search stands: how many stages of each group take which row, and what everybody bears by that.

import type { Groups } from './groups.ts';

export type Standing = {
  /** How many stages take each row. */
  readonly takes: Int32Array;
  /** `C_i` of each partner, then the total with the prices. */
  readonly sums: Int32Array;
  /** `ceil(C_i / ε)`, largest first. */
  readonly levels: Int32Array;
};

/** Nobody has taken anything yet. */
export function emptyStanding(groups: Groups, opening: Int32Array): Standing {
  const sums = new Int32Array(groups.width);
  for (let i = 0; i < groups.partners; i++) {
    sums[i] = opening[i]!;
    sums[groups.partners]! += opening[i]!;
  }
  return {
    takes: new Int32Array(groups.rows.length / groups.width),
    sums,
    levels: new Int32Array(groups.partners),
  };
}

export function copyStanding(from: Standing, to: Standing): void {
  to.takes.set(from.takes);
  to.sums.set(from.sums);
  to.levels.set(from.levels);
}

/** Adds `times` (1 or −1) stages that take `row`; the levels are left as they were. */
export function take({ takes, sums }: Standing, { rows, width }: Groups, row: number, times: number): void {
  takes[row]! += times;
  for (let i = 0, at = row * width; i < width; i++, at++) sums[i]! += times * rows[at]!;
}

/** Brings the levels up to date with the sums. */
export function rank({ sums, levels }: Standing, epsilon: number): void {
  rankInto(levels, sums, epsilon);
}

/** Writes `ceil(C_i / ε)` into `levels`, largest first. */
export function rankInto(levels: Int32Array, sums: Int32Array, epsilon: number): void {
  for (let i = 0; i < levels.length; i++) {
    const level = epsilon === 1 ? sums[i]! : Math.ceil(sums[i]! / epsilon);
    let at = i;
    for (; at > 0 && levels[at - 1]! < level; at--) levels[at] = levels[at - 1]!;
    levels[at] = level;
  }
}

/** Negative where the first is fairer, or as fair and cheaper; `totals` are compared last. */
export function compareRanked(a: Int32Array, totalA: number, b: Int32Array, totalB: number): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return totalA - totalB;
}

/** Negative where the standing `a` is better than `b`. */
export function compareStandings(a: Standing, b: Standing): number {
  const last = a.sums.length - 1;
  return compareRanked(a.levels, a.sums[last]!, b.levels, b.sums[last]!);
}
