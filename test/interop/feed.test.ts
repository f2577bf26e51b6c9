// A feed over two years, held against six other implementations: all of them see every check-in when it is.

import { describe, expect, it } from 'vitest';
import type { CalendarItem } from '../../src/domain/calendar/itip.ts';
import { DAY, MINUTE } from '../../src/domain/time/duration.ts';
import { plus } from '../../src/domain/time/instant.ts';
import type { PlainDate } from '../../src/domain/time/plain-date.ts';
import { wallTimeOf } from '../../src/domain/time/wall-time.ts';
import { toInstant, transitionsBetween, type Zone } from '../../src/domain/time/zone.ts';
import { type FeedDetail, feedText } from '../../src/views/feed.ts';
import { day } from '../support/builders.ts';
import {
  complaintsByValidators,
  everyPeerAvailable,
  startsByEveryPeer,
  startsOf,
} from '../support/interop.ts';
import { at, item } from '../support/published.ts';

/** Clocks that go forward and back on other nights, on both halves of the globe. */
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney'] as Zone[];

const [FIRST, LAST] = [day('2027-01-04'), day('2028-12-25')];
const [FROM, TO] = [at('2027-01-01T00:00:00Z'), at('2029-01-01T00:00:00Z')];

/** Clocks that show once, twice and never, in one zone or the other. */
const CLOCKS = [2 * 60 + 30, 9 * 60, 17 * 60 + 45];

/** A check-in each Monday, and three on every day of the weeks around each change of clocks. */
function itemsIn(zone: Zone): CalendarItem[] {
  const weekly: CalendarItem[] = [];
  for (let date: number = FIRST; date <= LAST; date += 7)
    weekly.push(itemAt(zone, { date: date as PlainDate, minutes: 16 * 60 }));
  const around = transitionsBetween(zone, FROM, TO).flatMap(({ at: change }) =>
    Array.from({ length: 14 }, (_, k) => Math.floor(change / DAY) + k - 7),
  );
  const daily = around.flatMap((date) =>
    CLOCKS.map((minutes) => itemAt(zone, { date: date as PlainDate, minutes })),
  );
  return [...weekly, ...daily];
}

type Moment = { readonly date: PlainDate; readonly minutes: number };

/** Every seventh of them was cancelled. */
function itemAt(zone: Zone, { date, minutes }: Moment): CalendarItem {
  const start = toInstant(zone, wallTimeOf(date, minutes));
  const status = date % 7 === 3 ? 'CANCELLED' : 'CONFIRMED';
  return item('2027-01-05T16:00:00Z', {
    ...{ zone, start, end: plus(start, 30 * MINUTE), status },
    uid: `${zone.split('/')[1]}-${date}-${minutes}@turnabout`,
    description: 'Agenda\n- Wins (5 min)\n\nYour time\n- Ana Duarte: Mon 4 Jan 08:00; "now", then\\ever',
    location: 'https://example.com/call',
    conference: 'https://example.com/call',
  });
}

const ITEMS = ZONES.flatMap(itemsIn);
const BOTH: readonly FeedDetail[] = ['full', 'busy'];

const textOf = (detail: FeedDetail) => feedText(ITEMS, { name: 'Check-ins', detail });

describe.skipIf(!everyPeerAvailable())('a feed over two years', () => {
  it('has both changes of clocks of every year in it', () => {
    for (const zone of ZONES) expect(transitionsBetween(zone, FROM, TO)).toHaveLength(4);
    expect(new Set(ITEMS.map(({ uid }) => uid)).size).toBe(ITEMS.length);
  });

  it.each(BOTH)('means the same to every reader, %s', (detail) => {
    const expected = startsOf(ITEMS);
    for (const [peer, starts] of startsByEveryPeer(textOf(detail), FROM, TO)) {
      const known = new Set(starts);
      const missing = expected.filter((start) => !known.has(start));
      expect([peer, missing, starts.length]).toEqual([peer, [], expected.length]);
    }
  });

  it.each(BOTH)('is in order for the validators of libical and sabre/vobject, %s', (detail) => {
    expect(complaintsByValidators(textOf(detail))).toEqual([]);
  });

  it.each(BOTH)('without anything in it is in order as well, %s', (detail) => {
    expect(complaintsByValidators(feedText([], { name: 'Check-ins', detail }))).toEqual([]);
  });

  it('keeps what was cancelled, and says so', () => {
    const cancelled = ITEMS.filter(({ status }) => status === 'CANCELLED').length;
    expect(cancelled).toBeGreaterThan(20);
    for (const detail of BOTH) expect(textOf(detail).match(/^STATUS:CANCELLED/gm)).toHaveLength(cancelled);
  });

  it('tells nothing but when, where it is busy-only', () => {
    const text = textOf('busy').replaceAll('\r\n ', '');
    for (const word of [
      'Ana',
      'example',
      'Agenda',
      'Check-in\r',
      'ATTENDEE',
      'ORGANIZER',
      'CONFERENCE',
      'LOCATION',
    ])
      expect(text).not.toContain(word);
    expect(text.match(/^SUMMARY:Busy/gm)).toHaveLength(ITEMS.length);
  });
});
