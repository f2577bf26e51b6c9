// Which of several equally fair starts: those that change the wall time least often, then the earliest.

import { instantAt } from '../time/grid.ts';
import { type HomeClock, homeOf } from './home.ts';
import type { Problem, Round } from './problem.ts';

/** The starts that may be taken in one round; none of them weighs on anybody otherwise than the others. */
export type Choosable = { readonly round: Round; readonly starts: readonly number[] };

/**
 * One start for each round: the fewest changes of wall time in the anchor zone from one to the next, then the earliest start in
 * the first round, in the second, and so on. Exact, by dynamic programming from the end.
 */
export function calmestStarts(problem: Problem, rounds: readonly Choosable[]): number[] {
  const clock = { anchor: problem.partnership.anchor, rhythm: problem.partnership.checkIn.rhythm };
  const homes = rounds.map((each) => each.starts.map((start) => homeAt(problem, clock, each.round, start)));
  const changes = changesToCome(homes);
  const chosen: number[] = [];
  let home: number | undefined;
  for (const [t, { starts }] of rounds.entries()) {
    const k = leastFrom(homes[t]!, changes[t]!, home);
    chosen.push(starts[k]!);
    home = homes[t]![k]!;
  }
  return chosen;
}

function homeAt(problem: Problem, clock: HomeClock, round: Round, start: number): number {
  return homeOf(clock, round.period, instantAt(problem.grid, start));
}

/** For each start of each round the least number of changes after it. */
function changesToCome(homes: readonly (readonly number[])[]): number[][] {
  const changes: number[][] = homes.map(() => []);
  for (let t = homes.length - 1; t >= 0; t--) {
    const [nextHomes, nextChanges] = [homes[t + 1] ?? [], changes[t + 1] ?? []];
    // Going on from another home costs one change more than the calmest start of the next round.
    let moving = nextHomes.length === 0 ? 0 : Number.POSITIVE_INFINITY;
    for (const count of nextChanges) moving = Math.min(moving, count + 1);
    for (const home of homes[t]!) {
      const same = nextHomes.indexOf(home);
      changes[t]!.push(same < 0 ? moving : Math.min(moving, nextChanges[same]!));
    }
  }
  return changes;
}

/** The first of those after which, counting the change to it, the fewest changes come. */
function leastFrom(homes: readonly number[], toCome: readonly number[], home: number | undefined): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [k, each] of homes.entries()) {
    const count = toCome[k]! + (home === undefined || each === home ? 0 : 1);
    if (count < least) [best, least] = [k, count];
  }
  return best;
}
