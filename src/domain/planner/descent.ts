// Local search: single moves and pairs of moves until none makes the standing better.

import type { Groups } from './groups.ts';
import { compareRanked, rank, rankInto, type Standing, take } from './standing.ts';

/** Room for a descent, allocated once per search. Moves with the same difference of burdens are kept once. */
export type Bench = {
  readonly groups: Groups;
  readonly epsilon: number;
  /** Linear hash of each row: the hash of a difference is the difference of hashes. */
  readonly hashes: Int32Array;
  readonly table: Int32Array;
  /** Differences of the moves, one row each, and up to two moves (from row, to row) that have it. */
  readonly differences: Int32Array;
  readonly carriers: Int32Array;
  readonly order: Int32Array;
  readonly trial: Int32Array;
  readonly trialLevels: Int32Array;
  readonly bestLevels: Int32Array;
  readonly room: Int32Array;
};

export function benchFor(groups: Groups, epsilon: number): Bench {
  const { width, first, sizes, count, partners } = groups;
  let moves = 0;
  for (let g = 0; g < count; g++) {
    const rows = first[g + 1]! - first[g]!;
    moves += Math.min(sizes[g]!, rows) * (rows - 1);
  }
  return {
    groups,
    epsilon,
    hashes: rowHashes(groups),
    table: new Int32Array(powerAbove(2 * moves)),
    differences: new Int32Array(moves * width),
    carriers: new Int32Array(moves * 4),
    order: new Int32Array(moves),
    trial: new Int32Array(width),
    trialLevels: new Int32Array(partners),
    bestLevels: new Int32Array(partners),
    room: new Int32Array(partners),
  };
}

/** Improves `standing` until no single move and no pair of moves does; returns how many moves were looked at. */
export function descend(bench: Bench, standing: Standing): number {
  let looked = 0;
  for (;;) {
    const count = gather(bench, standing);
    looked += count;
    if (takeBestSingle(bench, standing, count)) continue;
    const pairs = takePair(bench, standing, count);
    looked += Math.abs(pairs);
    if (pairs <= 0) return looked;
  }
}

/** Collects the moves that are possible now, one for each difference of burdens. */
function gather(bench: Bench, { takes }: Standing): number {
  const { groups, hashes, table, differences, carriers } = bench;
  const { width, first, rows, count } = groups;
  const mask = table.length - 1;
  table.fill(0);
  let found = 0;
  for (let g = 0; g < count; g++) {
    for (let from = first[g]!; from < first[g + 1]!; from++) {
      if (takes[from] === 0) continue;
      for (let to = first[g]!; to < first[g + 1]!; to++) {
        if (to === from) continue;
        let entry = Math.imul(hashes[to]! - hashes[from]!, 0x9e3779b1) >>> 7;
        const base = found * width;
        for (let i = 0; i < width; i++)
          differences[base + i] = rows[to * width + i]! - rows[from * width + i]!;
        for (;;) {
          entry &= mask;
          const known = table[entry]! - 1;
          if (known < 0) {
            table[entry] = found + 1;
            carriers[found * 4] = from;
            carriers[found * 4 + 1] = to;
            carriers[found * 4 + 2] = -1;
            found++;
            break;
          }
          let i = 0;
          while (i < width && differences[known * width + i] === differences[base + i]) i++;
          if (i === width) {
            if (carriers[known * 4 + 2]! < 0 && carriers[known * 4] !== from) {
              carriers[known * 4 + 2] = from;
              carriers[known * 4 + 3] = to;
            }
            break;
          }
          entry++;
        }
      }
    }
  }
  return found;
}

function takeBestSingle(bench: Bench, standing: Standing, count: number): boolean {
  const { groups, differences, trial, trialLevels, bestLevels, epsilon } = bench;
  const { width, partners } = groups;
  const { sums, levels } = standing;
  const top = levels[0]! * epsilon;
  bestLevels.set(levels);
  let bestTotal = sums[partners]!;
  let best = -1;
  for (let m = 0; m < count; m++) {
    const at = m * width;
    let i = 0;
    while (i < partners && sums[i]! + differences[at + i]! <= top) i++;
    if (i < partners) continue;
    for (i = 0; i < width; i++) trial[i] = sums[i]! + differences[at + i]!;
    rankInto(trialLevels, trial, epsilon);
    if (compareRanked(trialLevels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
    bestLevels.set(trialLevels);
    bestTotal = trial[partners]!;
    best = m;
  }
  if (best < 0) return false;
  follow(bench, standing, best, 0);
  rank(standing, epsilon);
  return true;
}

/** Takes the best partner of the first move that has one. Looked-at pairs, negative or 0 where none was taken. */
function takePair(bench: Bench, standing: Standing, count: number): number {
  const { groups, differences, order, trial, trialLevels, bestLevels, room, epsilon } = bench;
  const { width, partners } = groups;
  const { sums, levels } = standing;
  const top = levels[0]! * epsilon;
  const worst = sums.subarray(0, partners).indexOf(Math.max(...sums.subarray(0, partners)));
  sortByColumn(bench, count, worst);
  let looked = 0;
  for (let a = 0; a < count; a++) {
    const u = order[a]! * width;
    for (let i = 0; i < partners; i++) room[i] = top - sums[i]! - differences[u + i]!;
    if (room[worst]! < differences[order[0]! * width + worst]!) break;
    bestLevels.set(levels);
    let bestTotal = sums[partners]!;
    let best = -1;
    let b = 0;
    for (; b <= a; b++) {
      const v = order[b]! * width;
      if (differences[v + worst]! > room[worst]!) break;
      let i = 0;
      while (i < partners && differences[v + i]! <= room[i]!) i++;
      if (i < partners) continue;
      for (i = 0; i < width; i++) trial[i] = sums[i]! + differences[u + i]! + differences[v + i]!;
      rankInto(trialLevels, trial, epsilon);
      if (compareRanked(trialLevels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
      if (compatible(bench, standing, order[a]!, order[b]!) < 0) continue;
      bestLevels.set(trialLevels);
      bestTotal = trial[partners]!;
      best = order[b]!;
    }
    looked += b;
    if (best < 0) continue;
    const which = compatible(bench, standing, order[a]!, best);
    follow(bench, standing, order[a]!, which & 1);
    follow(bench, standing, best, which >> 1);
    rank(standing, epsilon);
    return looked;
  }
  return -looked;
}

/** Which carriers of two moves can go together (bit 0 for the first move, bit 1 for the second), or -1. */
function compatible({ carriers }: Bench, { takes }: Standing, a: number, b: number): number {
  for (let which = 0; which < 4; which++) {
    const from = carriers[a * 4 + 2 * (which & 1)]!;
    const other = carriers[b * 4 + (which & 2)]!;
    if (from < 0 || other < 0) continue;
    if (from !== other || takes[from]! > 1) return which;
  }
  return -1;
}

function follow({ groups, carriers }: Bench, standing: Standing, move: number, which: number): void {
  take(standing, groups, carriers[move * 4 + 2 * which]!, -1);
  take(standing, groups, carriers[move * 4 + 2 * which + 1]!, 1);
}

function sortByColumn({ order, differences, groups: { width } }: Bench, count: number, column: number): void {
  for (let m = 0; m < count; m++) order[m] = m;
  order
    .subarray(0, count)
    .sort((a, b) => differences[a * width + column]! - differences[b * width + column]! || a - b);
}

function rowHashes({ rows, width }: Groups): Int32Array {
  const hashes = new Int32Array(rows.length / width);
  for (let row = 0; row < hashes.length; row++) {
    let [hash, factor] = [0, 0x01000193];
    for (let i = 0; i < width; i++) {
      hash = (hash + Math.imul(rows[row * width + i]!, factor)) | 0;
      factor = Math.imul(factor, 0x85ebca6b) | 1;
    }
    hashes[row] = hash;
  }
  return hashes;
}

function powerAbove(least: number): number {
  let power = 16;
  while (power < least) power *= 2;
  return power;
}
