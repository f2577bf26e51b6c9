// VTIMEZONE of every zone from 2026 to 2035, read by ical.js and held against our own offsets.

import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../src/domain/time/instant.ts';
import type { Interval } from '../../src/domain/time/interval.ts';
import { formatWallTime } from '../../src/domain/time/wall-time.ts';
import { isAmbiguous, toInstant, toWall, transitionsBetween, type Zone } from '../../src/domain/time/zone.ts';
import { vtimezoneLines } from '../../src/views/vtimezone.ts';
import { at } from '../support/published.ts';
import { allZones } from '../support/zones.ts';

const YEARS = [2026, 2027, 2030, 2031];

const yearsFrom = (first: number, last: number): Interval => ({
  start: at(`${first}-01-15T12:00:00Z`),
  end: at(`${last}-12-15T12:00:00Z`),
});

/** Minutes around a change of clocks: five days and three hours, because a wrong rule may be off by a week. */
const AROUND = [-7_200, -180, -15, 0, 15, 180, 7_200];

function instantsOf(zone: Zone, { start, end }: Interval): Instant[] {
  const changes = transitionsBetween(zone, start, end);
  return [start, ...changes.flatMap(({ at }) => AROUND.map((minutes) => plus(at, minutes * MINUTE))), end];
}

/** The first local time that ical.js reads differently by this VTIMEZONE; times that come twice are never written. */
function misreading(zone: Zone, vtimezone: string, window: Interval): string | undefined {
  const timezone = new ICAL.Timezone(new ICAL.Component(ICAL.parse(vtimezone) as unknown[]));
  for (const instant of instantsOf(zone, window)) {
    const wall = toWall(zone, instant);
    if (isAmbiguous(zone, wall)) continue;
    const time = ICAL.Time.fromDateTimeString(formatWallTime(wall));
    time.zone = timezone;
    if (time.toUnixTime() * 1_000 !== toInstant(zone, wall)) return `${zone}: ${formatWallTime(wall)}`;
  }
  return undefined;
}

function misreadings(
  blockOf: (zone: Zone, window: Interval) => string,
  windows: readonly Interval[],
): string[] {
  return allZones().flatMap((zone) => {
    const found = windows.map((window) => misreading(zone, blockOf(zone, window), window));
    return found.filter((each) => each !== undefined).slice(0, 1);
  });
}

const textOf = (zone: Zone, window: Interval) => vtimezoneLines(zone, window).join('\r\n');

describe('the VTIMEZONE of every zone', () => {
  it('is right in a single year, whatever it is like', () => {
    expect(
      misreadings(
        textOf,
        YEARS.map((year) => yearsFrom(year, year)),
      ),
    ).toEqual([]);
  });

  it('is right over ten years', () => {
    expect(misreadings(textOf, [yearsFrom(2026, 2035)])).toEqual([]);
  });
});

describe('a VTIMEZONE', () => {
  const linesOf = (zone: string, first: number, last: number) =>
    vtimezoneLines(zone as Zone, yearsFrom(first, last));

  it('has yearly rules since 1970, the only form that Outlook understands', () => {
    expect(linesOf('Europe/Berlin', 2027, 2035)).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:DAYLIGHT',
      'DTSTART:19700329T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:19701025T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
      'END:STANDARD',
      'END:VTIMEZONE',
    ]);
  });

  it('has them in the order of a southern year too', () => {
    const lines = linesOf('Pacific/Auckland', 2027, 2028);
    expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([
      'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU',
      'RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU',
    ]);
  });

  it('has one fixed offset where clocks do not change', () => {
    expect(linesOf('Asia/Kathmandu', 2027, 2027).slice(2, -1)).toEqual([
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'END:STANDARD',
    ]);
  });

  it('lists change by change where no rule is true, as in Casablanca', () => {
    const lines = linesOf('Africa/Casablanca', 2023, 2024);
    expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART:19700101T000000',
      'DTSTART:20230319T030000',
      'DTSTART:20230423T020000',
      'DTSTART:20240310T030000',
      'DTSTART:20240414T020000',
    ]);
  });

  it('keeps the name under which the zone is known here', () => {
    expect(linesOf('Asia/Katmandu', 2027, 2027)[1]).toBe('TZID:Asia/Katmandu');
  });
});

/**
 * timezones-ical-library 2.3.2 (tzdata 2026c) has one pair of rules a zone. It cannot express these, and names aliases by
 * their targets; that is why the VTIMEZONE is made here. For all other zones it is a second opinion on the same data.
 */
const WITHOUT_ONE_PAIR_OF_RULES = [
  ['Africa/Cairo', 'Egypt'],
  ['Africa/Casablanca', 'Africa/El_Aaiun'],
  ['America/Edmonton', 'America/Yellowknife', 'Canada/Mountain'],
  ['America/Vancouver', 'Canada/Pacific'],
  ['America/Godthab', 'America/Nuuk', 'America/Scoresbysund'],
  ['America/Santiago', 'Chile/Continental'],
  ['Asia/Gaza', 'Asia/Hebron'],
  ['Asia/Jerusalem', 'Asia/Tel_Aviv', 'Israel'],
].flat();

describe('timezones-ical-library', () => {
  it('agrees about every zone that one pair of yearly rules can describe', () => {
    const libraryBlock = (zone: Zone) => String(tzlib_get_ical_block(zone)[0]);
    const found = misreadings(libraryBlock, [yearsFrom(2026, 2035)]).map((each) => each.split(':')[0]);
    expect(found.sort()).toEqual(WITHOUT_ONE_PAIR_OF_RULES.sort());
  });
});
