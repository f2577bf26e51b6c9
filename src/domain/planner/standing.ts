// Where a search stands: how many stages of each group take which row, and what everybody bears by that.

import type { Table } from './groups.ts';

/** A choice in the making: rows taken, and what follows from them. */
export type Standing = {
  /** How many stages take each row. */
  readonly takes: Int32Array;
  /** `C_i` of each partner, then the total with the prices. */
  readonly sums: Int32Array;
  /** `ceil(C_i / ε)`, largest first. */
  readonly levels: Int32Array;
};

/** Nobody has taken anything yet: everybody bears `base` (and its last number is the total). */
export function emptyStanding({ rows, width, partners }: Table, base: Int32Array): Standing {
  return { takes: new Int32Array(rows.length / width), sums: base.slice(), levels: new Int32Array(partners) };
}

/** Adds `times` stages (takes them away where negative) that take `row`; the levels are left as they were. */
export function take({ takes, sums }: Standing, { rows, width }: Table, row: number, times: number): void {
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
