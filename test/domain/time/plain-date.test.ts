// Dates, held against luxon.

import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateOf,
  fieldsOf,
  firstOfMonth,
  formatDate,
  isoWeekOf,
  mondayOf,
  type PlainDate,
  parseDate,
  weekdayOf,
} from '../../../src/domain/time/plain-date.ts';
import { anyDate } from '../../support/arbitraries.ts';

const luxonOf = (date: PlainDate) => DateTime.fromMillis(date * 86_400_000, { zone: 'utc' });

describe('a date', () => {
  it('has the year, month and day that luxon gives it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const { year, month, day } = luxonOf(date);
        expect(fieldsOf(date)).toEqual({ year, month, day });
        expect(dateOf({ year, month, day })).toBe(date);
      }),
    );
  });

  it('has the weekday and the ISO week that luxon gives it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const { weekday, weekYear, weekNumber } = luxonOf(date);
        expect(weekdayOf(date)).toBe(weekday);
        expect(isoWeekOf(date)).toEqual({ year: weekYear, week: weekNumber });
      }),
    );
  });

  it('finds its Monday and the first day of a month as luxon does', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -30, max: 30 }), (date, months) => {
        expect(formatDate(mondayOf(date))).toBe(luxonOf(date).startOf('week').toISODate());
        expect(formatDate(firstOfMonth(date, months))).toBe(
          luxonOf(date).startOf('month').plus({ months }).toISODate(),
        );
      }),
    );
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(anyDate, (date) => parseDate(formatDate(date)) === date));
  });

  it.each(['2027-02-29', '2100-02-29', '2027-04-31', '2027-13-01', '2027-00-10', '27-01-01', '2027-1-1', ''])(
    'is not read from "%s"',
    (text) => {
      expect(parseDate(text)).toBeUndefined();
    },
  );

  it('knows the leap days of 2000 and 2028', () => {
    expect(formatDate(addDays(parseDate('2000-02-28')!, 1))).toBe('2000-02-29');
    expect(formatDate(addDays(parseDate('2028-02-29')!, 1))).toBe('2028-03-01');
  });
});
