// Everything behind one occurrence: what was ruled out and by whom, the ledger before and after, and for each partner the
// time they would have liked better with whom it would have burdened.

import type { PartnerId } from '../partner.ts';
import { indexOf } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import type { Limit, Plan, Points, RuledOut } from './plan.ts';
import {
  burdensOf,
  intervalAt,
  type PlanRequest,
  type Problem,
  poseProblem,
  type Round,
  startsOf,
} from './problem.ts';
import { awayRules, brokenAt, ruledOut } from './ruled-out.ts';

/** The candidate that burdens `partner` least, where that is less than the occurrence does. */
export type Alternative = {
  readonly partner: PartnerId;
  readonly start: Instant;
  /** What it would cost the partner, and what the occurrence costs them. */
  readonly burden: number;
  readonly instead: number;
  /** By how many points it would lift others above the worst `C_i` of the plan. */
  readonly lifts: Points;
};

/** Everything behind one period. */
export type Explanation = {
  readonly period: string;
  /** Starts on the grid, and how many of them are candidates. */
  readonly starts: number;
  readonly candidates: number;
  readonly ruledOut: readonly RuledOut[];
  /** The limits that the occurrence itself breaks: it was announced before they were there, or agreed on in spite of them. */
  readonly broken: readonly Limit[];
  /** The ledger before and after the occurrence; the same where there is none. */
  readonly before: Points;
  readonly after: Points;
  readonly alternatives: readonly Alternative[];
};

/** Explains the period of that id; undefined where the plan has no such period. */
export function explainPeriod(request: PlanRequest, plan: Plan, period: string): Explanation | undefined {
  const problem = poseProblem(request);
  const round = problem.rounds.find((each) => each.period.id === period);
  if (!round) return undefined;
  const { first, end } = startsOf(problem, round.period);
  const at = plan.occurrences.findIndex((occurrence) => occurrence.period.id === period);
  const chosen = plan.occurrences[at];
  const before = ledgerBefore(problem, plan, round);
  return {
    period,
    starts: end - first,
    candidates: round.starts.length,
    ruledOut: round.present.length < 2 ? awayRules(problem, round) : ruledOut(problem, round),
    broken: chosen ? brokenAt(problem, round, indexOf(problem.grid, chosen.start)) : [],
    before,
    after: chosen?.ledger ?? before,
    alternatives: at < 0 ? [] : alternativesTo(problem, plan, round, at),
  };
}

function ledgerBefore({ seats, opening }: Problem, plan: Plan, { period }: Round): Points {
  const earlier = plan.occurrences.filter((occurrence) => occurrence.period.first < period.first).at(-1);
  return earlier?.ledger ?? new Map(seats.map((seat, index) => [seat.partner.id, opening[index]!]));
}

function alternativesTo(problem: Problem, plan: Plan, round: Round, at: number): Alternative[] {
  const chosen = plan.occurrences[at]!;
  const final = problem.seats.map(
    (seat, index) => problem.opening[index]! + plan.burden.get(seat.partner.id)!,
  );
  const now = problem.seats.map(
    ({ partner }) => chosen.burdens.get(partner.id) ?? chosen.credits.get(partner.id) ?? 0,
  );
  const alternatives: Alternative[] = [];
  for (const seat of round.present) {
    const k = bestFor(problem, round, seat);
    const points = burdensOf(problem, round, k);
    if (points.length === 0 || points[seat]! >= now[seat]!) continue;
    const lifts = new Map<PartnerId, number>();
    for (const [other, { partner }] of problem.seats.entries()) {
      const lift = final[other]! - now[other]! + points[other]! - plan.certificate.worst;
      if (lift > 0) lifts.set(partner.id, lift);
    }
    const { start } = intervalAt(problem, round.starts[k]!);
    alternatives.push({
      partner: problem.seats[seat]!.partner.id,
      start,
      burden: points[seat]!,
      instead: now[seat]!,
      lifts,
    });
  }
  return alternatives;
}

/** The candidate that costs the seat least, then all together least, then the earliest. */
function bestFor(problem: Problem, round: Round, seat: number): number {
  let best = 0;
  let [least, sum] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const k of round.starts.keys()) {
    const points = burdensOf(problem, round, k);
    const all = points.reduce((total, each) => total + each, 0);
    if (points[seat]! > least || (points[seat]! === least && all >= sum)) continue;
    [best, least, sum] = [k, points[seat]!, all];
  }
  return best;
}
