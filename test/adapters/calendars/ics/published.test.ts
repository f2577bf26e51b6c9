// Reading back what Turnabout published, and refusing what it did not.

import { describe, expect, it } from 'vitest';
import { readPublished } from '../../../../src/adapters/calendars/ics/published.ts';
import { carried } from '../../../../src/domain/calendar/itip.ts';
import { InvalidInput } from '../../../../src/domain/errors.ts';
import type { Zone } from '../../../../src/domain/time/zone.ts';
import { icalText } from '../../../../src/views/ical.ts';
import { at, bikash, item } from '../../../support/published.ts';

const file = { where: 'harbour.ics', isOurs: (uid: string) => uid.startsWith('harbour-') };
const published = icalText([item('2027-01-05T16:00:00Z')], { name: 'Harbour' });

/** The sentence with which the text is refused. */
function refusalOf(text: string): string {
  try {
    readPublished(text, file);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).where).toBe('harbour.ics');
    return (error as InvalidInput).message;
  }
  throw new Error('the text was read');
}

describe('a calendar that Turnabout wrote', () => {
  it('is read back as it was published', () => {
    const items = [
      item('2027-01-05T16:00:00Z', { sequence: 4, stamp: at('2026-12-24T12:34:56Z') }),
      item('2027-01-12T16:00:00Z', { status: 'CANCELLED', organizer: bikash }),
      item('2027-01-19T16:00:00Z', {
        zone: 'Asia/Katmandu' as Zone,
        location: 'Room 5, second floor',
        conference: 'https://meet.example.org/a?b=c',
        description: 'two\nlines',
      }),
      item('2027-10-31T00:30:00Z'),
      item('2027-11-02T17:00:00Z', { zone: 'UTC' as Zone }),
    ];
    expect(readPublished(icalText(items, { name: 'Harbour' }), file)).toEqual(items.map(carried));
  });

  it('is read after it was unfolded or given other line ends', () => {
    const expected = readPublished(published, file);
    expect(readPublished(published.replace(/\r\n /g, ''), file)).toEqual(expected);
    expect(readPublished(published.replace(/\r\n/g, '\n'), file)).toEqual(expected);
  });
});

describe('a file that would lose something of somebody if it were written again', () => {
  it('is refused where it is no calendar', () => {
    expect(refusalOf('name: Harbour\n')).toBe(
      'this is no iCalendar file; it would be overwritten, so name another file or move this one away',
    );
    expect(refusalOf('')).toContain('no iCalendar file');
    expect(refusalOf('BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ana\r\nEND:VCARD\r\n')).toContain('no iCalendar file');
  });

  it('is refused where its end is missing', () => {
    expect(refusalOf(published.replace('END:VCALENDAR', ''))).toContain('the end of the calendar is missing');
  });

  it('is refused where it holds two calendars', () => {
    expect(refusalOf(published + published)).toContain('more than one calendar');
  });

  it('is refused where another program wrote it', () => {
    const others = published.replace('-//Turnabout//Turnabout//EN', '-//Mozilla.org//Calendar//EN');
    expect(refusalOf(others)).toContain('another program wrote this calendar');
  });

  it('is refused where an event is not of this partnership', () => {
    const text = icalText([item('2027-01-05T16:00:00Z', { uid: 'dentist@example.org' })], {
      name: 'Harbour',
    });
    expect(refusalOf(text)).toContain(
      'the event with the UID "dentist@example.org" is not of this partnership',
    );
  });

  it('is refused where it holds more than events', () => {
    const todo = 'BEGIN:VTODO\r\nUID:harbour-todo\r\nDTSTAMP:20270101T000000Z\r\nEND:VTODO\r\n';
    expect(refusalOf(published.replace('END:VCALENDAR', `${todo}END:VCALENDAR`))).toContain('holds a VTODO');
  });

  it.each([
    ['an event recurs', 'SEQUENCE:0', 'SEQUENCE:0\r\nRRULE:FREQ=WEEKLY'],
    [
      'an event has an alarm',
      'END:VEVENT',
      'BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT',
    ],
    ['an event lasts all day', /DTSTART;.*/, 'DTSTART;VALUE=DATE:20270105'],
    ['an event has no end', /DTEND.*\r\n/, ''],
    ['an event has no organizer', /ORGANIZER.*\r\n/, ''],
    ['a zone is unknown', 'DTSTART;TZID=Europe/Berlin', 'DTSTART;TZID=Europe/Atlantis'],
    ['a time has no zone', 'DTEND;TZID=Europe/Berlin', 'DTEND'],
    ['its sequence is no number', 'SEQUENCE:0', 'SEQUENCE:first'],
  ])('is refused where %s', (_, found, instead) => {
    expect(refusalOf(published.replace(found, instead))).toContain('is not as Turnabout wrote it');
  });
});
