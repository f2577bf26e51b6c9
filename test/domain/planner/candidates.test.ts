import { describe, expect, test } from 'vitest';
import type { Partner } from '../../../src/domain/partner.ts';
import { intervalAt, poseProblem } from '../../../src/domain/planner/problem.ts';
import { formatInZone } from '../../../src/domain/time/zone.ts';
import { ANA, BEN, CHIARA, EMERE, windowsOf, zoneOf } from '../../support/cast.ts';
import { dateOf, instantOf, requestOf } from '../../support/requests.ts';

/** The candidates of the first period, on the clock of `zone`. */
function candidates(wishes: Parameters<typeof requestOf>[0], zone = 'Europe/Berlin'): string[] {
  const problem = poseProblem(requestOf(wishes));
  return problem.rounds[0]!.starts.map((start) =>
    formatInZone(zoneOf(zone), intervalAt(problem, start).start).slice(0, 16),
  );
}

const berliner = (change: Partial<Partner>): Partner => ({
  ...BEN,
  reachable: windowsOf('Wed 09:00-11:00'),
  ...change,
});
const friend: Partner = { ...BEN, id: ANA.id, name: 'Ana Duarte', reachable: windowsOf('daily 00:00-24:00') };

describe('a candidate', () => {
  test('lies inside the reachable windows of everybody, on the quarter-hour', () => {
    expect(candidates({ partners: [berliner({}), friend] })).toEqual(
      ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30'].map((clock) => `2027-01-06T${clock}`),
    );
  });

  test('does not touch busy time, but may begin where it ends', () => {
    const busy = [
      { start: instantOf('2027-01-06T08:20:00Z'), end: instantOf('2027-01-06T09:00:00Z'), tentative: false },
    ];
    expect(candidates({ partners: [berliner({ busy }), friend] })).toEqual([
      '2027-01-06T10:00',
      '2027-01-06T10:15',
      '2027-01-06T10:30',
    ]);
  });

  test('is not stopped by busy time of no length', () => {
    const busy = [
      { start: instantOf('2027-01-06T09:00:00Z'), end: instantOf('2027-01-06T09:00:00Z'), tentative: false },
    ];
    expect(candidates({ partners: [berliner({ busy }), friend] })).toHaveLength(7);
  });

  test('is not in a focus window, nor on an away day', () => {
    expect(candidates({ partners: [berliner({ focus: windowsOf('Wed 09:00-10:15') }), friend] })).toEqual([
      '2027-01-06T10:15',
      '2027-01-06T10:30',
    ]);
    const away = [{ from: dateOf('2027-01-06'), to: dateOf('2027-01-06') }];
    const other = berliner({ away, reachable: windowsOf('Wed,Thu 09:00-09:30') });
    expect(candidates({ partners: [other, friend] })).toEqual(['2027-01-07T09:00']);
  });

  test('leaves a day of notice', () => {
    const monday = { ...friend, id: BEN.id, reachable: windowsOf('Mon,Tue 23:00-24:00') };
    expect(candidates({ partners: [monday, friend] })[0]).toBe('2027-01-05T23:00');
  });

  test('is not where a partner is in another partnership', () => {
    const elsewhere = new Map([
      [BEN.id, [{ start: instantOf('2027-01-06T08:00:00Z'), end: instantOf('2027-01-06T09:30:00Z') }]],
    ]);
    expect(candidates({ partners: [berliner({}), friend], elsewhere })).toEqual(['2027-01-06T10:30']);
  });

  test('lies wholly inside its period', () => {
    const sunday = { ...friend, id: BEN.id, reachable: windowsOf('Sun 23:00-24:00', 'Mon 00:00-01:00') };
    const starts = candidates({ partners: [sunday, friend] });
    expect(starts.at(-1)).toBe('2027-01-10T23:30');
  });
});

describe('windows', () => {
  test('are read in the zone of a travel, and burdens too', () => {
    const travels = [{ from: dateOf('2027-01-04'), to: dateOf('2027-01-10'), zone: zoneOf('Asia/Tokyo') }];
    const traveller = { ...ANA, reachable: windowsOf('Wed 09:00-10:00'), travels };
    expect(
      candidates(
        { partners: [traveller, friend].map((each, i) => (i ? { ...each, id: BEN.id } : each)) },
        'Asia/Tokyo',
      ),
    ).toEqual(['2027-01-06T09:00', '2027-01-06T09:15', '2027-01-06T09:30']);
  });

  test('of Monday morning in Auckland lie in the period that is then in Berlin', () => {
    const early = { ...EMERE, reachable: windowsOf('Mon 11:00-13:00') };
    const starts = candidates(
      { partners: [early, friend], from: '2027-01-11', now: instantOf('2027-01-01T00:00:00Z') },
      'Pacific/Auckland',
    );
    expect(starts[0]).toBe('2027-01-11T12:00');
  });

  test('keep their wall time when the clocks change', () => {
    const problem = poseProblem(
      requestOf({
        partners: [berliner({ reachable: windowsOf('Sun 01:00-04:00') }), friend],
        from: '2027-03-22',
      }),
    );
    const local = problem.rounds[0]!.starts.map((start) =>
      formatInZone(BEN.zone, intervalAt(problem, start).start),
    );
    expect(local[0]).toBe('2027-03-28T01:00:00+01:00');
    expect(local.at(-1)).toBe('2027-03-28T03:30:00+02:00');
    expect(local).toHaveLength(7);
  });
});

describe('who is away for all of their reachable days', () => {
  const away = [{ from: dateOf('2027-01-04'), to: dateOf('2027-01-08') }];
  test('is left out of the occurrence while two remain', () => {
    const [round] = poseProblem(requestOf({ partners: [BEN, CHIARA, { ...ANA, away }] })).rounds;
    expect(round).toMatchObject({ present: [0, 1], absent: [2] });
    expect(round!.starts.length).toBeGreaterThan(0);
  });

  test('leaves a period of two partners without candidates', () => {
    expect(poseProblem(requestOf({ partners: [BEN, { ...ANA, away }] })).rounds[0]).toMatchObject({
      present: [0],
      starts: [],
    });
  });

  test('is not left out when one reachable day remains', () => {
    const short = [{ from: dateOf('2027-01-04'), to: dateOf('2027-01-07') }];
    expect(
      poseProblem(requestOf({ partners: [BEN, CHIARA, { ...ANA, away: short }] })).rounds[0]!.absent,
    ).toEqual([]);
  });
});
