// One occurrence as a message from its organizer to its attendees (RFC 5546; by mail RFC 6047).

import type { CalendarItem, ItipMethod } from '../domain/calendar/itip.ts';
import { UTC } from '../domain/time/zone.ts';
import { foldLines, unfoldLines } from './content-lines.ts';
import { calendarText } from './ical.ts';

/**
 * The text of one VEVENT and the VTIMEZONE it needs. A CANCEL says STATUS:CANCELLED and names all attendees, so that every
 * one of them takes it as theirs (RFC 5546 3.2.5). No name of a calendar stands in it, because it is none.
 */
export function itipText(item: CalendarItem, method: ItipMethod): string {
  if (method === 'REQUEST') return calendarText([item], { method });
  if (method === 'CANCEL') return calendarText([{ ...item, status: 'CANCELLED' }], { method });
  return declineText(item);
}

/** RFC 5546 3.2.8 allows no more of an event than which it is and whose; the proposed time is not repeated. */
function declineText(item: CalendarItem): string {
  const lines = unfoldLines(calendarText([{ ...item, zone: UTC }], { method: 'DECLINECOUNTER' }));
  return foldLines(lines.filter((line) => OF_DECLINE.test(line)));
}

const OF_DECLINE = /^(BEGIN|END|VERSION|PRODID|CALSCALE|METHOD|UID|SEQUENCE|DTSTAMP|ORGANIZER)[:;]/;
