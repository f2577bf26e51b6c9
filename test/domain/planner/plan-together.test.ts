import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../../src/domain/planner/plan.ts';
import { planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import { planTogether } from '../../../src/domain/planner/plan-together.ts';
import { overlaps } from '../../../src/domain/time/interval.ts';
import { ANA, BEN, CHIARA, DEV, windowsOf } from '../../support/cast.ts';
import { partners } from '../../support/partners.ts';
import { instantOf, requestOf } from '../../support/requests.ts';

function collisions(plans: readonly Plan[]): string[] {
  return plans.flatMap((plan, index) =>
    plan.occurrences.flatMap((occurrence) =>
      plans
        .slice(index + 1)
        .flatMap((other) =>
          other.occurrences
            .filter(
              (each) =>
                overlaps(each, occurrence) &&
                [...each.burdens.keys()].some((id) => occurrence.burdens.has(id)),
            )
            .map((each) => each.period.id),
        ),
    ),
  );
}

describe('partnerships that share partners', () => {
  test('never put anybody in two check-ins at once', () => {
    fc.assert(
      fc.property(partners(instantOf('2027-01-04T00:00:00Z'), 4), (drawn) => {
        const requests = [drawn, drawn.slice(0, 2), drawn.slice(-2)].map((each) =>
          requestOf({ partners: each, weeks: 4 }),
        );
        expect(collisions(planTogether(requests))).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });

  test('that share nobody are planned as if alone', () => {
    const requests = [
      requestOf({ partners: [ANA, BEN], weeks: 4 }),
      requestOf({ partners: [CHIARA, DEV], weeks: 4 }),
    ];
    expect(planTogether(requests)).toEqual(requests.map((request) => planCheckIns(request)));
  });

  test('make room for each other where one alone has no other time (a chain move)', () => {
    const only = (reachable: string) => windowsOf(reachable);
    const hub = { ...BEN, reachable: only('Wed 10:00-11:00') };
    const flexible = requestOf({
      partners: [hub, { ...CHIARA, zone: BEN.zone, reachable: only('Wed 10:00-11:00') }],
      weeks: 1,
    });
    const bound = requestOf({
      partners: [hub, { ...DEV, zone: BEN.zone, reachable: only('Wed 10:00-10:30') }],
      weeks: 1,
    });
    const plans = planTogether([flexible, bound]);
    expect(plans.flatMap(({ unplaced }) => unplaced)).toEqual([]);
    expect(collisions(plans)).toEqual([]);
  });
});
