// Occurrences as iCalendar (RFC 5545): one VEVENT each, in the zone of the partnership. A file to subscribe to is written
// here; `itip-message.ts` makes messages of the same events.

import ical, {
  type ICalAttendeeData,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { carriedLine } from '../domain/calendar/carried-text.ts';
import {
  type Attendee,
  type CalendarItem,
  carried,
  type Draft,
  type ItipMethod,
  type Mailbox,
  type PartStat,
} from '../domain/calendar/itip.ts';
import { type Instant, instantOf } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import { isAmbiguous, toWall, UTC, type Zone } from '../domain/time/zone.ts';
import { foldLines, mailtoAddress, textValue, unfoldLines } from './content-lines.ts';
import { vtimezoneLines } from './vtimezone.ts';

export type CalendarTitle = {
  /** What a reader's calendar calls it (RFC 7986 5.1 NAME, and X-WR-CALNAME for the many that know only this). */
  readonly name: string;
};

/** PRODID (RFC 5545 3.7.3): by it a file is known as ours when it is read back. */
export const PRODUCT = '-//Turnabout//Turnabout//EN';

/** The property that names the zone of an event whose time had to be written in UTC. */
export const ZONE_PROPERTY = 'X-TURNABOUT-ZONE';

/**
 * The text of an .ics file. It has no METHOD: it is a calendar to subscribe to or to open, not a message between
 * calendars (RFC 5546 1.4). Whatever stands in names and texts stays inside its own property.
 */
export function icalText(items: readonly CalendarItem[], { name }: CalendarTitle): string {
  return calendarText(items, { name: textValue(carriedLine(name)) });
}

/**
 * What stands above the events: `name` as iCalendar writes it and when to look again, in seconds; or what a message is for. `free`
 * are the UIDs of events that keep nobody busy; what is cancelled never does.
 */
export type CalendarHead =
  | { readonly name: string; readonly ttl?: number; readonly free?: ReadonlySet<string> | undefined }
  | { readonly method: ItipMethod; readonly free?: undefined };

/** The one writer of VEVENTs. */
export function calendarText(
  items: readonly CalendarItem[],
  { free = new Set(), ...head }: CalendarHead,
): string {
  const calendar = ical({
    prodId: PRODUCT.slice(1), // ical-generator writes the first dash itself
    ...('method' in head ? { method: ICalCalendarMethod[head.method] } : head),
    scale: 'GREGORIAN',
    timezone: { name: null, generator: (zone) => vtimezoneText(zone as Zone, items) },
    events: items.map((item) => eventOf(item, free)),
  });
  const lines = propertiesFirst(unfoldLines(calendar.toString()));
  return foldLines(withConferences(lines, items).map(withPlainScheme));
}

/** RFC 5545 3.6: what is said of the calendar stands before its components; ical-generator writes the TTL behind the zones. */
function propertiesFirst(lines: readonly string[]): string[] {
  const others = lines.filter((line) => !OF_TTL.test(line));
  const first = others.findIndex((line) => /^(BEGIN:(?!VCALENDAR)|END:)/.test(line));
  return [...others.slice(0, first), ...lines.filter((line) => OF_TTL.test(line)), ...others.slice(first)];
}

const OF_TTL = /^(REFRESH-INTERVAL|X-PUBLISHED-TTL)[;:]/;

function vtimezoneText(zone: Zone, items: readonly CalendarItem[]): string {
  return vtimezoneLines(zone, windowOf(items.filter((item) => item.zone === zone))).join('\r\n');
}

function windowOf(items: readonly CalendarItem[]): Interval {
  return {
    start: instantOf(Math.min(...items.map((item) => item.start))),
    end: instantOf(Math.max(...items.map((item) => item.end))),
  };
}

function eventOf(item: CalendarItem, free: ReadonlySet<string>): ICalEventData {
  const { summary, description, location, organizer, attendees } = carried(item);
  const zone = zoneToWrite(item);
  const isCancelled = item.status === 'CANCELLED';
  return {
    id: textValue(carriedLine(item.uid)),
    sequence: item.sequence,
    stamp: dateTime(item.stamp, UTC),
    start: dateTime(item.start, zone),
    end: dateTime(item.end, zone),
    timezone: zone,
    summary,
    description: description === '' ? null : description,
    location: location === undefined ? null : { title: location },
    organizer: { name: organizer.name, email: mailtoAddress(organizer.email) },
    attendees: attendees.map((attendee) => attendeeOf(attendee, organizer)),
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency:
      isCancelled || free.has(item.uid) ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    x: zone === item.zone ? [] : [{ key: ZONE_PROPERTY, value: item.zone }],
  };
}

/** A time that the clocks show twice is written in UTC: RFC 5545 means the first, but not all readers do. */
function zoneToWrite({ start, end, zone }: Interval & { readonly zone: Zone }): Zone {
  return [start, end].some((instant) => isAmbiguous(zone, toWall(zone, instant))) ? UTC : zone;
}

/** A luxon value, because ical-generator prints a bare Date in the zone of the machine. */
function dateTime(instant: Instant, zone: Zone): DateTime {
  return DateTime.fromMillis(instant, { zone });
}

/** An organizer among the attendees, as Google and Apple write it, has accepted; the others are asked until they answer. */
function attendeeOf({ name, email, partStat }: Attendee, organizer: Mailbox): ICalAttendeeData {
  const isOrganizer = email.toLowerCase() === organizer.email.toLowerCase();
  const answer = partStat ?? (isOrganizer ? 'accepted' : 'needs-action');
  return {
    name,
    email: mailtoAddress(email),
    role: isOrganizer ? ICalAttendeeRole.CHAIR : ICalAttendeeRole.REQ,
    status: STATUS[answer],
    ...(answer === 'needs-action' && !isOrganizer && { rsvp: true }),
  };
}

const STATUS: Readonly<Record<PartStat, ICalAttendeeStatus>> = {
  'needs-action': ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
};

/** Adds CONFERENCE, which ical-generator does not know, to the end of each event; events come in the order of the items. */
function withConferences(lines: readonly string[], items: readonly CalendarItem[]): string[] {
  let event = 0;
  return lines.flatMap((line) => {
    if (line !== 'END:VEVENT') return [line];
    const conference = conferenceLine(items[event++]!);
    return conference === undefined ? [line] : [conference, line];
  });
}

/** RFC 7986 5.11. */
function conferenceLine(draft: Draft): string | undefined {
  const { conference } = carried(draft);
  if (conference === undefined) return undefined;
  const feature = /^tel:/i.test(conference) ? 'PHONE' : 'AUDIO,VIDEO';
  return `CONFERENCE;VALUE=URI;FEATURE=${feature};LABEL=Join the call:${conference}`;
}

/** "mailto:" in lower case everywhere, so that a reader that compares letters finds the organizer among the attendees. */
function withPlainScheme(line: string): string {
  return line.startsWith('ATTENDEE;') ? line.replace(/:MAILTO:([^:]*)$/, ':mailto:$1') : line;
}
