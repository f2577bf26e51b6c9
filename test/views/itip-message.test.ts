// Messages between calendars: to the letter, as other implementations see them, and over the life of an occurrence.

import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import {
  type CalendarItem,
  type Draft,
  type ItipMethod,
  type PartStat,
  revise,
} from '../../src/domain/calendar/itip.ts';
import type { Zone } from '../../src/domain/time/zone.ts';
import { itipText } from '../../src/views/itip-message.ts';
import { complaintsByValidators, everyPeerAvailable } from '../support/interop.ts';
import { sharedAvailable, sharedPath } from '../support/peers.ts';
import { ana, at, bikash, chloe, draft, item } from '../support/published.ts';

const START = '2027-01-05T16:00:00Z';

/** The address of the service, which organises and does not attend. */
const organizer = { name: 'Turnabout', email: 'turnabout@example.org' };

const unfolded = (text: string): string[] => text.replace(/\r\n /g, '').split('\r\n');
const linesOf = (name: string, text: string): string[] =>
  unfolded(text).filter((line) => line.startsWith(`${name};`) || line.startsWith(`${name}:`));

/** The next revision of the one occurrence, on that day of December 2026. */
function next(day: number, before: readonly CalendarItem[], desired: readonly Draft[]): CalendarItem {
  const now = at(`2026-12-0${day}T09:00:00Z`);
  return revise(before, desired, { now, since: at('2026-12-01T00:00:00Z') })[0]!;
}

function answeredBy(email: string, partStat: PartStat, before: CalendarItem): CalendarItem {
  const attendees = before.attendees.map((each) => (each.email === email ? { ...each, partStat } : each));
  return { ...before, attendees };
}

/** An occurrence that is invited to, accepted by Bikash, moved, accepted again, described anew, and cancelled. */
const first = draft(START, { organizer, conference: 'https://meet.example.org/harbour' });
const later = { ...first, start: at('2027-01-05T17:00:00Z'), end: at('2027-01-05T17:30:00Z') };
const invited = next(1, [], [first]);
const moved = next(2, [answeredBy(bikash.email, 'accepted', invited)], [later]);
const accepted = answeredBy(bikash.email, 'accepted', moved);
const described = next(3, [accepted], [{ ...later, description: 'Bikash leads; agenda:\n- news (5 min)' }]);
const cancelled = next(4, [described], []);

const LIFE: readonly (readonly [string, string])[] = [
  ['request', itipText(invited, 'REQUEST')],
  ['moved', itipText(moved, 'REQUEST')],
  ['described', itipText(described, 'REQUEST')],
  ['cancel', itipText(cancelled, 'CANCEL')],
];
const TEXTS = LIFE.map(([, text]) => text);

const declined = itipText(moved, 'DECLINECOUNTER');

describe('the messages of an occurrence', () => {
  it.each(LIFE)('are to the letter what they always were: %s', async (name, text) => {
    await expect(text).toMatchFileSnapshot(`golden/itip-${name}.ics`);
  });

  it('are about one event, with the zone that it is in', () => {
    for (const text of TEXTS) {
      expect(unfolded(text).filter((line) => /^BEGIN:(VEVENT|VTIMEZONE)$/.test(line))).toEqual([
        'BEGIN:VTIMEZONE',
        'BEGIN:VEVENT',
      ]);
      expect(linesOf('TZID', text)).toEqual(['TZID:Europe/Berlin']);
    }
  });

  it('have one UID, one organizer, and revisions that rise', () => {
    const all = (name: string): string[] => TEXTS.flatMap((text) => linesOf(name, text));
    expect(new Set(all('UID')).size).toBe(1);
    expect(new Set(all('ORGANIZER')).size).toBe(1);
    expect(all('SEQUENCE')).toEqual(['SEQUENCE:0', 'SEQUENCE:1', 'SEQUENCE:1', 'SEQUENCE:2']);
    expect(all('DTSTAMP').map((line) => line.slice(-'01T090000Z'.length))).toEqual([
      '01T090000Z',
      '02T090000Z',
      '03T090000Z',
      '04T090000Z',
    ]);
  });

  it('ask again after a move, and keep the answer where only the words change', () => {
    const answers = TEXTS.map((text) => /PARTSTAT=([A-Z-]+)/.exec(linesOf('ATTENDEE', text)[1]!)?.[1]);
    expect(answers).toEqual(['NEEDS-ACTION', 'NEEDS-ACTION', 'ACCEPTED', 'ACCEPTED']);
  });

  it('end all lines with CRLF, and fold them at 75 octets', () => {
    for (const text of TEXTS) {
      expect(text).toMatch(/END:VCALENDAR\r\n$/);
      for (const line of text.split('\r\n')) {
        expect(line).not.toMatch(/[\r\n]/);
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      }
    }
  });

  it('have no name of a calendar', () => {
    for (const text of TEXTS)
      expect(unfolded(text).filter((line) => /NAME:/.test(line) && !/^TZNAME/.test(line))).toEqual([]);
  });

  it.skipIf(!everyPeerAvailable())('are in order for the validators of libical and sabre/vobject', () => {
    // libical wants no SEQUENCE in a DECLINECOUNTER; RFC 5546 3.2.8 does.
    const declinedForLibical = declined.replace(/SEQUENCE:.*\r\n/, '');
    const twice = itipText(item('2027-10-31T00:30:00Z', { organizer }), 'REQUEST');
    expect([...TEXTS, declinedForLibical, twice].flatMap(complaintsByValidators)).toEqual([]);
  });
});

describe.skipIf(!sharedAvailable('interop'))('a message', () => {
  it.each([
    ['itip-request.ics', itipText(invited, 'REQUEST')],
    ['itip-update.ics', itipText(moved, 'REQUEST')],
    ['itip-cancel.ics', itipText(cancelled, 'CANCEL')],
  ])('says all that %s says', (name, text) => {
    const model = readFileSync(sharedPath('interop', name), 'utf8').replace(/^X-WR-CALNAME.*\r?\n/m, '');
    expect(namesIn(text)).toEqual(expect.arrayContaining(namesIn(model)));
    expect(fixedLines(text)).toEqual(fixedLines(model));
  });
});

/** "VEVENT/UID" for every property of every component. */
function namesIn(text: string): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return [calendar, ...calendar.getAllSubcomponents()].flatMap((component) =>
    component.getAllProperties().map((property) => `${component.name}/${property.name}`),
  );
}

function fixedLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => /^(METHOD|STATUS|VERSION|CALSCALE):/.test(line))
    .sort();
}

describe('a cancellation', () => {
  it('says so in its method and its status, and to all attendees', () => {
    const text = itipText(item(START, { attendees: [ana, bikash, chloe] }), 'CANCEL');
    expect(linesOf('METHOD', text)).toEqual(['METHOD:CANCEL']);
    expect(linesOf('STATUS', text)).toEqual(['STATUS:CANCELLED']);
    expect(linesOf('ATTENDEE', text)).toHaveLength(3);
  });
});

describe('a proposed time that is declined', () => {
  it('is told in a message that says which event it was, and no more', () => {
    expect(unfolded(declined)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Turnabout//Turnabout//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:DECLINECOUNTER',
      'BEGIN:VEVENT',
      'UID:harbour-2027-01-05@turnabout',
      'SEQUENCE:1',
      'DTSTAMP:20261202T090000Z',
      'ORGANIZER;CN="Turnabout":mailto:turnabout@example.org',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });
});

describe('a method', () => {
  it.each<ItipMethod>(['REQUEST', 'CANCEL', 'DECLINECOUNTER'])('stands in the calendar: %s', (method) => {
    expect(linesOf('METHOD', itipText(invited, method))).toEqual([`METHOD:${method}`]);
  });
});

describe('an organizer', () => {
  it('who does not attend is the organizer and nothing else', () => {
    const text = itipText(invited, 'REQUEST');
    expect(linesOf('ORGANIZER', text)).toEqual(['ORGANIZER;CN="Turnabout":mailto:turnabout@example.org']);
    expect(linesOf('ATTENDEE', text).join()).not.toContain('turnabout@');
  });

  it('is a bare mailbox, whatever the name', () => {
    const name = 'Turnabout <eve@example.org>";SENT-BY="mailto:eve@example.org":mailto:eve@example.org\r\nX:';
    const text = itipText({ ...invited, organizer: { ...organizer, name } }, 'REQUEST');
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
    const property = calendar.getFirstSubcomponent('vevent')!.getFirstProperty('organizer')!;
    expect(property.getFirstValue()).toBe('mailto:turnabout@example.org');
    expect(Object.keys((property.toJSON() as [string, object])[1])).toEqual(['cn']);
  });
});

describe('an attendee', () => {
  it.each<[PartStat, string]>([
    ['needs-action', 'PARTSTAT=NEEDS-ACTION;RSVP=TRUE;'],
    ['accepted', 'PARTSTAT=ACCEPTED;'],
    ['declined', 'PARTSTAT=DECLINED;'],
    ['tentative', 'PARTSTAT=TENTATIVE;'],
  ])('who has answered %s is shown with it, and asked only where there is no answer', (partStat, shown) => {
    const text = itipText(answeredBy(bikash.email, partStat, invited), 'REQUEST');
    expect(linesOf('ATTENDEE', text)[1]).toBe(
      `ATTENDEE;ROLE=REQ-PARTICIPANT;${shown}CN="Bikash":mailto:bikash@example.org`,
    );
  });

  it('who organizes has accepted, unless something else is known', () => {
    const organised = { ...invited, organizer: ana };
    expect(linesOf('ATTENDEE', itipText(organised, 'REQUEST'))[0]).toContain(
      'ROLE=CHAIR;PARTSTAT=ACCEPTED;CN',
    );
    const declined = answeredBy(ana.email, 'declined', organised);
    expect(linesOf('ATTENDEE', itipText(declined, 'REQUEST'))[0]).toContain(
      'ROLE=CHAIR;PARTSTAT=DECLINED;CN',
    );
    const unanswered = answeredBy(ana.email, 'needs-action', organised);
    expect(linesOf('ATTENDEE', itipText(unanswered, 'REQUEST'))[0]).toContain('PARTSTAT=NEEDS-ACTION;CN');
  });
});

describe('a time that clocks show twice', () => {
  it('is written in UTC in a message too', () => {
    const text = itipText(item('2027-10-31T00:30:00Z', { zone: 'Europe/Berlin' as Zone }), 'REQUEST');
    expect(linesOf('DTSTART', text)).toEqual(['DTSTART:20271031T003000Z']);
  });
});
