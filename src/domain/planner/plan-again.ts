// Planning again: what was published stays while it can; a better plan is taken only where it is better by enough.

import { DAY } from '../time/duration.ts';
import { indexFrom, indexOf } from '../time/grid.ts';
import { plus } from '../time/instant.ts';
import type { Keep } from './blocks.ts';
import { boundOn, type Conditions, type Decision, decide, provenBy, rotateFreely, worst } from './decide.ts';
import { fewestMoves } from './moves.ts';
import { type Problem, type Published, type Round, roundWith, startsOf } from './problem.ts';

/** So many milliseconds from now on, a published start or end is not changed on our own. */
const FROZEN = 7 * DAY;

/** A better plan as a whole must lower the worst `C_i` by so many points. */
const WORTH_MOVING = 10;

/**
 * And by so many for each occurrence that it moves. Two years of weekly runs between California, Berlin and Singapore, with nothing else
 * happening, then move 14 check-ins instead of 87, for 2 % more on whoever bears most.
 */
const PER_MOVE = 25;

/** A decision, and the rounds it was made from: those that are held at a published time have that start alone. */
export type Standing = {
  readonly rounds: readonly Round[];
  readonly decision: Decision;
  /** Rounds whose time nobody asked the planner about: frozen, or moved there by the partners. */
  readonly pinned: ReadonlySet<Round>;
  /** Rounds that stay where they were published. */
  readonly settled: ReadonlySet<Round>;
};

/**
 * Decides where published occurrences stay: pins do whatever happens, the others while they are candidates and no plan as a
 * whole is better by ten points.
 */
export function decideAgain(
  problem: Problem,
  published: readonly Published[],
  conditions: Conditions = {},
): Standing {
  const known = publishedStarts(problem, published);
  const pins = keepAt(problem, problem.rounds, ({ period }) => {
    const own = known.get(period.id);
    return own?.isPin ? own.start : undefined;
  });
  const stays = keepAt(problem, pins.rounds, (round) => {
    const own = known.get(round.period.id);
    return own && !own.isPin && round.starts.includes(own.start) ? own.start : undefined;
  });
  const standing = { rounds: stays.rounds, pinned: pins.kept, settled: stays.kept };
  const kept = startsKept([...pins.kept, ...stays.kept]);
  if (kept.size > 0 && problem.partnership.checkIn.rotation.kind === 'every-time') {
    const { starts, borne } = decide(problem, stays.rounds, conditions);
    if (isGoodEnough(problem, pins.rounds, borne)) return { ...standing, decision: { starts, borne } };
  }
  const fresh = decide(problem, pins.rounds, { ...conditions, keep: keepFrom(kept, pins.kept) });
  if (kept.size === 0) return { ...standing, decision: fresh };
  const staying = { ...conditions, keep: { published: kept, binding: new Set(kept.keys()) }, open: fresh };
  const { proven: _, ...stayed } = decide(problem, stays.rounds, staying);
  const decision = { ...stayed, ...provenBy(fresh) };
  return betterAsAWhole(problem, pins.rounds, { ...standing, decision }, fresh);
}

/** Whether it is proven, without making one, that no plan is better by enough. */
function isGoodEnough(problem: Problem, rounds: readonly Round[], borne: Int32Array): boolean {
  return worst(borne) - boundOn(problem, rounds, worst(borne)).worst < WORTH_MOVING;
}

/** The one start of each of these rounds, by period. */
function startsKept(rounds: Iterable<Round>): Map<string, number> {
  return new Map([...rounds].map(({ period, starts }) => [period.id, starts[0]!]));
}

/** Blocks with a pin keep the time that was published for them. */
function keepFrom(published: ReadonlyMap<string, number>, pinned: ReadonlySet<Round>): Keep {
  return { published, binding: new Set([...pinned].map(({ period }) => period.id)) };
}

/** The rounds, of which those for which `startOf` gives a start have that one alone. */
function keepAt(problem: Problem, rounds: readonly Round[], startOf: (round: Round) => number | undefined) {
  const kept = new Set<Round>();
  const after = rounds.map((round) => {
    const start = startOf(round);
    if (start === undefined) return round;
    const only = roundWith(problem, round, [start]);
    kept.add(only);
    return only;
  });
  return { rounds: after, kept };
}

/** The plan that moves the fewest published occurrences, where moving is worth it; else the one that stands. */
function betterAsAWhole(
  problem: Problem,
  rounds: readonly Round[],
  standing: Standing,
  fresh: Decision,
): Standing {
  const [stands, least] = [worst(standing.decision.borne), worst(fresh.borne)];
  if (stands - least < WORTH_MOVING) return standing;
  // As good as it takes for the next run not to find ten points more, or partners would be told of moves run after run.
  const target = Math.min(stands - WORTH_MOVING, least + WORTH_MOVING - 1);
  // Where one time is kept for several periods, moving a few of them would not keep it.
  if (fresh.restriction !== undefined) return { ...standing, rounds, decision: fresh, settled: new Set() };
  const isKept = (round: Round) => standing.pinned.has(round) || standing.settled.has(round);
  const from = standing.rounds.map((round) => (isKept(round) ? round.starts[0] : undefined));
  const moved = fewestMoves(problem, {
    rounds,
    from,
    movable: standing.rounds.map((round) => standing.settled.has(round)),
    fresh: rounds.map((round) => fresh.starts.get(round) ?? -1),
    target,
  });
  const better = withMoves(problem, rounds, standing, moved);
  const moves = standing.settled.size - better.settled.size;
  return stands - worst(better.decision.borne) < PER_MOVE * moves ? standing : better;
}

/** The plan in which the published rounds are where they were moved to, and the open ones where they then are best. */
function withMoves(
  problem: Problem,
  rounds: readonly Round[],
  standing: Standing,
  moved: readonly (number | undefined)[],
): Standing {
  const settled = new Set<Round>();
  const after = rounds.map((round, t) => {
    const [before, start] = [standing.rounds[t]!, moved[t]];
    if (start === undefined || standing.pinned.has(before)) return round;
    if (before.starts[0] !== start) return roundWith(problem, round, [start]);
    settled.add(before);
    return before;
  });
  const { starts, borne } = rotateFreely(problem, after);
  const decision = { starts, borne, ...provenBy(standing.decision) };
  return { rounds: after, decision, pinned: standing.pinned, settled };
}

/** Where on the grid the rounds were published, and whether that is a pin; times off the grid or outside the period are none. */
function publishedStarts(problem: Problem, published: readonly Published[]) {
  const starts = new Map<string, { readonly start: number; readonly isPin: boolean }>();
  for (const each of published) {
    const round = problem.rounds.find(({ period }) => period.id === each.period);
    const start = indexOf(problem.grid, each.start);
    if (!round || round.present.length < 2 || start !== indexFrom(problem.grid, each.start)) continue;
    const { first, end } = startsOf(problem, round.period);
    if (start < first || start >= end) continue;
    starts.set(each.period, { start, isPin: each.moved === true || each.start < plus(problem.now, FROZEN) });
  }
  return starts;
}
