// The calendars of the example, moved by whole weeks to the days of the demonstration.

import { fileURLToPath } from 'node:url';
import { readCalendar } from './adapters/calendars/ics/events.ts';
import { loadCalendar } from './adapters/calendars/ics/fetch.ts';
import { CalendarUnreadable } from './domain/errors.ts';
import { HOUR } from './domain/time/duration.ts';
import { type Instant, parseInstant, plus } from './domain/time/instant.ts';
import type { ReadAddress } from './flows/world.ts';

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url));

/** The Monday with which the weeks of the example begin. */
const BEGINNING = parseInstant('2027-01-04T00:00:00Z')!;

const HOST = 'calendars.example.com';

/** Often enough that what is read stays fresh. */
const AGAIN = 12 * HOUR;

/** The address of an example in the demonstration; nobody else answers there. */
export function exampleAddress(name: string): string {
  return `https://${HOST}/${name}.ics`;
}

/** Reads examples as if they were at their addresses, and had begun on the Monday `since`. */
export function readExample(since: Instant): ReadAddress {
  const shift = since - BEGINNING;
  return async (address, { window, zone, owner }) => {
    const { host, pathname } = new URL(address);
    if (host !== HOST) return unreadable('the demonstration reads nothing outside');
    const bytes = await exampleAt(pathname);
    if (!bytes) return unreadable('the demonstration has no such example');
    const example = { start: plus(window.start, -shift), end: plus(window.end, -shift) };
    const { events, problems } = readCalendar(bytes, { window: example, zone, owner });
    const moved = events.map((event) => ({
      ...event,
      start: plus(event.start, shift),
      end: plus(event.end, shift),
    }));
    return { kind: 'read', events: moved, problems, nextIn: AGAIN };
  };
}

/** Undefined where there is none; a path names nothing but a file of the examples. */
async function exampleAt(path: string): Promise<Uint8Array | undefined> {
  const [, file] = /^\/(\w+\.ics)$/.exec(path) ?? [];
  if (!file) return undefined;
  return loadCalendar(file, { folder: EXAMPLES }).catch((error: unknown) => {
    if (error instanceof CalendarUnreadable) return undefined;
    throw error;
  });
}

function unreadable(why: string) {
  return { kind: 'unreadable', why, nextIn: AGAIN } as const;
}
