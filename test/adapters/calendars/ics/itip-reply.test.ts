// Answers to invitations, as the common calendars write them and as nobody should.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItip } from '../../../../src/adapters/calendars/ics/itip-reply.ts';
import type { ItipReading } from '../../../../src/flows/mail-ports.ts';
import { itipText } from '../../../../src/views/itip-message.ts';
import { cpuTime } from '../../../support/cpu-time.ts';
import { at, item } from '../../../support/published.ts';

const lines = (...each: readonly string[]): string => each.map((line) => `${line}\r\n`).join('');

/** A message with one event of these lines. */
function message(method: string, event: readonly string[], zones: readonly string[] = []): string {
  return lines(
    'BEGIN:VCALENDAR',
    'PRODID:-//Example//EN',
    'VERSION:2.0',
    `METHOD:${method}`,
    ...zones,
    'BEGIN:VEVENT',
    ...event,
    'END:VEVENT',
    'END:VCALENDAR',
  );
}

const UID = 'UID:harbour-2027-01-05@turnabout';
const STAMP = 'DTSTAMP:20270102T030405Z';
const BIKASH = 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bikash@example.org';

/** The answer of one attendee, with other or further lines. */
const reply = (...event: readonly string[]): ItipReading =>
  readItip(message('REPLY', [UID, STAMP, ...event]));

const counter = (times: readonly string[], zones: readonly string[] = []): ItipReading =>
  readItip(message('COUNTER', [UID, STAMP, BIKASH, ...times], zones));

const why = (reading: ItipReading): string =>
  reading.kind === 'unreadable' ? reading.why : JSON.stringify(reading);

describe('an answer', () => {
  it('says who answers what to which revision, and when', () => {
    expect(reply('SEQUENCE:3', BIKASH)).toEqual({
      kind: 'reply',
      uid: 'harbour-2027-01-05@turnabout',
      sequence: 3,
      attendee: 'bikash@example.org',
      partStat: 'accepted',
      stamp: at('2027-01-02T03:04:05Z'),
    });
  });

  it.each([
    ['ACCEPTED', 'accepted'],
    ['DECLINED', 'declined'],
    ['TENTATIVE', 'tentative'],
    ['NEEDS-ACTION', 'needs-action'],
    ['declined', 'declined'],
    ['Accepted', 'accepted'],
  ])('may be %s', (value, partStat) => {
    expect(reply(BIKASH.replace('ACCEPTED', value))).toMatchObject({ partStat });
  });

  it('of Google is read', () => {
    const text = lines(
      'BEGIN:VCALENDAR',
      'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      'DTSTART:20270105T160000Z',
      'DTEND:20270105T163000Z',
      'DTSTAMP:20270102T030405Z',
      'ORGANIZER;CN=Turnabout:mailto:turnabout@example.org',
      'UID:harbour-2027-01-05@turnabout',
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Bikash',
      '  Thapa;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Sorry: not then":mailto:Bikash@Example.org',
      'COMMENT:Sorry: not then',
      'SEQUENCE:1',
      'STATUS:CONFIRMED',
      'SUMMARY:Check-in',
      'END:VEVENT',
      'END:VCALENDAR',
    );
    expect(readItip(text)).toEqual({
      kind: 'reply',
      uid: 'harbour-2027-01-05@turnabout',
      sequence: 1,
      attendee: 'bikash@example.org',
      comment: 'Sorry: not then',
      partStat: 'declined',
      stamp: at('2027-01-02T03:04:05Z'),
    });
  });

  it('of Exchange is read', () => {
    const text = lines(
      'BEGIN:VCALENDAR',
      'METHOD:REPLY',
      'PRODID:Microsoft Exchange Server 2010',
      'VERSION:2.0',
      ...WEST_EUROPE,
      'BEGIN:VEVENT',
      'ATTENDEE;PARTSTAT=TENTATIVE;CN=Bikash Thapa:MAILTO:Bikash@contoso.com',
      'COMMENT;LANGUAGE=de-DE:\\n',
      'UID:harbour-2027-01-05@turnabout',
      'SUMMARY;LANGUAGE=de-DE:Mit Vorbehalt: Check-in',
      'DTSTART;TZID=W. Europe Standard Time:20270105T170000',
      'DTEND;TZID=W. Europe Standard Time:20270105T173000',
      'CLASS:PUBLIC',
      'PRIORITY:5',
      'DTSTAMP:20270102T030401Z',
      'TRANSP:OPAQUE',
      'STATUS:CONFIRMED',
      'SEQUENCE:0',
      'X-MICROSOFT-CDO-APPT-SEQUENCE:0',
      'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
      'END:VEVENT',
      'END:VCALENDAR',
    );
    expect(readItip(text)).toEqual({
      kind: 'reply',
      uid: 'harbour-2027-01-05@turnabout',
      sequence: 0,
      attendee: 'bikash@contoso.com',
      partStat: 'tentative',
      stamp: at('2027-01-02T03:04:01Z'),
    });
  });

  it('without SEQUENCE says no revision', () => {
    expect(reply(BIKASH)).not.toHaveProperty('sequence');
    expect(reply('SEQUENCE:none', BIKASH)).not.toHaveProperty('sequence');
  });

  it('is that of the attendee, whoever sends it', () => {
    const sent =
      'ATTENDEE;PARTSTAT=ACCEPTED;SENT-BY="mailto:assistant@example.org":mailto:bikash@example.org';
    expect(reply(sent)).toMatchObject({ attendee: 'bikash@example.org' });
  });

  it.each([
    'ATTENDEE;PARTSTAT=ACCEPTED;EMAIL=bikash@example.org:urn:uuid:5a0d3a8e',
    'ATTENDEE;PARTSTAT=ACCEPTED:bikash@example.org',
    'ATTENDEE;PARTSTAT=ACCEPTED:mailto:%62ikash@example.org',
    'ATTENDEE;PARTSTAT=ACCEPTED: MAILTO: BIKASH@EXAMPLE.ORG ',
  ])('has the address of the attendee in %s', (line) => {
    expect(reply(line)).toMatchObject({ kind: 'reply', attendee: 'bikash@example.org' });
  });

  it('to one of a series is taken for the event, because none of ours is a series', () => {
    expect(reply('RECURRENCE-ID:20270105T160000Z', BIKASH)).toMatchObject({ kind: 'reply' });
  });

  it('is read whatever zone its start is told in', () => {
    expect(reply('DTSTART;TZID=Europe/Atlantis:20270105T170000', BIKASH)).toMatchObject({ kind: 'reply' });
  });

  it('has a comment of at most 2,000 characters', () => {
    expect(reply(BIKASH, 'COMMENT:not then\\, later', 'COMMENT: ')).toMatchObject({
      comment: 'not then, later',
    });
    expect(reply(BIKASH, 'COMMENT: \\n')).not.toHaveProperty('comment');
    const long = reply(BIKASH, `COMMENT:${'x'.repeat(5_000)}`);
    expect(long).toMatchObject({ comment: 'x'.repeat(2_000) });
  });

  it('knows the people that our own invitation names', () => {
    fc.assert(
      fc.property(fc.emailAddress({ size: 'small' }), (email) => {
        const invitation = itipText(
          item('2027-01-05T16:00:00Z', { attendees: [{ name: 'A', email }] }),
          'REQUEST',
        );
        const answer = readItip(invitation.replace('METHOD:REQUEST', 'METHOD:REPLY'));
        expect(answer).toMatchObject({ kind: 'reply', attendee: email.toLowerCase() });
      }),
      { numRuns: 50 },
    );
  });
});

describe('an answer that cannot be relied on', () => {
  it.each<[string, ItipReading, string]>([
    ['two attendees', reply(BIKASH, BIKASH.replace('bikash', 'ana')), 'it has more than one attendee'],
    ['nobody', reply(), 'it has no attendee'],
    ['somebody without an address', reply('ATTENDEE:urn:uuid:1'), 'its attendee has no e-mail address'],
    ['somebody who sends another', reply(BIKASH.replace('ACCEPTED', 'DELEGATED')), 'its PARTSTAT'],
    ['an answer that there is not', reply(BIKASH.replace('ACCEPTED', 'PERHAPS')), 'its PARTSTAT'],
    ['no UID', readItip(message('REPLY', [STAMP, BIKASH])), 'it has no UID'],
    [
      'a UID without end',
      readItip(message('REPLY', [UID + 'x'.repeat(2_000), STAMP, BIKASH])),
      'its UID is too long',
    ],
    ['no DTSTAMP', readItip(message('REPLY', [UID, BIKASH])), 'it has no DTSTAMP'],
    [
      'a DTSTAMP that is none',
      readItip(message('REPLY', [UID, 'DTSTAMP:now', BIKASH])),
      'its DTSTAMP is no date',
    ],
    ['no event', readItip(message('REPLY', []).replaceAll('VEVENT', 'VTODO')), 'it has no event'],
    [
      'two events',
      readItip(message('REPLY', [UID, STAMP, BIKASH, 'END:VEVENT', 'BEGIN:VEVENT'])),
      'more than one event',
    ],
    ['no method', readItip(message('', [UID])), 'it has no METHOD'],
    ['two calendars', readItip(message('REPLY', []).repeat(2)), 'it has more than one calendar'],
    ['no end', readItip(message('REPLY', []).replace('END:VCALENDAR', '')), 'it is cut off'],
    ['no calendar', readItip('<html></html>'), 'it is a web page and no calendar'],
    ['nothing', readItip(''), 'it is empty'],
  ])('has %s', (_, reading, sentence) => {
    expect(why(reading)).toContain(sentence);
  });

  it('is a value whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FRAGMENTS)), (parts) => {
        expect(readItip(parts.join('')).kind).toMatch(/^(reply|counter|other|unreadable)$/);
      }),
      { numRuns: 500 },
    );
  });
});

const FRAGMENTS = [
  ...message('REPLY', [UID, STAMP, BIKASH, 'DTSTART:20270105T160000Z', 'DURATION:PT1H']).split(/(?<=\n)/),
  'METHOD:COUNTER\r\n',
  'DTSTART;TZID=Europe/Atlantis:20270105T160000\r\n',
  'ATTENDEE;PARTSTAT="\r\n',
  'DURATION:-P1D\r\n',
  ' ',
  ':',
  '\u0000',
];

const WEST_EUROPE = [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

describe('a proposal of another time', () => {
  const proposed = { start: at('2027-07-06T15:00:00Z'), end: at('2027-07-06T15:30:00Z') };

  it.each<[string, readonly string[], readonly string[]]>([
    ['in UTC', ['DTSTART:20270706T150000Z', 'DTEND:20270706T153000Z'], []],
    [
      'in a zone',
      ['DTSTART;TZID=Asia/Kathmandu:20270706T204500', 'DTEND;TZID=Asia/Kathmandu:20270706T211500'],
      [],
    ],
    ['with the end in another', ['DTSTART;TZID=Europe/Berlin:20270706T170000', 'DTEND:20270706T153000Z'], []],
    ['with a duration', ['DTSTART;TZID=Europe/Berlin:20270706T170000', 'DURATION:PT30M'], []],
    [
      'of Outlook, with its own zone',
      [
        'DTSTART;TZID=W. Europe Standard Time:20270706T170000',
        'DTEND;TZID=W. Europe Standard Time:20270706T173000',
      ],
      WEST_EUROPE,
    ],
    [
      'with a name of Windows alone',
      ['DTSTART;TZID=Nepal Standard Time:20270706T204500', 'DTEND;TZID=Nepal Standard Time:20270706T211500'],
      [],
    ],
    [
      'in a zone that the message alone knows',
      ['DTSTART;TZID=Summer house:20270706T170000', 'DTEND;TZID=Summer house:20270706T173000'],
      WEST_EUROPE.map((line) => line.replace('W. Europe Standard Time', 'Summer house')),
    ],
  ])('is read %s', (_, times, zones) => {
    expect(counter(times, zones)).toEqual({
      kind: 'counter',
      uid: 'harbour-2027-01-05@turnabout',
      attendee: 'bikash@example.org',
      partStat: 'accepted',
      stamp: at('2027-01-02T03:04:05Z'),
      ...proposed,
    });
  });

  it('may last over the night in which the clocks of its own zone are set back', () => {
    const zones = WEST_EUROPE.map((line) => line.replace('W. Europe Standard Time', 'Summer house'));
    const times = ['DTSTART;TZID=Summer house:20271030T220000', 'DTEND;TZID=Summer house:20271031T040000'];
    expect(counter(times, zones)).toMatchObject({
      start: at('2027-10-30T20:00:00Z'),
      end: at('2027-10-31T03:00:00Z'),
    });
  });

  it('says whether the time that stands would do', () => {
    const times = ['DTSTART:20270706T150000Z', 'DURATION:PT30M'];
    const declined = [UID, STAMP, BIKASH.replace('ACCEPTED', 'DECLINED'), ...times];
    expect(readItip(message('COUNTER', declined))).toMatchObject({ kind: 'counter', partStat: 'declined' });
  });

  it('brings its comment and its revision', () => {
    const read = counter(['DTSTART:20270706T150000Z', 'DURATION:PT30M', 'SEQUENCE:2', 'COMMENT:Later?']);
    expect(read).toMatchObject({ kind: 'counter', sequence: 2, comment: 'Later?' });
  });

  it.each<[string, readonly string[], string]>([
    ['is a day', ['DTSTART;VALUE=DATE:20270706'], 'it proposes no time of day'],
    ['has no zone', ['DTSTART:20270706T150000', 'DURATION:PT30M'], 'a time without a time zone'],
    [
      'has a zone that nobody knows',
      ['DTSTART;TZID=Europe/Atlantis:20270706T150000', 'DURATION:PT30M'],
      'is unknown',
    ],
    ['does not last', ['DTSTART:20270706T150000Z'], 'a time that does not last'],
    [
      'ends before it starts',
      ['DTSTART:20270706T150000Z', 'DTEND:20270706T140000Z'],
      'a time that does not last',
    ],
    ['has no start', ['DTEND:20270706T140000Z'], 'it has no DTSTART'],
  ])('cannot be relied on where it %s', (_, times, sentence) => {
    expect(why(counter(times))).toContain(sentence);
  });

  it('is read in bounded time, however far off it is', () => {
    const began = cpuTime();
    const zones = WEST_EUROPE.map((line) =>
      line.replace('W. Europe Standard Time', 'Far').replace('YEARLY', 'SECONDLY'),
    );
    counter(['DTSTART;TZID=Far:99990706T150000', 'DURATION:PT30M'], zones);
    expect(cpuTime() - began).toBeLessThan(1_000);
  });
});

describe('a message that is no answer', () => {
  it.each(['REQUEST', 'CANCEL', 'REFRESH', 'PUBLISH'])('is told by its method: %s', (method) => {
    expect(readItip(message(method.toLowerCase(), [UID]))).toEqual({ kind: 'other', method });
  });

  it('is our own invitation that comes back', () => {
    expect(readItip(itipText(item('2027-01-05T16:00:00Z'), 'REQUEST'))).toEqual({
      kind: 'other',
      method: 'REQUEST',
    });
  });
});
