// Weeks, pairs of weeks and months in an anchor zone.

import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { formatInstant } from '../../../src/domain/time/instant.ts';
import {
  type Period,
  periodAt,
  periodStartBefore,
  periodsFrom,
  type Rhythm,
} from '../../../src/domain/time/period.ts';
import { formatDate, parseDate } from '../../../src/domain/time/plain-date.ts';
import type { Zone } from '../../../src/domain/time/zone.ts';

const day = (text: string) => parseDate(text)!;
const berlin = 'Europe/Berlin' as Zone;

function periodOf(rhythm: Rhythm, first: string, anchor: Zone = berlin): Period {
  return periodAt({ anchor, rhythm }, day(first));
}

const hoursOf = (period: Period) => (period.end - period.start) / HOUR;

describe('a week', () => {
  it('has the ISO week as its id, which at the end of a year may be the 53rd or the 1st of the next', () => {
    expect(periodOf('1w', '2026-12-28').id).toBe('2026-W53');
    expect(periodOf('1w', '2027-01-04').id).toBe('2027-W01');
    expect(periodOf('1w', '2029-12-31').id).toBe('2030-W01');
    expect(periodOf('1w', '2032-12-27').id).toBe('2032-W53');
  });

  it('runs from Monday to Sunday', () => {
    const { first, last } = periodOf('1w', '2026-12-28');
    expect([first, last].map(formatDate)).toEqual(['2026-12-28', '2027-01-03']);
  });

  it('has 167 or 169 hours where clocks change', () => {
    expect(hoursOf(periodOf('1w', '2027-03-22'))).toBe(167);
    expect(hoursOf(periodOf('1w', '2027-10-25'))).toBe(169);
    expect(hoursOf(periodOf('1w', '2027-01-04'))).toBe(168);
  });

  it('has 167.5 or 168.5 hours where clocks change by 30 minutes', () => {
    const lordHowe = 'Australia/Lord_Howe' as Zone;
    expect(hoursOf(periodOf('1w', '2027-09-27', lordHowe))).toBe(167.5);
    expect(hoursOf(periodOf('1w', '2027-03-29', lordHowe))).toBe(168.5);
  });

  it('begins on Sunday in UTC where the anchor is Auckland', () => {
    const { start, end } = periodOf('1w', '2027-01-04', 'Pacific/Auckland' as Zone);
    expect([start, end].map(formatInstant)).toEqual(['2027-01-03T11:00:00Z', '2027-01-10T11:00:00Z']);
  });
});

describe('two weeks', () => {
  const recurrence = { anchor: berlin, rhythm: '2w' as const, since: day('2026-12-28') };

  it('have the id of their first', () => {
    expect(periodsFrom(recurrence, day('2026-12-28'), 5).map((period) => period.id)).toEqual([
      '2026-W53',
      '2027-W02',
      '2027-W04',
    ]);
  });

  it('keep the parity of the day since which they are counted, before it as after it', () => {
    const startBefore = (text: string) => formatDate(periodStartBefore(recurrence, day(text)));
    expect(startBefore('2026-12-28')).toBe('2026-12-28');
    expect(startBefore('2027-01-10')).toBe('2026-12-28');
    expect(startBefore('2027-01-11')).toBe('2027-01-11');
    expect(startBefore('2026-12-27')).toBe('2026-12-14');
  });
});

describe('a month', () => {
  it('runs from its 1st to its last day', () => {
    const february = periodOf('1mo', '2028-02-01');
    expect([february.id, formatDate(february.first), formatDate(february.last)]).toEqual([
      '2028-02',
      '2028-02-01',
      '2028-02-29',
    ]);
  });

  it('begins at 00:00 of the anchor zone and is an hour shorter in March', () => {
    const march = periodOf('1mo', '2027-03-01');
    expect(formatInstant(march.start)).toBe('2027-02-28T23:00:00Z');
    expect(hoursOf(march)).toBe(31 * 24 - 1);
  });

  it('is followed by the month that touches it, over the end of a year too', () => {
    const recurrence = { anchor: berlin, rhythm: '1mo' as const, since: day('2026-11-01') };
    const periods = periodsFrom(recurrence, day('2026-11-01'), 13);
    expect(periods.map((period) => period.id)).toEqual(['2026-11', '2026-12', '2027-01']);
    expect(periods.slice(1).every((period, index) => period.start === periods[index]!.end)).toBe(true);
  });
});
