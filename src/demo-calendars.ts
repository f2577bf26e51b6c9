// The calendars of the example, moved by whole weeks to the days of the demonstration.

import { fileURLToPath } from 'node:url';
import { readCalendar } from './adapters/calendars/ics/events.ts';
import { loadCalendar } from './adapters/calendars/ics/fetch.ts';
import { DAY } from './domain/time/duration.ts';
import { type Instant, parseInstant, plus } from './domain/time/instant.ts';
import type { ReadAddress } from './flows/world.ts';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));

/** The Monday with which the weeks of the example begin. */
const BEGINNING = parseInstant('2027-01-04T00:00:00Z')!;

/** The address of an example in the demonstration; nobody else answers there. */
export function exampleAddress(name: string): string {
  return `https://calendars.example.com/${name}.ics`;
}

/** Reads examples as if they were at their addresses, and had begun on the Monday `since`. */
export function readExample(since: Instant): ReadAddress {
  const shift = since - BEGINNING;
  return async (address, { window, zone, owner }) => {
    const file = new URL(address).pathname.slice(1);
    const example = { start: plus(window.start, -shift), end: plus(window.end, -shift) };
    const bytes = await loadCalendar(file, { folder: EXAMPLES });
    const { events, problems } = readCalendar(bytes, { window: example, zone, owner });
    const moved = events.map((event) => ({
      ...event,
      start: plus(event.start, shift),
      end: plus(event.end, shift),
    }));
    return { kind: 'read', events: moved, problems, nextIn: 5 * DAY };
  };
}
