// Local search: single moves and pairs of moves until none makes the standing better.

import { fittingCarriers, followMove, gatherMoves, type Moves, movesFor, sortMoves } from './differences.ts';
import type { Table } from './groups.ts';
import { compareRanked, rank, rankInto, type Standing } from './standing.ts';

/** Room for descents over one table, allocated once per search. */
export type Bench = {
  readonly table: Table;
  readonly epsilon: number;
  readonly moves: Moves;
  readonly trial: Int32Array;
  readonly trialLevels: Int32Array;
  readonly bestLevels: Int32Array;
  readonly room: Int32Array;
};

/** Allocates that room. */
export function benchFor(table: Table, epsilon: number): Bench {
  const { width, partners } = table;
  return {
    table,
    epsilon,
    moves: movesFor(table),
    trial: new Int32Array(width),
    trialLevels: new Int32Array(partners),
    bestLevels: new Int32Array(partners),
    room: new Int32Array(partners),
  };
}

/** Improves `standing` until no single move does. */
export function descendBySingles(bench: Bench, standing: Standing): void {
  while (takeBestSingle(bench, standing, gatherMoves(bench.moves, standing)));
}

/** Improves `standing` until no single move and no pair of moves does; returns roughly how many were looked at. */
export function descend(bench: Bench, standing: Standing): number {
  for (let looked = 0; ; ) {
    const count = gatherMoves(bench.moves, standing);
    looked += count;
    if (takeBestSingle(bench, standing, count)) continue;
    looked += (count * count) / 60;
    if (!takePair(bench, standing, count)) return looked;
  }
}

function takeBestSingle(
  { table, moves, trial, trialLevels, bestLevels, epsilon }: Bench,
  standing: Standing,
  count: number,
): boolean {
  const { width, partners } = table;
  const { differences } = moves;
  const { sums, levels } = standing;
  const top = levels[0]! * epsilon;
  bestLevels.set(levels);
  let bestTotal = sums[partners]!;
  let best = -1;
  for (let move = 0; move < count; move++) {
    const at = move * width;
    let i = 0;
    while (i < partners && sums[i]! + differences[at + i]! <= top) i++;
    if (i < partners) continue;
    for (i = 0; i < width; i++) trial[i] = sums[i]! + differences[at + i]!;
    rankInto(trialLevels, trial, epsilon);
    if (compareRanked(trialLevels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
    bestLevels.set(trialLevels);
    bestTotal = trial[partners]!;
    best = move;
  }
  if (best < 0) return false;
  followMove(moves, standing, best, 0);
  rank(standing, epsilon);
  return true;
}

/** Takes the best companion of the first move that has one, in the order of what the moves do to the worst partner. */
function takePair(bench: Bench, standing: Standing, count: number): boolean {
  const { moves, room, table, epsilon } = bench;
  const { width, partners } = table;
  const { order, differences } = moves;
  const { sums, levels } = standing;
  const top = levels[0]! * epsilon;
  const worst = worstOf(sums, partners);
  sortMoves(moves, count, worst);
  for (let n = 0; n < count; n++) {
    const move = order[n]!;
    for (let i = 0; i < partners; i++) room[i] = top - sums[i]! - differences[move * width + i]!;
    if (room[worst]! < differences[order[0]! * width + worst]!) return false;
    const companion = bestCompanion(bench, standing, n, worst);
    if (companion < 0) continue;
    const which = fittingCarriers(moves, standing, move, companion);
    followMove(moves, standing, move, which & 1);
    followMove(moves, standing, companion, which >> 1);
    rank(standing, epsilon);
    return true;
  }
  return false;
}

/** The best move to do together with the `n`-th, among those that do no more to the worst partner; or -1. */
function bestCompanion(bench: Bench, standing: Standing, n: number, worst: number): number {
  const { moves, trial, trialLevels, bestLevels, room, table, epsilon } = bench;
  const { width, partners } = table;
  const { order, differences } = moves;
  const { sums, levels } = standing;
  const base = order[n]! * width;
  const most = room[worst]!;
  bestLevels.set(levels);
  let bestTotal = sums[partners]!;
  let best = -1;
  for (let m = 0; m <= n; m++) {
    const at = order[m]! * width;
    if (differences[at + worst]! > most) break;
    let i = 0;
    while (i < partners && differences[at + i]! <= room[i]!) i++;
    if (i < partners) continue;
    for (i = 0; i < width; i++) trial[i] = sums[i]! + differences[base + i]! + differences[at + i]!;
    rankInto(trialLevels, trial, epsilon);
    if (compareRanked(trialLevels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
    if (fittingCarriers(moves, standing, order[n]!, order[m]!) < 0) continue;
    bestLevels.set(trialLevels);
    bestTotal = trial[partners]!;
    best = order[m]!;
  }
  return best;
}

function worstOf(sums: Int32Array, partners: number): number {
  let worst = 0;
  for (let i = 1; i < partners; i++) if (sums[i]! > sums[worst]!) worst = i;
  return worst;
}
