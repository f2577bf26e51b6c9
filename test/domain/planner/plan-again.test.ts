import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../src/domain/partnership.ts';
import type { Plan } from '../../../src/domain/planner/plan.ts';
import { type Published, planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { ANA, BEN, CHIARA, windowsOf, zoneOf } from '../../support/cast.ts';
import { partners } from '../../support/partners.ts';
import { instantOf, requestOf } from '../../support/requests.ts';

const OWLS = [ANA, BEN, CHIARA].map((each) => ({ ...each, reachable: windowsOf('Mon-Fri 00:00-24:00') }));

function publish(plan: Plan): Published[] {
  return plan.occurrences.map(({ period, start }) => ({ period: period.id, start }));
}

function starts(plan: Plan): [string, number][] {
  return plan.occurrences.map(({ period, start }) => [period.id, start]);
}

describe('planning again', () => {
  test('changes nothing where nothing has changed', () => {
    fc.assert(
      fc.property(partners(instantOf('2027-01-04T00:00:00Z'), 6), (drawn) => {
        const plan = planCheckIns(requestOf({ partners: drawn, weeks: 6 }));
        const again = planCheckIns(requestOf({ partners: drawn, weeks: 6, published: publish(plan) }));
        expect(starts(again)).toEqual(starts(plan));
      }),
      { numRuns: 8 },
    );
  });

  test('moves only what has become impossible', () => {
    const plan = planCheckIns(requestOf({ partners: OWLS }));
    const taken = plan.occurrences[5]!;
    const busy = OWLS.map((each) =>
      each.id === BEN.id
        ? { ...each, busy: [{ start: taken.start, end: taken.end, tentative: false }] }
        : each,
    );
    const again = planCheckIns(requestOf({ partners: busy, published: publish(plan) }));
    const moved = starts(again).filter(([, start], t) => start !== plan.occurrences[t]!.start);
    expect(moved.map(([period]) => period)).toEqual([taken.period.id]);
  });

  test('never moves a pin, frozen or put there by the partners, and says so', () => {
    const odd = instantOf('2027-02-10T22:00:00Z');
    const frozen = instantOf('2027-01-06T23:00:00Z');
    const published = [
      { period: '2027-W06', start: odd, moved: true },
      { period: '2027-W01', start: frozen },
    ];
    const plan = planCheckIns(requestOf({ partners: OWLS, published }));
    const at = (period: string) => plan.occurrences.find((occurrence) => occurrence.period.id === period)!;
    expect(at('2027-W06')).toMatchObject({ start: odd, reason: { rule: { kind: 'pinned' } } });
    expect(at('2027-W01')).toMatchObject({ start: frozen, reason: { rule: { kind: 'published' } } });
  });

  test('takes a better plan only where each move earns 25 points, and then with the fewest moves', () => {
    const plan = planCheckIns(requestOf({ partners: OWLS }));
    const spoilt = publish(plan).map((each, t) =>
      t === 7 ? { ...each, start: instantOf('2027-02-23T19:00:00Z') } : each,
    );
    const again = planCheckIns(requestOf({ partners: OWLS, published: spoilt }));
    const moves = starts(again).filter(([, start], t) => start !== spoilt[t]!.start);
    const kept = planCheckIns(
      requestOf({ partners: OWLS, published: spoilt.map((each) => ({ ...each, moved: true })) }),
    );
    expect(moves).toHaveLength(1);
    expect(kept.certificate.worst - again.certificate.worst).toBeGreaterThanOrEqual(25);
  });

  test('leaves a plan alone that could be better by ten points and no more', () => {
    const plan = planCheckIns(requestOf({ partners: OWLS }));
    const worst = (published: readonly Published[]) =>
      planCheckIns(
        requestOf({ partners: OWLS, published: published.map((each) => ({ ...each, moved: true })) }),
      ).certificate.worst;
    const spoilt = [-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6].map((quarters) =>
      publish(plan).map((each, t) =>
        t === 7 ? { ...each, start: plus(each.start, (quarters * HOUR) / 4) } : each,
      ),
    );
    const slightly = spoilt.filter((each) => {
      const gain = worst(each) - plan.certificate.worst;
      return gain >= 10 && gain < 25;
    });
    expect(slightly.length).toBeGreaterThan(0);
    for (const published of slightly) {
      const again = planCheckIns(requestOf({ partners: OWLS, published }));
      expect(starts(again).map(([, start]) => start)).toEqual(published.map(({ start }) => start));
    }
  });

  test('places anew what has become impossible as suits best, before it moves anything else', () => {
    const plan = planCheckIns(requestOf({ partners: OWLS }));
    const lost = plan.occurrences[5]!;
    const spoilt = publish(plan).map((each, t) =>
      t === 7 ? { ...each, start: instantOf('2027-02-23T22:00:00Z') } : each,
    );
    const busy = OWLS.map((each) =>
      each.id === BEN.id ? { ...each, busy: [{ start: lost.start, end: lost.end, tentative: false }] } : each,
    );
    const again = planCheckIns(requestOf({ partners: busy, published: spoilt }));
    const moved = starts(again).filter(([, start], t) => start !== spoilt[t]!.start);
    expect(moved.map(([period]) => period)).toEqual([lost.period.id, '2027-W08']);
  });

  test('once more changes nothing, whatever happened in between', () => {
    const from = instantOf('2027-01-04T00:00:00Z');
    const rotation = fc.constantFrom<Rotation>({ kind: 'every-time' }, { kind: 'when-unfair' });
    const known = (plan: Plan): Published[] =>
      plan.occurrences.map(({ period, start, host }) => ({ period: period.id, start, host }));
    fc.assert(
      fc.property(
        partners(from, 6),
        rotation,
        fc.array(fc.nat(40), { maxLength: 4 }),
        (drawn, kind, hits) => {
          const checkIn = { rotation: kind };
          const first = planCheckIns(requestOf({ partners: drawn, weeks: 6, checkIn }));
          const busier = drawn.map((partner, seat) => ({
            ...partner,
            busy: [
              ...partner.busy,
              ...hits.flatMap((hit) => {
                const struck = first.occurrences[hit % Math.max(1, first.occurrences.length)];
                return struck && hit % drawn.length === seat
                  ? [{ start: struck.start, end: struck.end, tentative: false }]
                  : [];
              }),
            ],
          }));
          const ledger = new Map([[drawn[0]!.id, 60_000]]);
          const second = planCheckIns(
            requestOf({ partners: busier, weeks: 6, checkIn, ledger, published: known(first) }),
          );
          const third = planCheckIns(
            requestOf({ partners: busier, weeks: 6, checkIn, ledger, published: known(second) }),
          );
          expect(third.occurrences).toEqual(second.occurrences);
        },
      ),
      { numRuns: 12, seed: 3 },
    );
  });

  test('keeps the host who was announced, where the occurrence stays', () => {
    const plan = planCheckIns(requestOf({ partners: OWLS }));
    const published = plan.occurrences.map(({ period, start }) => ({
      period: period.id,
      start,
      host: CHIARA.id,
    }));
    expect(
      new Set(planCheckIns(requestOf({ partners: OWLS, published })).occurrences.map(({ host }) => host)),
    ).toEqual(new Set([CHIARA.id]));
  });

  test('a rotation that never changes gives new periods the time that was published', () => {
    const neighbours = [BEN, { ...ANA, zone: zoneOf('Europe/London') }];
    const checkIn = { rotation: { kind: 'never' } } as const;
    const now = instantOf('2026-12-01T00:00:00Z');
    const published = [0, 1, 2].map((t) => ({
      period: `2027-W0${t + 1}`,
      start: plus(instantOf('2027-01-06T12:15:00Z'), t * 7 * DAY),
    }));
    const plan = planCheckIns(requestOf({ partners: neighbours, weeks: 10, checkIn, published, now }));
    expect(starts(plan).map(([, start]) => start)).toEqual(
      plan.occurrences.map((_, t) => plus(published[0]!.start, t * 7 * DAY)),
    );
  });

  test('a fixed time gives way as a whole, not in part, where another is better by ten points', () => {
    const checkIn = { rotation: { kind: 'never' } } as const;
    const now = instantOf('2026-12-01T00:00:00Z');
    const plan = planCheckIns(requestOf({ partners: OWLS, weeks: 6, checkIn, now }));
    const published = publish(plan).map(({ period, start }) => ({ period, start: plus(start, HOUR) }));
    expect(starts(planCheckIns(requestOf({ partners: OWLS, weeks: 6, checkIn, now, published })))).toEqual(
      starts(plan),
    );
  });
});
