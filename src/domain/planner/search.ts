// The fairest choice: leximin of what everybody bears, then the least total. Stages without a choice are past before it begins.

import type { Choice, ChoiceProblem } from './choice.ts';
import { searchOpen } from './search-open.ts';

/** How hard to search. */
export type Effort = {
  readonly seed: number;
  /** How many thousand partial choices and moves may be looked at where the quick proof fails; 30 to 50 µs each. */
  readonly steps: number;
};

/** The best choice that was found, and how much of it is proven to be the best there is. */
export type Fairest = Choice & {
  /** So many of the largest `ceil(C_i / ε)` are proven to be the least possible, each given those before it. */
  readonly provenPlaces: number;
  /** All of them, and the total: no choice is better. */
  readonly isProven: boolean;
};

/**
 * Chooses one option per stage so that (1) the descending vector of `ceil(C_i / ε)` is lexicographically least, (2) the sum
 * of all `C_i` and prices is least. Among stages with the same options the earliest take those that come first in
 * lexicographic order of burdens. The same seed, steps and problem give the same choice on every machine.
 */
export function searchLeximin(problem: ChoiceProblem, effort: Effort): Fairest {
  const options = new Int32Array(problem.stages.length);
  const open = [...problem.stages.keys()].filter((t) => problem.stages[t]!.count > 1);
  const rest = { ...problem, opening: openingWith(problem), stages: open.map((t) => problem.stages[t]!) };
  const found = open.length === 0 ? nothingToChoose(rest) : searchOpen(rest, effort);
  for (const [n, t] of open.entries()) options[t] = found.options[n]!;
  return { ...found, options };
}

/** What everybody has borne when the stages without a choice are past. */
function openingWith({ opening, stages, partners }: ChoiceProblem): Int32Array {
  const borne = opening.slice();
  for (const { count, burdens } of stages) {
    for (let i = 0; i < partners && count === 1; i++) borne[i]! += burdens[i]!;
  }
  return borne;
}

function nothingToChoose({ opening, partners }: ChoiceProblem): Fairest {
  return { options: new Int32Array(0), borne: opening, provenPlaces: partners, isProven: true };
}
