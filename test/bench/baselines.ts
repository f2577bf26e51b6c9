// What people do by hand, and simple rules: each gives one option per week. For comparison only.

import { borneBy, type ChoiceProblem } from '../../src/domain/planner/choice.ts';
import { compareRanked, rankInto } from '../../src/domain/planner/standing.ts';
import type { Instance } from './instances.ts';

/** The worst `C_i` that each of the rules leads to. */
export const BASELINES: Readonly<Record<string, (instance: Instance) => number>> = {
  'fixed time': bestFixedTime,
  'round-robin': ({ problem }) =>
    worstOf(
      problem,
      weekByWeek(problem, (_, t) => t % problem.partners),
    ),
  'most burdened chooses': ({ problem }) => worstOf(problem, weekByWeek(problem, mostBurdened)),
  'least total': ({ problem }) =>
    worstOf(
      problem,
      weekByWeek(problem, () => undefined),
    ),
  'greedy leximin': ({ problem }) => worstOf(problem, greedily(problem)),
};

export function worstOf(problem: ChoiceProblem, options: Int32Array): number {
  return Math.max(...borneBy(problem, options));
}

/** Of all wall times of the week in the zone of the first partner the best one, each week as near to it as is possible. */
function bestFixedTime({ whole, walls }: Instance): number {
  const times = new Set(walls.flatMap((each) => Array.from(each)));
  let least = Number.POSITIVE_INFINITY;
  for (const time of times) {
    least = Math.min(
      least,
      worstOf(
        whole,
        Int32Array.from(walls, (each) => nearestTo(each, time)),
      ),
    );
  }
  return least;
}

/** The candidate whose time of the week is nearest, the earlier of two. */
export function nearestTo(walls: Int32Array, time: number): number {
  let best = 0;
  for (let o = 1; o < walls.length; o++) {
    if (Math.abs(walls[o]! - time) < Math.abs(walls[best]! - time)) best = o;
  }
  return best;
}

/** Each week takes what is best for one partner (the least total among equals), or the least total where there is none. */
function weekByWeek(
  problem: ChoiceProblem,
  favoured: (borne: Int32Array, week: number) => number | undefined,
): Int32Array {
  const borne = problem.opening.slice();
  return Int32Array.from(problem.stages, ({ count, burdens }, t) => {
    const partner = favoured(borne, t);
    let [best, least] = [0, Number.POSITIVE_INFINITY];
    for (let o = 0; o < count; o++) {
      const row = burdens.subarray(o * problem.partners, (o + 1) * problem.partners);
      const total = row.reduce((sum, each) => sum + each, 0);
      const cost = total + (partner === undefined ? 0 : 1_000_000 * row[partner]!);
      if (cost < least) [best, least] = [o, cost];
    }
    for (let i = 0; i < borne.length; i++) borne[i]! += burdens[best * problem.partners + i]!;
    return best;
  });
}

const mostBurdened = (borne: Int32Array): number => borne.indexOf(Math.max(...borne));

/** Each week in turn takes what is fairest so far. */
export function greedily(problem: ChoiceProblem): Int32Array {
  const { partners, stages, epsilon } = problem;
  const sums = problem.opening.slice();
  const [trial, levels, best] = [sums.slice(), new Int32Array(partners), new Int32Array(partners)];
  return Int32Array.from(stages, ({ count, burdens }) => {
    let choice = -1;
    for (let o = 0; o < count; o++) {
      for (let i = 0; i < partners; i++) trial[i] = sums[i]! + burdens[o * partners + i]!;
      rankInto(levels, trial, epsilon);
      if (choice >= 0 && compareRanked(levels, 0, best, 0) >= 0) continue;
      best.set(levels);
      choice = o;
    }
    for (let i = 0; i < partners; i++) sums[i]! += burdens[choice * partners + i]!;
    return choice;
  });
}
