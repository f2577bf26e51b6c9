// A DATE or DATE-TIME of an event, on the clock that its TZID names.

import type { Instant } from '../../../domain/time/instant.ts';
import { addDays, type PlainDate } from '../../../domain/time/plain-date.ts';
import { dateOfWall, type WallTime, wallTimeOf } from '../../../domain/time/wall-time.ts';
import { UTC } from '../../../domain/time/zone.ts';
import { type Clock, zoneClock } from './clock.ts';
import type { Property } from './component.ts';
import { type DateOrTime, dateOrTime } from './values.ts';
import type { Clocks } from './vtimezone.ts';

/** A day, or a time; both know what a wall clock shows and which clock it is. */
export type Moment = {
  readonly kind: 'date' | 'time';
  readonly wall: WallTime;
  readonly clock: Clock;
  /** A time without zone: RFC 5545 3.3.5 form 1, or a date. */
  readonly floating: boolean;
};

/** What times are read by: the clocks of the file, and the reader's own for floating times and whole days. */
export type TimeContext = { readonly clocks: Clocks; readonly local: Clock };

/** A time that cannot be read; the message says of which property, and is safe to show. */
export class TimeUnreadable extends Error {
  override readonly name = 'TimeUnreadable';
}

const UTC_CLOCK = zoneClock(UTC);

/** Reads the one value of DTSTART, DTEND, RECURRENCE-ID; throws TimeUnreadable. */
export function momentOf(property: Property, context: TimeContext): Moment {
  return momentOfValue(property, property.value, context);
}

/** Reads one value of a list; throws TimeUnreadable. */
export function momentOfValue(property: Property, text: string, context: TimeContext): Moment {
  const value = dateOrTime(text);
  if (!value) throw new TimeUnreadable(`its ${property.name} is no date and no time`);
  return momentAt(value, property, context);
}

/** The moment of a value that stands in `property`; throws TimeUnreadable where its TZID is unknown. */
export function momentAt(value: DateOrTime, property: Property, context: TimeContext): Moment {
  if (value.kind === 'date') return dateMoment(value.date, context.local);
  if (property.params.get('VALUE') === 'DATE') return dateMoment(dateOfWall(value.wall), context.local);
  const { wall } = value;
  if (value.utc) return { kind: 'time', wall, clock: UTC_CLOCK, floating: false };
  const tzid = property.params.get('TZID');
  if (!tzid) return { kind: 'time', wall, clock: context.local, floating: true };
  const clock = context.clocks(tzid);
  if (!clock)
    throw new TimeUnreadable(
      `the time zone of its ${property.name} is unknown: a TZID must be an IANA name, a Windows name, or have a VTIMEZONE in the file`,
    );
  return { kind: 'time', wall, clock, floating: false };
}

export function dateMoment(date: PlainDate, local: Clock): Moment {
  return { kind: 'date', wall: wallTimeOf(date, 0), clock: local, floating: true };
}

export function instantOfMoment(moment: Moment): Instant {
  return moment.clock.toInstant(moment.wall);
}

export function dateOfMoment(moment: Moment): PlainDate {
  return dateOfWall(moment.wall);
}

/** A time without zone, in a list beside times of an event that has one, is told on the event's clock. */
export function onClockOf(event: Moment, moment: Moment): Moment {
  if (moment.kind === 'date' || !moment.floating || event.floating) return moment;
  return { ...moment, clock: event.clock, floating: false };
}

/** The end of an all-day event told as a date, or the day after the time at which it ends. */
export function lastDayAfter(end: Moment): PlainDate {
  const date = dateOfMoment(end);
  return end.wall > wallTimeOf(date, 0) ? addDays(date, 1) : date;
}
