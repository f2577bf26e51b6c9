// Random recurrence rules, held against python3-recurring-ical-events (dateutil). Left out is where the two differ by choice:
// hours that come twice (it takes the second), numbers above nine before weekdays (it does not read them), BYWEEKNO alone,
// BYSETPOS of weeks (RFC 5545: the set "starts at the beginning of the interval"; it starts at DTSTART); and rules of days
// that never occur, for which it looks until the year 9999.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant } from '../../../../src/domain/time/instant.ts';
import { calendarOf, eventOf, readText, YEAR } from '../../../support/calendar-files.ts';
import { available, sharedAvailable, sharedPath } from '../../../support/peers.ts';

const PYTHON = {
  name: 'recurring-ical-events',
  probe: ['/usr/bin/python3', '-c', 'import icalendar, recurring_ical_events'],
  install: 'apt-get install -y python3-icalendar python3-recurring-ical-events',
} as const;

const there = sharedAvailable('interop') && available(PYTHON);

describe.skipIf(!there)('random rules', () => {
  it.each([1, 2, 3])('of series %i occur when dateutil says', (seed) => {
    const events = fc.sample(event, { seed, numRuns: 100 });
    const text = calendarOf(...events.flatMap((lines, index) => eventOf(`UID:u${index}`, ...lines)));
    expect(byUid(ours(text), events)).toEqual(byUid(theirs(text), events));
  });
});

function ours(text: string): string[] {
  const { events, problems } = readText(text);
  expect(problems).toEqual([]);
  return events.map(({ uid, start }) => `${uid} ${formatInstant(start)}`);
}

function theirs(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'turnabout-'));
  try {
    const file = join(folder, 'calendar.ics');
    writeFileSync(file, text);
    const program = sharedPath('interop/expand_with_dateutil.py');
    const output = execFileSync(PYTHON.probe[0], [program, file, '2026-12-30', '2028-01-03'], {
      encoding: 'utf8',
    });
    return output.trim().split('\n').map(lineOf).filter(isInYear);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function lineOf(line: string): string {
  const [uid, start] = line.split('\t');
  return `${uid} ${formatInstant(Date.parse(start!) as typeof YEAR.window.start)}`;
}

function isInYear(line: string): boolean {
  const start = Date.parse(line.split(' ')[1]!);
  return start >= YEAR.window.start && start < YEAR.window.end;
}

/** With the rule beside its occurrences, so that a difference shows what it comes from. */
function byUid(lines: readonly string[], events: readonly (readonly string[])[]): Record<string, string[]> {
  const found = Object.fromEntries(
    events.map((event, index) => [`u${index} ${event.join(' ')}`, new Set<string>()]),
  );
  for (const line of lines) {
    const [uid, start] = line.split(' ');
    found[`${uid} ${events[Number(uid!.slice(1))]!.join(' ')}`]?.add(start!);
  }
  return Object.fromEntries(Object.entries(found).map(([key, starts]) => [key, [...starts].sort()]));
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const weekdays = part('BYDAY', WEEKDAYS, 4);
const nthWeekdays = part(
  'BYDAY',
  WEEKDAYS.flatMap((day) => [1, 2, 5, -1, -2].map((nth) => `${nth}${day}`)),
  3,
);
const monthDays = part('BYMONTHDAY', [1, 13, 15, 28, 29, 31, -1, -5], 3);
const yearDays = part('BYYEARDAY', [1, 60, 100, 200, 366, -1, -366], 3);
const weeks = fc
  .tuple(part('BYWEEKNO', [1, 2, 10, 20, 52, 53, -1], 3), weekdays)
  .map((both) => both.join(''));
const months = optional(part('BYMONTH', [1, 2, 3, 6, 10, 12], 3));
const hours = optional(part('BYHOUR', [4, 9, 17, 23], 3));
const minutes = optional(part('BYMINUTE', [0, 15, 59], 2));
const interval = optional(fc.constantFrom(1, 2, 3, 5, 13).map((each) => `;INTERVAL=${each}`));
const weekStart = optional(fc.constantFrom('SU', 'MO', 'WE').map((each) => `;WKST=${each}`));
const end = optional(
  fc.constantFrom(
    ';COUNT=3',
    ';COUNT=50',
    ';COUNT=400',
    ';UNTIL=20270401T000000Z',
    ';UNTIL=20270601T120000Z',
  ),
);

const daysOf = {
  YEARLY: fc.oneof(fc.constant(''), nthWeekdays, monthDays, yearDays, weeks),
  MONTHLY: fc.oneof(fc.constant(''), nthWeekdays, monthDays, weekdays),
  WEEKLY: optional(weekdays),
  DAILY: fc.oneof(fc.constant(''), weekdays, monthDays),
} as const;

const rule = fc.constantFrom(...(Object.keys(daysOf) as (keyof typeof daysOf)[])).chain((frequency) =>
  fc
    .tuple(
      interval,
      months,
      daysOf[frequency],
      hours,
      minutes,
      weekStart,
      end,
      optional(part('BYSETPOS', [1, -1], 2)),
    )
    .map(([every, inMonths, onDays, atHours, atMinutes, from, until, picked]) => {
      const limited = frequency === 'DAILY' && onDays.includes('BYMONTHDAY') ? '' : inMonths;
      const named = `${limited}${onDays}${atHours}${atMinutes}`;
      return `RRULE:FREQ=${frequency}${every}${named}${named && frequency !== 'WEEKLY' ? picked : ''}${from}${until}`;
    }),
);

const start = fc
  .tuple(
    fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Australia/Sydney',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    ),
    fc.constantFrom('2019', '2024', '2026'),
    fc.constantFrom('0101', '0228', '0331', '0613', '0905', '1231'),
  )
  .map(([zone, year, day]) => `DTSTART;TZID=${zone}:${year}${day}T090000`);

const event = fc.tuple(start, rule).map((lines) => [...lines]);

function part(name: string, values: readonly (string | number)[], most: number): fc.Arbitrary<string> {
  return fc
    .uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most })
    .map((chosen) => `;${name}=${chosen.join(',')}`);
}

function optional(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(''), text);
}
