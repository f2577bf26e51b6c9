// When a calendar is to be read again: what it says itself, what its server says, and the bounds of both.

import { DAY, HOUR, MINUTE, SECOND } from '../../../domain/time/duration.ts';
import { componentsOf, LineUnreadable, propertyNamed } from './component.ts';
import { contentLines } from './lines.ts';
import { duration } from './values.ts';

/** Calendars that people edit by hand change a few times a day; to ask more often is to be a burden to their server. */
const SHORTEST = 15 * MINUTE;
/** A snapshot counts as fresh for a day, whatever its server says. */
const LONGEST = DAY;
/** For a calendar that says nothing: a meeting entered this morning is known before noon. */
const USUAL = HOUR;

/** Milliseconds until the next reading: the first of `waits` that says something, within bounds; else an hour. */
export function nextReadingIn(waits: readonly (number | undefined)[]): number {
  const wait = waits.find((each) => each !== undefined && each > 0) ?? USUAL;
  return Math.min(Math.max(wait, SHORTEST), LONGEST);
}

/** Properties of a calendar stand before its components (RFC 5545 3.6), and so in its first bytes. */
const HEAD = 16 * 1024;

/** REFRESH-INTERVAL (RFC 7986 5.7), else X-PUBLISHED-TTL (Outlook's name for it), in milliseconds. */
export function intervalOf(calendar: Uint8Array): number | undefined {
  const [head] = componentsOf(contentLines(calendar.subarray(0, HEAD)));
  if (head?.name !== 'VCALENDAR') return undefined;
  for (const name of ['REFRESH-INTERVAL', 'X-PUBLISHED-TTL']) {
    const length = duration(readable(() => propertyNamed(head, name)?.value) ?? '');
    if (length) return length.days * DAY + length.exact;
  }
  return undefined;
}

function readable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LineUnreadable) return undefined;
    throw error;
  }
}

/** The max-age of a Cache-Control header (RFC 9111 5.2.2.1) in milliseconds. */
export function maxAgeOf(cacheControl: string | undefined): number | undefined {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,10})(?!\d)/i.exec(cacheControl ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds) * SECOND;
}

/** A Retry-After header (RFC 9110 10.2.3), seconds or a date, in milliseconds from `now`, which is in those of the epoch. */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d{1,10}\s*$/.test(header)) return Number(header) * SECOND;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : date - now;
}
