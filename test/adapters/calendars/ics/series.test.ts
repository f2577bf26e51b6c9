// RDATE, EXDATE, RECURRENCE-ID and RANGE=THISANDFUTURE.

import { describe, expect, it } from 'vitest';
import {
  calendarOf,
  eventOf,
  readEventOf,
  readText,
  spansIn,
  startsIn,
} from '../../../support/calendar-files.ts';

const DAILY = ['DTSTART:20270105T090000Z', 'DTEND:20270105T100000Z', 'RRULE:FREQ=DAILY;COUNT=4'];

function withDaily(...lines: readonly string[]): string[] {
  return startsIn(readEventOf([...DAILY, ...lines])).map((text) => text.slice(5, -1));
}

/** A daily series of four, and events that replace occurrences of it. */
function replaced(...replacements: readonly (readonly string[])[]) {
  return readText(calendarOf(...eventOf(...DAILY), ...replacements.flatMap((lines) => eventOf(...lines))));
}

describe('excluded dates', () => {
  it('take single occurrences, one or several a line, in any zone', () => {
    expect(
      withDaily('EXDATE:20270106T090000Z', 'EXDATE;TZID=Asia/Tokyo:20270107T180000,20270108T180000'),
    ).toEqual(['01-05T09:00']);
  });
  it('take all of a day where they are dates', () => {
    expect(withDaily('EXDATE;VALUE=DATE:20270106,20270107')).toEqual(['01-05T09:00', '01-08T09:00']);
  });
  it('without a zone are told on the clock of the series', () => {
    const lines = [
      'DTSTART;TZID=America/New_York:20270105T090000',
      'RRULE:FREQ=DAILY;COUNT=2',
      'EXDATE:20270106T090000',
    ];
    expect(startsIn(readEventOf(lines))).toEqual(['2027-01-05T14:00Z']);
  });
  it('take a day of an all-day series where they are times', () => {
    const lines = ['DTSTART;VALUE=DATE:20270105', 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20270106T000000'];
    expect(startsIn(readEventOf(lines))).toEqual(['2027-01-05']);
  });
  it('may take the first occurrence', () => {
    expect(withDaily('EXDATE:20270105T090000Z')).toHaveLength(3);
  });
  it('that cannot be read make their owner look busier and hide nothing', () => {
    const reading = readEventOf([...DAILY, 'EXDATE:never,20270106T090000Z']);
    expect(reading.events).toHaveLength(3);
    expect(reading.problems).toMatchObject([{ hidesTime: false }]);
  });
});

describe('added dates', () => {
  it('are occurrences too, before the start and twice named ones once', () => {
    expect(withDaily('RDATE:20270101T120000Z,20270105T090000Z')).toEqual([
      '01-01T12:00',
      '01-05T09:00',
      '01-06T09:00',
      '01-07T09:00',
      '01-08T09:00',
    ]);
  });
  it('that are periods bring their own length', () => {
    const lines = [
      'DTSTART:20270105T090000Z',
      'DTEND:20270105T093000Z',
      'RDATE;VALUE=PERIOD:20270106T090000Z/20270106T120000Z,20270107T090000Z/PT2H',
    ];
    expect(spansIn(readEventOf(lines))).toEqual([
      '2027-01-05T09:00Z/09:30Z',
      '2027-01-06T09:00Z/12:00Z',
      '2027-01-07T09:00Z/11:00Z',
    ]);
  });
  it('that are days beside times take the whole day', () => {
    const lines = [
      'DTSTART;TZID=Europe/Berlin:20270105T090000',
      'DURATION:PT1H',
      'RDATE;VALUE=DATE:20270107',
    ];
    expect(spansIn(readEventOf(lines))[1]).toBe('2027-01-06T23:00Z/2027-01-07T23:00Z');
  });
  it('that cannot be read hide time, and cost no other', () => {
    const reading = readEventOf([...DAILY, 'RDATE:20270201T090000Z,20270231T090000Z']);
    expect(reading.events).toHaveLength(5);
    expect(reading.problems).toMatchObject([{ hidesTime: true }]);
  });
});

describe('an event that replaces an occurrence', () => {
  it('moves it', () => {
    expect(
      startsIn(replaced(['RECURRENCE-ID:20270106T090000Z', 'DTSTART:20270106T150000Z'])).map((each) =>
        each.slice(8, 13),
      ),
    ).toEqual(['05T09', '06T15', '07T09', '08T09']);
  });
  it('may be told in another zone, as a date, or without zone', () => {
    for (const id of [';TZID=Asia/Tokyo:20270106T180000', ';VALUE=DATE:20270106', ':20270106T090000'])
      expect(replaced([`RECURRENCE-ID${id}`, 'DTSTART:20270301T150000Z']).events).toHaveLength(4);
  });
  it('may stand before its series in the file', () => {
    const lines = [
      ...eventOf('RECURRENCE-ID:20270106T090000Z', 'DTSTART:20270106T150000Z'),
      ...eventOf(...DAILY),
    ];
    expect(readText(calendarOf(...lines)).events).toHaveLength(4);
  });
  it('cancels it', () => {
    const reading = replaced([
      'RECURRENCE-ID:20270106T090000Z',
      'DTSTART:20270106T090000Z',
      'STATUS:CANCELLED',
    ]);
    expect(reading.events.map((each) => each.status)).toEqual([
      'confirmed',
      'cancelled',
      'confirmed',
      'confirmed',
    ]);
  });
  it('stands for itself without a series', () => {
    const reading = readEventOf([
      'RECURRENCE-ID:20270106T090000Z',
      'DTSTART:20270106T150000Z',
      'DURATION:PT1H',
    ]);
    expect(spansIn(reading)).toEqual(['2027-01-06T15:00Z/16:00Z']);
  });
  it('counts in its latest revision', () => {
    const first = ['RECURRENCE-ID:20270106T090000Z', 'DTSTART:20270106T150000Z', 'SEQUENCE:2'];
    const older = ['RECURRENCE-ID:20270106T090000Z', 'DTSTART:20270106T160000Z', 'SEQUENCE:1'];
    expect(startsIn(replaced(first, older))).toContain('2027-01-06T15:00Z');
    expect(replaced(first, older).events).toHaveLength(4);
  });
  it('brings an occurrence into the window from outside, and takes one out', () => {
    const series = eventOf('DTSTART:20261230T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4');
    const inward = eventOf('RECURRENCE-ID:20261230T090000Z', 'DTSTART:20270310T090000Z');
    const outward = eventOf('RECURRENCE-ID:20270101T090000Z', 'DTSTART:20261215T090000Z');
    expect(startsIn(readText(calendarOf(...series, ...inward, ...outward)))).toEqual([
      '2027-01-02T09:00Z',
      '2027-03-10T09:00Z',
    ]);
  });
  it('leaves the occurrence busy where its own time cannot be read', () => {
    const reading = replaced(['RECURRENCE-ID:20270106T090000Z', 'DTSTART:tomorrow']);
    expect(reading.events).toHaveLength(4);
    expect(reading.problems).toMatchObject([{ hidesTime: true }]);
  });
});

describe('RANGE=THISANDFUTURE', () => {
  it('moves all that follow by as much, with the new length', () => {
    const reading = replaced([
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20270107T090000Z',
      'DTSTART:20270107T113000Z',
      'DURATION:PT2H',
    ]);
    expect(spansIn(reading)).toEqual([
      '2027-01-05T09:00Z/10:00Z',
      '2027-01-06T09:00Z/10:00Z',
      '2027-01-07T11:30Z/13:30Z',
      '2027-01-08T11:30Z/13:30Z',
    ]);
  });
  it('holds until the next one, and single changes within it stay', () => {
    const reading = replaced(
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20270106T090000Z', 'DTSTART:20270106T100000Z'],
      ['RECURRENCE-ID:20270107T090000Z', 'DTSTART:20270107T200000Z'],
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20270108T090000Z', 'DTSTART:20270108T120000Z'],
    );
    expect(startsIn(reading).map((each) => each.slice(8, 13))).toEqual(['05T09', '06T10', '07T20', '08T12']);
  });
  it('cancels all that follow', () => {
    const reading = replaced([
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20270106T090000Z',
      'DTSTART:20270106T090000Z',
      'STATUS:CANCELLED',
    ]);
    expect(reading.events.filter((each) => each.status === 'cancelled')).toHaveLength(3);
  });
  it('keeps the wall clock of its own zone when clocks change', () => {
    const series = eventOf(
      'DTSTART;TZID=Europe/Berlin:20270326T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=DAILY;COUNT=3',
    );
    const change = eventOf(
      'RECURRENCE-ID;TZID=Europe/Berlin;RANGE=THISANDFUTURE:20270327T090000',
      'DTSTART;TZID=Europe/Berlin:20270327T110000',
    );
    expect(startsIn(readText(calendarOf(...series, ...change)))).toEqual([
      '2027-03-26T08:00Z',
      '2027-03-27T10:00Z',
      '2027-03-28T09:00Z',
    ]);
  });
});

describe('UIDs', () => {
  it('that are missing make no series of their events', () => {
    const event = ['BEGIN:VEVENT', 'DTSTART:20270105T090000Z', 'END:VEVENT'];
    expect(readText(calendarOf(...event, ...event)).events.map((each) => each.uid)).toEqual(['', '']);
  });
  it('that several series share count for all of them', () => {
    const other = eventOf('DTSTART:20270105T120000Z', 'RRULE:FREQ=DAILY;COUNT=2');
    expect(readText(calendarOf(...eventOf(...DAILY), ...other)).events).toHaveLength(6);
  });
});
