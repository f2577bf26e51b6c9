// Deadlines in the working hours of those whom they bind.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/time/duration.ts';
import { formatInstant, instantOf, plus } from '../../src/domain/time/instant.ts';
import { afterWorkingTime, type Worker, workingHours } from '../../src/domain/working-time.ts';
import { at, day } from '../support/builders.ts';
import { ANA, BEN, windowsOf, zoneOf } from '../support/cast.ts';

function ending(worker: Worker, from: string, hours: number): string | undefined {
  const end = afterWorkingTime(worker, at(from), hours * 60);
  return end && formatInstant(end);
}

describe('working time', () => {
  it('is counted in comfortable hours alone', () => {
    expect(ending(BEN, '2027-01-04T08:00:00Z', 8)).toBe('2027-01-04T16:00:00Z');
    expect(ending(BEN, '2027-01-04T15:00:00Z', 2)).toBe('2027-01-05T09:00:00Z');
  });

  it('skips the weekend', () => {
    expect(ending(BEN, '2027-01-08T15:00:00Z', 2)).toBe('2027-01-11T09:00:00Z');
  });

  it('skips days off', () => {
    const away = { ...BEN, away: [{ from: day('2027-01-05'), to: day('2027-01-06') }] };
    expect(ending(away, '2027-01-04T15:00:00Z', 2)).toBe('2027-01-07T09:00:00Z');
  });

  it('is where somebody travels', () => {
    const travels = {
      ...ANA,
      travels: [{ from: day('2027-01-04'), to: day('2027-01-08'), zone: zoneOf('Europe/London') }],
    };
    expect(ending(travels, '2027-01-05T08:00:00Z', 1)).toBe('2027-01-05T10:00:00Z');
  });

  it('of 48 hours is six days of eight', () => {
    expect(ending(BEN, '2027-01-04T08:00:00Z', 48)).toBe('2027-01-11T16:00:00Z');
  });

  it('keeps the clock over a change of clocks', () => {
    expect(ending(BEN, '2027-03-26T08:00:00Z', 9)).toBe('2027-03-29T08:00:00Z');
  });

  it('counts windows past midnight, also those that began yesterday', () => {
    const nights = { ...BEN, comfortable: windowsOf('Mon-Fri 22:00-06:00') };
    expect(ending(nights, '2027-01-05T01:00:00Z', 3)).toBe('2027-01-05T04:00:00Z');
  });

  it('of who works none has no end', () => {
    expect(ending({ ...BEN, comfortable: [] }, '2027-01-04T08:00:00Z', 1)).toBeUndefined();
  });

  it('that has passed is as long as it was asked for', () => {
    const from = fc
      .integer({ min: 0, max: 366 * 24 * 4 })
      .map((quarters) => plus(at('2027-01-01T00:00:00Z'), quarters * 15 * MINUTE));
    const zones = fc
      .constantFrom('America/St_Johns', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Africa/Casablanca')
      .map(zoneOf);
    fc.assert(
      fc.property(from, zones, fc.integer({ min: 1, max: 3_000 }), (start, zone, minutes) => {
        const worker = { ...BEN, zone, comfortable: windowsOf('Mon-Thu 08:00-16:30', 'Fri 20:00-02:00') };
        const end = afterWorkingTime(worker, start, minutes)!;
        const worked = workingHours(worker, { start, end }).reduce(
          (sum, each) => sum + each.end - each.start,
          0,
        );
        expect(worked).toBe(minutes * MINUTE);
        expect(workingHours(worker, { start: instantOf(end - MINUTE), end }).length).toBeGreaterThan(0);
        expect(end - start).toBeLessThan(60 * DAY);
      }),
    );
  });
});
