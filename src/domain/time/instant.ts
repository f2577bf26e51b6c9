// A point on the time line, and its text in ISO 8601 with a `Z`.

import { HOUR, MINUTE } from './duration.ts';
import { formatWallTime, parseWallTime, type WallTime } from './wall-time.ts';

declare const instant: unique symbol;

/** Milliseconds since 1970-01-01T00:00:00Z (Temporal.Instant). Compared and subtracted, never read as local time. */
export type Instant = number & { readonly [instant]: true };

/** The instant at `milliseconds` since the epoch; throws RangeError where that is no finite number. */
export function instantOf(milliseconds: number): Instant {
  if (!Number.isFinite(milliseconds)) throw new RangeError(`not an instant: ${milliseconds}`);
  return milliseconds as Instant;
}

/** `instant` moved by `milliseconds`, which may be negative. */
export function plus(instant: Instant, milliseconds: number): Instant {
  return (instant + milliseconds) as Instant;
}

const ISO_INSTANT = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})$/i;

/** Reads RFC 3339 ("2027-01-05T16:00:00Z", an offset instead of `Z` is understood); undefined where it is none. */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO_INSTANT.exec(text);
  if (!match) return undefined;
  const wall = parseWallTime(match[1]!);
  if (wall === undefined) return undefined;
  const offset = offsetOf(match[2]!);
  return offset === undefined ? undefined : instantOf(wall - offset);
}

/** RFC 3339 in UTC to the second: "2027-01-05T16:00:00Z". */
export function formatInstant(instant: Instant): string {
  return `${formatWallTime(instant as number as WallTime)}Z`;
}

function offsetOf(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
