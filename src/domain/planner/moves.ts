// Getting to a fairer plan by moving as few published occurrences as possible, by as few minutes as possible.

import { borneAt, worst } from './decide.ts';
import { burdensOf, type Problem, type Round } from './problem.ts';

/** A plan that stands, and one that is better but moves more than it need. */
export type Moving = {
  readonly rounds: readonly Round[];
  /** The start of each round in the plan that stands; -1 where it has none. */
  readonly from: readonly number[];
  /** Whether moving the round counts: only what was published may be moved here. */
  readonly movable: readonly boolean[];
  /** The starts of a plan that reaches the target, whatever it moves. */
  readonly fresh: readonly number[];
  /** The worst `C_i` to get to, or below. */
  readonly target: number;
};

type Move = {
  readonly t: number;
  readonly start: number;
  readonly distance: number;
  readonly change: Int32Array;
};

/**
 * The starts after the fewest moves that bring the worst partner to the target: one or two moves exactly, the least distance
 * among those; more than two by taking back moves of the fresh plan for as long as the target is kept.
 */
export function fewestMoves(problem: Problem, moving: Moving): readonly number[] {
  const borne = borneOf(problem, moving, moving.from);
  const moves = allMoves(problem, moving);
  return (
    applied(moving, bestSingle(moves, borne, moving.target) ?? bestPair(moves, borne, moving.target)) ??
    takeBack(problem, moving)
  );
}

/** The moves worth trying: no other one of the same round is as near and as good for everybody. */
function allMoves(problem: Problem, { rounds, from, movable }: Moving): Move[] {
  return rounds.flatMap((round, t) => {
    if (!movable[t]) return [];
    const now = burdensOf(problem, round, round.starts.indexOf(from[t]!));
    const moves = round.starts.map((start, k) => {
      const change = burdensOf(problem, round, k).map((points, seat) => points - now[seat]!);
      return { t, start, distance: Math.abs(start - from[t]!), change };
    });
    return worthTrying(moves.filter(({ distance }) => distance > 0));
  });
}

function worthTrying(moves: readonly Move[]): Move[] {
  const nearest = [...moves].sort((a, b) => a.distance - b.distance || a.start - b.start);
  const kept: Move[] = [];
  for (const move of nearest) {
    const isBeaten = kept.some(({ change }) => change.every((points, seat) => points <= move.change[seat]!));
    if (!isBeaten) kept.push(move);
  }
  return kept;
}

function bestSingle(moves: readonly Move[], borne: Int32Array, target: number): readonly Move[] | undefined {
  let best: Move | undefined;
  for (const move of moves) {
    if (best && move.distance >= best.distance) continue;
    if (reaches(borne, target, move.change)) best = move;
  }
  return best && [best];
}

function bestPair(moves: readonly Move[], borne: Int32Array, target: number): readonly Move[] | undefined {
  let best: readonly [Move, Move] | undefined;
  for (const [index, a] of moves.entries()) {
    for (let other = index + 1; other < moves.length; other++) {
      const b = moves[other]!;
      if (a.t === b.t || (best && a.distance + b.distance >= best[0].distance + best[1].distance)) continue;
      if (reaches(borne, target, a.change, b.change)) best = [a, b];
    }
  }
  return best;
}

function reaches(borne: Int32Array, target: number, a: Int32Array, b?: Int32Array): boolean {
  for (let seat = 0; seat < borne.length; seat++) {
    if (borne[seat]! + a[seat]! + (b?.[seat] ?? 0) > target) return false;
  }
  return true;
}

function applied({ from }: Moving, moves: readonly Move[] | undefined): number[] | undefined {
  if (!moves) return undefined;
  const starts = [...from];
  for (const { t, start } of moves) starts[t] = start;
  return starts;
}

/** From the fresh plan, the farthest moves first, back to what was published wherever the target still holds. */
function takeBack(problem: Problem, moving: Moving): number[] {
  const starts = [...moving.fresh];
  const farthest = starts
    .map((start, t) => ({ t, distance: Math.abs(start - moving.from[t]!) }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => b.distance - a.distance || a.t - b.t);
  for (const { t } of farthest) {
    const before = starts[t]!;
    starts[t] = moving.from[t]!;
    if (worst(borneOf(problem, moving, starts)) > moving.target) starts[t] = before;
  }
  return starts;
}

function borneOf(problem: Problem, { rounds }: Moving, starts: readonly number[]): Int32Array {
  const held = rounds.flatMap((round, t) => (starts[t]! < 0 ? [] : [[round, starts[t]!] as const]));
  return borneAt(problem, new Map(held));
}
