// What an event says about whether it keeps its owner busy.

import { describe, expect, it } from 'vitest';
import { notBusyRule } from '../../../../src/domain/calendar/event.ts';
import { calendarOf, eventOf, readEventOf, readText } from '../../../support/calendar-files.ts';

function event(...lines: readonly string[]) {
  return readEventOf(['DTSTART:20270105T090000Z', 'DURATION:PT1H', ...lines], { owner: 'Ana@Example.com' })
    .events[0]!;
}

describe('an event', () => {
  it('blocks unless it says otherwise', () => {
    expect(event()).toMatchObject({ transparent: false, status: 'confirmed' });
    expect(event()).not.toHaveProperty('partStat');
  });
  it.each([
    ['STATUS:CANCELLED', 'cancelled'],
    ['status:cancelled', 'cancelled'],
    ['TRANSP:TRANSPARENT', 'transparent'],
    ['X-MICROSOFT-CDO-BUSYSTATUS:FREE', 'free'],
    ['X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE', 'working-elsewhere'],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com', 'declined'],
    ['ATTENDEE;PARTSTAT=DELEGATED:MAILTO:ANA@example.com', 'delegated'],
    ['ATTENDEE;EMAIL=ana@example.com;PARTSTAT=DECLINED:invalid:nomail', 'declined'],
    ['ATTENDEE;CN="Ana: the one; of Harbour";PARTSTAT=DECLINED:mailto:ana@example.com', 'declined'],
    ['STATUS:TENTATIVE', undefined],
    ['X-MICROSOFT-CDO-BUSYSTATUS:OOF', undefined],
    ['X-MICROSOFT-CDO-INTENDEDSTATUS:FREE', undefined],
    ['ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com', undefined],
    ['ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@example.com', undefined],
    ['ATTENDEE;PARTSTAT=X-MAYBE:mailto:ana@example.com', undefined],
  ])('with %s is not busy because: %s', (line, rule) => {
    expect(notBusyRule(event(line))).toBe(rule);
  });
  it('tells what the owner answered, and that they have not', () => {
    expect(event('ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.com').partStat).toBe('accepted');
    expect(event('ATTENDEE:mailto:ana@example.com').partStat).toBe('needs-action');
  });
  it('in a calendar that cancels is cancelled', () => {
    const text = calendarOf('METHOD:CANCEL', ...eventOf('DTSTART:20270105T090000Z'));
    expect(readText(text).events[0]?.status).toBe('cancelled');
  });
});

describe('a published busy time', () => {
  const freeBusy = (...lines: readonly string[]) =>
    readText(
      calendarOf(
        'BEGIN:VFREEBUSY',
        'UID:b',
        'DTSTART:20270101T000000Z',
        'DTEND:20270201T000000Z',
        ...lines,
        'END:VFREEBUSY',
      ),
    );

  it('blocks in each of its periods, by end or duration', () => {
    const reading = freeBusy('FREEBUSY:20270105T090000Z/20270105T100000Z,20270106T090000Z/PT2H');
    expect(reading.events.map((each) => (each.end - each.start) / 3_600_000)).toEqual([1, 2]);
    expect(reading.events[0]).toMatchObject({ uid: 'b', status: 'confirmed', transparent: false });
  });
  it('blocks in the types that are busy, and tentatively where it says so', () => {
    const period = '20270105T090000Z/PT1H';
    expect(freeBusy(`FREEBUSY;FBTYPE=FREE:${period}`).events).toEqual([]);
    expect(freeBusy(`FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:${period}`).events).toHaveLength(1);
    expect(freeBusy(`FREEBUSY;FBTYPE=X-OTHER:${period}`).events).toHaveLength(1);
    expect(freeBusy(`FREEBUSY;FBTYPE=BUSY-TENTATIVE:${period}`).events[0]?.status).toBe('tentative');
  });
  it('that cannot be read hides time', () => {
    expect(freeBusy('FREEBUSY:always').problems).toMatchObject([{ where: 'b', hidesTime: true }]);
  });
});
