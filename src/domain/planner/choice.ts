// The planner's core as pure numbers: one option to choose per stage, a burden for each partner in each option.

/** One period, or a block of periods that keep one time: `count` options of which exactly one is taken. */
export type Stage = {
  readonly count: number;
  /** Points of partner `i` in option `o` at `o * partners + i`; integers, none negative. */
  readonly burdens: Int32Array;
  /** Points that option `o` adds to the total without being anybody's burden; integers, none negative. */
  readonly prices: Int32Array;
};

/** What is to be decided: one option for each stage. */
export type ChoiceProblem = {
  readonly partners: number;
  /** What each partner has borne before, in points (`round(L_i / 1000)`). */
  readonly opening: Int32Array;
  /** Fairness is judged in steps of so many points; at least 1. */
  readonly epsilon: number;
  readonly stages: readonly Stage[];
};

/** The option taken in each stage, and what each partner has borne at the end (`C_i`, with the opening). */
export type Choice = { readonly options: Int32Array; readonly borne: Int32Array };

/** What each partner has borne when these options are taken. */
export function borneBy(problem: ChoiceProblem, options: Int32Array): Int32Array {
  const borne = problem.opening.slice();
  for (const [t, stage] of problem.stages.entries()) {
    const row = options[t]! * problem.partners;
    for (let i = 0; i < problem.partners; i++) borne[i]! += stage.burdens[row + i]!;
  }
  return borne;
}
