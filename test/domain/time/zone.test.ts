// Zones: gaps, overlaps and the odd ones among them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { formatInstant, parseInstant } from '../../../src/domain/time/instant.ts';
import { parseDate } from '../../../src/domain/time/plain-date.ts';
import { parseWallTime } from '../../../src/domain/time/wall-time.ts';
import {
  formatInZone,
  isAmbiguous,
  offsetAt,
  parseZone,
  startOfDay,
  toInstant,
  toWall,
  transitionsBetween,
} from '../../../src/domain/time/zone.ts';
import { anyInstant, anyZone } from '../../support/arbitraries.ts';

const zone = (name: string) => parseZone(name)!;
const utcOf = (name: string, wall: string) => formatInstant(toInstant(zone(name), parseWallTime(wall)!));
const ambiguous = (name: string, wall: string) => isAmbiguous(zone(name), parseWallTime(wall)!);

function changes(name: string, from: string, to: string): string[] {
  return transitionsBetween(zone(name), parseInstant(from)!, parseInstant(to)!).map(
    ({ at, offset }) => `${formatInstant(at)} ${offset / HOUR}`,
  );
}

describe('the name of a zone', () => {
  it('is kept as it was written, aliases too', () => {
    expect([parseZone('Asia/Kathmandu'), parseZone('Asia/Katmandu')]).toEqual([
      'Asia/Kathmandu',
      'Asia/Katmandu',
    ]);
  });

  it.each(['+02:00', 'Europe/Atlantis', 'W. Europe Standard Time', '', 'Europe/Berlin\r\nX:1'])(
    'is not "%s"',
    (name) => {
      expect(parseZone(name)).toBeUndefined();
    },
  );
});

describe('a time in a gap', () => {
  it('moves forward by the length of the gap', () => {
    expect(utcOf('Europe/Berlin', '2027-03-28T02:30')).toBe('2027-03-28T01:30:00Z');
    expect(utcOf('America/Los_Angeles', '2027-03-14T02:00')).toBe('2027-03-14T10:00:00Z');
  });

  it('moves by half an hour on Lord Howe', () => {
    expect(utcOf('Australia/Lord_Howe', '2027-10-03T02:15')).toBe('2027-10-02T15:45:00Z');
  });

  it('moves by two hours in Troll', () => {
    expect(utcOf('Antarctica/Troll', '2027-03-28T01:30')).toBe('2027-03-28T01:30:00Z');
  });

  it('moves by a day in Samoa, which skipped 30 December 2011', () => {
    expect(utcOf('Pacific/Apia', '2011-12-30T12:00')).toBe('2011-12-30T22:00:00Z');
    expect(formatInstant(startOfDay(zone('Pacific/Apia'), parseDate('2011-12-30')!))).toBe(
      '2011-12-30T10:00:00Z',
    );
    expect(changes('Pacific/Apia', '2011-12-01T00:00Z', '2012-01-31T00:00Z')).toEqual([
      '2011-12-30T10:00:00Z 14',
    ]);
  });

  it('is no time that comes twice', () => {
    expect(ambiguous('Europe/Berlin', '2027-03-28T02:30')).toBe(false);
  });
});

describe('a time that comes twice', () => {
  it('is the earlier', () => {
    expect(utcOf('Europe/Berlin', '2027-10-31T02:30')).toBe('2027-10-31T00:30:00Z');
    expect(utcOf('America/St_Johns', '2027-11-07T01:30')).toBe('2027-11-07T04:00:00Z');
    expect(utcOf('Australia/Lord_Howe', '2027-04-04T01:45')).toBe('2027-04-03T14:45:00Z');
  });

  it('is known to come twice, from its first minute to the last before its end', () => {
    const walls = ['01:59', '02:00', '02:59', '03:00'].map((time) => `2027-10-31T${time}`);
    expect(walls.map((wall) => ambiguous('Europe/Berlin', wall))).toEqual([false, true, true, false]);
  });

  it('lasts half an hour on Lord Howe', () => {
    const walls = ['01:29', '01:30', '01:59', '02:00'].map((time) => `2027-04-04T${time}`);
    expect(walls.map((wall) => ambiguous('Australia/Lord_Howe', wall))).toEqual([false, true, true, false]);
  });
});

describe('a day whose midnight is skipped', () => {
  it('begins at its first instant', () => {
    expect(formatInstant(startOfDay(zone('Asia/Beirut'), parseDate('2027-03-28')!))).toBe(
      '2027-03-27T22:00:00Z',
    );
    expect(formatInZone(zone('Asia/Beirut'), parseInstant('2027-03-27T22:00:00Z')!)).toBe(
      '2027-03-28T01:00:00+03:00',
    );
  });
});

describe('the offset', () => {
  it.each([
    ['Asia/Kolkata', 5.5],
    ['Asia/Kathmandu', 5.75],
    ['Pacific/Chatham', 13.75],
    ['America/St_Johns', -3.5],
    ['Australia/Lord_Howe', 11],
    ['Pacific/Kiritimati', 14],
    ['Etc/GMT+12', -12],
  ] as const)('of %s in January 2027 is %d hours', (name, hours) => {
    expect(offsetAt(zone(name), parseInstant('2027-01-15T00:00Z')!) / HOUR).toBe(hours);
  });

  it('changes with the millisecond of the transition', () => {
    const at = parseInstant('2027-03-28T01:00Z')!;
    expect([at - 1, at].map((each) => offsetAt(zone('Europe/Berlin'), each as typeof at) / HOUR)).toEqual([
      1, 2,
    ]);
  });

  it('is written in ISO 8601', () => {
    const at = parseInstant('2027-01-05T16:00:00Z')!;
    expect(formatInZone(zone('America/Los_Angeles'), at)).toBe('2027-01-05T08:00:00-08:00');
    expect(formatInZone(zone('America/St_Johns'), at)).toBe('2027-01-05T12:30:00-03:30');
    expect(formatInZone(zone('Asia/Kathmandu'), at)).toBe('2027-01-05T21:45:00+05:45');
  });
});

describe('changes of clocks', () => {
  it('come twice a year by two hours in Troll', () => {
    expect(changes('Antarctica/Troll', '2027-01-01T00:00Z', '2028-01-01T00:00Z')).toEqual([
      '2027-03-28T01:00:00Z 2',
      '2027-10-31T01:00:00Z 0',
    ]);
  });

  it('come around Ramadan in Casablanca', () => {
    expect(changes('Africa/Casablanca', '2024-01-01T00:00Z', '2025-01-01T00:00Z')).toEqual([
      '2024-03-10T02:00:00Z 0',
      '2024-04-14T02:00:00Z 1',
    ]);
  });

  it('exclude the instants asked for', () => {
    expect(changes('Europe/Berlin', '2027-03-28T01:00:00Z', '2027-10-31T01:00:00Z')).toEqual([]);
  });

  it('do not come in Kolkata', () => {
    expect(changes('Asia/Kolkata', '2000-01-01T00:00Z', '2040-01-01T00:00Z')).toEqual([]);
  });
});

describe('the wall clock', () => {
  it('gives back the instant, unless it shows the second of two equal times', () => {
    fc.assert(
      fc.property(anyZone, anyInstant, (name, instant) => {
        const wall = toWall(name, instant);
        if (isAmbiguous(name, wall)) expect(toInstant(name, wall)).toBeLessThanOrEqual(instant);
        else expect(toInstant(name, wall)).toBe(instant);
      }),
    );
  });

  it('is on whole quarter-hours with UTC in every zone of today', () => {
    fc.assert(fc.property(anyZone, anyInstant, (name, at) => offsetAt(name, at) % (15 * MINUTE) === 0));
  });
});
