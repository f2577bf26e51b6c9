import { describe, expect, test } from 'vitest';
import type { Partner } from '../../../src/domain/partner.ts';
import { planCheckIns } from '../../../src/domain/planner/plan-check-ins.ts';
import { formatInstant } from '../../../src/domain/time/instant.ts';
import { ANA, BEN, CHIARA, windowsOf, zoneOf } from '../../support/cast.ts';
import { instantOf, requestOf } from '../../support/requests.ts';

const UTC = { zone: zoneOf('UTC'), comfortable: windowsOf('Mon-Fri 09:00-17:00') };
const one = (reachable: string, change: Partial<Partner> = {}): Partner => ({
  ...ANA,
  ...UTC,
  reachable: windowsOf(reachable),
  ...change,
});
const two = (reachable: string, change: Partial<Partner> = {}): Partner => ({
  ...BEN,
  ...UTC,
  reachable: windowsOf(reachable),
  ...change,
});
const three = (reachable: string, change: Partial<Partner> = {}): Partner => ({
  ...CHIARA,
  ...UTC,
  reachable: windowsOf(reachable),
  ...change,
});
const busy = (start: string, end: string, tentative = false) => ({
  start: instantOf(start),
  end: instantOf(end),
  tentative,
});

/** What is asked in the first week. */
function asked(...partners: Partner[]) {
  const [first] = planCheckIns(requestOf({ partners, anchor: 'UTC', weeks: 1 })).unplaced;
  expect(first).toMatchObject({ kind: 'unplaceable' });
  const { relaxation } = first!;
  return (
    relaxation && {
      ...relaxation,
      parts: relaxation.parts.map(({ start, end }) => `${formatInstant(start)}/${formatInstant(end)}`),
    }
  );
}

describe('the ladder, where nothing fits', () => {
  test('first asks for another day of the period, at the hours of reachable days', () => {
    expect(asked(one('Tue 10:00-11:00'), two('Wed 10:00-11:00'))).toEqual({
      kind: 'another-day',
      asks: [BEN.id],
      cost: 0,
      parts: ['2027-01-05T10:00:00Z/2027-01-05T10:30:00Z'],
    });
  });

  test('then for a tentative event', () => {
    const maybe = busy('2027-01-05T10:00:00Z', '2027-01-05T11:00:00Z', true);
    expect(
      asked(
        one('daily 10:00-11:00', { busy: [busy('2027-01-06T00:00:00Z', '2027-01-11T00:00:00Z'), maybe] }),
        two('daily 10:00-11:00'),
      ),
    ).toMatchObject({
      kind: 'tentative',
      asks: [ANA.id],
      parts: ['2027-01-05T10:00:00Z/2027-01-05T10:30:00Z'],
    });
  });

  test('then for one event to be moved, named by its time alone', () => {
    const each = ['05', '06', '07', '08', '09', '10'].map((day) =>
      busy(`2027-01-${day}T09:00:00Z`, `2027-01-${day}T12:00:00Z`),
    );
    const more = each.slice(1).map(({ start, end }) => ({ start, end, tentative: false }));
    const found = asked(one('daily 10:00-11:00', { busy: each }), two('daily 10:00-11:00', { busy: more }));
    expect(found).toMatchObject({
      kind: 'move-event',
      asks: [ANA.id],
      moves: { start: each[0]!.start, end: each[0]!.end },
    });
  });

  test('not for an event where two would have to move', () => {
    const each = ['05', '06', '07', '08', '09', '10'].flatMap((day) => [
      busy(`2027-01-${day}T10:00:00Z`, `2027-01-${day}T10:30:00Z`),
      busy(`2027-01-${day}T10:15:00Z`, `2027-01-${day}T11:00:00Z`),
    ]);
    expect(asked(one('daily 10:00-11:00', { busy: each }), two('daily 10:00-11:00'))?.kind).not.toBe(
      'tentative',
    );
  });

  test('then for a shorter call, the longest that fits', () => {
    expect(asked(one('daily 10:00-10:20'), two('daily 10:00-11:00'))).toMatchObject({
      kind: 'shorter',
      minutes: 15,
      asks: [ANA.id, BEN.id],
      parts: ['2027-01-05T10:00:00Z/2027-01-05T10:15:00Z'],
    });
  });

  test('then for half an hour beyond somebody’s limit', () => {
    expect(asked(one('daily 09:00-10:00'), two('daily 10:00-11:00'))).toMatchObject({
      kind: 'wider-window',
      minutes: 30,
      cost: 0,
    });
    expect(asked(one('daily 08:00-09:00'), two('daily 10:00-11:00'))).toMatchObject({
      kind: 'wider-window',
      minutes: 90,
    });
  });

  test('then, with three, for an absence that goes round', () => {
    const group = [one('daily 08:00-09:00'), two('daily 08:00-09:00'), three('daily 20:00-21:00')];
    expect(asked(...group)).toMatchObject({
      kind: 'rotating-absence',
      asks: [CHIARA.id],
      parts: ['2027-01-05T08:30:00Z/2027-01-05T09:00:00Z'],
    });
  });

  test('the absence rotates over the weeks', () => {
    const group = [
      one('daily 08:00-09:00', {}),
      two('daily 08:00-09:00', {}),
      three('daily 20:00-21:00', {}),
    ];
    group[0] = one('daily 00:00-04:00', {});
    group[1] = { ...group[1]!, reachable: windowsOf('daily 02:00-09:00') };
    group[2] = { ...group[2]!, reachable: windowsOf('daily 08:00-21:00') };
    const { unplaced } = planCheckIns(requestOf({ partners: group, anchor: 'UTC', weeks: 2 }));
    expect(unplaced.map(({ relaxation }) => relaxation?.asks)).toEqual([[ANA.id], [CHIARA.id]]);
  });

  test('and last for two half-meetings with one partner in both', () => {
    const day = (partner: Partner, reachable: string): Partner => ({
      ...partner,
      ...UTC,
      reachable: windowsOf(reachable),
    });
    const four = [one('daily 00:00-02:00'), day(BEN, 'daily 01:00-10:00'), day(CHIARA, 'daily 08:00-10:00')];
    const fourth = { ...day(BEN, 'daily 00:00-02:00'), id: 'dev@example.com' as Partner['id'] };
    const fifth = { ...day(BEN, 'daily 08:00-10:00'), id: 'emere@example.com' as Partner['id'] };
    const found = asked(...four, fourth, fifth);
    expect(found).toMatchObject({ kind: 'two-halves' });
    expect(found!.parts).toHaveLength(2);
  });

  test('where nothing helps, nothing is asked', () => {
    expect(asked(one('daily 08:00-08:30'), two('daily 20:00-20:30'))).toBeUndefined();
  });
});
