// The examples are what their generator writes, and hold what a year of somebody's export would.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exampleCalendars } from './support/example-calendars.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');

const calendars = [...exampleCalendars()].map(([file, generated]) => ({
  file,
  generated,
  text: readFileSync(join(EXAMPLES, file), 'utf8'),
}));

describe.each(calendars)('examples/$file', ({ text, generated }) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent');
  const having = (name: string, value?: string) =>
    events.filter(
      (event) => event.hasProperty(name) && (!value || event.getFirstPropertyValue(name) === value),
    );

  it('is what the generator gives', () => {
    expect(text === generated, 'run: node test/support/write-examples.ts').toBe(true);
  });

  it('has at least 200 events', () => {
    expect(events.length).toBeGreaterThanOrEqual(200);
  });

  it.each([
    ['series', () => having('rrule')],
    ['series with exceptions', () => having('rrule').filter((event) => event.hasProperty('exdate'))],
    ['occurrences moved to another time', () => having('recurrence-id').filter(isMoved)],
    ['cancelled occurrences', () => having('recurrence-id').filter(isCancelled)],
    ['a change of all that follows', () => having('recurrence-id').filter(isForAllThatFollow)],
    ['all-day events', () => events.filter((event) => timeOf(event, 'dtstart').isDate)],
    ['transparent events', () => having('transp', 'TRANSPARENT')],
    ['cancelled events', () => having('status', 'CANCELLED').filter((event) => !event.hasProperty('rrule'))],
    ['tentative events', () => having('status', 'TENTATIVE')],
    ['declined events', () => events.filter((event) => answerOf(event, calendar) === 'DECLINED')],
    ['unanswered events', () => events.filter((event) => answerOf(event, calendar) === 'NEEDS-ACTION')],
    ['Windows zone names', () => events.filter((event) => / Standard Time$/.test(tzidOf(event) ?? ''))],
  ])('has %s', (_, found) => {
    expect(found().length).toBeGreaterThan(0);
  });

  it('explains every zone that it names', () => {
    const explained = calendar
      .getAllSubcomponents('vtimezone')
      .map((zone) => zone.getFirstPropertyValue('tzid'));
    expect(explained).toEqual(
      expect.arrayContaining([...new Set(events.map(tzidOf))].filter((tzid) => tzid !== undefined)),
    );
  });

  it('changes and leaves out only occurrences that its series have', () => {
    const strangers = events.flatMap((event) => {
      const master = having('rrule').find((each) => uidOf(each) === uidOf(event));
      const named = [...timesOf(event, 'exdate'), ...timesOf(event, 'recurrence-id')];
      return named.filter((time) => !master || !occursAt(master, time)).map(String);
    });
    expect(strangers).toEqual([]);
  });

  it('keeps its lines within 75 octets (RFC 5545 3.1)', () => {
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  });

  it('has addresses of nobody', () => {
    const addresses = text.replaceAll('\r\n ', '').match(/mailto:[^\r]+/g) ?? [];
    expect(addresses.filter((address) => !address.endsWith('@example.com'))).toEqual([]);
  });
});

describe('the example calendars', () => {
  it.each([
    ['ana.ics', /^PRODID:-\/\/Google/m],
    ['ana.ics', /^X-WR-CALNAME:/m],
    ['ana.ics', /^DTSTART:\d{8}T\d{6}Z/m],
    ['ana.ics', /^DTSTART;TZID=America\/Los_Angeles:/m],
    ['lukas.ics', /^PRODID:-\/\/Microsoft/m],
    ['lukas.ics', /^DTSTART;TZID="W. Europe Standard Time":/m],
    ['lukas.ics', /^DTSTART;TZID="Pacific Standard Time":/m],
    ['lukas.ics', /^X-MICROSOFT-CDO-BUSYSTATUS:OOF/m],
    ['lukas.ics', /^X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE/m],
    ['lukas.ics', /^X-MICROSOFT-CDO-BUSYSTATUS:FREE/m],
    ['mei.ics', /^PRODID:-\/\/Apple/m],
    ['mei.ics', /^DTSTART;TZID=Asia\/Singapore:/m],
  ])('look like exports of different programs: %s has %s', (file, pattern) => {
    expect(calendars.find((each) => each.file === file)!.text).toMatch(pattern);
  });

  it('are those of the partnership beside them', () => {
    const { partners } = parse(readFileSync(join(EXAMPLES, 'harbour.yaml'), 'utf8'));
    const named = partners.flatMap((partner: { calendars: string[] }) => partner.calendars);
    expect(named).toEqual(calendars.map(({ file }) => file));
  });
});

function isMoved(event: ICAL.Component): boolean {
  return !isForAllThatFollow(event) && timeOf(event, 'dtstart').compare(timeOf(event, 'recurrence-id')) !== 0;
}

function isCancelled(event: ICAL.Component): boolean {
  return event.getFirstPropertyValue('status') === 'CANCELLED';
}

function isForAllThatFollow(event: ICAL.Component): boolean {
  return event.getFirstProperty('recurrence-id')?.getFirstParameter('range') === 'THISANDFUTURE';
}

/** The answer of the calendar's owner, who is its only attendee that every invitation has. */
function answerOf(event: ICAL.Component, calendar: ICAL.Component): string | undefined {
  const owner = calendar.getFirstPropertyValue('x-wr-calname');
  const own = event.getAllProperties('attendee').find((each) => each.getFirstParameter('cn') === owner);
  return own?.getFirstParameter('partstat');
}

function tzidOf(event: ICAL.Component): string | undefined {
  return event.getFirstProperty('dtstart')?.getFirstParameter('tzid');
}

function uidOf(event: ICAL.Component): string {
  return String(event.getFirstPropertyValue('uid'));
}

function timeOf(event: ICAL.Component, name: string): ICAL.Time {
  return timesOf(event, name)[0]!;
}

function timesOf(event: ICAL.Component, name: string): ICAL.Time[] {
  return event.getAllProperties(name).flatMap((property) => property.getValues() as ICAL.Time[]);
}

/** Whether the rule alone, exceptions aside, gives an occurrence at that time. */
function occursAt(master: ICAL.Component, time: ICAL.Time): boolean {
  const rule = master.getFirstPropertyValue('rrule') as ICAL.Recur;
  const times = rule.iterator(timeOf(master, 'dtstart'));
  for (let next = times.next(); next && next.compare(time) <= 0; next = times.next())
    if (next.compare(time) === 0) return true;
  return false;
}
