// Times and days on pages: always with the weekday, the date and the zone.

import { html } from 'hono/html';
import type { Partner } from '../../domain/partner.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import type { Period } from '../../domain/time/period.ts';
import { fieldsOf, type PlainDate, weekdayOf } from '../../domain/time/plain-date.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { whereabouts } from '../../domain/whereabouts.ts';
import { formatDay, localTime } from '../local-time.ts';
import type { Html } from './layout.ts';

/** Where somebody is at home, and when they are elsewhere. */
export type Place = Pick<Partner, 'zone' | 'travels'>;

/** "Tue 5 Jan, 17:00 Europe/Berlin" */
export function moment(zone: Zone, instant: Instant): Html {
  const { weekday, day, clock } = localTime(zone, instant);
  return html`<time datetime="${formatInstant(instant)}">${weekday} ${day}, ${clock}</time> <span class="zone">${zone}</span>`;
}

/** "Tue 5 Jan, 17:00 to 17:30 Europe/Berlin", where the place then is. */
export function span(place: Place, { start, end }: Interval): Html {
  const zone = whereabouts(place, start);
  const { weekday, day, clock } = localTime(zone, start);
  return html`<time datetime="${formatInstant(start)}">${weekday} ${day}, ${clock}</time> to ${localTime(zone, end).clock} <span class="zone">${zone}</span>`;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon 4 Jan 2027" */
export function dayText(date: PlainDate): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]} ${formatDay(date)} ${fieldsOf(date).year}`;
}

/** "Mon 4 Jan to Sun 10 Jan 2027" */
export function periodText({ first, last }: Pick<Period, 'first' | 'last'>): string {
  const begin = dayText(first);
  const isOneYear = fieldsOf(first).year === fieldsOf(last).year;
  return `${isOneYear ? begin.slice(0, -5) : begin} to ${dayText(last)}`;
}
