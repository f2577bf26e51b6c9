import { describe, expect, it } from 'vitest';
import { beginningsAround, firstDayAfter } from '../../src/domain/first-day.ts';
import { formatDate } from '../../src/domain/time/plain-date.ts';
import { day } from '../support/builders.ts';

const weekly = { rhythm: '1w' } as const;
const fortnightly = { rhythm: '2w' } as const;
const monthly = { rhythm: '1mo' } as const;

function around(...asked: Parameters<typeof beginningsAround>): string[] | undefined {
  const days = beginningsAround(...asked);
  return days && [formatDate(days.before), formatDate(days.after)];
}

describe('the day a plan is asked from', () => {
  it('is right where a period begins on it', () => {
    expect(around(weekly, day('2027-01-04'))).toBeUndefined();
    expect(around(fortnightly, day('2027-01-11'))).toBeUndefined();
    expect(around(monthly, day('2027-02-01'))).toBeUndefined();
  });

  it('lies between two others where none does', () => {
    expect(around(weekly, day('2027-01-10'))).toEqual(['2027-01-04', '2027-01-11']);
    expect(around(fortnightly, day('2027-01-12'))).toEqual(['2027-01-11', '2027-01-18']);
    expect(around(monthly, day('2027-01-31'))).toEqual(['2027-01-01', '2027-02-01']);
  });

  it('has the parity of since, also before it', () => {
    const since = { ...fortnightly, since: day('2027-01-04') };
    expect(around(since, day('2027-01-18'))).toBeUndefined();
    expect(around(since, day('2027-01-11'))).toEqual(['2027-01-04', '2027-01-18']);
    expect(around(since, day('2026-12-14'))).toEqual(['2026-12-07', '2026-12-21']);
  });
});

describe('the day a plan begins by itself', () => {
  const firstDay = (...asked: Parameters<typeof firstDayAfter>): string =>
    formatDate(firstDayAfter(...asked));

  it('is after today, even where a period begins today', () => {
    expect(firstDay(weekly, day('2027-01-03'))).toBe('2027-01-04');
    expect(firstDay(weekly, day('2027-01-04'))).toBe('2027-01-11');
    expect(firstDay(fortnightly, day('2027-01-04'))).toBe('2027-01-11');
    expect(firstDay(monthly, day('2027-12-01'))).toBe('2028-01-01');
  });

  it('has the parity of since', () => {
    expect(firstDay({ ...fortnightly, since: day('2026-12-28') }, day('2027-01-05'))).toBe('2027-01-11');
    expect(firstDay({ ...fortnightly, since: day('2027-01-04') }, day('2027-01-05'))).toBe('2027-01-18');
  });

  it('is since where that lies ahead', () => {
    expect(firstDay({ ...weekly, since: day('2027-03-01') }, day('2027-01-05'))).toBe('2027-03-01');
    expect(firstDay({ ...monthly, since: day('2027-03-01') }, day('2027-01-05'))).toBe('2027-03-01');
  });
});
