// The choice of one start for each period, by the partnership's kind of rotation.

import type { Rotation } from '../partnership.ts';
import { type Block, blocksOf, type Keep, type Restricted } from './blocks.ts';
import { type Bound, dualBound } from './bound.ts';
import { type Choosable, calmestStarts } from './calm.ts';
import type { Choice, ChoiceProblem, Stage } from './choice.ts';
import { equalsOf, paretoFilter } from './pareto.ts';
import { burdensOf, type Problem, type Round } from './problem.ts';
import { searchLeximin } from './search.ts';
import { spreadOverTime } from './spread.ts';

/** How the rounds may be decided, beside the rotation that was agreed. */
export type Conditions = {
  /** What was published, for blocks that keep its time. */
  readonly keep?: Keep;
  /** What was decided when everything was still open: whether to rotate, and what keeping one time costs. */
  readonly open?: Decision;
  /** Later criteria that are left out of account, to see what they do. */
  readonly ignore?: 'spread' | 'calm';
};

/** One start for every round that has candidates, and what that amounts to. */
export type Decision = {
  /** A start on the grid for each round that has candidates. */
  readonly starts: ReadonlyMap<Round, number>;
  /** What each seat has borne at the end, with the opening ledger. */
  readonly borne: Int32Array;
  /** Points that keeping one time costs the worst over rotating freely; undefined where the rotation is free. */
  readonly restriction?: number;
  /** The worst `C_i` of rotating freely, where it is proven that no choice among these rounds has a smaller one. */
  readonly proven?: number;
};

const NOTHING_KEPT: Keep = { published: new Map(), binding: new Set() };

/** Any seed will do, but the same one gives the same plan. */
const EFFORT = { seed: 1, steps: 1_000 };

/** One start for each of the rounds that have candidates. */
export function decide(problem: Problem, rounds: readonly Round[], conditions: Conditions = {}): Decision {
  const { rotation } = problem.partnership.checkIn;
  const { open } = conditions;
  if (rotation.kind === 'every-time' || (open && open.restriction === undefined)) {
    return rotateFreely(problem, rounds, conditions);
  }
  const kept = keepTimes(problem, rounds, restrictedBy(rotation), conditions);
  if (open) return { ...kept, restriction: worst(kept.borne) - leastWorst(open), ...provenBy(open) };
  const free = rotateFreely(problem, rounds, conditions);
  if (rotation.kind === 'when-unfair' && isUnfair(problem, kept, free)) return free;
  return { ...kept, restriction: worst(kept.borne) - worst(free.borne), ...provenBy(free) };
}

/** The fairest choice where every occurrence may be at a time of its own. */
export function rotateFreely(
  problem: Problem,
  rounds: readonly Round[],
  conditions: Conditions = {},
): Decision {
  const placeable = rounds.filter((round) => round.starts.length > 0);
  const { fairest, borne, options } = chooseFrom(problem, placeable.map(stageOf), conditions);
  const choosable = placeable.map((round, t) => {
    const equals = equalsOf(stageOf(round), problem.seats.length, options[t]!);
    return { round, starts: equals.map((k) => round.starts[k]!) };
  });
  const starts = conditions.ignore === 'calm' ? firstStarts(choosable) : calmestStarts(problem, choosable);
  const decision = { starts: new Map(placeable.map((round, t) => [round, starts[t]!])), borne };
  const isProven = fairest.provenPlaces > 0 && problem.epsilon === 1;
  return isProven ? { ...decision, proven: worst(borne) } : decision;
}

/** The fairest choice among the options of the stages, spread over time: which of them, and what that comes to. */
function chooseFrom(problem: Problem, stages: readonly Stage[], { ignore }: Conditions) {
  const filtered = stages.map((stage) => paretoFilter(stage, problem.seats.length));
  const question = choiceProblem(
    problem,
    filtered.map(({ stage }) => stage),
  );
  const fairest = searchLeximin(question, EFFORT);
  const choice: Choice = ignore === 'spread' ? fairest : spreadOverTime(question, fairest);
  const options = filtered.map(({ kept }, t) => kept[choice.options[t]!]!);
  return { fairest, borne: choice.borne, options };
}

/** What `decision` proves, to be carried over to another one about the same rounds. */
export function provenBy({ proven }: Decision): Pick<Decision, 'proven'> {
  return proven === undefined ? {} : { proven };
}

/** What no choice among these rounds can beat: a bound on the worst `C_i`, proven by the weights of the partners. */
export function boundOn(problem: Problem, rounds: readonly Round[], target: number): Bound {
  const stages = rounds.filter((round) => round.starts.length > 0).map((round) => stageOf(round));
  const filtered = stages.map((stage) => paretoFilter(stage, problem.seats.length).stage);
  return dualBound(choiceProblem(problem, filtered), { target });
}

/** What each seat has borne when the rounds are held at these starts. */
export function borneAt(problem: Problem, starts: ReadonlyMap<Round, number>): Int32Array {
  const borne = problem.opening.slice();
  for (const [round, start] of starts) {
    const points = burdensOf(problem, round, round.starts.indexOf(start));
    for (let seat = 0; seat < borne.length; seat++) borne[seat]! += points[seat]!;
  }
  return borne;
}

/** The worst `C_i` where the rotation is not restricted. */
function leastWorst({ borne, restriction = 0 }: Decision): number {
  return worst(borne) - restriction;
}

/** The largest of what the seats have borne. */
export function worst(borne: Int32Array): number {
  return Math.max(...borne);
}

/** Whether the best fixed time is worse for the worst partner than rotating by more than the agreed share. */
function isUnfair({ share }: Problem, kept: Decision, free: Decision): boolean {
  return worst(kept.borne) * 100 > worst(free.borne) * (100 + share);
}

function restrictedBy(rotation: Exclude<Rotation, { kind: 'every-time' }>): Restricted {
  return rotation.kind === 'when-unfair' ? { kind: 'never' } : rotation;
}

function keepTimes(
  problem: Problem,
  rounds: readonly Round[],
  rotation: Restricted,
  conditions: Conditions,
): Decision {
  const placeable = rounds.filter((round) => round.starts.length > 0);
  const blocks = blocksOf(problem, placeable, rotation, conditions.keep ?? NOTHING_KEPT);
  const stages = blocks.map(({ stage }) => stage);
  const { borne, options } = chooseFrom(problem, stages, conditions);
  const starts = new Map<Round, number>();
  for (const [index, block] of blocks.entries()) hold(starts, block, options[index]!);
  return { starts, borne };
}

function hold(starts: Map<Round, number>, { rounds, keepings }: Block, option: number): void {
  for (const [t, round] of rounds.entries()) starts.set(round, keepings[option]!.starts[t]!);
}

function firstStarts(choosable: readonly Choosable[]): number[] {
  return choosable.map(({ starts }) => starts[0]!);
}

function stageOf({ starts, burdens }: Round): Stage {
  return { count: starts.length, burdens, prices: new Int32Array(starts.length) };
}

function choiceProblem({ seats, opening, epsilon }: Problem, stages: readonly Stage[]): ChoiceProblem {
  return { partners: seats.length, opening, epsilon, stages };
}
