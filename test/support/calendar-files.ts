// iCalendar files for tests of reading: valid by default, so that a test states only what matters.

import { type ReadingOptions, readCalendar } from '../../src/adapters/calendars/ics/events.ts';
import type { CalendarReading } from '../../src/domain/calendar/reading.ts';
import { formatInstant } from '../../src/domain/time/instant.ts';
import { formatDate } from '../../src/domain/time/plain-date.ts';
import { UTC } from '../../src/domain/time/zone.ts';
import { at } from './builders.ts';

/** A calendar of these lines, each a content line without its break. */
export function calendarOf(...lines: readonly string[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

/** An event with UID "a" unless the lines name another. */
export function eventOf(...lines: readonly string[]): string[] {
  const uid = lines.some((line) => /^UID:/i.test(line)) ? [] : ['UID:a'];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'];
}

/** The year 2027, floating times in UTC. */
export const YEAR: ReadingOptions = {
  window: { start: at('2027-01-01T00:00:00Z'), end: at('2028-01-01T00:00:00Z') },
  zone: UTC,
};

export function readText(text: string, options: Partial<ReadingOptions> = {}): CalendarReading {
  return readCalendar(Buffer.from(text), { ...YEAR, ...options });
}

/** What is read of a calendar with one event of these lines. */
export function readEventOf(
  lines: readonly string[],
  options: Partial<ReadingOptions> = {},
): CalendarReading {
  return readText(calendarOf(...eventOf(...lines)), options);
}

/** "2027-01-05T16:00Z/17:00Z" for each occurrence, days as "2027-01-05..2027-01-06". */
export function spansIn({ events }: CalendarReading): string[] {
  return events.map(({ start, end, allDay }) => {
    if (allDay) return `${formatDate(allDay.from)}..${formatDate(allDay.to)}`;
    const [from, to] = [short(formatInstant(start)), short(formatInstant(end))];
    return from.slice(0, 10) === to.slice(0, 10) ? `${from}/${to.slice(11)}` : `${from}/${to}`;
  });
}

/** The starts alone. */
export function startsIn(reading: CalendarReading): string[] {
  return spansIn(reading).map((span) => span.replace(/(\/|\.\.).*$/, ''));
}

function short(text: string): string {
  return text.replace(/:00Z$/, 'Z');
}
