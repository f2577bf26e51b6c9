import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rotation } from '../../../src/domain/partnership.ts';
import { planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import { formatInstant } from '../../../src/domain/time/instant.ts';
import { formatInZone } from '../../../src/domain/time/zone.ts';
import { ANA, BEN, CHIARA, EMERE, windowsOf, zoneOf } from '../../support/cast.ts';
import { burdenBy, violations } from '../../support/judge.ts';
import { partners } from '../../support/partners.ts';
import { dateOf, instantOf, requestOf } from '../../support/requests.ts';

const NIGHT_OWLS = [ANA, BEN, CHIARA].map((each) => ({
  ...each,
  reachable: windowsOf('Mon-Fri 00:00-24:00'),
}));
const ROTATIONS: readonly Rotation[] = [
  { kind: 'when-unfair' },
  { kind: 'every-time' },
  { kind: 'every', count: 4 },
  { kind: 'monthly' },
  { kind: 'never' },
];

/** The time of day of each occurrence on the anchor's clock, with its weekday's distance from the period's first day. */
function homes(request: ReturnType<typeof requestOf>): string[] {
  return planCheckIns(request).occurrences.map(({ start, period }) => {
    const wall = formatInZone(request.partnership.anchor, start);
    return `${dateOf(wall.slice(0, 10)) - period.first} ${wall.slice(11, 16)}`;
  });
}

describe('a plan', () => {
  const from = instantOf('2027-03-08T00:00:00Z');

  test('breaks nobody’s hard limits, and anyone can recompute it (across both changes of clocks)', () => {
    fc.assert(
      fc.property(
        partners(from, 8),
        fc.constantFrom(...ROTATIONS),
        fc.constantFrom('2027-03-08', '2027-10-04'),
        (drawn, rotation, day) => {
          const request = requestOf({ partners: drawn, from: day, weeks: 6, checkIn: { rotation } });
          const plan = planCheckIns(request);
          const borne = new Map(drawn.map(({ id }) => [id, 0]));
          for (const occurrence of plan.occurrences) {
            for (const partner of drawn) {
              expect(violations(partner, occurrence)).toEqual([]);
              expect(occurrence.burdens.get(partner.id)).toBe(burdenBy(partner, occurrence));
              borne.set(partner.id, borne.get(partner.id)! + occurrence.burdens.get(partner.id)!);
            }
            expect(occurrence.ledger).toEqual(borne);
          }
          expect(plan.burden).toEqual(borne);
          expect(plan.occurrences.length + plan.unplaced.length).toBe(6);
          expect(plan.certificate.lowerBound).toBeLessThanOrEqual(plan.certificate.worst);
          expect(plan.certificate.worst).toBe(Math.max(...borne.values()));
        },
      ),
      { numRuns: 12 },
    );
  });

  test('is the same for the same request', () => {
    fc.assert(
      fc.property(partners(from, 6), (drawn) => {
        const request = requestOf({ partners: drawn, from: '2027-03-08', weeks: 6 });
        expect(planCheckIns(request)).toEqual(planCheckIns(request));
      }),
      { numRuns: 10 },
    );
  });

  test('starts from what was borne before: who bore much is spared', () => {
    const even = planCheckIns(requestOf({ partners: NIGHT_OWLS }));
    const spared = planCheckIns(requestOf({ partners: NIGHT_OWLS, ledger: new Map([[CHIARA.id, 300_000]]) }));
    expect(spared.burden.get(CHIARA.id)!).toBeLessThan(even.burden.get(CHIARA.id)! - 100);
    expect(spared.total).toBe([...spared.burden.values()].reduce((sum, points) => sum + points, 300));
  });

  test('credits who is away, and counts the credit in the ledger', () => {
    const away = {
      ...CHIARA,
      reachable: windowsOf('daily 00:00-24:00'),
      away: [{ from: dateOf('2027-01-04'), to: dateOf('2027-01-10') }],
    };
    const [first] = planCheckIns(requestOf({ partners: [ANA, BEN, away] })).occurrences;
    const [ana, ben] = [first!.burdens.get(ANA.id)!, first!.burdens.get(BEN.id)!];
    expect([...first!.credits]).toEqual([[CHIARA.id, Math.floor((ana + ben) / 2)]]);
    expect(first!.ledger.get(CHIARA.id)).toBe(Math.floor((ana + ben) / 2));
    expect(first!.burdens.has(CHIARA.id)).toBe(false);
  });

  test('records a period in which one of two is away, with no relaxation', () => {
    const away = { ...BEN, away: [{ from: dateOf('2027-01-11'), to: dateOf('2027-01-15') }] };
    const { unplaced } = planCheckIns(requestOf({ partners: [ANA, away] }));
    expect(unplaced).toMatchObject([
      { kind: 'away', period: { id: '2027-W02' }, ruledOut: [{ rule: { kind: 'away', partner: BEN.id } }] },
    ]);
    expect(unplaced[0]).not.toHaveProperty('relaxation');
  });
});

describe('rotation', () => {
  test('never: one wall time throughout, though the clocks change', () => {
    expect(
      new Set(
        homes(
          requestOf({ partners: [ANA, BEN], from: '2027-02-15', checkIn: { rotation: { kind: 'never' } } }),
        ),
      ).size,
    ).toBe(1);
  });

  test('every 4: a wall time holds for four weeks, counted from since', () => {
    const checkIn = { rotation: { kind: 'every', count: 4 }, since: dateOf('2026-12-21') } as const;
    const times = homes(requestOf({ partners: NIGHT_OWLS, checkIn, now: instantOf('2026-12-01T00:00:00Z') }));
    for (const [from, to] of [
      [0, 2],
      [2, 6],
      [6, 10],
      [10, 12],
    ])
      expect(new Set(times.slice(from, to)).size).toBe(1);
    expect(new Set(times).size).toBeGreaterThan(1);
  });

  test('monthly: a wall time holds for the weeks that begin in a month', () => {
    const request = requestOf({
      partners: NIGHT_OWLS,
      checkIn: { rotation: { kind: 'monthly' } },
      now: instantOf('2026-12-01T00:00:00Z'),
    });
    const times = homes(request);
    for (const [from, to] of [
      [0, 4],
      [4, 8],
      [8, 12],
    ])
      expect(new Set(times.slice(from, to)).size).toBe(1);
    expect(new Set(times).size).toBeGreaterThan(1);
  });

  test('when-unfair: a fixed time is kept where it is fair enough', () => {
    const neighbours = [BEN, { ...ANA, zone: zoneOf('Europe/London') }];
    const plan = planCheckIns(
      requestOf({
        partners: neighbours,
        checkIn: { rotation: { kind: 'when-unfair' } },
        now: instantOf('2027-01-01T00:00:00Z'),
      }),
    );
    expect(plan.certificate.restriction).toBe(0);
    expect(
      new Set(
        homes(
          requestOf({
            partners: neighbours,
            checkIn: { rotation: { kind: 'when-unfair' } },
            now: instantOf('2027-01-01T00:00:00Z'),
          }),
        ),
      ).size,
    ).toBe(1);
  });

  test('when-unfair: it rotates where one time is much worse for somebody', () => {
    const kinds = (kind: 'when-unfair' | 'every-time') =>
      planCheckIns(requestOf({ partners: NIGHT_OWLS, checkIn: { rotation: { kind } } }));
    expect(kinds('when-unfair')).toEqual(kinds('every-time'));
    expect(kinds('when-unfair').certificate).not.toHaveProperty('restriction');
  });

  test('the fewer changes are allowed, the more the worst partner bears, and the price is shown', () => {
    const worst = ROTATIONS.slice(1).map(
      (rotation) => planCheckIns(requestOf({ partners: NIGHT_OWLS, checkIn: { rotation } })).certificate,
    );
    expect(worst[0]!.worst).toBeLessThanOrEqual(worst[1]!.worst);
    expect(worst[1]!.worst).toBeLessThan(worst[3]!.worst);
    expect(worst[3]!.restriction).toBe(worst[3]!.worst - worst[0]!.worst);
  });

  test('odd hours alternate instead of piling up', () => {
    const spread = planCheckIns(requestOf({ partners: NIGHT_OWLS.slice(0, 2), weeks: 12 })).occurrences.map(
      ({ burdens }) => burdens.get(ANA.id)! > burdens.get(BEN.id)!,
    );
    expect(spread.slice(0, 6).filter(Boolean).length).toBeGreaterThan(1);
    expect(spread.slice(6).filter(Boolean).length).toBeGreaterThan(1);
  });
});

describe('other rhythms', () => {
  test('two weeks: one occurrence in each pair, in either week', () => {
    const plan = planCheckIns(requestOf({ checkIn: { rhythm: '2w' }, weeks: 12 }));
    expect(plan.occurrences.map(({ period }) => period.id)).toEqual([
      '2027-W01',
      '2027-W03',
      '2027-W05',
      '2027-W07',
      '2027-W09',
      '2027-W11',
    ]);
  });

  test('a month: never keeps the weekday and its number, not the date', () => {
    const checkIn = { rhythm: '1mo', rotation: { kind: 'never' }, since: dateOf('2027-01-01') } as const;
    const plan = planCheckIns(
      requestOf({
        partners: [ANA, BEN],
        from: '2027-01-01',
        weeks: 25,
        checkIn,
        now: instantOf('2026-12-01T00:00:00Z'),
      }),
    );
    expect(plan.occurrences.map(({ period }) => period.id)).toEqual([
      '2027-01',
      '2027-02',
      '2027-03',
      '2027-04',
      '2027-05',
      '2027-06',
    ]);
    const days = plan.occurrences.map(({ start }) => formatInstant(start).slice(0, 10));
    expect(new Set(days.map((day) => (dateOf(day) + 3) % 7)).size).toBe(1);
    expect(new Set(days.map((day) => Math.ceil(Number(day.slice(8)) / 7))).size).toBe(1);
  });

  test('over the date line everybody is met in their own week', () => {
    const plan = planCheckIns(requestOf({ partners: [ANA, EMERE], anchor: 'Pacific/Auckland', weeks: 26 }));
    expect(plan.unplaced).toEqual([]);
  });
});
