// What is kept of a calendar, and until when it is believed.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../../src/domain/calendar/event.ts';
import {
  busyTimesOf,
  confirmed,
  emptied,
  freshnessOf,
  type ObservedEvent,
  type Snapshot,
  sameBusyTime,
  snapshotOf,
} from '../../../src/domain/calendar/snapshot.ts';
import { CalendarEmptied } from '../../../src/domain/errors.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../../src/domain/time/instant.ts';
import type { Interval } from '../../../src/domain/time/interval.ts';
import { at } from '../../support/builders.ts';

const NOW = at('2027-01-04T00:00:00Z');
const WEEK: Interval = { start: NOW, end: plus(NOW, 7 * DAY) };

/** An hour on the first day, at nine unless it is said otherwise. */
function event(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  const start = changes.start ?? hour(9);
  return { uid: 'a', start, end: plus(start, HOUR), transparent: false, status: 'confirmed', ...changes };
}

function hour(hours: number): Instant {
  return plus(NOW, hours * HOUR);
}

function snapshot(events: readonly CalendarEvent[], window = WEEK): Snapshot {
  return snapshotOf(events, { window, now: NOW });
}

/** One a day, with UIDs of their own. */
function daily(count: number): CalendarEvent[] {
  return Array.from({ length: count }, (_, day) => event({ uid: `day-${day}`, start: hour(24 * day + 9) }));
}

function renamed(events: readonly CalendarEvent[]): CalendarEvent[] {
  return events.map((each, index) => ({ ...each, uid: `new-${index}` }));
}

describe('a snapshot', () => {
  it('keeps of an event its UID, its time and whether it blocks, and nothing else', () => {
    const titled = { ...event({ busyStatus: 'busy' }), summary: 'Interview' };
    const kept = { uid: 'a', start: hour(9), end: hour(10), blocks: true, tentative: false };
    expect(snapshot([titled])).toEqual({ window: WEEK, readAt: NOW, confirmedAt: NOW, events: [kept] });
  });
  it('knows what blocks only tentatively', () => {
    const [kept] = snapshot([event({ status: 'tentative' })]).events;
    expect(kept).toMatchObject({ blocks: true, tentative: true });
  });
  it.each<Partial<CalendarEvent>>([
    { transparent: true },
    { status: 'cancelled' },
    { partStat: 'declined' },
    { end: hour(9) },
  ])('keeps what does not block as that: %o', (changes) => {
    expect(snapshot([event(changes)]).events).toMatchObject([{ uid: 'a', blocks: false }]);
  });
});

describe('a snapshot is', () => {
  const read = snapshot([event()]);

  it.each([
    [0, 'fresh'],
    [DAY, 'fresh'],
    [DAY + 1, 'stale'],
    [7 * DAY, 'stale'],
    [7 * DAY + 1, 'unknown'],
  ])('after %d ms %s', (age, freshness) => {
    expect(freshnessOf(read, plus(NOW, age))).toBe(freshness);
  });
  it('unknown before the first reading', () => {
    expect(freshnessOf(undefined, NOW)).toBe('unknown');
  });
  it('fresh again when it is confirmed, and as it was read', () => {
    const later = plus(NOW, 8 * DAY);
    const again = confirmed(read, later);
    expect(freshnessOf(again, plus(later, DAY))).toBe('fresh');
    expect(again).toEqual({ ...read, confirmedAt: later });
  });
});

describe('busy times', () => {
  it('are what blocks, tentatively or not', () => {
    const events = [
      event(),
      event({ start: hour(11), status: 'tentative' }),
      event({ start: hour(13), transparent: true }),
    ];
    expect(busyTimesOf(snapshot(events), new Set())).toEqual([
      { start: hour(9), end: hour(10), tentative: false },
      { start: hour(11), end: hour(12), tentative: true },
    ]);
  });
  it('are not our own check-ins', () => {
    const events = [event({ uid: 'own' }), event({ uid: 'other', start: hour(9.5) })];
    expect(busyTimesOf(snapshot(events), new Set(['own']))).toEqual([
      { start: hour(9.5), end: hour(10.5), tentative: false },
    ]);
  });
});

describe('busy time is the same', () => {
  const read = snapshot(daily(3));

  it('with new UIDs, in another order, and with what does not block', () => {
    const events = [
      event({ uid: 'free', start: hour(20), transparent: true }),
      ...renamed(daily(3)).reverse(),
    ];
    expect(sameBusyTime(read, snapshot(events))).toBe(true);
  });
  it('when the window has moved on', () => {
    const later = { start: hour(24), end: plus(WEEK.end, DAY) };
    const beyond = event({ uid: 'beyond', start: plus(WEEK.end, HOUR) });
    expect(sameBusyTime(read, snapshot([...daily(3).slice(1), beyond], later))).toBe(true);
  });
  it('where an event reaches over the edge of a window that has moved on', () => {
    const night = event({ start: hour(20), end: hour(30) });
    const later = { start: hour(24), end: WEEK.end };
    expect(sameBusyTime(snapshot([night]), snapshot([night], later))).toBe(true);
  });
});

describe('busy time is another', () => {
  const read = snapshot([event()]);

  it.each<[string, CalendarEvent[]]>([
    ['an event is new', [event(), event({ uid: 'b', start: hour(11) })]],
    ['an event has moved', [event({ start: hour(10) })]],
    ['an event is longer', [event({ end: hour(11) })]],
    ['an event is tentative now', [event({ status: 'tentative' })]],
    ['an event does not block any more', [event({ transparent: true })]],
    ['an event is gone', []],
    ['one is laid over another, which may be a check-in of ours', [event(), event({ uid: 'b' })]],
  ])('when %s', (_, events) => {
    expect(sameBusyTime(read, snapshot(events))).toBe(false);
  });
  it('where the windows share no time', () => {
    expect(sameBusyTime(read, snapshot([], { start: WEEK.end, end: plus(WEEK.end, DAY) }))).toBe(false);
  });
});

describe('a calendar is emptied', () => {
  it.each([
    [4, 4],
    [4, 3],
    [5, 3],
    [7, 4],
  ])('when of %d events %d are gone', (count, gone) => {
    expect(emptied(snapshot(daily(count)), snapshot(daily(count).slice(gone)))).toBe(true);
  });
  it('when most of a series is gone and its UID stays', () => {
    const series = daily(7).map((each) => ({ ...each, uid: 'series' }));
    expect(emptied(snapshot(series), snapshot(series.slice(0, 3)))).toBe(true);
  });
  it.each<[string, Partial<CalendarEvent>]>([
    ['is cancelled', { status: 'cancelled' }],
    ['is free time', { transparent: true }],
  ])('when most of it %s', (_, changes) => {
    const after = daily(5).map((each, index) => (index < 3 ? { ...each, ...changes } : each));
    expect(emptied(snapshot(daily(5)), snapshot(after))).toBe(true);
  });
  it('when most is gone from the time that both readings cover, however much of the series comes after it', () => {
    const series = daily(14).map((each) => ({ ...each, uid: 'series' }));
    const later = { start: hour(24), end: plus(NOW, 14 * DAY) };
    expect(emptied(snapshot(series.slice(0, 7)), snapshot(series.slice(7), later))).toBe(true);
  });
});

describe('a calendar is not emptied', () => {
  it.each([
    [4, 2],
    [6, 3],
    [7, 3],
    [3, 3],
    [0, 0],
  ])('when of %d events %d are gone', (count, gone) => {
    expect(emptied(snapshot(daily(count)), snapshot(daily(count).slice(gone)))).toBe(false);
  });
  it('when all UIDs are new', () => {
    expect(emptied(snapshot(daily(7)), snapshot(renamed(daily(7))))).toBe(false);
  });
  it('when all events have moved', () => {
    const moved = daily(7).map((each) => ({ ...each, start: hour(1), end: hour(2) }));
    expect(emptied(snapshot(daily(7)), snapshot(moved))).toBe(false);
  });
  it('when what is gone never blocked', () => {
    const birthdays = daily(7).map((each) => ({ ...each, transparent: true }));
    expect(emptied(snapshot(birthdays), snapshot([]))).toBe(false);
  });
  it('when time has passed', () => {
    const later = { start: hour(5 * 24), end: plus(NOW, 12 * DAY) };
    expect(emptied(snapshot(daily(7)), snapshot(daily(7).slice(5), later))).toBe(false);
  });
  it('where the readings share no time', () => {
    const later = { start: WEEK.end, end: plus(WEEK.end, DAY) };
    expect(emptied(snapshot(daily(7)), snapshot([], later))).toBe(false);
  });
  it('and the error that says so names it', () => {
    expect(new CalendarEmptied('example.com')).toMatchObject({
      name: 'CalendarEmptied',
      calendar: 'example.com',
    });
  });
});

const anyEvents: fc.Arbitrary<CalendarEvent[]> = fc.array(
  fc
    .record({ uid: fc.constantFrom('', 'a', 'b', 'c'), start: fc.nat(160), length: fc.nat(10) })
    .map(({ uid, start, length }) => event({ uid, start: hour(start), end: hour(start + length) })),
  { maxLength: 20 },
);

describe('whatever a calendar holds', () => {
  it('new UIDs and another order are no change', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const [before, after] = [snapshot(events), snapshot(renamed(events).reverse())];
        expect(sameBusyTime(before, after)).toBe(true);
        expect(emptied(before, after)).toBe(false);
      }),
    );
  });
  it('it is emptied when more than half of what blocks is taken away, and by no smaller part', () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(20), (events, count) => {
        const before = snapshot(events);
        const blocking = before.events.filter(({ blocks }) => blocks);
        const after: ObservedEvent[] = blocking.slice(count);
        const gone = blocking.length - after.length;
        expect(emptied(before, { ...before, events: after })).toBe(
          blocking.length >= 4 && gone > blocking.length / 2,
        );
      }),
    );
  });
});
