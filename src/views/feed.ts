// A feed: what somebody's calendar program fetches again and again. It holds the very events of the invitations, so that both are
// one in a calendar, or only when its owner is busy.

import { carriedLine } from '../domain/calendar/carried-text.ts';
import type { CalendarItem } from '../domain/calendar/itip.ts';
import { foldLines, textValue, unfoldLines } from './content-lines.ts';
import { calendarText } from './ical.ts';

export type FeedDetail = 'full' | 'busy';

export type FeedHead = {
  readonly name: string;
  readonly detail: FeedDetail;
  /** UIDs of what its owner does not attend. */
  readonly unattended?: ReadonlySet<string>;
};

/** Seconds after which a reader should look again (RFC 7986 5.7): those that heed it are soon current. */
const REFRESH = 3_600;

export function feedText(items: readonly CalendarItem[], { name, detail, unattended }: FeedHead): string {
  const head = { name: textValue(carriedLine(name)), ttl: REFRESH };
  if (detail === 'full') return calendarText(items, head);
  const lines = unfoldLines(calendarText(items.map(busyOnly), { ...head, free: unattended }));
  // RFC 5545 3.8.4.3: an event without attendees has no organizer.
  return foldLines(lines.filter((line) => !line.startsWith('ORGANIZER')));
}

/** When, and nothing else: no words, no place, nobody's name. */
function busyOnly({ uid, start, end, zone, sequence, stamp, status, organizer }: CalendarItem): CalendarItem {
  const time = { uid, start, end, zone, sequence, stamp, status };
  return { ...time, summary: 'Busy', description: '', organizer, attendees: [] };
}
