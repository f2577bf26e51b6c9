// The calendar file: to the letter, as other readers see it, and whatever stands in its texts.

import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, it } from 'vitest';
import { readPublished } from '../../src/adapters/calendars/ics/published.ts';
import { type CalendarItem, carried, revise } from '../../src/domain/calendar/itip.ts';
import { instantOf, plus } from '../../src/domain/time/instant.ts';
import type { Zone } from '../../src/domain/time/zone.ts';
import { icalText } from '../../src/views/ical.ts';
import { anyInstant, anyZone } from '../support/arbitraries.ts';
import { ANCHORS, ana, at, bikash, chloe, everyHour, item } from '../support/published.ts';

const textOf = (...items: readonly CalendarItem[]) => icalText(items, { name: 'Harbour' });
const unfolded = (text: string) => text.replace(/\r\n /g, '').split('\r\n');
const file = { where: 'harbour.ics', isOurs: () => true };

describe('the calendar of a partnership', () => {
  it('is written to the letter as it always was', async () => {
    const items = [
      item('2027-03-23T16:00:00Z', {
        description: 'Ana leads.\nAna 17:00 Tue · Bikash 21:45 Tue',
        location: 'Room 5; second floor',
        conference: 'https://meet.example.org/harbour',
      }),
      item('2027-03-30T16:00:00Z', { sequence: 2, organizer: bikash, attendees: [bikash, ana, chloe] }),
      item('2027-04-06T16:00:00Z', { sequence: 1, status: 'CANCELLED' }),
      item('2027-10-31T00:30:00Z', { summary: 'Check-in in the night in which clocks are set back' }),
    ];
    await expect(textOf(...items)).toMatchFileSnapshot('golden/calendar.ics');
  });

  it('names its zone in each event and explains each zone once', () => {
    const zones = ['Europe/Berlin', 'Asia/Kathmandu', 'Europe/Berlin'] as Zone[];
    const lines = unfolded(textOf(...zones.map((zone) => item('2027-01-05T16:00:00Z', { zone }))));
    expect(lines.filter((line) => line.startsWith('TZID:'))).toEqual([
      'TZID:Europe/Berlin',
      'TZID:Asia/Kathmandu',
    ]);
    expect(lines).toContain('DTSTART;TZID=Asia/Kathmandu:20270105T214500');
  });

  it('has no METHOD, because it is no message', () => {
    expect(textOf(item('2027-01-05T16:00:00Z'))).not.toContain('METHOD');
  });

  it('is a calendar without events too', () => {
    expect(readPublished(textOf(), file)).toEqual([]);
  });

  it('has its name to be read by those who know RFC 7986 and those who do not', () => {
    const lines = unfolded(icalText([], { name: 'Ana, Bikash;\r\nMETHOD:CANCEL' }));
    expect(lines.filter((line) => /NAME/.test(line))).toEqual([
      'NAME:Ana\\, Bikash\\; METHOD:CANCEL',
      'X-WR-CALNAME:Ana\\, Bikash\\; METHOD:CANCEL',
    ]);
  });
});

describe('a time that clocks show twice', () => {
  it('is written in UTC, because not all readers take the first', () => {
    for (const start of ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z']) {
      const lines = unfolded(textOf(item(start)));
      expect(lines).toContain(`DTSTART:${start.replace(/[-:]/g, '')}`);
      expect(lines).toContain('X-TURNABOUT-ZONE:Europe/Berlin');
    }
  });

  it('is written in UTC where only the end is such a time', () => {
    const changes = { start: at('2027-10-30T23:45:00Z'), end: at('2027-10-31T00:15:00Z') };
    expect(unfolded(textOf(item('2027-10-30T23:45:00Z', changes)))).toContain('DTEND:20271031T001500Z');
  });
});

describe('the people of an event', () => {
  const lines = unfolded(textOf(item('2027-01-05T16:00:00Z', { attendees: [ana, bikash] })));

  it('are an organizer as a bare mailbox', () => {
    expect(lines).toContain('ORGANIZER;CN="Ana":mailto:ana@example.org');
  });

  it('are attendees, of whom all but the organizer are asked to answer', () => {
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([
      'ATTENDEE;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN="Ana":mailto:ana@example.org',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Bikash":mailto:bikash@example.org',
    ]);
  });
});

describe('a conference', () => {
  const lineOf = (conference: string) =>
    unfolded(textOf(item('2027-01-05T16:00:00Z', { conference }))).find((line) =>
      line.startsWith('CONFERENCE'),
    );

  it('stands in the property that RFC 7986 has for it', () => {
    expect(lineOf('https://meet.example.org/a,b?c=1')).toBe(
      'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join the call:https://meet.example.org/a,b?c=1',
    );
  });

  it('is one to ring up where it is a telephone number', () => {
    expect(lineOf('tel:+49-30-1234')).toContain('FEATURE=PHONE;');
  });

  it('stays with its own event', () => {
    const text = textOf(
      item('2027-01-05T16:00:00Z'),
      item('2027-01-12T16:00:00Z', { conference: 'https://meet.example.org/second' }),
    );
    expect(readPublished(text, file).map((each) => each.conference)).toEqual([
      undefined,
      'https://meet.example.org/second',
    ]);
  });
});

/** Nights in which some of these zones change their clocks, each with the day before and after. */
const NIGHTS: readonly [string, string][] = [
  ['2026-09-18T00:00:00Z', '2026-09-22T00:00:00Z'],
  ['2027-03-13T00:00:00Z', '2027-03-16T00:00:00Z'],
  ['2027-03-27T00:00:00Z', '2027-03-30T00:00:00Z'],
  ['2027-04-02T00:00:00Z', '2027-04-05T00:00:00Z'],
  ['2027-09-25T00:00:00Z', '2027-09-27T00:00:00Z'],
  ['2027-10-02T00:00:00Z', '2027-10-04T00:00:00Z'],
  ['2027-10-30T00:00:00Z', '2027-11-01T00:00:00Z'],
  ['2027-11-06T00:00:00Z', '2027-11-09T00:00:00Z'],
];

describe.each(ANCHORS)('every hour around the changes of clocks, anchored in %s,', (zone) => {
  const items = NIGHTS.flatMap(([first, last]) => everyHour(zone, first, last));
  const text = textOf(...items);
  const expected = items.map(({ uid, start, end }) => [uid, start, end]);

  it('is read by ical.js as it was meant', () => {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    const read = calendar.getAllSubcomponents('vevent').map((component) => {
      const { uid, startDate, endDate } = new ICAL.Event(component);
      return [uid, startDate.toUnixTime() * 1_000, endDate.toUnixTime() * 1_000];
    });
    expect(read).toEqual(expected);
  });

  it('is read by node-ical as it was meant', () => {
    const read = Object.values(nodeIcal.sync.parseICS(text)).flatMap((component) =>
      component?.type === 'VEVENT' ? [[component.uid, Number(component.start), Number(component.end)]] : [],
    );
    expect(read).toEqual(expected);
  });
});

/** The texts of an event as ical.js sees them; what is not there is undefined, an empty description excepted. */
function textsOf(event: ICAL.Component) {
  const textNamed = (name: string) => event.getFirstPropertyValue(name)?.toString() ?? undefined;
  return {
    summary: textNamed('summary'),
    description: textNamed('description') ?? '',
    location: textNamed('location'),
    conference: textNamed('conference'),
    names: event.getAllProperties('attendee').map((attendee) => attendee.getFirstParameter('cn')),
  };
}

/** Letters of all kinds, and what could be taken for iCalendar's own syntax. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\r\n',
        '\n',
        '\r',
        ',',
        ';',
        ':',
        '\\',
        '^',
        '\\n',
        '^n',
        '😀',
        'é',
        ' ',
        '\t',
        '\ud83d',
        '\u0000',
        '\u2028',
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '"\r\nATTENDEE:mailto:eve@example.org',
    'x\r\nEND:VEVENT\r\nBEGIN:VEVENT',
    'x\nEND:VCALENDAR\n',
    '\r\n DTSTART:19700101T000000Z',
    '";CN="Eve":mailto:eve@example.org',
  ),
);

const anyMailbox = fc.record({
  name: anyText,
  email: fc.oneof(
    fc.emailAddress(),
    anyText.map((text) => `${text}@example.org`),
  ),
});

const anyItem: fc.Arbitrary<CalendarItem> = fc
  .record({
    start: anyInstant,
    minutes: fc.integer({ min: 1, max: 600 }),
    zone: anyZone,
    sequence: fc.nat(1_000),
    stamp: anyInstant,
    status: fc.constantFrom('CONFIRMED' as const, 'CANCELLED' as const),
    summary: anyText,
    description: anyText,
    location: anyText,
    conference: fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      anyText.map((text) => `https://a.example/${text}`),
    ),
    organizer: anyMailbox,
    attendees: fc.array(anyMailbox, { maxLength: 4 }),
  })
  .map(({ minutes, ...changes }) =>
    item('2027-01-05T16:00:00Z', { ...changes, end: plus(changes.start, minutes * 60_000) }),
  );

const numbered = fc
  .array(anyItem, { maxLength: 4 })
  .map((items) => items.map((each, index) => ({ ...each, uid: `a-${index}@turnabout` })));

describe('whatever stands in names and texts', () => {
  it('is read back as it was, as far as a calendar can carry it', () => {
    fc.assert(
      fc.property(numbered, anyText, (items, name) => {
        const read = readPublished(icalText(items, { name }), file);
        expect(read).toEqual(items.map(carried));
      }),
      { numRuns: 300 },
    );
  });

  it('is read by ical.js as it was', () => {
    fc.assert(
      fc.property(numbered, anyText, (items, name) => {
        const calendar = new ICAL.Component(ICAL.parse(icalText(items, { name })) as unknown[]);
        const expected = items
          .map(carried)
          .map(({ summary, description, location, conference, attendees }) => ({
            summary,
            description,
            location,
            conference,
            names: attendees.map((attendee) => attendee.name),
          }));
        expect(calendar.getAllSubcomponents('vevent').map(textsOf)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('stays in its own property', () => {
    fc.assert(
      fc.property(numbered, anyText, (items, name) => {
        const lines = unfolded(icalText(items, { name }));
        const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
        expect(count(/^BEGIN:VEVENT$/)).toBe(items.length);
        expect(count(/^ATTENDEE/)).toBe(items.flatMap((each) => each.attendees).length);
        expect(lines.slice(0, -1).every((line) => /^[A-Z-]+[;:]/.test(line))).toBe(true);
      }),
    );
  });

  it('makes no line longer than 75 octets and none that ends without CRLF', () => {
    fc.assert(
      fc.property(numbered, anyText, (items, name) => {
        const text = icalText(items, { name });
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });

  it('causes no revision when it is published again', () => {
    const time = { now: instantOf(Date.UTC(2041, 0, 1)), since: instantOf(0) };
    fc.assert(
      fc.property(numbered, (items) => {
        const once = revise([], items, time);
        expect(revise(readPublished(textOf(...once), file), items, time)).toEqual(once);
      }),
    );
  });
});
