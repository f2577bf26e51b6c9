// Getting to a fairer plan by moving as few published occurrences as possible, by as few minutes as possible.

import type { Stage } from './choice.ts';
import { borneAt, worst } from './decide.ts';
import { paretoFilter } from './pareto.ts';
import { burdensOf, type Problem, type Round } from './problem.ts';
import { searchLeximin } from './search.ts';

/** A plan that stands, and one that is better but moves more than it need. */
export type Moving = {
  readonly rounds: readonly Round[];
  /** Where each round was published; undefined where its place is open, being new or impossible by now. */
  readonly from: readonly (number | undefined)[];
  /** Rounds that were published and may be moved. */
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
 * Where the published rounds are after the fewest moves that bring the worst partner to the target, the open ones being placed
 * as suits best. One or two moves are exact: the least distance among those; more than two are found by taking back moves of
 * the fresh plan for as long as the target can be kept.
 */
export function fewestMoves(problem: Problem, moving: Moving): readonly (number | undefined)[] {
  const borne = borneOf(problem, moving, moving.from);
  const moves = allMoves(problem, moving);
  const canReach = reachTest(problem, moving);
  const few = bestSingle(moves, borne, canReach) ?? bestPair(moves, borne, canReach);
  return few ? applied(moving, few) : takeBack(problem, moving, canReach);
}

/** Whether the open rounds can be placed so that, on top of what is borne, nobody comes above the target. */
type ReachTest = (borne: Int32Array, a?: Int32Array, b?: Int32Array) => boolean;

/** So often the open rounds are searched for one plan; questions beyond that count as out of reach. */
const SEARCHES = 400;

function reachTest(problem: Problem, { rounds, from, target }: Moving): ReachTest {
  const partners = problem.seats.length;
  const stages = rounds
    .filter((round, t) => from[t] === undefined && round.starts.length > 0)
    .map(({ starts, burdens }) => ({ count: starts.length, burdens, prices: new Int32Array(starts.length) }))
    .map((stage) => paretoFilter(stage, partners).stage);
  const atLeast = leastOf(stages, partners);
  let left = SEARCHES;
  return (borne, a, b) => {
    const opening = borne.map((points, seat) => points + (a?.[seat] ?? 0) + (b?.[seat] ?? 0));
    if (opening.some((points, seat) => points + atLeast[seat]! > target)) return false;
    if (stages.length === 0) return true;
    if (left-- <= 0) return false;
    return worst(searchLeximin({ partners, opening, epsilon: 1, stages }, EFFORT).borne) <= target;
  };
}

/** A quick search: what it does not find is rarely there. */
const EFFORT = { seed: 1, steps: 10 };

/** What each partner bears in these stages at the very least. */
function leastOf(stages: readonly Stage[], partners: number): Int32Array {
  const least = new Int32Array(partners);
  for (const { count, burdens } of stages) {
    for (let i = 0; i < partners; i++) {
      let smallest = Number.POSITIVE_INFINITY;
      for (let option = 0; option < count; option++)
        smallest = Math.min(smallest, burdens[option * partners + i]!);
      least[i]! += smallest;
    }
  }
  return least;
}

/** The moves worth trying: no other one of the same round is as near and as good for everybody. */
function allMoves(problem: Problem, { rounds, from, movable }: Moving): Move[] {
  return rounds.flatMap((round, t) => {
    const stood = from[t];
    if (!movable[t] || stood === undefined) return [];
    const now = burdensOf(problem, round, round.starts.indexOf(stood));
    const moves = round.starts.map((start, k) => {
      const change = burdensOf(problem, round, k).map((points, seat) => points - now[seat]!);
      return { t, start, distance: Math.abs(start - stood), change };
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

function bestSingle(
  moves: readonly Move[],
  borne: Int32Array,
  canReach: ReachTest,
): readonly Move[] | undefined {
  let best: Move | undefined;
  for (const move of moves) {
    if (best && move.distance >= best.distance) continue;
    if (canReach(borne, move.change)) best = move;
  }
  return best && [best];
}

function bestPair(
  moves: readonly Move[],
  borne: Int32Array,
  canReach: ReachTest,
): readonly Move[] | undefined {
  let best: readonly [Move, Move] | undefined;
  for (const [index, a] of moves.entries()) {
    for (let other = index + 1; other < moves.length; other++) {
      const b = moves[other]!;
      if (a.t === b.t || (best && a.distance + b.distance >= best[0].distance + best[1].distance)) continue;
      if (canReach(borne, a.change, b.change)) best = [a, b];
    }
  }
  return best;
}

function applied({ from }: Moving, moves: readonly Move[]): (number | undefined)[] {
  const starts = [...from];
  for (const { t, start } of moves) starts[t] = start;
  return starts;
}

/** From the fresh plan, the farthest moves first, back to what was published wherever the target can still be kept. */
function takeBack(problem: Problem, moving: Moving, canReach: ReachTest): (number | undefined)[] {
  const { from, fresh } = moving;
  const starts = from.map((start, t) => (start === undefined ? undefined : fresh[t]));
  const farthest = [...from.keys()]
    .map((t) => ({ t, distance: Math.abs((starts[t] ?? 0) - (from[t] ?? 0)) }))
    .filter(({ distance }) => distance > 0)
    .sort((a, b) => b.distance - a.distance || a.t - b.t);
  for (const { t } of farthest) {
    const before = starts[t];
    starts[t] = from[t];
    if (!canReach(borneOf(problem, moving, starts))) starts[t] = before;
  }
  return starts;
}

/** What everybody has borne by the rounds that have a start. */
function borneOf(problem: Problem, { rounds }: Moving, starts: readonly (number | undefined)[]): Int32Array {
  const held = rounds.flatMap((round, t) => (starts[t] === undefined ? [] : [[round, starts[t]] as const]));
  return borneAt(problem, new Map(held));
}
