// Revisions of what was published: which change asks the readers again, and which only informs them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarItem, type Draft, revise } from '../../../src/domain/calendar/itip.ts';
import { SECOND } from '../../../src/domain/time/duration.ts';
import { instantOf, plus } from '../../../src/domain/time/instant.ts';
import type { Zone } from '../../../src/domain/time/zone.ts';
import { ana, at, bikash, chloe, draft, item } from '../../support/published.ts';

const START = '2027-01-05T16:00:00Z';
const time = { now: at('2027-01-01T00:00:00Z'), since: at('2027-01-04T00:00:00Z') };

/** The revision of the one occurrence that was published, where `changes` are desired. */
function revised(changes: Partial<Draft>, published: Partial<CalendarItem> = {}): CalendarItem {
  return revise([item(START, published)], [draft(START, changes)], time)[0]!;
}

describe('an occurrence that is new', () => {
  it('begins with SEQUENCE 0, stamped with the second that now lies in', () => {
    const [first] = revise([], [draft(START)], { ...time, now: plus(time.now, 999) });
    expect(first).toEqual({ ...draft(START), sequence: 0, stamp: time.now, status: 'CONFIRMED' });
  });

  it('begins higher where what was published before may have been forgotten, and goes on from there', () => {
    const [first] = revise([], [draft(START)], { ...time, first: 100 });
    expect(first!.sequence).toBe(100);
    const [moved] = revise([first!], [draft('2027-01-05T17:00:00Z')], { ...time, first: 100 });
    expect(moved!.sequence).toBe(101);
  });
});

describe('an occurrence that is as it was published', () => {
  it('stays the same to the letter', () => {
    expect(revised({})).toEqual(item(START));
  });

  it('stays the same where only the order of its people differs', () => {
    expect(revised({ attendees: [bikash, ana] })).toEqual(item(START));
  });

  it('stays the same where a text differs in what no calendar can carry', () => {
    expect(revised({ description: 'Ana\u0000 leads.' })).toEqual(item(START));
    expect(revised({ location: ' ' })).toEqual(item(START));
  });
});

describe('an answer', () => {
  const answered = { ...bikash, partStat: 'accepted' as const };

  it('is no change', () => {
    const published = item(START, { attendees: [ana, answered] });
    expect(revise([published], [draft(START)], time)).toEqual([published]);
    expect(revised({ attendees: [ana, answered] })).toEqual(item(START));
  });

  it('holds where only words change, until another is given', () => {
    const published = { attendees: [ana, answered] };
    expect(revised({ summary: 'New' }, published).attendees).toEqual([ana, answered]);
    const declined = { ...bikash, partStat: 'declined' as const };
    expect(revised({ summary: 'New', attendees: [declined, ana] }, published).attendees).toEqual([
      declined,
      ana,
    ]);
  });

  it('is asked for again where SEQUENCE rises', () => {
    const after = revised({ location: 'Room 5' }, { attendees: [ana, answered] });
    expect(after).toMatchObject({ sequence: 1, attendees: [ana, bikash] });
    expect(after.attendees[1]).not.toHaveProperty('partStat');
  });
});

describe('SEQUENCE rises by one', () => {
  it.each<[string, Partial<Draft>]>([
    ['the start', { start: at('2027-01-05T15:00:00Z') }],
    ['the end', { end: at('2027-01-05T17:00:00Z') }],
    ['the location', { location: 'Room 5' }],
    ['the conference', { conference: 'https://meet.example.org/a' }],
    ['the organizer', { organizer: bikash }],
    ['an attendee', { attendees: [ana, chloe] }],
    ['the number of attendees', { attendees: [ana, bikash, chloe] }],
  ])('where %s changes', (_, changes) => {
    expect(revised(changes, { sequence: 3 })).toMatchObject({ ...changes, sequence: 4, stamp: time.now });
  });

  it('where the location goes', () => {
    const after = revised({}, { location: 'Room 5' });
    expect([after.sequence, 'location' in after]).toEqual([1, false]);
  });
});

describe('only DTSTAMP is newer', () => {
  it.each<[string, Partial<Draft>]>([
    ['the summary', { summary: 'Check-in (Ana)' }],
    ['the description', { description: 'Bikash leads.' }],
    ['the zone in which the time is written', { zone: 'Europe/Paris' as Zone }],
  ])('where %s changes', (_, changes) => {
    expect(revised(changes, { sequence: 3 })).toMatchObject({ ...changes, sequence: 3, stamp: time.now });
  });

  it('by a second at least, where the clock was set back', () => {
    const stamp = at('2027-06-01T00:00:00Z');
    expect(revised({ summary: 'New' }, { stamp }).stamp).toBe(plus(stamp, SECOND));
  });
});

describe('an occurrence that is no longer desired', () => {
  it('is cancelled with a higher SEQUENCE', () => {
    const [cancelled] = revise([item(START)], [], time);
    expect(cancelled).toEqual({ ...item(START), status: 'CANCELLED', sequence: 1, stamp: time.now });
  });

  it('is cancelled where it begins at the very instant at which history ends', () => {
    const [cancelled] = revise([item(START)], [], { ...time, since: at(START) });
    expect(cancelled!.status).toBe('CANCELLED');
  });

  it('stays as it is where it is cancelled already', () => {
    const published = item(START, { status: 'CANCELLED', sequence: 5 });
    expect(revise([published], [], time)).toEqual([published]);
  });

  it('is revived with a higher SEQUENCE where it is desired again', () => {
    const after = revised({}, { status: 'CANCELLED', sequence: 5 });
    expect(after).toMatchObject({ status: 'CONFIRMED', sequence: 6, stamp: time.now });
  });
});

describe('an occurrence that began before the plan', () => {
  it('is history and kept as it was published, desired or not', () => {
    const held = item('2027-01-03T16:00:00Z');
    expect(revise([held], [], time)).toEqual([held]);
    expect(revise([held], [draft('2027-01-03T16:00:00Z', { summary: 'New' })], time)).toEqual([held]);
  });
});

describe('what is to be published', () => {
  it('is in order of start', () => {
    const after = revise([item('2027-01-19T16:00:00Z')], [draft('2027-01-12T16:00:00Z')], time);
    expect(after.map((each) => each.start)).toEqual([at('2027-01-12T16:00:00Z'), at('2027-01-19T16:00:00Z')]);
  });
});

const anyDraft: fc.Arbitrary<Draft> = fc
  .record({
    uid: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    start: fc.integer({ min: -5, max: 20 }).map((hours) => instantOf(time.since + hours * 3_600_000)),
    summary: fc.constantFrom('Check-in', 'Long call', 'line\r\nline'),
    location: fc.constantFrom('', 'Room 5'),
    attendees: fc.subarray([ana, bikash, chloe]),
  })
  .map((changes) => draft(START, { ...changes, end: plus(changes.start, 1_800_000) }));

const anyItem: fc.Arbitrary<CalendarItem> = fc
  .tuple(
    anyDraft,
    fc.nat(4),
    fc.constantFrom('CONFIRMED' as const, 'CANCELLED' as const),
    fc.integer({ min: -9, max: 9 }),
  )
  .map(([each, sequence, status, seconds]) => ({
    ...each,
    sequence,
    status,
    stamp: instantOf(time.now + seconds * SECOND),
  }));

const unique = { selector: (each: { readonly uid: string }) => each.uid, maxLength: 5 };
const drafts = fc.uniqueArray(anyDraft, unique);
const published = fc.uniqueArray(anyItem, unique);

describe('revising', () => {
  it('twice is revising once, even later', () => {
    fc.assert(
      fc.property(published, drafts, fc.nat(), (previous, desired, seconds) => {
        const once = revise(previous, desired, time);
        expect(revise(once, desired, { ...time, now: plus(time.now, seconds * SECOND) })).toEqual(once);
      }),
    );
  });

  it('never lowers SEQUENCE nor DTSTAMP, and raises DTSTAMP with every change', () => {
    fc.assert(
      fc.property(published, drafts, (previous, desired) => {
        const after = new Map(revise(previous, desired, time).map((each) => [each.uid, each]));
        for (const before of previous) {
          const now = after.get(before.uid)!;
          expect(now.sequence).toBeGreaterThanOrEqual(before.sequence);
          if (now !== before) expect(now.stamp).toBeGreaterThan(before.stamp);
        }
      }),
    );
  });

  it('through any number of plans never lowers SEQUENCE', () => {
    fc.assert(
      fc.property(fc.array(drafts, { maxLength: 6 }), (plans) => {
        let items: CalendarItem[] = [];
        for (const plan of plans) {
          const before = new Map(items.map((each) => [each.uid, each.sequence]));
          items = revise(items, plan, time);
          for (const each of items) expect(each.sequence).toBeGreaterThanOrEqual(before.get(each.uid) ?? 0);
        }
      }),
    );
  });

  it('confirms what is desired and cancels all else that is to come', () => {
    fc.assert(
      fc.property(published, drafts, (previous, desired) => {
        const wanted = new Set(desired.map((each) => each.uid));
        const history = new Set(previous.filter((each) => each.start < time.since).map((each) => each.uid));
        for (const each of revise(previous, desired, time)) {
          if (!history.has(each.uid))
            expect(each.status).toBe(wanted.has(each.uid) ? 'CONFIRMED' : 'CANCELLED');
        }
      }),
    );
  });
});
