// A swap: two partners whose turns are in two periods exchange them, by exchanging the wall times of the two.

import { indexFrom } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import { homeOf, instantAtHome } from './home.ts';
import type { Occurrence, Plan } from './plan.ts';
import { type PlanRequest, type Published, poseProblem } from './problem.ts';

/** `swapped`: what to publish, both as pins. `impossible`: the periods in which the other's time is no candidate for all. */
export type Swap =
  | { readonly kind: 'swapped'; readonly published: readonly [Published, Published] }
  | { readonly kind: 'impossible'; readonly periods: readonly string[] };

/** Exchanges the times of two periods of the plan. Each is read on the anchor's clock, so that it stays the same time of day. */
export function swapTurns(request: PlanRequest, plan: Plan, first: string, second: string): Swap {
  const problem = poseProblem(request);
  const [a, b] = [occurrenceIn(plan, first), occurrenceIn(plan, second)];
  if (!a || !b) return { kind: 'impossible', periods: [...(a ? [] : [first]), ...(b ? [] : [second])] };
  const moves = [movedTo(request, a, b), movedTo(request, b, a)] as const;
  const impossible = moves.filter(({ period, start }) => {
    const round = problem.rounds.find((each) => each.period.id === period);
    return !round?.starts.includes(indexFrom(problem.grid, start));
  });
  if (impossible.length > 0) return { kind: 'impossible', periods: impossible.map(({ period }) => period) };
  return { kind: 'swapped', published: moves };
}

function occurrenceIn(plan: Plan, period: string): Occurrence | undefined {
  return plan.occurrences.find((occurrence) => occurrence.period.id === period);
}

/** The period of `here` at the wall time of `there`. */
function movedTo({ partnership }: PlanRequest, here: Occurrence, there: Occurrence): Published {
  const clock = { anchor: partnership.anchor, rhythm: partnership.checkIn.rhythm };
  const start: Instant = instantAtHome(clock, here.period, homeOf(clock, there.period, there.start));
  return { period: here.period.id, start, moved: true };
}
