// The fairest choice: leximin of what everybody bears, then the least total. Exact where it can prove so, else a local search.

import { boundOf } from './bound.ts';
import { borneBy, type Choice, type ChoiceProblem } from './choice.ts';
import { type Bench, benchFor, descend } from './descent.ts';
import { type Dice, diceFrom } from './dice.ts';
import { type Groups, groupStages } from './groups.ts';
import {
  compareRanked,
  compareStandings,
  copyStanding,
  emptyStanding,
  rank,
  rankInto,
  type Standing,
  take,
} from './standing.ts';

export type Effort = {
  readonly seed: number;
  /** How many kicks (small random changes, followed by a descent) at most. */
  readonly steps: number;
};

/**
 * Chooses one option per stage so that (1) the descending vector of `ceil(C_i / ε)` is lexicographically least, (2) the sum
 * of all `C_i` and prices is least. Among equals the options that come first in lexicographic order of burdens go to the
 * earliest stages. The same seed and problem give the same choice on every machine.
 */
export function searchLeximin(problem: ChoiceProblem, { seed, steps }: Effort): Choice {
  const groups = groupStages(problem);
  const bench = benchFor(groups, problem.epsilon);
  const best = emptyStanding(groups, problem.opening);
  fillGreedily(bench, best);
  descend(bench, best);
  const worst = Math.max(...best.sums.subarray(0, groups.partners));
  const { lambda } = boundOf(groups, problem.opening, { steps: 60, target: worst });
  const trial = emptyStanding(groups, problem.opening);
  fillByWeights(groups, trial, lambda);
  rank(trial, problem.epsilon);
  descend(bench, trial);
  if (compareStandings(trial, best) < 0) copyStanding(trial, best);
  const dice = diceFrom(seed);
  for (let step = 0; step < steps; step++) {
    copyStanding(best, trial);
    kick(bench, trial, dice);
    descend(bench, trial);
    if (compareStandings(trial, best) < 0) copyStanding(trial, best);
  }
  const options = layOutOptions(groups, best.takes);
  return { options, borne: borneBy(problem, options) };
}

/** In the order of the groups, each stage takes the row that is fairest so far. */
function fillGreedily({ groups, epsilon, trial, trialLevels, bestLevels }: Bench, standing: Standing): void {
  const { first, rows, width, partners, sizes, count } = groups;
  for (let g = 0; g < count; g++) {
    for (let n = 0; n < sizes[g]!; n++) {
      let [best, bestTotal] = [-1, 0];
      for (let row = first[g]!; row < first[g + 1]!; row++) {
        for (let i = 0; i < width; i++) trial[i] = standing.sums[i]! + rows[row * width + i]!;
        rankInto(trialLevels, trial, epsilon);
        if (best >= 0 && compareRanked(trialLevels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
        bestLevels.set(trialLevels);
        [best, bestTotal] = [row, trial[partners]!];
      }
      take(standing, groups, best, 1);
    }
  }
  rank(standing, epsilon);
}

/** Each stage takes the row that is cheapest by these weights. */
function fillByWeights(
  { count, first, rows, width, partners, sizes }: Groups,
  standing: Standing,
  lambda: Float64Array,
): void {
  for (let g = 0; g < count; g++) {
    let [cheapest, least] = [-1, Number.POSITIVE_INFINITY];
    for (let row = first[g]!; row < first[g + 1]!; row++) {
      let cost = 0;
      for (let i = 0; i < partners; i++) cost += lambda[i]! * rows[row * width + i]!;
      if (cost < least) [cheapest, least] = [row, cost];
    }
    for (let n = 0; n < sizes[g]!; n++) take(standing, { rows, width } as Groups, cheapest, 1);
  }
}

/** Some random stages take random rows. */
function kick({ groups, epsilon }: Bench, standing: Standing, dice: Dice): void {
  const { first, groupOf } = groups;
  const changes = 2 + dice(3);
  for (let n = 0; n < changes; n++) {
    const g = groupOf[dice(groupOf.length)]!;
    let nth = dice(groups.sizes[g]!);
    let from = first[g]!;
    while (nth >= standing.takes[from]!) nth -= standing.takes[from++]!;
    take(standing, groups, from, -1);
    take(standing, groups, first[g]! + dice(first[g + 1]! - first[g]!), 1);
  }
  rank(standing, epsilon);
}

/** In each group the earliest stages take the first rows. */
function layOutOptions(groups: Groups, takes: Int32Array): Int32Array {
  const options = new Int32Array(groups.groupOf.length);
  for (const [g, members] of groups.members.entries()) {
    let row = groups.first[g]!;
    let left = takes[row]!;
    for (const stage of members) {
      while (left === 0) left = takes[++row]!;
      options[stage] = groups.orders[stage]![row - groups.first[g]!]!;
      left--;
    }
  }
  return options;
}
