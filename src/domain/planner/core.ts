// What is left to decide once the weights have ruled out most options: a small table, and the way back to the whole one.

import type { Table } from './groups.ts';
import { emptyStanding, rank, type Standing, take } from './standing.ts';

/** The part of a table that is still open. */
export type Core = {
  /** Only groups with at least two rows left. */
  readonly table: Table;
  /** What everybody bears by the opening and by the groups that are settled, then the total. */
  readonly base: Int32Array;
  /** For each row of the table its row in the whole table. */
  readonly origin: Int32Array;
  /** How many stages take each row of the whole table, of the groups that are settled. */
  readonly settled: Int32Array;
};

/** The core in which everything is still open, except groups of a single row. */
export function wholeCore(table: Table, opening: Int32Array): Core {
  const base = new Int32Array(table.width);
  base.set(opening);
  for (const points of opening) base[table.partners]! += points;
  const height = table.rows.length / table.width;
  const origin = new Int32Array(height);
  for (let row = 0; row < height; row++) origin[row] = row;
  return shrink({ table, base, origin, settled: new Int32Array(height) }, new Float64Array(height), 0);
}

/** Keeps the rows whose excess is at most `room`; each group has one of excess 0. */
export function shrink({ table, base, origin, settled }: Core, excess: Float64Array, room: number): Core {
  const { width, partners } = table;
  const fixed = { base: base.slice(), settled: settled.slice() };
  const [first, sizes, kept]: [number[], number[], number[]] = [[0], [], []];
  for (let g = 0; g < table.count; g++) {
    const start = kept.length;
    for (let row = table.first[g]!; row < table.first[g + 1]!; row++)
      if (excess[row]! <= room) kept.push(row);
    if (kept.length - start > 1) {
      first.push(kept.length);
      sizes.push(table.sizes[g]!);
      continue;
    }
    const row = kept.pop()!;
    fixed.settled[origin[row]!]! += table.sizes[g]!;
    for (let i = 0; i < width; i++) fixed.base[i]! += table.sizes[g]! * table.rows[row * width + i]!;
  }
  const rows = new Int32Array(kept.length * width);
  for (let n = 0; n < kept.length; n++) {
    for (let i = 0; i < width; i++) rows[n * width + i] = table.rows[kept[n]! * width + i]!;
  }
  return {
    table: {
      partners,
      width,
      count: sizes.length,
      first: Int32Array.from(first),
      sizes: Int32Array.from(sizes),
      rows,
    },
    base: fixed.base,
    origin: Int32Array.from(kept, (row) => origin[row]!),
    settled: fixed.settled,
  };
}

/** How much more each row costs under `lambda` than the cheapest of its group; returns the cost of all the cheapest. */
export function excessUnder({ table, base }: Core, lambda: Float64Array, excess: Float64Array): number {
  const { width, rows, first, sizes, count } = table;
  let bound = 0;
  for (let i = 0; i < lambda.length; i++) bound += lambda[i]! * base[i]!;
  for (let g = 0; g < count; g++) {
    let least = Number.POSITIVE_INFINITY;
    for (let row = first[g]!; row < first[g + 1]!; row++) {
      let cost = 0;
      for (let i = 0; i < lambda.length; i++) cost += lambda[i]! * rows[row * width + i]!;
      excess[row] = cost;
      if (cost < least) least = cost;
    }
    for (let row = first[g]!; row < first[g + 1]!; row++) excess[row]! -= least;
    bound += sizes[g]! * least;
  }
  return bound;
}

/** How many stages take each row of the whole table. */
export function takesOfWhole({ origin, settled }: Core, takes: Int32Array): Int32Array {
  const whole = settled.slice();
  for (let row = 0; row < takes.length; row++) whole[origin[row]!]! += takes[row]!;
  return whole;
}

/** A standing over the whole table, seen from the core; the core has all that it takes. */
export function projected(core: Core, whole: Standing, epsilon: number): Standing {
  const standing = emptyStanding(core.table, core.base);
  for (const [row, origin] of core.origin.entries()) {
    if (whole.takes[origin]! > 0) take(standing, core.table, row, whole.takes[origin]!);
  }
  rank(standing, epsilon);
  return standing;
}
