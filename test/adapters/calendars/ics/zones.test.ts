// VTIMEZONE (RFC 5545 3.6.5), and when a name that is known here wins over it.

import { describe, expect, it } from 'vitest';
import { WINDOWS_TEXTS } from '../../../../src/adapters/calendars/ics/windows-texts.ts';
import { clockOfName } from '../../../../src/adapters/calendars/ics/zone-names.ts';
import { calendarOf, eventOf, readText, startsIn } from '../../../support/calendar-files.ts';

/** A zone of standard time +HHMM with summer time an hour ahead from March to October, as Outlook writes it. */
function vtimezone(tzid: string, standard: string, summer: string): string[] {
  const part = (name: string, [from, to]: [string, string], rule: string): string[] => [
    `BEGIN:${name}`,
    'DTSTART:16010101T020000',
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `RRULE:FREQ=YEARLY;INTERVAL=1;${rule}`,
    `END:${name}`,
  ];
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...part('STANDARD', [summer, standard], 'BYDAY=-1SU;BYMONTH=10'),
    ...part('DAYLIGHT', [standard, summer], 'BYDAY=-1SU;BYMONTH=3'),
    'END:VTIMEZONE',
  ];
}

function startsAt(tzid: string, zone: readonly string[], ...walls: readonly string[]): string[] {
  const events = walls.flatMap((wall) => eventOf(`UID:${wall}`, `DTSTART;TZID=${tzid}:${wall}`));
  return startsIn(readText(calendarOf(...zone, ...events)));
}

describe('a name that Windows shows', () => {
  it('is always one of a zone', () => {
    expect(
      [...WINDOWS_TEXTS.keys()].filter((text) => clockOfName(`(UTC+00:00) ${text}`) === undefined),
    ).toEqual([]);
  });
});

describe('a zone that the file defines', () => {
  it('is followed through both of its changes', () => {
    for (const tzid of ['Customized Time Zone', 'tzone://Microsoft/Custom', 'Our Office']) {
      const starts = startsAt(
        tzid,
        vtimezone(tzid, '+0300', '+0400'),
        '20270105T100000',
        '20270705T100000',
        '20271205T100000',
      );
      expect(starts).toEqual(['2027-01-05T07:00Z', '2027-07-05T06:00Z', '2027-12-05T07:00Z']);
    }
  });
  it('has gaps and double hours like any other', () => {
    const starts = startsAt(
      'Our Office',
      vtimezone('Our Office', '+0300', '+0400'),
      '20270328T023000',
      '20271031T013000',
    );
    expect(starts).toEqual(['2027-03-27T23:30Z', '2027-10-30T21:30Z']);
  });
  it('carries a rule of its own under a Windows name', () => {
    const zone = vtimezone('Eastern Standard Time', '+1000', '+1100');
    expect(startsAt('Eastern Standard Time', zone, '20270105T100000')).toEqual(['2027-01-05T00:00Z']);
  });
  it('carries a rule of its own under a short name', () => {
    const zone = vtimezone('EST', '-0500', '-0400');
    expect(startsAt('EST', zone, '20270705T100000')).toEqual(['2027-07-05T14:00Z']);
  });
  it('does not change what a name of IANA means', () => {
    const zone = vtimezone('Europe/Berlin', '-0800', '-0700');
    expect(startsAt('Europe/Berlin', zone, '20270105T100000')).toEqual(['2027-01-05T09:00Z']);
  });
  it('that cannot be followed leaves its name to be known or not', () => {
    const broken = ['BEGIN:VTIMEZONE', 'TZID:Tokyo Standard Time', 'END:VTIMEZONE'];
    expect(startsAt('Tokyo Standard Time', broken, '20270105T180000')).toEqual(['2027-01-05T09:00Z']);
  });
  it('may list its changes by RDATE, and have an UNTIL', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:X',
      'BEGIN:STANDARD',
      'DTSTART:20001029T020000',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
      'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20261025T060000Z',
      'RDATE:20271107T020000',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20270314T020000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    expect(startsAt('X', zone, '20270105T090000', '20271101T090000', '20271110T090000')).toEqual([
      '2027-01-05T14:00Z',
      '2027-11-01T13:00Z',
      '2027-11-10T14:00Z',
    ]);
  });
  it('is known to all calendars of its own file part only', () => {
    const first = calendarOf(
      ...vtimezone('A', '+0200', '+0300'),
      ...eventOf('UID:1', 'DTSTART;TZID=A:20270105T100000'),
    );
    const second = calendarOf(
      ...vtimezone('A', '+0500', '+0600'),
      ...eventOf('UID:2', 'DTSTART;TZID=A:20270105T100000'),
    );
    expect(startsIn(readText(first + second))).toEqual(['2027-01-05T05:00Z', '2027-01-05T08:00Z']);
  });
});
