// The same options in a better order: odd hours alternate instead of piling up (planner rule 3).

import { borneBy, type Choice, type ChoiceProblem } from './choice.ts';
import { type Groups, groupStages } from './groups.ts';

/** Rounds of swaps; a round without a swap ends the search, which mostly happens within five. */
const ROUNDS = 20;

type State = {
  readonly stages: number;
  readonly partners: number;
  /** For each stage the row of its group that it takes. */
  readonly taken: Int32Array;
  /** `T·B_i(t) − t·B_i(T)`, with stage `t` included, at `t * partners + i`. */
  readonly away: Float64Array;
  /** Running sums of `away`: over all stages before `t`, at `t * partners + i`. */
  readonly sums: Float64Array;
};

/**
 * Permutes the options chosen in stages with identical option sets, so that everybody's burden grows evenly: lowers
 * `unevenness`, and never changes what anybody has borne at the end. Swaps until none helps, so only locally best.
 */
export function spreadOverTime(problem: ChoiceProblem, choice: Choice): Choice {
  if (problem.stages.filter(({ count }) => count > 1).length < 2) return choice;
  const groups = groupStages(problem);
  const state = emptyState(problem, takenRows(groups, choice.options));
  follow(state, groups);
  for (let round = 0; round < ROUNDS; round++) {
    if (!swapAll(state, groups)) break;
  }
  const options = choice.options.map((_, t) => optionOf(groups, t, state.taken[t]!));
  return { options, borne: borneBy(problem, options) };
}

/** `Σ_t Σ_i (T·B_i(t) − t·B_i(T))²`: T² times the measure of rule 3, an integer; B is the burden of the horizon alone. */
export function unevenness(problem: ChoiceProblem, options: Int32Array): number {
  const groups = groupStages(problem);
  const state = emptyState(problem, takenRows(groups, options));
  follow(state, groups);
  let sum = 0;
  for (const each of state.away) sum += each * each;
  return sum;
}

function swapAll(state: State, groups: Groups): boolean {
  let swapped = false;
  for (let early = 0; early < state.stages; early++) {
    for (const late of groups.members[groups.groupOf[early]!]!) {
      if (late <= early || change(state, groups, early, late) >= 0) continue;
      const row = state.taken[early]!;
      state.taken[early] = state.taken[late]!;
      state.taken[late] = row;
      follow(state, groups);
      swapped = true;
    }
  }
  return swapped;
}

/** By how much the unevenness changes if two stages swap what they take: `away` changes by `T·d` from one to the other. */
function change(
  { stages, partners, taken, sums }: State,
  groups: Groups,
  early: number,
  late: number,
): number {
  if (taken[early] === taken[late]) return 0;
  const [from, to] = [taken[early]! * groups.width, taken[late]! * groups.width];
  let [cross, square] = [0, 0];
  for (let i = 0; i < partners; i++) {
    const difference = groups.rows[to + i]! - groups.rows[from + i]!;
    cross += difference * (sums[late * partners + i]! - sums[early * partners + i]!);
    square += difference * difference;
  }
  return stages * (2 * cross + stages * square * (late - early));
}

/** Works out `away` and `sums` for what is taken. */
function follow({ stages, partners, taken, away, sums }: State, { rows, width }: Groups): void {
  for (let i = 0; i < partners; i++) {
    let all = 0;
    for (let t = 0; t < stages; t++) all += rows[taken[t]! * width + i]!;
    let borne = 0;
    let sum = 0;
    for (let t = 0; t < stages; t++) {
      borne += rows[taken[t]! * width + i]!;
      sums[t * partners + i] = sum;
      away[t * partners + i] = stages * borne - (t + 1) * all;
      sum += away[t * partners + i]!;
    }
  }
}

function emptyState(problem: ChoiceProblem, taken: Int32Array): State {
  const [stages, partners] = [problem.stages.length, problem.partners];
  const size = stages * partners;
  return { stages, partners, taken, away: new Float64Array(size), sums: new Float64Array(size) };
}

function takenRows(groups: Groups, options: Int32Array): Int32Array {
  return options.map((option, t) => groups.first[groups.groupOf[t]!]! + groups.orders[t]!.indexOf(option));
}

function optionOf(groups: Groups, stage: number, row: number): number {
  return groups.orders[stage]![row - groups.first[groups.groupOf[stage]!]!]!;
}
