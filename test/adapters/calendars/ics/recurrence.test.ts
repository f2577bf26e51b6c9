// Recurrence rules (RFC 5545 3.3.10), also those that few programs write.

import { describe, expect, it } from 'vitest';
import { at } from '../../../support/builders.ts';
import { readEventOf, startsIn, type YEAR } from '../../../support/calendar-files.ts';

/** The starts in 2027 of an hour that begins so and repeats so. */
function starts(start: string, rule: string, ...more: readonly string[]): string[] {
  return startsIn(readEventOf([`DTSTART${start}`, 'DURATION:PT1H', `RRULE:${rule}`, ...more]));
}

/** The same, as days of the year 2027: "0105". */
function days(start: string, rule: string, ...more: readonly string[]): string[] {
  return starts(start, rule, ...more).map((text) => text.slice(5, 10).replace('-', ''));
}

describe('a rule of years', () => {
  it('repeats on the date of its start', () => {
    expect(starts(':20200315T090000Z', 'FREQ=YEARLY')).toEqual(['2027-03-15T09:00Z']);
  });
  it('leaves out years that lack the 29th of February', () => {
    expect(starts(':20240229T090000Z', 'FREQ=YEARLY')).toEqual([]);
  });
  it('counts weekdays within the year without BYMONTH, and within the month with it', () => {
    expect(days(':20260101T090000Z', 'FREQ=YEARLY;BYDAY=20TH')).toEqual(['0520']);
    expect(days(':20260101T090000Z', 'FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU')).toEqual(['0328', '1031']);
  });
  it('takes the weekday of its start for BYWEEKNO alone', () => {
    expect(days(':20260105T090000Z', 'FREQ=YEARLY;BYWEEKNO=20')).toEqual(['0517']);
  });
  it('numbers weeks as ISO 8601, from the end too, over the turn of the year', () => {
    expect(days(':20260101T090000Z', 'FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR')).toEqual(['0101']);
    expect(days(':20260105T090000Z', 'FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO')).toEqual(['1227']);
    expect(days(':20260105T090000Z', 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU')).toEqual(['0103']);
  });
  it('counts days of the year from both ends', () => {
    expect(days(':20260101T090000Z', 'FREQ=YEARLY;BYYEARDAY=1,100,-1')).toEqual(['0101', '0410', '1231']);
  });
  it('picks by BYSETPOS from the whole year', () => {
    expect(days(':20260101T090000Z', 'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1')).toEqual(['1231']);
  });
});

describe('a rule of months', () => {
  it('leaves out months that lack its day', () => {
    expect(days(':20261231T090000Z', 'FREQ=MONTHLY;COUNT=6')).toEqual([
      '0131',
      '0331',
      '0531',
      '0731',
      '0831',
    ]);
  });
  it('counts days from the end', () => {
    expect(days(':20270131T090000Z', 'FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3')).toEqual(['0131', '0228', '0331']);
  });
  it('finds the last working day by BYSETPOS', () => {
    expect(days(':20270129T090000Z', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3')).toEqual([
      '0129',
      '0226',
      '0331',
    ]);
  });
  it('meets a Friday the 13th', () => {
    expect(days(':19990813T090000Z', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13')).toEqual(['0813']);
  });
  it('leaves out months without a fifth Monday', () => {
    expect(days(':20270101T090000Z', 'FREQ=MONTHLY;BYDAY=5MO').slice(1)).toEqual([
      '0329',
      '0531',
      '0830',
      '1129',
    ]);
  });
});

describe('a rule of weeks', () => {
  it('counts weeks from WKST', () => {
    const rule = 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU';
    expect(days(':20270105T090000Z', `${rule};WKST=MO`)).toEqual(['0105', '0110', '0119', '0124']);
    expect(days(':20270105T090000Z', `${rule};WKST=SU`)).toEqual(['0105', '0117', '0119', '0131']);
  });
  it('has an occurrence at its start even where the rule names another day, which COUNT does not count', () => {
    expect(days(':20270105T090000Z', 'FREQ=WEEKLY;BYDAY=WE;COUNT=2')).toEqual(['0105', '0106', '0113']);
  });
  it('picks by BYSETPOS from each week', () => {
    expect(days(':20270104T090000Z', 'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1;COUNT=2').slice(1)).toEqual([
      '0108',
      '0115',
    ]);
  });
});

describe('a rule of days and less', () => {
  it('still finds the days of a start long ago', () => {
    expect(starts(':19700101T090000Z', 'FREQ=DAILY;INTERVAL=100')).toHaveLength(3);
    expect(starts(':19700101T090000Z', 'FREQ=DAILY;COUNT=20900').at(-1)).toBe('2027-03-22T09:00Z');
  });
  it('takes several times of a day', () => {
    expect(starts(':20271230T090000Z', 'FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30')).toHaveLength(8);
  });
  it('limits hours by days, and minutes by hours', () => {
    expect(starts(':20270104T080000Z', 'FREQ=HOURLY;INTERVAL=8;BYDAY=MO;COUNT=4')).toEqual([
      '2027-01-04T08:00Z',
      '2027-01-04T16:00Z',
      '2027-01-11T00:00Z',
      '2027-01-11T08:00Z',
    ]);
    expect(starts(':20270104T090000Z', 'FREQ=MINUTELY;INTERVAL=20;BYHOUR=9;COUNT=4').at(-1)).toBe(
      '2027-01-05T09:00Z',
    );
  });
  it('finds one second a day among all seconds', () => {
    const rule = 'FREQ=SECONDLY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;COUNT=3';
    expect(days(':20270104T090000Z', rule)).toEqual(['0104', '0105', '0106']);
  });
});

describe('the end of a rule', () => {
  it('is UNTIL itself, in UTC against a zone', () => {
    const start = ';TZID=America/New_York:20270105T090000';
    expect(days(start, 'FREQ=DAILY;UNTIL=20270107T140000Z')).toEqual(['0105', '0106', '0107']);
    expect(days(start, 'FREQ=DAILY;UNTIL=20270107T135959Z')).toEqual(['0105', '0106']);
  });
  it('is the day of UNTIL for days', () => {
    const read = (until: string) =>
      startsIn(readEventOf(['DTSTART;VALUE=DATE:20270105', `RRULE:FREQ=DAILY;UNTIL=${until}`])).length;
    expect([read('20270107'), read('20270107T000000Z'), read('20270107T235959Z')]).toEqual([3, 3, 3]);
  });
  it('is 00:00 of a day beside times', () => {
    expect(days(';TZID=America/Los_Angeles:20270105T200000', 'FREQ=DAILY;UNTIL=20270107')).toEqual([
      '0106',
      '0107',
    ]);
  });
  it('is what the wall clock shows for floating times, whatever the reader is in', () => {
    const lines = ['DTSTART:20270105T200000', 'RRULE:FREQ=DAILY;UNTIL=20270107T200000Z'];
    expect(readEventOf(lines, { zone: 'Pacific/Auckland' as typeof YEAR.zone }).events).toHaveLength(3);
  });
  it('before the start leaves nothing: the series was cut', () => {
    expect(starts(':20270105T090000Z', 'FREQ=DAILY;UNTIL=20270101T000000Z')).toEqual([]);
  });
});

describe('changes of clocks', () => {
  const night = { window: { start: at('2027-03-01T00:00:00Z'), end: at('2028-01-01T00:00:00Z') } };
  const inZone = (start: string, rule: string) =>
    startsIn(readEventOf([`DTSTART;TZID=${start}`, `RRULE:${rule}`], night));

  it('keep the wall time on both hemispheres', () => {
    expect(inZone('America/New_York:20270313T090000', 'FREQ=DAILY;COUNT=2')).toEqual([
      '2027-03-13T14:00Z',
      '2027-03-14T13:00Z',
    ]);
    expect(inZone('Australia/Sydney:20270403T090000', 'FREQ=DAILY;COUNT=2')).toEqual([
      '2027-04-02T22:00Z',
      '2027-04-03T23:00Z',
    ]);
  });
  it('move a time in a gap forward', () => {
    expect(inZone('Europe/Berlin:20270327T023000', 'FREQ=DAILY;COUNT=3')).toEqual([
      '2027-03-27T01:30Z',
      '2027-03-28T01:30Z',
      '2027-03-29T00:30Z',
    ]);
  });
  it('take the first of two equal times (RFC 5545 3.3.5)', () => {
    expect(inZone('America/New_York:20271106T013000', 'FREQ=DAILY;COUNT=2')).toEqual([
      '2027-11-06T05:30Z',
      '2027-11-07T05:30Z',
    ]);
  });
  it('of half an hour are known on Lord Howe, and the quarter of Kathmandu too', () => {
    expect(inZone('Australia/Lord_Howe:20270403T090000', 'FREQ=DAILY;COUNT=2')).toEqual([
      '2027-04-02T22:00Z',
      '2027-04-03T22:30Z',
    ]);
    expect(inZone('Asia/Kathmandu:20270403T090000', 'FREQ=DAILY;COUNT=1')).toEqual(['2027-04-03T03:15Z']);
  });
});

describe('a rule that cannot be followed', () => {
  it.each([
    'FREQ=FORTNIGHTLY',
    'INTERVAL=2',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;COUNT=many',
    'FREQ=DAILY;UNTIL=soon',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=YEARLY;BYEASTER=0',
    'RSCALE=HEBREW;FREQ=YEARLY',
    'D1 #10',
  ])('%s hides time, and only the first occurrence is known', (rule) => {
    const reading = readEventOf(['DTSTART:20270105T090000Z', `RRULE:${rule}`]);
    expect(startsIn(reading)).toEqual(['2027-01-05T09:00Z']);
    expect(reading.problems).toMatchObject([{ where: 'a', hidesTime: true }]);
  });
  it('hides nothing where it begins after the window', () => {
    const reading = readEventOf(['DTSTART:20280105T090000Z', 'RRULE:FREQ=NEVER']);
    expect(reading.problems).toMatchObject([{ hidesTime: false }]);
  });
});
