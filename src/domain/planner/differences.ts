// The moves that are possible now: one stage of a group takes another row. Equal differences of burdens are kept once.

import type { Table } from './groups.ts';
import { rowHashes } from './row-hashes.ts';
import { type Standing, take } from './standing.ts';

/** Room for the moves of one table, allocated once per search; `count` of them are filled by `gatherMoves`. */
export type Moves = {
  readonly table: Table;
  /** Linear hash of each row: the hash of a difference is the difference of hashes. */
  readonly hashes: Int32Array;
  readonly buckets: Int32Array;
  /** What each move adds to everybody's burden and to the total. */
  readonly differences: Int32Array;
  /** One or two moves with that difference: from row, to row, from row (or -1), to row. */
  readonly carriers: Int32Array;
  /** Moves in ascending order of one partner's difference. */
  readonly order: Float64Array;
};

/** Allocates that room: at most as many moves as groups could ever have. */
export function movesFor(table: Table): Moves {
  const { width, first, sizes, count } = table;
  let most = 0;
  for (let g = 0; g < count; g++) {
    const rows = first[g + 1]! - first[g]!;
    most += Math.min(sizes[g]!, rows) * (rows - 1);
  }
  return {
    table,
    hashes: rowHashes(table),
    buckets: new Int32Array(powerAbove(2 * most)),
    differences: new Int32Array((most + 1) * width),
    carriers: new Int32Array(most * 4),
    order: new Float64Array(most),
  };
}

/** Collects the moves that are possible where `takes` stages take each row; returns how many differ. */
export function gatherMoves(moves: Moves, { takes }: Standing): number {
  const { first, count } = moves.table;
  moves.buckets.fill(0);
  let found = 0;
  for (let g = 0; g < count; g++) {
    for (let from = first[g]!; from < first[g + 1]!; from++) {
      if (takes[from] === 0) continue;
      for (let to = first[g]!; to < first[g + 1]!; to++) {
        if (to !== from) found = addMove(moves, found, from, to);
      }
    }
  }
  return found;
}

/** Adds the move unless two with its difference are known; returns the number of differences then. */
function addMove(
  { table, hashes, buckets, differences, carriers }: Moves,
  found: number,
  from: number,
  to: number,
): number {
  const { width, rows } = table;
  const base = found * width;
  for (let i = 0; i < width; i++) differences[base + i] = rows[to * width + i]! - rows[from * width + i]!;
  const mask = buckets.length - 1;
  let bucket = (Math.imul(hashes[to]! - hashes[from]!, 0x9e3779b1) >>> 7) & mask;
  for (; buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
    const known = buckets[bucket]! - 1;
    let i = 0;
    while (i < width && differences[known * width + i] === differences[base + i]) i++;
    if (i < width) continue;
    if (carriers[known * 4 + 2]! < 0 && carriers[known * 4] !== from) {
      carriers[known * 4 + 2] = from;
      carriers[known * 4 + 3] = to;
    }
    return found;
  }
  buckets[bucket] = found + 1;
  carriers[found * 4] = from;
  carriers[found * 4 + 1] = to;
  carriers[found * 4 + 2] = -1;
  return found + 1;
}

/** Puts the first `count` moves into ascending order of what they add to `partner`, equal ones by number. */
export function sortMoves(
  { order, differences, table: { width } }: Moves,
  count: number,
  partner: number,
): void {
  for (let move = 0; move < count; move++) order[move] = differences[move * width + partner]! * count + move;
  order.subarray(0, count).sort();
  for (let n = 0; n < count; n++) order[n]! -= Math.floor(order[n]! / count) * count;
}

/** Which carriers of two moves can go together (bit 0 for the first move, bit 1 for the second), or -1. */
export function fittingCarriers({ carriers }: Moves, { takes }: Standing, a: number, b: number): number {
  for (let which = 0; which < 4; which++) {
    const from = carriers[a * 4 + 2 * (which & 1)]!;
    const other = carriers[b * 4 + (which & 2)]!;
    if (from < 0 || other < 0) continue;
    if (from !== other || takes[from]! > 1) return which;
  }
  return -1;
}

/** Does the move by one of its carriers; the levels are left as they were. */
export function followMove(
  { table, carriers }: Moves,
  standing: Standing,
  move: number,
  carrier: number,
): void {
  take(standing, table, carriers[move * 4 + 2 * carrier]!, -1);
  take(standing, table, carriers[move * 4 + 2 * carrier + 1]!, 1);
}

function powerAbove(least: number): number {
  let power = 16;
  while (power < least) power *= 2;
  return power;
}
