import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../src/domain/partnership.ts';
import type { Occurrence, Plan } from '../../../src/domain/planner/plan.ts';
import { decideAgain } from '../../../src/domain/planner/plan-again.ts';
import { planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import {
  alteredRound,
  burdensOf,
  intervalAt,
  type PlanRequest,
  poseProblem,
} from '../../../src/domain/planner/problem.ts';
import { freeTime } from '../../../src/domain/planner/seat.ts';
import { DAY, MINUTE } from '../../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../../src/domain/time/instant.ts';
import { overlaps } from '../../../src/domain/time/interval.ts';
import { ANA, BEN, windowsOf } from '../../support/cast.ts';
import { partners } from '../../support/partners.ts';
import { instantOf, requestOf } from '../../support/requests.ts';

const FROM = instantOf('2027-03-08T00:00:00Z');

/** Where the period's occurrence is when the rule that the occurrence names is removed; NaN where there is none. */
function startWithout(request: PlanRequest, { period, reason, start }: Occurrence): number {
  const { rule } = reason;
  const problem = poseProblem(request);
  const round = problem.rounds.find((each) => each.period.id === period.id)!;
  const chosen = round.starts.findIndex((each) => intervalAt(problem, each).start === start);
  const at = (k: number) => intervalAt(problem, round.starts[k]!).start;
  const sum = (k: number) => burdensOf(problem, round, k).reduce((total, points) => total + points, 0);
  const inPlan = (plan: Plan) =>
    plan.occurrences.find((each) => each.period.id === period.id)?.start ?? Number.NaN;
  const pins = (request.published ?? []).filter(({ moved }) => moved);
  switch (rule.kind) {
    case 'pinned':
      return inPlan(
        planCheckIns({ ...request, published: pins.filter((each) => each.period !== period.id) }),
      );
    case 'published':
      return inPlan(planCheckIns({ ...request, published: pins }));
    case 'fixed-time': {
      const checkIn = { ...request.partnership.checkIn, rotation: { kind: 'every-time' } as const };
      return inPlan(
        planCheckIns({ ...request, published: pins, partnership: { ...request.partnership, checkIn } }),
      );
    }
    case 'fairness':
      return at([...round.starts.keys()].reduce((best, k) => (sum(k) < sum(best) ? k : best), 0));
    case 'least-burden':
      return at(0);
    case 'earliest':
      return at(
        round.starts.findLastIndex(
          (_, k) => `${burdensOf(problem, round, k)}` === `${burdensOf(problem, round, chosen)}`,
        ),
      );
    case 'spread':
    case 'calm': {
      const { rounds, decision } = decideAgain(problem, pins, { ignore: rule.kind });
      const other = decision.starts.get(rounds.find((each) => each.period.id === period.id)!);
      return other === undefined ? Number.NaN : intervalAt(problem, other).start;
    }
    case 'notice':
      return inPlan(planCheckIns({ ...request, now: plus(request.now, -DAY), published: pins }));
    case 'hard-limits':
      return round.starts.length === 1 ? Number.NaN : start;
    case 'busy': {
      const there = intervalFrom(reason.instead!.start);
      const free = request.partnership.partners.map((partner) =>
        partner.id === rule.partner
          ? { ...partner, busy: partner.busy.filter((each) => !overlaps(each, there)) }
          : partner,
      );
      return inPlan(
        planCheckIns({
          ...request,
          published: pins,
          partnership: { ...request.partnership, partners: free },
        }),
      );
    }
    case 'agreed':
      throw new Error('nobody was asked');
    default: {
      const seat = request.partnership.partners.findIndex(({ id }) => id === rule.partner);
      const lifted = alteredRound(problem, round, {
        free: new Map([[seat, freeTime(problem.seats[seat]!, [rule.kind])]]),
      });
      const rounds = problem.rounds.map((each) => (each === round ? lifted : each));
      const decided = decideAgain({ ...problem, rounds }, pins);
      const other = decided.decision.starts.get(decided.rounds.find((each) => each.period.id === period.id)!);
      return other === undefined ? Number.NaN : intervalAt(problem, other).start;
    }
  }
}

function intervalFrom(start: Instant) {
  return { start, end: plus(start, 30 * MINUTE) };
}

describe('the reason of an occurrence', () => {
  const rotations: readonly Rotation[] = [
    { kind: 'when-unfair' },
    { kind: 'every-time' },
    { kind: 'every', count: 3 },
    { kind: 'never' },
  ];

  test('is true: without the rule that it names, the choice is another', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(partners(FROM, 6), fc.constantFrom(...rotations), (drawn, rotation) => {
        const request = requestOf({ partners: drawn, from: '2027-03-08', weeks: 5, checkIn: { rotation } });
        for (const occurrence of planCheckIns(request).occurrences) {
          const { kind } = occurrence.reason.rule;
          seen.set(kind, (seen.get(kind) ?? 0) + 1);
          expect(startWithout(request, occurrence), kind).not.toBe(occurrence.start);
        }
      }),
      { numRuns: 30, seed: 7 },
    );
    expect(seen.size).toBeGreaterThan(3);
  });

  test('is true as well when a published plan is planned again', () => {
    fc.assert(
      fc.property(partners(FROM, 6), fc.constantFrom(...rotations), fc.nat(), (drawn, rotation, seed) => {
        const request = requestOf({ partners: drawn, from: '2027-03-08', weeks: 5, checkIn: { rotation } });
        const problem = poseProblem(request);
        const published = problem.rounds.flatMap((round, t) =>
          round.starts.length === 0
            ? []
            : [
                {
                  period: round.period.id,
                  start: intervalAt(problem, round.starts[(seed + t * 7) % round.starts.length]!).start,
                },
              ],
        );
        const again = { ...request, published };
        for (const occurrence of planCheckIns(again).occurrences) {
          expect(startWithout(again, occurrence), occurrence.reason.rule.kind).not.toBe(occurrence.start);
        }
      }),
      { numRuns: 8 },
    );
  });

  test('does not change because the plan was published', () => {
    fc.assert(
      fc.property(partners(FROM, 6), fc.constantFrom(...rotations), (drawn, rotation) => {
        const request = requestOf({ partners: drawn, from: '2027-03-08', weeks: 5, checkIn: { rotation } });
        const plan = planCheckIns(request);
        const published = plan.occurrences.map(({ period, start }) => ({ period: period.id, start }));
        expect(planCheckIns({ ...request, published }).occurrences).toEqual(plan.occurrences);
      }),
      { numRuns: 8 },
    );
  });

  test('names the partner whose event is in the way of an easier time', () => {
    const lunch = {
      start: instantOf('2027-01-06T10:00:00Z'),
      end: instantOf('2027-01-06T11:00:00Z'),
      tentative: false,
    };
    const a = { ...BEN, reachable: windowsOf('Wed 11:00-12:00', 'Wed 20:00-21:00'), busy: [lunch] };
    const b = { ...BEN, id: ANA.id, reachable: windowsOf('daily 00:00-24:00') };
    const [first] = planCheckIns(requestOf({ partners: [a, b], weeks: 1 })).occurrences;
    expect(first!.reason).toMatchObject({
      rule: { kind: 'busy', partner: BEN.id },
      instead: { start: lunch.start },
    });
  });
});
