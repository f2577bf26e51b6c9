// Values of RFC 5545 3.3 that tell a time: DATE, DATE-TIME, DURATION, PERIOD, UTC-OFFSET. Each reader answers undefined
// where the text is none, and accepts the harmless deviations that calendars in the wild show.

import { DAY, HOUR, MINUTE, SECOND } from '../../../domain/time/duration.ts';
import { dateOf, type PlainDate } from '../../../domain/time/plain-date.ts';
import { type WallTime, wallTimeOf } from '../../../domain/time/wall-time.ts';

/** A date, or a time on a clock that is not yet known unless it is UTC's. */
export type DateOrTime =
  | { readonly kind: 'date'; readonly date: PlainDate }
  | { readonly kind: 'time'; readonly wall: WallTime; readonly utc: boolean };

/** How long: whole days by the calendar, and then an exact time (RFC 5545 3.3.6). */
export type Duration = { readonly days: number; readonly exact: number };

export type Period = { readonly start: DateOrTime } & (
  | { readonly end: DateOrTime }
  | { readonly duration: Duration }
);

const DATE_OR_TIME = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?(Z)?)?$/i;

/**
 * RFC 5545 3.3.4 and 3.3.5. The form decides and not VALUE, because VALUE=DATE is often forgotten; hyphens, colons and
 * missing seconds are understood. A leap second counts as :59, 24:00 as 00:00 of the next day.
 */
export function dateOrTime(text: string): DateOrTime | undefined {
  const match = DATE_OR_TIME.exec(text.trim());
  if (!match) return undefined;
  const date = dateOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) });
  if (date === undefined) return undefined;
  if (match[4] === undefined) return { kind: 'date', date };
  const [hours, minutes, seconds] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (minutes > 59 || seconds > 60 || hours * 60 + minutes > 1440) return undefined;
  const wall = wallTimeOf(date, hours * 60 + minutes) + Math.min(seconds, 59) * SECOND;
  return { kind: 'time', wall: wall as WallTime, utc: match[7] !== undefined };
}

const DURATION =
  /^([+-]?)P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/i;

/** RFC 5545 3.3.6; weeks beside days are understood. Negative ones are none: an event cannot end before it starts. */
export function duration(text: string): Duration | undefined {
  const match = DURATION.exec(text.trim());
  if (!match) return undefined;
  const [weeks, days, hours, minutes, seconds] = match.slice(2).map((each) => Number(each ?? 0));
  const exact = hours! * HOUR + minutes! * MINUTE + seconds! * SECOND;
  if (match[1] === '-' && (weeks || days || exact)) return undefined;
  return { days: weeks! * 7 + days!, exact };
}

/** RFC 5545 3.3.9: start and end, or start and duration. */
export function period(text: string): Period | undefined {
  const [first, second, ...rest] = text.split('/');
  const start = dateOrTime(first ?? '');
  if (!start || second === undefined || rest.length > 0) return undefined;
  const length = duration(second);
  if (length) return { start, duration: length };
  const end = dateOrTime(second);
  return end && { start, end };
}

const OFFSET = /^([+-])(\d{1,2}):?(\d{2})(?::?(\d{2}))?$/;

/** RFC 5545 3.3.14 in milliseconds; no clock is a whole day away from UTC. */
export function utcOffset(text: string): number | undefined {
  const match = OFFSET.exec(text.trim());
  if (!match) return undefined;
  const size = Number(match[2]) * HOUR + Number(match[3]) * MINUTE + Number(match[4] ?? 0) * SECOND;
  if (size >= DAY) return undefined;
  return match[1] === '-' ? -size : size;
}
