// Where the search begins: a greedy standing, and the one that the weights of the partners suggest.

import type { Core } from './core.ts';
import type { Table } from './groups.ts';
import { compareRanked, emptyStanding, rank, rankInto, type Standing, take } from './standing.ts';

/** In the order of the groups, each stage takes the row that is fairest so far (greedy leximin). */
export function greedyStanding(table: Table, base: Int32Array, epsilon: number): Standing {
  const standing = emptyStanding(table, base);
  const scratch = { trial: base.slice(), levels: standing.levels.slice(), best: standing.levels.slice() };
  for (let g = 0; g < table.count; g++) {
    for (let n = table.sizes[g]!; n > 0; n--)
      take(standing, table, fairestRow(table, g, { ...scratch, sums: standing.sums, epsilon }), 1);
  }
  rank(standing, epsilon);
  return standing;
}

type Fairness = {
  readonly sums: Int32Array;
  readonly epsilon: number;
  /** Room to work in. */
  readonly trial: Int32Array;
  readonly levels: Int32Array;
  readonly best: Int32Array;
};

function fairestRow(
  { first, rows, width, partners }: Table,
  group: number,
  { sums, epsilon, trial, levels, best }: Fairness,
): number {
  let [fairest, total] = [-1, 0];
  for (let row = first[group]!; row < first[group + 1]!; row++) {
    for (let i = 0; i < width; i++) trial[i] = sums[i]! + rows[row * width + i]!;
    rankInto(levels, trial, epsilon);
    if (fairest >= 0 && compareRanked(levels, trial[partners]!, best, total) >= 0) continue;
    best.set(levels);
    [fairest, total] = [row, trial[partners]!];
  }
  return fairest;
}

/** Each stage takes the row that is cheapest by these weights, the first among equals. */
export function weightedStanding({ table, base }: Core, weights: Float64Array, epsilon: number): Standing {
  const { count, first, rows, width, sizes } = table;
  const standing = emptyStanding(table, base);
  for (let g = 0; g < count; g++) {
    let [cheapest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let row = first[g]!; row < first[g + 1]!; row++) {
      let cost = 0;
      for (let i = 0; i < weights.length; i++) cost += weights[i]! * rows[row * width + i]!;
      if (cost < least) [cheapest, least] = [row, cost];
    }
    take(standing, table, cheapest, sizes[g]!);
  }
  rank(standing, epsilon);
  return standing;
}
