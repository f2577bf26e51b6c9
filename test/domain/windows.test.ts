import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeeklyWindow } from '../../src/domain/partner.ts';
import type { Weekday } from '../../src/domain/time/plain-date.ts';
import { containsWindows, minutesAWeek } from '../../src/domain/week.ts';
import { formatWindows, parseWindows } from '../../src/domain/windows.ts';

function windows(lines: string | string[]): readonly WeeklyWindow[] {
  const read = parseWindows(lines);
  if (read.kind === 'problem') throw new Error(read.problem);
  return read.windows;
}

function problemOf(line: string): string | undefined {
  const read = parseWindows(line);
  return read.kind === 'problem' ? read.problem : undefined;
}

describe('the window language', () => {
  it('reads a range of days', () => {
    expect(windows('Mon-Wed 09:00-17:30')).toEqual([
      { weekday: 1, start: 540, end: 1050 },
      { weekday: 2, start: 540, end: 1050 },
      { weekday: 3, start: 540, end: 1050 },
    ]);
  });

  it('reads a list of days, in any case', () => {
    expect(windows('sat,SUN 10:00-12:00').map((each) => each.weekday)).toEqual([6, 7]);
  });

  it('reads daily', () => expect(windows('daily 06:00-23:00')).toHaveLength(7));

  it('reads a range of days over the end of the week', () => {
    expect(windows('Sun-Tue 08:00-09:00').map((each) => each.weekday)).toEqual([1, 2, 7]);
  });

  it('lets a window run past midnight', () => {
    expect(windows('Tue 22:00-06:00')).toEqual([{ weekday: 2, start: 1320, end: 1800 }]);
  });

  it('takes 24:00 and 00:00 as the end of the day', () => {
    expect(windows('Fri 20:00-24:00')).toEqual(windows('Fri 20:00-00:00'));
    expect(windows('Fri 20:00-24:00')).toEqual([{ weekday: 5, start: 1200, end: 1440 }]);
  });

  it('reads a list of windows in the order of the week', () => {
    expect(windows(['Sat 10:00-12:00', 'Mon 13:00-17:00', 'Mon 08:00-12:00'])).toEqual([
      { weekday: 1, start: 480, end: 720 },
      { weekday: 1, start: 780, end: 1020 },
      { weekday: 6, start: 600, end: 720 },
    ]);
  });

  it.each([
    ['9 to 5', '"9 to 5" is no window: write it as "Mon-Fri 09:00-17:00"'],
    ['', '"" is no window: write it as "Mon-Fri 09:00-17:00"'],
    [
      'Moon-Fri 09:00-17:00',
      '"Moon-Fri" is no day: the days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, a range such as "Mon-Fri", or "daily"',
    ],
    [
      'Mon-Wed-Fri 09:00-17:00',
      '"Mon-Wed-Fri" is no day: the days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, a range such as "Mon-Fri", or "daily"',
    ],
    ['Mon 24:00-25:00', '"Mon 24:00-25:00" begins at a time that does not exist: a start is 00:00 to 23:59'],
    ['Mon 09:00-24:01', '"Mon 09:00-24:01" ends at a time that does not exist: an end is 00:00 to 24:00'],
    ['Mon 09:00-09:60', '"Mon 09:00-09:60" ends at a time that does not exist: an end is 00:00 to 24:00'],
    ['Mon 09:00-09:00', '"Mon 09:00-09:00" is empty: for a whole day write "Mon 00:00-24:00"'],
  ])('says what is wrong with %j', (line, sentence) => expect(problemOf(line)).toBe(sentence));

  it('writes days with the same hours together', () => {
    expect(formatWindows(windows(['Mon-Fri 09:00-17:00', 'Sat,Sun 10:00-12:00']))).toEqual([
      'Mon-Fri 09:00-17:00',
      'Sat,Sun 10:00-12:00',
    ]);
    expect(formatWindows(windows('Sun-Thu 22:00-06:00'))).toEqual(['Sun-Thu 22:00-06:00']);
    expect(formatWindows(windows('daily 00:00-24:00'))).toEqual(['daily 00:00-24:00']);
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(anyWindows, (some) => {
        const [read, wanted] = [
          windows(formatWindows(some)),
          new Set(some.map((each) => JSON.stringify(each))),
        ];
        expect(new Set(read.map((each) => JSON.stringify(each)))).toEqual(wanted);
      }),
    );
  });
});

describe('windows on the circular week', () => {
  it('counts an overlap once', () => {
    expect(minutesAWeek(windows(['Mon-Fri 09:00-17:00', 'Mon 16:00-18:00']))).toBe(40 * 60 + 60);
  });

  it('counts what runs over the end of the week once', () => {
    expect(minutesAWeek(windows(['Sun 22:00-06:00', 'Mon 05:00-07:00']))).toBe(9 * 60);
  });

  it('is a whole week where every day is whole', () => {
    expect(minutesAWeek(windows(['daily 00:00-24:00', 'daily 20:00-06:00']))).toBe(7 * 24 * 60);
  });

  it('contains windows that several touching ones cover together', () => {
    expect(containsWindows(windows(['Mon 08:00-12:00', 'Mon 12:00-18:00']), windows('Mon 09:00-17:00'))).toBe(
      true,
    );
    expect(containsWindows(windows('Mon 09:00-17:00'), windows('Mon 09:00-17:01'))).toBe(false);
  });

  it('contains windows over midnight and over the end of the week', () => {
    expect(containsWindows(windows('daily 00:00-24:00'), windows('Sun-Thu 22:00-06:00'))).toBe(true);
    expect(containsWindows(windows('Sun 20:00-07:00'), windows('Mon 00:00-06:00'))).toBe(true);
    expect(containsWindows(windows('Sun 20:00-24:00'), windows('Sun 22:00-06:00'))).toBe(false);
  });

  it('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(anyWindows, anyWindows, (outer, inner) => {
        const [around, within] = [minuteSet(outer), minuteSet(inner)];
        expect(minutesAWeek(outer)).toBe(around.size);
        expect(containsWindows(outer, inner)).toBe([...within].every((minute) => around.has(minute)));
      }),
      { numRuns: 50 },
    );
  });
});

const anyWindow = fc
  .record({
    weekday: fc.integer({ min: 1, max: 7 }),
    start: fc.integer({ min: 0, max: 1439 }),
    length: fc.integer({ min: 1, max: 1439 }),
  })
  .map(({ weekday, start, length }) => ({ weekday: weekday as Weekday, start, end: start + length }));

const anyWindows = fc.array(anyWindow, { maxLength: 8 });

function minuteSet(some: readonly WeeklyWindow[]): Set<number> {
  const minutes = new Set<number>();
  for (const { weekday, start, end } of some)
    for (let minute = start; minute < end; minute++) minutes.add(((weekday - 1) * 1440 + minute) % 10_080);
  return minutes;
}
