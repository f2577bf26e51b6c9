import { describe, expect, test } from 'vitest';
import { explainPeriod } from '../../../src/domain/planner/explain.ts';
import { planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import { swapTurns } from '../../../src/domain/planner/swap.ts';
import { formatInstant } from '../../../src/domain/time/instant.ts';
import { formatInZone, type Zone } from '../../../src/domain/time/zone.ts';
import { ANA, BEN, windowsOf } from '../../support/cast.ts';
import { burdenBy } from '../../support/judge.ts';
import { instantOf, requestOf } from '../../support/requests.ts';

const PAIR = [ANA, BEN].map((each) => ({ ...each, reachable: windowsOf('Mon-Fri 06:00-24:00') }));

describe('an explanation', () => {
  const request = requestOf({ partners: PAIR });
  const plan = planCheckIns(request);

  test('counts what each rule alone removes', () => {
    const busy = [
      { start: instantOf('2027-01-05T16:00:00Z'), end: instantOf('2027-01-05T18:00:00Z'), tentative: false },
    ];
    const ana = { ...ANA, reachable: windowsOf('daily 00:00-24:00'), busy };
    const ben = { ...BEN, reachable: windowsOf('daily 00:00-24:00') };
    const explained = explainPeriod(requestOf({ partners: [ana, ben] }), plan, '2027-W01')!;
    expect(explained.ruledOut).toEqual([
      { rule: { kind: 'notice' }, starts: 96 },
      { rule: { kind: 'busy', partner: ANA.id }, starts: 9 },
    ]);
    expect(explained.starts).toBe(671);
    expect(explained.candidates).toBe(671 - 96 - 9);
  });

  test('shows the ledger before and after, and what each would have liked better', () => {
    const [first, second] = plan.occurrences;
    const explained = explainPeriod(request, plan, '2027-W02')!;
    expect(explained.before).toEqual(first!.ledger);
    expect(explained.after).toEqual(second!.ledger);
    for (const { partner, start, burden, instead } of explained.alternatives) {
      const person = PAIR.find(({ id }) => id === partner)!;
      expect(burden).toBe(
        burdenBy(person, { start, end: instantOf(formatInstant((start + 30 * 60_000) as typeof start)) }),
      );
      expect(burden).toBeLessThan(instead);
    }
    expect(explained.alternatives.some(({ lifts }) => lifts.size > 0)).toBe(true);
  });

  test('names the limits that the announced time has come to break, and whose they are', () => {
    const [, second] = plan.occurrences;
    const busy = [{ start: second!.start, end: second!.end, tentative: false }];
    const hawaii = { from: second!.period.first, to: second!.period.last, zone: 'Pacific/Honolulu' as Zone };
    const partners = [
      { ...PAIR[0]!, travels: [hawaii] },
      { ...PAIR[1]!, busy },
    ];
    const { broken } = explainPeriod(requestOf({ partners }), plan, '2027-W02')!;
    expect(broken).toEqual([
      { kind: 'reachable', partner: ANA.id },
      { kind: 'busy', partner: BEN.id },
    ]);
    expect(explainPeriod(request, plan, '2027-W02')!.broken).toEqual([]);
  });

  test('of a period that is not in the plan is none', () => {
    expect(explainPeriod(request, plan, '2029-W01')).toBeUndefined();
  });
});

describe('a swap', () => {
  const request = requestOf({ partners: PAIR });
  const plan = planCheckIns(request);
  const wall = (start: number) =>
    formatInZone(BEN.zone, start as Parameters<typeof formatInZone>[1]).slice(11, 16);

  test('exchanges the wall times of two periods, as pins that stay when planned again', () => {
    const [a, b] = [
      plan.occurrences[2]!,
      plan.occurrences.find(({ start }, t) => t > 2 && wall(start) !== wall(plan.occurrences[2]!.start))!,
    ];
    const swap = swapTurns(request, plan, a.period.id, b.period.id);
    if (swap.kind !== 'swapped') throw new Error(swap.kind);
    expect(swap.published.map(({ start }) => wall(start))).toEqual([wall(b.start), wall(a.start)]);
    const others = plan.occurrences
      .filter((each) => each !== a && each !== b)
      .map(({ period, start }) => ({ period: period.id, start }));
    const again = planCheckIns({ ...request, published: [...others, ...swap.published] });
    for (const { period, start } of swap.published)
      expect(again.occurrences.find((each) => each.period.id === period)?.start).toBe(start);
  });

  test('is impossible where somebody is busy then, or a period has no occurrence', () => {
    const [a, b] = [plan.occurrences[2]!, plan.occurrences[4]!];
    const busy = [{ start: a.period.start, end: a.period.end, tentative: false }];
    const full = requestOf({ partners: [PAIR[0]!, { ...PAIR[1]!, busy }] });
    expect(swapTurns(full, plan, a.period.id, b.period.id)).toEqual({
      kind: 'impossible',
      periods: [a.period.id],
    });
    expect(swapTurns(request, plan, a.period.id, '2029-W01')).toEqual({
      kind: 'impossible',
      periods: ['2029-W01'],
    });
  });
});
