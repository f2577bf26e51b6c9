// Several partnerships that share partners: nobody can be in two check-ins at once. Each is planned for itself around the
// others in turn, since leximin over all of them together would be ruled by one unlucky partner.

import type { PartnerId } from '../partner.ts';
import type { Interval } from '../time/interval.ts';
import { worst } from './decide.ts';
import type { Plan } from './plan.ts';
import { decideAgain } from './plan-again.ts';
import { describe } from './plan-check-ins.ts';
import { intervalAt, type PlanRequest, poseProblem } from './problem.ts';
import type { Verdict } from './reason.ts';

/** After so many rounds over all partnerships a further one was not seen to gain anything worth its time. */
const SWEEPS = 2;

/**
 * The plans of these partnerships, in their order; no partner is in two occurrences at a time (pins apart: those were put there
 * by the partners). A sweep plans each anew around all others, then tries chain moves: one partnership plans as if a neighbour
 * were not there, and the neighbour around it; both are taken if the two worst partners together bear less.
 */
export function planTogether(requests: readonly PlanRequest[]): Plan[] {
  return decideTogether(requests).map((verdict) => describe(verdict));
}

/** The same without explanations. */
export function decideTogether(requests: readonly PlanRequest[]): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const request of requests) verdicts.push(planAround(request, verdicts));
  const shared = requests.map((_, index) => neighboursOf(requests, index));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let gained = false;
    for (const [index, request] of requests.entries()) {
      if (shared[index]!.length === 0) continue;
      gained = takeIfFairer(verdicts, [[index, planAround(request, without(verdicts, [index]))]]) || gained;
      for (const other of shared[index]!) gained = chainMove(requests, verdicts, index, other) || gained;
    }
    if (!gained) break;
  }
  return verdicts;
}

function chainMove(
  requests: readonly PlanRequest[],
  verdicts: Verdict[],
  index: number,
  other: number,
): boolean {
  const rest = without(verdicts, [index, other]);
  const first = planAround(requests[index]!, rest);
  const second = planAround(requests[other]!, [...rest, first]);
  return takeIfFairer(verdicts, [
    [index, first],
    [other, second],
  ]);
}

/** Takes the new verdicts if as many periods are placed and the sum of their worst `C_i` falls, or else that of all `C_i`. */
function takeIfFairer(verdicts: Verdict[], proposed: readonly (readonly [number, Verdict])[]): boolean {
  const before = measure(proposed.map(([index]) => verdicts[index]!));
  const after = measure(proposed.map(([, verdict]) => verdict));
  const difference =
    after.missing - before.missing || after.worst - before.worst || after.total - before.total;
  if (difference >= 0) return false;
  for (const [index, verdict] of proposed) verdicts[index] = verdict;
  return true;
}

function measure(verdicts: readonly Verdict[]) {
  const sums = { missing: 0, worst: 0, total: 0 };
  for (const { standing } of verdicts) {
    sums.missing += standing.rounds.length - standing.decision.starts.size;
    sums.worst += worst(standing.decision.borne);
    for (const points of standing.decision.borne) sums.total += points;
  }
  return sums;
}

function planAround(request: PlanRequest, others: readonly Verdict[]): Verdict {
  const elsewhere = new Map<PartnerId, Interval[]>();
  for (const [partner, given] of request.elsewhere ?? []) elsewhere.set(partner, [...given]);
  const ids = new Set(request.partnership.partners.map(({ id }) => id));
  for (const verdict of others) {
    for (const [partner, interval] of attendance(verdict)) {
      if (ids.has(partner)) elsewhere.set(partner, [...(elsewhere.get(partner) ?? []), interval]);
    }
  }
  const problem = poseProblem({ ...request, elsewhere });
  const published = request.published ?? [];
  return { problem, published, standing: decideAgain(problem, published) };
}

/** Who is where in a decided plan. */
function* attendance({ problem, standing }: Verdict): Generator<readonly [PartnerId, Interval]> {
  for (const [round, start] of standing.decision.starts) {
    for (const seat of round.present) yield [problem.seats[seat]!.partner.id, intervalAt(problem, start)];
  }
}

function without(verdicts: readonly Verdict[], left: readonly number[]): Verdict[] {
  return verdicts.filter((_, index) => !left.includes(index));
}

function neighboursOf(requests: readonly PlanRequest[], index: number): number[] {
  const own = new Set(requests[index]!.partnership.partners.map(({ id }) => id));
  return [...requests.keys()].filter(
    (other) => other !== index && requests[other]!.partnership.partners.some(({ id }) => own.has(id)),
  );
}
