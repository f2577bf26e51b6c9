// The search where there is a choice. A quick local search comes first, then proofs, one for each place of the descending vector,
// that nothing better is left; whatever a failed proof turns up is the new best.

import { ascend } from './ascent.ts';
import { borneBy, type ChoiceProblem } from './choice.ts';
import { limitsOf, mostUnderAny } from './claims.ts';
import { type Core, excessUnder, projected, shrink, takesOfWhole, wholeCore } from './core.ts';
import { type Bench, benchFor, descend, descendBySingles } from './descent.ts';
import { type Dice, diceFrom } from './dice.ts';
import { type Groups, groupStages, optionsOf } from './groups.ts';
import { kick } from './kicks.ts';
import { ROUNDING, roomsOf } from './rooms.ts';
import type { Effort, Fairest } from './search.ts';
import { compareStandings, emptyStanding, rank, type Standing, take } from './standing.ts';
import { greedyStanding, weightedStanding } from './starts.ts';
import { sweep, type Verdict } from './sweep.ts';

/** Subgradient steps: for the first weights and the second, for each place, and for one whose quick proof failed. */
const ASCENT = { first: 40, second: 100, place: 30, long: 300 };

/** Partial choices kept by the quick proofs of all places and of one; where those fail, the first number and the largest. */
const BREADTH = { all: 128, quick: 64, next: 256, growth: 4, most: 16_384 };

type Search = {
  readonly groups: Groups;
  readonly whole: Core;
  /** What everybody bears before any stage, and the total. */
  readonly empty: Int32Array;
  readonly epsilon: number;
  /** Places to prove: one per partner, and one for the total where the vector does not determine it. */
  readonly places: number;
  readonly dice: Dice;
  /** The best choice so far, over the whole table. */
  readonly best: Standing;
  /** What could still be part of a better one, together with what the best one takes. */
  core: Core;
  bench: Bench;
  /** Weights behind the latest proof. */
  weights: Float64Array;
  /** Partial choices and moves that may still be looked at. */
  left: number;
};

/** The same where every stage has a choice, and there is at least one. */
export function searchOpen(problem: ChoiceProblem, { seed, steps }: Effort): Fairest {
  const search = begin(problem, seed, 1_000 * steps);
  let place = settleAll(search);
  while (place < search.places) {
    const verdict = settle(search, place);
    if (verdict === 'none') place++;
    if (verdict !== 'open') continue;
    // What is left of the steps is spent on luck.
    while (search.left > 0) kickAbout(search, search.left);
    break;
  }
  const options = optionsOf(search.groups, search.best.takes);
  return {
    options,
    borne: borneBy(problem, options),
    provenPlaces: Math.min(place, problem.partners),
    isProven: place === search.places,
  };
}

function begin(problem: ChoiceProblem, seed: number, left: number): Search {
  const { epsilon, opening, partners } = problem;
  const groups = groupStages(problem);
  const whole = wholeCore(groups, opening);
  const empty = withSum(opening);
  const best = emptyStanding(groups, empty);
  const core = whole;
  const bench = benchFor(core.table, epsilon);
  const places = partners + (epsilon > 1 || hasPrices(problem) ? 1 : 0);
  const weights = new Float64Array(partners).fill(1 / partners);
  const search = {
    groups,
    whole,
    empty,
    epsilon,
    places,
    dice: diceFrom(seed),
    best,
    core,
    bench,
    weights,
    left,
  };
  descendFromStarts(search);
  return search;
}

/** What everybody has borne before, and its sum. */
function withSum(opening: Int32Array): Int32Array {
  const sums = new Int32Array(opening.length + 1);
  for (let i = 0; i < opening.length; i++) {
    sums[i] = opening[i]!;
    sums[opening.length]! += opening[i]!;
  }
  return sums;
}

const hasPrices = ({ stages }: ChoiceProblem): boolean =>
  stages.some(({ prices }) => prices.some((price) => price > 0));

/** Greedy leximin fixes the aim for the weights; they suggest a start and rule most rows out. */
function descendFromStarts(search: Search): void {
  const { whole, epsilon } = search;
  const greedy = greedyStanding(whole.table, whole.base, epsilon);
  adopt(search, whole, greedy.takes);
  weigh(search, ASCENT.first);
  const rough = weightedStanding(whole, search.weights, epsilon);
  descendBySingles(search.bench, rough);
  if (compareStandings(rough, search.best) < 0) adopt(search, whole, rough.takes);
  prune(search, 0);
  descendFromWeights(search);
}

/** Better weights for the first place, from the present ones. */
function weigh({ core, weights, best, epsilon }: Search, steps: number): void {
  const claim = { base: core.base, limits: limitsOf(best, 0, epsilon) };
  ascend(core.table, claim, weights, { steps, aim: 1, enough: 0 });
}

function descendFromWeights(search: Search): void {
  const start = weightedStanding(search.core, search.weights, search.epsilon);
  search.left -= descend(search.bench, start);
  if (compareStandings(start, search.best) >= 0) return;
  adopt(search, search.core, start.takes);
  prune(search, 0);
}

/** Tries to prove all places at once; how many that proves. Where it fails, better weights rule out more. */
function settleAll(search: Search): number {
  for (let verdict: Verdict = 'found'; verdict === 'found'; ) {
    verdict = improved(search, 0, lookFor(search, claimsFrom(search, 0), BREADTH.all));
    if (verdict === 'none') return search.places;
  }
  weigh(search, ASCENT.second);
  prune(search, 0);
  descendFromWeights(search);
  return 0;
}

/**
 * `none`: nothing is better at this place, given that nothing is at those before. `found`: there is a new best choice.
 * `open`: neither was reached within the steps.
 */
function settle(search: Search, place: number): Verdict {
  const { best, epsilon, groups } = search;
  if (best.levels[place] === 0) return 'none';
  if (place === groups.partners) search.weights = withTotal(search.weights, groups.partners);
  const limits = limitsOf(best, place, epsilon);
  if (isRefuted(search, limits, ASCENT.place)) return 'none';
  const quick = lookFor(search, [limits], BREADTH.quick);
  if (quick !== 'open' || search.left <= 0) return improved(search, place, quick);
  if (isRefuted(search, limits, ASCENT.long)) return 'none';
  prune(search, place);
  for (
    let breadth = BREADTH.next;
    search.left > 0;
    breadth = Math.min(BREADTH.most, BREADTH.growth * breadth)
  ) {
    const before = search.left;
    const verdict = lookFor(search, [limits], breadth);
    if (verdict !== 'open') return improved(search, place, verdict);
    if (kickAbout(search, before - search.left)) return improved(search, place, 'found');
    if (breadth === BREADTH.most) return 'open';
  }
  return 'open';
}

/** Whether the weights alone prove that no choice keeps the limits; `search.weights` are improved on the way. */
function isRefuted({ core, weights }: Search, limits: Float64Array, steps: number): boolean {
  return (
    ascend(core.table, { base: core.base, limits }, weights, { steps, aim: 0.5, enough: ROUNDING }) > ROUNDING
  );
}

/** Sweeps through what keeps the limits; a better choice is adopted. */
function lookFor(search: Search, claims: readonly Float64Array[], breadth: number): Verdict {
  const { core, weights, epsilon, best } = search;
  const excess = new Float64Array(core.origin.length);
  const room = mostUnderAny(claims, weights, core.table.partners) - excessUnder(core, weights, excess);
  if (room < -ROUNDING) return 'none';
  const narrow = shrink(core, excess, room + ROUNDING);
  const rooms = roomsOf(narrow, claims, weights);
  const affordable = Math.max(BREADTH.all, Math.ceil(search.left / costOf(narrow)));
  const { verdict, takes, looked } = sweep(narrow, {
    rooms,
    epsilon,
    best,
    breadth: Math.min(breadth, affordable),
  });
  search.left -= looked;
  if (verdict === 'found') adopt(search, narrow, takes);
  return verdict;
}

/** Looks that a sweep takes for each partial choice that it keeps. */
function costOf({ table: { count, sizes, first } }: Core): number {
  let cost = 1;
  for (let g = 0; g < count; g++) cost += sizes[g]! * (first[g + 1]! - first[g]!);
  return cost;
}

/** After a better choice was found: descends from it and rules out what is not good enough any more. */
function improved(search: Search, place: number, verdict: Verdict): Verdict {
  if (verdict !== 'found') return verdict;
  const standing = projected(search.core, search.best, search.epsilon);
  search.left -= descend(search.bench, standing);
  if (compareStandings(standing, search.best) < 0) adopt(search, search.core, standing.takes);
  prune(search, place);
  return 'found';
}

/** Kicks and descents until one gives a better choice, for at most as many looks. */
function kickAbout(search: Search, looks: number): boolean {
  const { core, bench, best, dice, epsilon } = search;
  if (core.table.count === 0) return false;
  const until = search.left - looks;
  while (search.left > Math.max(0, until)) {
    const trial = projected(core, best, epsilon);
    kick(core.table, trial, dice);
    rank(trial, epsilon);
    search.left -= 1 + descend(bench, trial);
    if (compareStandings(trial, best) >= 0) continue;
    adopt(search, core, trial.takes);
    return true;
  }
  return false;
}

/** Makes this choice, given as stages per row of a core, the best. */
function adopt({ groups, empty, best, epsilon }: Search, core: Core, takes: Int32Array): void {
  best.takes.fill(0);
  best.sums.set(empty);
  const wholeTakes = takesOfWhole(core, takes);
  for (let row = 0; row < wholeTakes.length; row++) {
    if (wholeTakes[row]! > 0) take(best, groups, row, wholeTakes[row]!);
  }
  rank(best, epsilon);
}

/** The claims that a choice is better at `place` or later. */
function claimsFrom({ best, epsilon, places }: Search, place: number): Float64Array[] {
  return Array.from({ length: places - place }, (_, n) => limitsOf(best, place + n, epsilon));
}

/** Rules out rows that no choice better at `place` or later can take, by the present weights. */
function prune(search: Search, place: number): void {
  const { core, weights, best, epsilon, groups } = search;
  const excess = new Float64Array(core.origin.length);
  const bound = excessUnder(core, weights, excess);
  const most = mostUnderAny(claimsFrom(search, place), weights, groups.partners);
  for (const [row, origin] of core.origin.entries()) if (best.takes[origin]! > 0) excess[row] = 0;
  search.core = shrink(core, excess, Math.max(0, most - bound) + ROUNDING);
  search.bench = benchFor(search.core.table, epsilon);
}

/** The same weights with one for the total. */
function withTotal(weights: Float64Array, partners: number): Float64Array {
  if (weights.length > partners) return weights;
  const wider = new Float64Array(partners + 1).fill(1 / 2);
  for (let i = 0; i < partners; i++) wider[i] = weights[i]! / 2;
  return wider;
}
