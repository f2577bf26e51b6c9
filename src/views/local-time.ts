// An instant as people read it: "Tue 5 Jan", "08:00".

import type { Partner } from '../domain/partner.ts';
import type { Instant } from '../domain/time/instant.ts';
import { fieldsOf, type PlainDate, weekdayOf } from '../domain/time/plain-date.ts';
import { dateOfWall, formatClock, minuteOfDay } from '../domain/time/wall-time.ts';
import { toWall, type Zone } from '../domain/time/zone.ts';
import { whereabouts } from '../domain/whereabouts.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** What a partner's own calendar and clock show, where they then are. */
export type LocalTime = {
  readonly zone: Zone;
  readonly weekday: string;
  readonly day: string;
  readonly clock: string;
};

export function localTime(zone: Zone, instant: Instant): LocalTime {
  const wall = toWall(zone, instant);
  const date = dateOfWall(wall);
  const clock = formatClock(Math.floor(minuteOfDay(wall)));
  return { zone, weekday: WEEKDAYS[weekdayOf(date) - 1]!, day: formatDay(date), clock };
}

export function localTimeOf(partner: Pick<Partner, 'zone' | 'travels'>, instant: Instant): LocalTime {
  return localTime(whereabouts(partner, instant), instant);
}

/** "5 Jan" */
export function formatDay(date: PlainDate): string {
  const { month, day } = fieldsOf(date);
  return `${day} ${MONTHS[month - 1]}`;
}

/** "Tue 5 Jan 17:00 (Europe/Berlin)" */
export function formatMoment(zone: Zone, instant: Instant): string {
  const { weekday, day, clock } = localTime(zone, instant);
  return `${weekday} ${day} ${clock} (${zone})`;
}

/** The same where the partner then is. */
export function formatMomentOf(partner: Pick<Partner, 'zone' | 'travels'>, instant: Instant): string {
  return formatMoment(whereabouts(partner, instant), instant);
}

/** The last part of a zone's name in words: "Los Angeles". */
export function cityOf(zone: Zone): string {
  return zone.split('/').at(-1)!.replaceAll('_', ' ');
}
