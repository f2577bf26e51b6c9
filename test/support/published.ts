// Published occurrences, valid by default, so that a test states only what matters to it.

import type { CalendarItem, Draft } from '../../src/domain/calendar/itip.ts';
import { HOUR, MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, parseInstant, plus } from '../../src/domain/time/instant.ts';
import type { Zone } from '../../src/domain/time/zone.ts';

export const ana = { name: 'Ana', email: 'ana@example.org' };
export const bikash = { name: 'Bikash', email: 'bikash@example.org' };
export const chloe = { name: 'Chloe', email: 'chloe@example.org' };

export const at = (text: string): Instant => parseInstant(text)!;

/** Half an hour from `start`, anchored in Berlin, held by Ana with Bikash. */
export function draft(start: string, changes: Partial<Draft> = {}): Draft {
  return {
    uid: `harbour-${start.slice(0, 10)}@turnabout`,
    start: at(start),
    end: plus(at(start), 30 * MINUTE),
    zone: 'Europe/Berlin' as Zone,
    summary: 'Check-in',
    description: 'Ana leads.',
    organizer: ana,
    attendees: [ana, bikash],
    ...changes,
  };
}

/** As `draft`, published for the first time on 1 December 2026. */
export function item(start: string, changes: Partial<CalendarItem> = {}): CalendarItem {
  return { ...draft(start), sequence: 0, stamp: at('2026-12-01T00:00:00Z'), status: 'CONFIRMED', ...changes };
}

/** Occurrences every hour from `first` to before `last`, each with its own UID. */
export function everyHour(zone: Zone, first: string, last: string): CalendarItem[] {
  const items: CalendarItem[] = [];
  for (let start = at(first); start < at(last); start = plus(start, HOUR)) {
    const changes = { zone, uid: `${zone}-${start}`, start, end: plus(start, 45 * MINUTE) };
    items.push(item(first, changes));
  }
  return items;
}

/** Zones in which readers of calendars differ most: both hemispheres, odd offsets, half an hour, Ramadan. */
export const ANCHORS = [
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Africa/Casablanca',
] as Zone[];
