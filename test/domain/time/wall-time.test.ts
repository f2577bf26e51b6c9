// What a clock on the wall shows.

import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/domain/time/plain-date.ts';
import {
  dateOfWall,
  formatClock,
  formatWallTime,
  minuteOfDay,
  parseWallTime,
  type WallTime,
  wallTimeOf,
} from '../../../src/domain/time/wall-time.ts';

const date = parseDate('2027-01-05')!;

describe('a wall time', () => {
  it('is a date and minutes', () => {
    const wall = wallTimeOf(date, 16 * 60 + 5);
    expect(formatWallTime(wall)).toBe('2027-01-05T16:05:00');
    expect([dateOfWall(wall), minuteOfDay(wall)]).toEqual([date, 965]);
  });

  it('takes 24:00 for 00:00 of the next day', () => {
    expect(formatWallTime(wallTimeOf(date, 1_440))).toBe('2027-01-06T00:00:00');
  });

  it('has its date and minute before 1970 too', () => {
    const wall = parseWallTime('1969-12-31T23:59')!;
    expect([dateOfWall(wall), minuteOfDay(wall)]).toEqual([-1, 1_439]);
    expect(formatWallTime(wall)).toBe('1969-12-31T23:59:00');
  });

  it('is read with and without seconds', () => {
    expect(parseWallTime('2027-01-05T16:00')).toBe(parseWallTime('2027-01-05 16:00:00'));
    expect(minuteOfDay(parseWallTime('2027-01-05T16:00:30')!)).toBe(960.5);
  });

  it('takes a leap second for the second before it', () => {
    expect(parseWallTime('2016-12-31T23:59:60')).toBe(parseWallTime('2016-12-31T23:59:59'));
  });

  it.each(['2027-01-05T24:00', '2027-01-05T16:60', '2027-01-05T16:00:61', '2027-02-30T16:00', '16:00', ''])(
    'is not read from "%s"',
    (text) => {
      expect(parseWallTime(text)).toBeUndefined();
    },
  );

  it('shows its seconds', () => {
    expect(formatWallTime((wallTimeOf(date, 0) + 59_999) as WallTime)).toBe('2027-01-05T00:00:59');
  });

  it('has the clock of a day from 00:00 to 24:00', () => {
    expect([0, 545, 1_440].map(formatClock)).toEqual(['00:00', '09:05', '24:00']);
  });
});
