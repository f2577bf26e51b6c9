// Planning again: what was published stays while it can; a better plan is taken only where it is better by enough.

import { DAY } from '../time/duration.ts';
import { indexFrom, indexOf } from '../time/grid.ts';
import { plus } from '../time/instant.ts';
import { borneAt, type Conditions, type Decision, decide, worst } from './decide.ts';
import { fewestMoves } from './moves.ts';
import { type Problem, type Published, type Round, roundWith, startsOf } from './problem.ts';

/** So many milliseconds from now on, a published start or end is not changed on our own. */
const FROZEN = 7 * DAY;

/** A better plan as a whole must lower the worst `C_i` by so many points. */
const WORTH_MOVING = 10;

/** A decision, and the rounds it was made from: those that are held at a published time have that start alone. */
export type Standing = {
  readonly rounds: readonly Round[];
  readonly decision: Decision;
  /** Rounds whose time nobody asked the planner about: frozen, or moved there by the partners. */
  readonly pinned: ReadonlySet<Round>;
  /** Rounds that stay where they were published. */
  readonly settled: ReadonlySet<Round>;
};

export function decideAgain(
  problem: Problem,
  published: readonly Published[],
  conditions: Conditions = {},
): Standing {
  const starts = publishedStarts(problem, published);
  const pinned = new Set<Round>();
  const pinnedRounds = problem.rounds.map((round) => {
    const known = starts.get(round);
    if (!known?.pinned) return round;
    const pin = roundWith(problem, round, [known.start]);
    pinned.add(pin);
    return pin;
  });
  const settled = new Set<Round>();
  const settledRounds = pinnedRounds.map((round, t) => {
    const known = starts.get(problem.rounds[t]!);
    if (!known || pinned.has(round) || !round.starts.includes(known.start)) return round;
    const stay = roundWith(problem, round, [known.start]);
    settled.add(stay);
    return stay;
  });
  const staying = decide(problem, settledRounds, {
    ...conditions,
    settled: new Set([...pinned, ...settled]),
  });
  const standing = { rounds: settledRounds, decision: staying, pinned, settled };
  return settled.size === 0 ? standing : betterAsAWhole(problem, pinnedRounds, standing, conditions);
}

/** The plan that moves the fewest published occurrences, where moving is worth it; else the one that stands. */
function betterAsAWhole(
  problem: Problem,
  rounds: readonly Round[],
  standing: Standing,
  conditions: Conditions,
): Standing {
  const fresh = decide(problem, rounds, { ...conditions, settled: standing.pinned });
  const target = worst(standing.decision.borne) - WORTH_MOVING;
  if (worst(fresh.borne) > target) return standing;
  // Where one time is kept for several periods, moving a few of them would not keep it.
  if (fresh.restriction !== undefined)
    return { rounds, decision: fresh, pinned: standing.pinned, settled: new Set() };
  const from = standing.rounds.map((round) => standing.decision.starts.get(round) ?? -1);
  const moved = fewestMoves(problem, {
    rounds,
    from,
    movable: standing.rounds.map((round) => standing.settled.has(round)),
    fresh: rounds.map((round) => fresh.starts.get(round) ?? -1),
    target,
  });
  return withMoves(problem, rounds, standing, moved);
}

function withMoves(
  problem: Problem,
  rounds: readonly Round[],
  standing: Standing,
  moved: readonly number[],
): Standing {
  const settled = new Set<Round>();
  const starts = new Map<Round, number>();
  const after = rounds.map((round, t) => {
    const before = standing.rounds[t]!;
    const stays = standing.decision.starts.get(before) === moved[t];
    const kept = stays ? before : round;
    if (stays && standing.settled.has(before)) settled.add(before);
    if (moved[t]! >= 0) starts.set(kept, moved[t]!);
    return kept;
  });
  const decision = { ...standing.decision, starts, borne: borneAt(problem, starts) };
  return { rounds: after, decision, pinned: standing.pinned, settled };
}

/** Where on the grid the rounds were published, and whether that is a pin; times off the grid or outside the period are none. */
function publishedStarts(problem: Problem, published: readonly Published[]) {
  const starts = new Map<Round, { readonly start: number; readonly pinned: boolean }>();
  for (const each of published) {
    const round = problem.rounds.find(({ period }) => period.id === each.period);
    const start = indexOf(problem.grid, each.start);
    if (!round || round.present.length < 2 || start !== indexFrom(problem.grid, each.start)) continue;
    const { first, end } = startsOf(problem, round.period);
    if (start < first || start >= end) continue;
    starts.set(round, { start, pinned: each.moved === true || each.start < plus(problem.now, FROZEN) });
  }
  return starts;
}
