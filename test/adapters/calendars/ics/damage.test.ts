// Files that are damaged, broken or hostile.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../src/adapters/calendars/ics/events.ts';
import { CalendarUnreadable } from '../../../../src/domain/errors.ts';
import {
  calendarOf,
  eventOf,
  readEventOf,
  readText,
  startsIn,
  YEAR,
} from '../../../support/calendar-files.ts';
import { cpuTime } from '../../../support/cpu-time.ts';

const EVENT = eventOf('DTSTART:20270105T090000Z', 'DURATION:PT1H', 'SUMMARY:Größe');
const FILE = calendarOf(...EVENT);

function startsOfBytes(bytes: Uint8Array): string[] {
  return startsIn(readCalendar(bytes, YEAR));
}

describe('a file that is no calendar as a whole is refused with a sentence', () => {
  it.each([
    ['', 'it is empty'],
    ['\r\n \r\n', 'it is empty'],
    ['<!DOCTYPE html><html>Please sign in</html>', 'it is a web page'],
    ['{"error": "not found"}', 'it is no calendar'],
    [EVENT.join('\r\n'), 'it is no calendar'],
    [FILE.replace('END:VCALENDAR', ''), 'it is cut off'],
    [FILE.slice(0, -30), 'it is cut off'],
    [FILE.replace('END:VCALENDAR', '') + FILE, 'it is cut off'],
  ])('%j', (text, sentence) => {
    expect(() => readText(text)).toThrow(CalendarUnreadable);
    expect(() => readText(text)).toThrow(sentence);
  });
  it('also where it is too large or has too many events', () => {
    expect(() => readText(FILE, { limits: { bytes: 10 } })).toThrow('larger than');
    expect(() => readText(calendarOf(...EVENT, ...EVENT), { limits: { events: 1 } })).toThrow(
      'more than 1 events',
    );
  });
  it('and names the calendar', () => {
    expect.assertions(1);
    try {
      readText('', { calendar: 'example.com' });
    } catch (error) {
      expect(error).toMatchObject({ calendar: 'example.com' });
    }
  });
});

describe('damage that can be undone', () => {
  it.each([
    ['a byte order mark', Buffer.from(`\ufeff${FILE}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${FILE}`, 'utf16le')],
    ['Latin-1', Buffer.from(FILE, 'latin1')],
    ['line feeds', Buffer.from(FILE.replaceAll('\r\n', '\n'))],
    ['carriage returns', Buffer.from(FILE.replaceAll('\r\n', '\r'))],
    ['doubled carriage returns', Buffer.from(FILE.replaceAll('\r\n', '\r\r\n'))],
    ['NUL bytes', Buffer.from(FILE.replaceAll('T', '\0T'))],
    ['folds in the middle of a word', Buffer.from(FILE.replace('0105T0', '01\r\n 05T\r\n\t0'))],
    [
      'folds without their space',
      Buffer.from(FILE.replace('SUMMARY:', 'DESCRIPTION:one\r\ntwo, three\r\nSUMMARY:')),
    ],
    ['a fold in the middle of a character', foldedInCharacter()],
    ['small letters', Buffer.from(FILE.toLowerCase())],
    ['text before and after', Buffer.from(`hello\r\n${FILE}good bye`)],
    ['a lost END of a component inside', Buffer.from(FILE.replace('SUMMARY', 'BEGIN:VALARM\r\nSUMMARY'))],
    ['a calendar in a calendar', Buffer.from(calendarOf(...FILE.trimEnd().split('\r\n')))],
    ['letters after the last END', Buffer.from(`${FILE.trimEnd()}D`)],
  ])('%s', (_, bytes) => {
    expect(startsOfBytes(bytes)).toEqual(['2027-01-05T09:00Z']);
  });

  it('is undone in each of several calendars', () => {
    expect(startsOfBytes(Buffer.from(FILE + FILE))).toHaveLength(2);
  });
});

describe('one bad event', () => {
  it('is reported and costs no other', () => {
    const reading = readText(calendarOf(...eventOf('UID:bad', 'DTSTART:x'), ...EVENT));
    expect(startsIn(reading)).toEqual(['2027-01-05T09:00Z']);
    expect(reading.problems).toMatchObject([{ where: 'bad', hidesTime: true }]);
  });
  it('without its END costs no other either', () => {
    const cut = EVENT.slice(0, -1);
    const reading = readText(calendarOf(...cut, ...EVENT));
    expect(reading.events).toHaveLength(2);
    expect(reading.problems).toMatchObject([{ hidesTime: true }]);
  });
  it('without UID is named by its line', () => {
    const reading = readText(calendarOf('BEGIN:VEVENT', 'DTSTART:x', 'END:VEVENT'));
    expect(reading.problems[0]?.where).toBe('line 4');
  });
});

describe('what would take for ever', () => {
  it.each([
    ['RRULE:FREQ=SECONDLY;COUNT=1000000000'],
    ['RRULE:FREQ=SECONDLY'],
    ['RRULE:FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9,10'],
    [
      'RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYDAY=MO,TU,WE,TH,FR',
    ],
    ['RRULE:FREQ=SECONDLY;COUNT=900000000;BYDAY=MO,TU,WE,TH,FR,SA'],
  ])('%s ends soon, as a problem that hides time', (rule) => {
    const started = cpuTime();
    const reading = readEventOf(['DTSTART:20200105T090000Z', rule]);
    expect(cpuTime() - started).toBeLessThan(2_000);
    expect(reading.problems).toMatchObject([{ where: 'a', hidesTime: true }]);
  });
  it.each([
    'RRULE:FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2',
    'RRULE:FREQ=SECONDLY;BYMONTHDAY=31;BYMONTH=2',
    'RRULE:FREQ=YEARLY;INTERVAL=9007199254740991',
    'RRULE:FREQ=SECONDLY;INTERVAL=9007199254740991;COUNT=9007199254740991',
  ])('%s is only its start', (rule) => {
    expect(startsIn(readEventOf(['DTSTART:20270105T090000Z', rule]))).toEqual(['2027-01-05T09:00Z']);
  });
  it('counts for all events together', () => {
    const events = Array.from({ length: 40 }, (_, index) =>
      eventOf(`UID:${index}`, 'DTSTART:20270105T090000Z', 'RRULE:FREQ=HOURLY'),
    );
    const reading = readText(calendarOf(...events.flat()), { limits: { occurrences: 9_000 } });
    expect(reading.events).toHaveLength(9_000);
    expect(reading.problems.length).toBeGreaterThan(0);
  });
  it.each([
    ['colons', `DTSTART;TZID=${':'.repeat(200_000)}`],
    ['parameters', `DTSTART${';A=B'.repeat(60_000)}:20270105T090000Z`],
    ['quotes', `DTSTART;TZID=${'"'.repeat(200_001)}:20270105T090000Z`],
    ['slashes', `DTSTART;TZID=${'/'.repeat(8_000)}:20270105T090000Z`],
    ['a long list', `EXDATE:${'20270105T090000Z,'.repeat(100_000)}`],
    ['carriage returns', '\r'.repeat(1_000_000)],
    ['components', 'BEGIN:X\r\n'.repeat(200_000) + 'END:Y\r\n'.repeat(200_000)],
  ])('a line of nothing but %s is no trap', (_, line) => {
    const started = cpuTime();
    readText(calendarOf('BEGIN:VEVENT', 'UID:a', line, 'DTSTART:20270105T090000Z', 'END:VEVENT'));
    expect(cpuTime() - started).toBeLessThan(2_000);
  });
});

describe('any bytes', () => {
  const sources = [FILE, calendarOf(...richLines())];
  it('are read or refused, with nothing else thrown, and soon', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(mutation(), { minLength: 1, maxLength: 8 }),
        (text, edits) => {
          const bytes = edits.reduce((each, edit) => edit(each), text);
          const started = cpuTime();
          try {
            readCalendar(Buffer.from(bytes, 'latin1'), YEAR);
          } catch (error) {
            if (!(error instanceof CalendarUnreadable)) throw error;
          }
          expect(cpuTime() - started).toBeLessThan(3_000);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** A calendar with one of everything. */
function richLines(): string[] {
  return [
    'BEGIN:VTIMEZONE',
    'TZID:Custom',
    'BEGIN:STANDARD',
    'DTSTART:20001029T020000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'END:VTIMEZONE',
    ...eventOf(
      'DTSTART;TZID=Custom:20270105T090000',
      'DTEND;TZID=Custom:20270105T100000',
      'RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9',
    ),
    ...eventOf(
      'UID:b',
      'DTSTART;VALUE=DATE:20270105',
      'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;BYSETPOS=1',
      'EXDATE;VALUE=DATE:20270131',
    ),
    ...eventOf(
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Custom:20270112T090000',
      'DTSTART;TZID="W. Europe Standard Time":20270112T120000',
      'DURATION:PT1H',
    ),
    ...eventOf(
      'UID:c',
      'DTSTART:20270105T090000Z',
      'RDATE;VALUE=PERIOD:20270106T090000Z/PT1H,20270107T090000Z/20270107T100000Z',
    ),
    'BEGIN:VFREEBUSY',
    'FREEBUSY;FBTYPE=BUSY:20270105T090000Z/PT1H',
    'END:VFREEBUSY',
  ];
}

/** Bytes changed, taken out, doubled, or replaced by a piece that means something. */
function mutation(): fc.Arbitrary<(text: string) => string> {
  const pieces = [
    '\r\n',
    ':',
    ';',
    ',',
    '"',
    '=',
    '-',
    '9'.repeat(20),
    'BEGIN:VEVENT\r\n',
    'END:VEVENT\r\n',
    'SECONDLY',
    'T',
    '/',
    'P',
    '\0',
    '\u00ff',
    ';TZID=',
    'COUNT=99999999',
  ];
  return fc
    .tuple(
      fc.nat(),
      fc.nat(40),
      fc.oneof(fc.constantFrom('', ...pieces), fc.string({ maxLength: 6 })),
      fc.boolean(),
    )
    .map(([position, length, piece, isDoubled]) => (text: string) => {
      const from = position % (text.length + 1);
      const cut = text.slice(from, from + length);
      return (
        text.slice(0, from) +
        piece +
        (isDoubled ? cut + cut : '') +
        text.slice(from + (isDoubled ? 0 : length))
      );
    });
}

function foldedInCharacter(): Uint8Array {
  const bytes = Buffer.from(FILE);
  const inside = bytes.indexOf(Buffer.from('ö')) + 1;
  return Buffer.concat([bytes.subarray(0, inside), Buffer.from('\r\n '), bytes.subarray(inside)]);
}
