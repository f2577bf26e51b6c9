// What a clock on the wall shows: a date and a time of day without a zone.

import { DAY, MINUTE } from './duration.ts';
import { formatDate, type PlainDate, parseDate } from './plain-date.ts';

declare const wallTime: unique symbol;

/** Milliseconds that the local clock shows since its own 1970-01-01T00:00 (Temporal.PlainDateTime). */
export type WallTime = number & { readonly [wallTime]: true };

/** `minutes` after 00:00 of `date` on the wall clock; 1440 is 24:00, the 00:00 of the next day. */
export function wallTimeOf(date: PlainDate, minutes: number): WallTime {
  return (date * DAY + minutes * MINUTE) as WallTime;
}

/** The date that the clock shows. */
export function dateOfWall(wall: WallTime): PlainDate {
  return Math.floor(wall / DAY) as PlainDate;
}

/** Minutes since 00:00 of its date; a fraction where the wall time has seconds. */
export function minuteOfDay(wall: WallTime): number {
  return (wall - Math.floor(wall / DAY) * DAY) / MINUTE;
}

const ISO_WALL = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?$/;

/** Reads "2027-01-05T16:00" with or without seconds; undefined where it does not exist. A leap second counts as :59. */
export function parseWallTime(text: string): WallTime | undefined {
  const match = ISO_WALL.exec(text);
  if (!match) return undefined;
  const date = parseDate(match[1]!);
  if (date === undefined) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const fraction = match[5] ? Math.floor(Number(match[5]) * 1_000) : 0;
  return (wallTimeOf(date, hours * 60 + minutes) + Math.min(seconds, 59) * 1_000 + fraction) as WallTime;
}

/** ISO 8601 to the second: "2027-01-05T16:00:00". */
export function formatWallTime(wall: WallTime): string {
  const seconds = Math.floor((wall - dateOfWall(wall) * DAY) / 1_000);
  return `${formatDate(dateOfWall(wall))}T${formatClock(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Minutes of a day as a clock shows them: 545 is "09:05"; 1440 is "24:00". */
export function formatClock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
