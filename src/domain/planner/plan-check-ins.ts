// The planner: when each check-in of the coming periods is, whose turn it is, and why.

import { type Attendance, hostsOf } from '../fairness/hosts.ts';
import type { PartnerId } from '../partner.ts';
import { boundOn, worst } from './decide.ts';
import type { Certificate, Occurrence, Plan, Points, Unplaced } from './plan.ts';
import { decideAgain } from './plan-again.ts';
import {
  burdensOf,
  intervalAt,
  type PlanRequest,
  type Problem,
  type Published,
  pointsIn,
  poseProblem,
  type Round,
} from './problem.ts';
import { reasoner, type Verdict } from './reason.ts';
import { relaxationFor } from './relax.ts';
import { awayRules, ruledOut } from './ruled-out.ts';

/**
 * Plans every period that begins within the weeks asked for. Pure and deterministic: the same request gives the same plan. What
 * cannot be placed is in `unplaced`, with the rules that stand in the way; nothing is relaxed on our own.
 */
export function planCheckIns(request: PlanRequest, tell: Tell = silent): Plan {
  const problem = poseProblem(request);
  const published = request.published ?? [];
  return describe({ problem, published, standing: decideAgain(problem, published) }, tell);
}

/** Told how many of how many occurrences have got their reason, which takes most of the time. */
export type Tell = (done: number, total: number) => void;

function silent(): void {}

/** The plan behind a decision, with everything that a reader is shown. */
export function describe(verdict: Verdict, tell: Tell = silent): Plan {
  const { problem, standing } = verdict;
  const { borne } = standing.decision;
  const occurrences = occurrencesOf(verdict, tell);
  tell(occurrences.length, occurrences.length);
  return {
    occurrences,
    unplaced: unplacedOf(verdict),
    burden: pointsBySeat(
      problem,
      borne.map((points, seat) => points - problem.opening[seat]!),
    ),
    total: borne.reduce((sum, points) => sum + points, 0),
    certificate: certificateOf(verdict),
  };
}

function occurrencesOf(verdict: Verdict, tell: Tell): Occurrence[] {
  const { problem, standing } = verdict;
  const held = standing.rounds.filter((round) => standing.decision.starts.has(round));
  const burdens = held.map((round) => pointsIn(problem, round, standing.decision.starts.get(round)!));
  const hosts = hostsOf(idsOf(problem), [
    ...problem.hosted,
    ...held.map((round, t) => attendanceOf(verdict, round, burdens[t]!)),
  ]).slice(problem.hosted.length);
  const ledger = problem.opening.slice();
  const reasonOf = reasoner(verdict);
  return held.map((round, t) => {
    tell(t, held.length);
    const start = standing.decision.starts.get(round)!;
    const points = burdensOf(problem, round, round.starts.indexOf(start));
    for (const seat of ledger.keys()) ledger[seat]! += points[seat]!;
    return {
      ...intervalAt(problem, start),
      period: round.period,
      burdens: burdens[t]!,
      credits: new Map(round.absent.map((seat) => [problem.seats[seat]!.partner.id, points[seat]!])),
      ledger: pointsBySeat(problem, ledger),
      host: hosts[t]!,
      reason: staysAsPublished(verdict, round)?.reason ?? reasonOf(round),
    };
  });
}

/** Who can be host: those present who have not declined, and first whoever was announced. */
function attendanceOf(verdict: Verdict, round: Round, burdens: Points): Attendance {
  const { host, declined = [] } = staysAsPublished(verdict, round) ?? {};
  const coming = new Map([...burdens].filter(([id]) => !declined.includes(id)));
  return { burdens: coming.size > 0 ? coming : burdens, ...(host !== undefined && { announced: host }) };
}

/** What was published of an occurrence that is where it was published. */
function staysAsPublished({ published, standing }: Verdict, round: Round): Published | undefined {
  if (!standing.pinned.has(round) && !standing.settled.has(round)) return undefined;
  return published.find(({ period }) => period === round.period.id);
}

function unplacedOf({ problem, standing }: Verdict): Unplaced[] {
  const absences = new Map(seatsBy(problem, problem.asked.absences));
  return standing.rounds
    .filter((round) => !standing.decision.starts.has(round))
    .map((round) => {
      const { period } = round;
      if (round.present.length < 2) return { period, kind: 'away', ruledOut: awayRules(problem, round) };
      const relaxation = relaxationFor(problem, round, absences);
      const unplaced = { period, kind: 'unplaceable', ruledOut: ruledOut(problem, round) } as const;
      return relaxation ? { ...unplaced, relaxation } : unplaced;
    });
}

function seatsBy({ seats }: Problem, counts: ReadonlyMap<PartnerId, number>): (readonly [number, number])[] {
  return seats.map(({ partner }, seat) => [seat, counts.get(partner.id) ?? 0] as const);
}

/** The bound is on rotating freely, with nothing kept but what is pinned. */
function certificateOf({ problem, standing }: Verdict): Certificate {
  const { borne, restriction, proven = 0 } = standing.decision;
  const rounds = standing.rounds.map((round, t) => (standing.pinned.has(round) ? round : problem.rounds[t]!));
  const most = worst(borne);
  const bound = boundOn(problem, rounds, most);
  const lowerBound = Math.max(bound.worst, proven);
  const gap = (most - lowerBound) / Math.max(1, lowerBound);
  const certificate = { worst: most, lowerBound, gap, lambda: pointsBySeat(problem, bound.lambda) };
  return restriction === undefined ? certificate : { ...certificate, restriction };
}

function pointsBySeat(problem: Problem, points: ArrayLike<number>): Points {
  return new Map(idsOf(problem).map((id, seat) => [id, points[seat]!]));
}

function idsOf({ seats }: Problem): PartnerId[] {
  return seats.map((seat) => seat.partner.id);
}

export type { Asked, PlanRequest, Published, Settled } from './problem.ts';
