// Reads a calendar file that Turnabout wrote back into what it published, so that the next run revises it. Anything
// else in the file would be lost when it is written again, and so it is refused.

import type { CalendarItem, Mailbox } from '../../../domain/calendar/itip.ts';
import { InvalidInput } from '../../../domain/errors.ts';
import type { Instant } from '../../../domain/time/instant.ts';
import { parseZone, toInstant, UTC, type Zone } from '../../../domain/time/zone.ts';
import { PRODUCT, ZONE_PROPERTY } from '../../../views/ical.ts';
import {
  type Component,
  componentsOf,
  linesOf,
  type Property,
  propertiesOf,
  propertyNamed,
  textOf,
} from './component.ts';
import { contentLines } from './lines.ts';
import { dateOrTime } from './values.ts';

export type PublishedFile = {
  /** What the reader of an error knows the file by. */
  readonly where: string;
  /** Whether an event with this UID is of the partnership whose file this should be. */
  readonly isOurs: (uid: string) => boolean;
};

/** What `text` publishes, in its order; throws InvalidInput where it is no calendar or holds anything that is not ours. */
export function readPublished(text: string, file: PublishedFile): CalendarItem[] {
  const calendar = calendarIn(text, file.where);
  if (textNamed(calendar, 'PRODID') !== PRODUCT)
    throw refusal(file.where, 'another program wrote this calendar');
  for (const { name } of calendar.components) {
    if (name !== 'VEVENT' && name !== 'VTIMEZONE') throw refusal(file.where, `the calendar holds a ${name}`);
  }
  const events = calendar.components.filter((component) => component.name === 'VEVENT');
  return events.map((event) => itemOf(event, file));
}

function calendarIn(text: string, where: string): Component {
  const [calendar, ...others] = outermost(text, where);
  if (calendar?.name !== 'VCALENDAR') throw refusal(where, 'this is no iCalendar file');
  if (others.length > 0) throw refusal(where, 'the file holds more than one calendar');
  if (!calendar.closed) throw refusal(where, 'the end of the calendar is missing');
  return calendar;
}

function outermost(text: string, where: string): Component[] {
  try {
    return componentsOf(contentLines(new TextEncoder().encode(text)));
  } catch (cause) {
    throw refusal(where, 'this is no iCalendar file', cause);
  }
}

function itemOf(event: Component, { where, isOurs }: PublishedFile): CalendarItem {
  const uid = textNamed(event, 'UID') ?? '';
  if (!isOurs(uid)) throw refusal(where, `the event with the UID "${uid}" is not of this partnership`);
  try {
    return readItem(event, uid);
  } catch (cause) {
    throw refusal(where, `the event with the UID "${uid}" is not as Turnabout wrote it`, cause);
  }
}

function readItem(event: Component, uid: string): CalendarItem {
  if (event.components.length > 0) throw new Error('the event has an alarm or the like');
  for (const name of ['RRULE', 'RDATE', 'RECURRENCE-ID']) {
    if (linesOf(event, name).length > 0) throw new Error(`the event has a ${name}`);
  }
  const location = textNamed(event, 'LOCATION');
  const conference = propertyNamed(event, 'CONFERENCE')?.value;
  return {
    uid,
    start: instantOf(required(event, 'DTSTART')),
    end: instantOf(required(event, 'DTEND')),
    zone: zoneOf(event),
    sequence: sequenceOf(event),
    stamp: instantOf(required(event, 'DTSTAMP')),
    status: textNamed(event, 'STATUS') === 'CANCELLED' ? 'CANCELLED' : 'CONFIRMED',
    summary: textNamed(event, 'SUMMARY') ?? '',
    description: textNamed(event, 'DESCRIPTION') ?? '',
    ...(location === undefined ? {} : { location }),
    ...(conference === undefined ? {} : { conference }),
    organizer: mailboxOf(required(event, 'ORGANIZER')),
    attendees: propertiesOf(event, 'ATTENDEE').map(mailboxOf),
  };
}

function sequenceOf(event: Component): number {
  const { value } = required(event, 'SEQUENCE');
  if (!/^\d{1,9}$/.test(value)) throw new Error('its SEQUENCE is no number');
  return Number(value);
}

/** By today's rules of the zone: so do readers know the event that have these rules too. */
function instantOf(property: Property): Instant {
  const time = dateOrTime(property.value);
  if (time?.kind !== 'time') throw new Error(`its ${property.name} is no time`);
  return toInstant(time.utc ? UTC : zoneNamed(property.params.get('TZID')), time.wall);
}

/** The zone in which the event is written, or would be if its time did not come twice there. */
function zoneOf(event: Component): Zone {
  const tzid = required(event, 'DTSTART').params.get('TZID') ?? textNamed(event, ZONE_PROPERTY);
  return tzid === undefined ? UTC : zoneNamed(tzid);
}

function zoneNamed(tzid = ''): Zone {
  const zone = parseZone(tzid);
  if (!zone) throw new Error(`"${tzid}" is no time zone`);
  return zone;
}

function mailboxOf({ params, value }: Property): Mailbox {
  const email = decodeURIComponent(value.replace(/^mailto:/i, ''));
  return { name: params.get('CN') ?? email, email };
}

function required(event: Component, name: string): Property {
  const property = propertyNamed(event, name);
  if (!property) throw new Error(`it has no ${name}`);
  return property;
}

function textNamed(component: Component, name: string): string | undefined {
  const property = propertyNamed(component, name);
  return property && textOf(property);
}

function refusal(where: string, what: string, cause?: unknown): InvalidInput {
  const advice = 'it would be overwritten, so name another file or move this one away';
  return new InvalidInput(where, `${what}; ${advice}`, cause === undefined ? undefined : { cause });
}
