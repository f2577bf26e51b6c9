// When an event is: its start, its end, its zone, and what of it lies in the window.

import { describe, expect, it } from 'vitest';
import type { Zone } from '../../../../src/domain/time/zone.ts';
import { at } from '../../../support/builders.ts';
import {
  calendarOf,
  eventOf,
  readEventOf,
  readText,
  spansIn,
  startsIn,
} from '../../../support/calendar-files.ts';

const spans = (...lines: readonly string[]): string[] => spansIn(readEventOf(lines));

describe('the end of an event', () => {
  it('is DTEND, or DURATION after the start', () => {
    expect(spans('DTSTART:20270105T090000Z', 'DTEND:20270105T101500Z')).toEqual(['2027-01-05T09:00Z/10:15Z']);
    expect(spans('DTSTART:20270105T090000Z', 'DURATION:P1DT2H')).toEqual([
      '2027-01-05T09:00Z/2027-01-06T11:00Z',
    ]);
    expect(spans('DTSTART:20270105T090000Z', 'DURATION:P1W')).toEqual([
      '2027-01-05T09:00Z/2027-01-12T09:00Z',
    ]);
  });
  it('without either is the start of a time and the end of a day', () => {
    expect(spans('DTSTART:20270105T090000Z')).toEqual(['2027-01-05T09:00Z/09:00Z']);
    expect(spans('DTSTART;VALUE=DATE:20270105')).toEqual(['2027-01-05..2027-01-05']);
  });
  it('of days is excluded, and may wrongly be the day of the start', () => {
    expect(spans('DTSTART;VALUE=DATE:20270105', 'DTEND;VALUE=DATE:20270107')).toEqual([
      '2027-01-05..2027-01-06',
    ]);
    expect(spans('DTSTART;VALUE=DATE:20270105', 'DTEND;VALUE=DATE:20270105')).toEqual([
      '2027-01-05..2027-01-05',
    ]);
    expect(spans('DTSTART:20270105', 'DURATION:P2D')).toEqual(['2027-01-05..2027-01-06']);
  });
  it('in another zone than the start is understood', () => {
    const end = 'DTEND;TZID=Europe/London:20270105T200000';
    expect(spans('DTSTART;TZID=America/New_York:20270105T090000', end)).toEqual(['2027-01-05T14:00Z/20:00Z']);
  });
  it('keeps nominal days and exact hours when clocks change', () => {
    const start = 'DTSTART;TZID=America/New_York:20270313T120000';
    expect(spans(start, 'DURATION:P1D')).toEqual(['2027-03-13T17:00Z/2027-03-14T16:00Z']);
    expect(spans(start, 'DURATION:PT24H')).toEqual(['2027-03-13T17:00Z/2027-03-14T17:00Z']);
  });
  it('before the start is a problem that hides time inside the window, and none before it', () => {
    expect(readEventOf(['DTSTART:20270105T090000Z', 'DTEND:20270104T090000Z']).problems).toMatchObject([
      { hidesTime: true },
    ]);
    expect(readEventOf(['DTSTART:20200105T090000Z', 'DTEND:20200104T090000Z']).problems).toMatchObject([
      { hidesTime: false },
    ]);
  });
});

describe('the window', () => {
  it('holds what reaches into it from before, over the turn of the year', () => {
    expect(spans('DTSTART:20261231T230000Z', 'DTEND:20270101T010000Z')).toEqual([
      '2026-12-31T23:00Z/2027-01-01T01:00Z',
    ]);
    expect(spans('DTSTART:20241231T230000Z', 'DTEND:20270101T000000Z')).toEqual([]);
  });
  it('holds an event without length at its start and not at its end', () => {
    expect(spans('DTSTART:20270101T000000Z')).toHaveLength(1);
    expect(spans('DTSTART:20280101T000000Z')).toHaveLength(0);
  });
  it('holds a series whose occurrences last for weeks', () => {
    expect(spans('DTSTART:20261215T000000Z', 'DURATION:P20D', 'RRULE:FREQ=YEARLY')).toHaveLength(2);
  });
  it('is in order of starts', () => {
    const reading = readText(
      calendarOf(...eventOf('DTSTART:20270301T090000Z'), ...eventOf('DTSTART:20270201T090000Z')),
    );
    expect(startsIn(reading)).toEqual(['2027-02-01T09:00Z', '2027-03-01T09:00Z']);
  });
});

describe('times without zone', () => {
  const zone = 'Pacific/Auckland' as Zone;
  it('are told in the zone of the reader', () => {
    expect(spansIn(readEventOf(['DTSTART:20270105T090000', 'DTEND:20270105T100000'], { zone }))).toEqual([
      '2027-01-04T20:00Z/21:00Z',
    ]);
  });
  it('and days run from midnight to midnight there, also on the day when clocks change', () => {
    const { events } = readEventOf(['DTSTART;VALUE=DATE:20270404'], { zone });
    expect(events[0]).toMatchObject({ start: at('2027-04-03T11:00:00Z'), end: at('2027-04-04T12:00:00Z') });
  });
});

describe('odd forms of a time', () => {
  it.each([
    ['DTSTART:20270105T0900Z'],
    ['DTSTART:2027-01-05T09:00:00Z'],
    ['DTSTART;VALUE=DATE-TIME:20270105t090000z'],
    ['dtstart:20270105T090000Z'],
    ['DTSTART;TZID=Europe/Berlin:20270105T100000'],
    ['DTSTART;TZID="Europe/Berlin":20270105T100000'],
    ['DTSTART;TZID=europe/berlin:20270105T100000'],
    ['DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20270105T100000'],
    ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20270105T100000'],
    ['DTSTART;TZID=W. Europe Standard Time:20270105T100000'],
    ['DTSTART;TZID=w. europe standard time 1:20270105T100000'],
    ['DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna":20270105T100000'],
    ['DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna:20270105T100000'],
    ['DTSTART;TZID=(GMT-05.00) Eastern Time (US & Canada):20270105T040000'],
    ['DTSTART;TZID="Pacific Time (US and Canada); Tijuana":20270105T010000'],
    ['DTSTART;TZID=tzone://Microsoft/Utc:20270105T090000'],
    ['DTSTART;TZID=GMT+0545:20270105T144500'],
    ['DTSTART;TZID=UTC-9:20270105T000000'],
    ['DTSTART;TZID=America/Argentina/Buenos_Aires:20270105T060000'],
    ['DTSTART;TZID="W. Europe Standard Time:20270105T100000"'],
    ['DTSTART;TZID=Europe/Berlin;VALUE=DATE-TIME:20270105T100000'],
    ['DTSTART;X-A=":;";TZID=Europe/Berlin:20270105T100000'],
  ])('%s is 09:00 in UTC', (line) => {
    const reading = readEventOf([line]);
    expect(reading.problems).toEqual([]);
    expect(startsIn(reading)).toEqual(['2027-01-05T09:00Z']);
  });

  it.each([
    'DTSTART;TZID=Customized Time Zone:20270105T100000',
    'DTSTART;TZID=Nowhere/Land:20270105T100000',
    'DTSTART;TZID=(UTC+01:00) Unheard of:20270105T100000',
    'DTSTART:20270230T090000Z',
    'DTSTART:20270105T250000Z',
    'DTSTART:tomorrow',
    'DTSTART:',
    'SUMMARY:no start',
  ])('%s cannot be read and hides time', (line) => {
    const reading = readEventOf([line]);
    expect(reading.events).toEqual([]);
    expect(reading.problems).toMatchObject([{ where: 'a', hidesTime: true }]);
  });

  it('that cannot be read hide nothing of an event that is cancelled or transparent', () => {
    for (const line of ['STATUS:CANCELLED', 'TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'])
      expect(readEventOf(['DTSTART:tomorrow', line]).problems).toMatchObject([{ hidesTime: false }]);
  });

  it('never bring a title into a problem', () => {
    const reading = readEventOf(['DTSTART:Secret', 'SUMMARY:Secret', 'RRULE:Secret', 'DESCRIPTION:Secret']);
    expect(JSON.stringify(reading.problems)).not.toContain('Secret');
  });
});
