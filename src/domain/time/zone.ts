// Time zones: the only file that asks luxon (and through it ICU's tzdata) what a clock shows. Answers come
// from cached transitions, so that a conversion costs some ten nanoseconds instead of some microseconds.

import { IANAZone } from 'luxon';
import { DAY, MINUTE, SECOND } from './duration.ts';
import { type Instant, instantOf } from './instant.ts';
import type { PlainDate } from './plain-date.ts';
import { formatWallTime, type WallTime, wallTimeOf } from './wall-time.ts';

declare const zone: unique symbol;

/** The name of an IANA time zone, as it was written ("Asia/Kathmandu", also aliases such as "Asia/Katmandu"). */
export type Zone = string & { readonly [zone]: true };

/** From `at` on the clocks of a zone are `offset` milliseconds ahead of UTC. */
export type Transition = { readonly at: Instant; readonly offset: number };

/** Coordinated Universal Time as a zone, whose clocks never change. */
export const UTC = 'UTC' as Zone;

/** The zone of that IANA name; undefined where there is none. Bare offsets ("+02:00") are no zones. */
export function parseZone(name: string): Zone | undefined {
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name) ? (name as Zone) : undefined;
}

/** Milliseconds by which the clocks of `zone` are ahead of UTC at `instant`. */
export function offsetAt(zone: Zone, instant: Instant): number {
  const { starts, offsets } = blockOf(zone, Math.floor(instant / BLOCK));
  let index = starts.length - 1;
  while (starts[index]! > instant) index--;
  return offsets[index]!;
}

/** What a clock in `zone` shows at `instant`. */
export function toWall(zone: Zone, instant: Instant): WallTime {
  return (instant + offsetAt(zone, instant)) as WallTime;
}

/**
 * The instant at which a clock in `zone` shows `wall`. A time in a gap moves forward by the length of the gap, one that
 * comes twice is the earlier (RFC 5545 3.3.5; Temporal's "compatible").
 */
export function toInstant(zone: Zone, wall: WallTime): Instant {
  const before = offsetAt(zone, (wall - DAY) as Instant);
  const after = offsetAt(zone, (wall + DAY) as Instant);
  const earlier = instantOf(wall - before);
  if (before === after || offsetAt(zone, earlier) === before) return earlier;
  const later = instantOf(wall - after);
  return offsetAt(zone, later) === after ? later : earlier;
}

/** Whether a clock in `zone` shows `wall` twice, because it was set back; readers of a calendar disagree which is meant. */
export function isAmbiguous(zone: Zone, wall: WallTime): boolean {
  const earlier = toInstant(zone, wall);
  const later = instantOf(wall - offsetAt(zone, (wall + DAY) as Instant));
  return later > earlier && toWall(zone, later) === wall;
}

/** 00:00 of `date` in `zone`; where the clocks skip it, the first instant of that day. */
export function startOfDay(zone: Zone, date: PlainDate): Instant {
  return toInstant(zone, wallTimeOf(date, 0));
}

/** ISO 8601 with the offset: "2027-01-05T08:00:00-08:00". */
export function formatInZone(zone: Zone, instant: Instant): string {
  const minutes = Math.round(offsetAt(zone, instant) / MINUTE);
  const size = Math.abs(minutes);
  const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return `${formatWallTime(toWall(zone, instant))}${minutes < 0 ? '-' : '+'}${clock}`;
}

/** The changes of clocks in `zone` with `from < at < to`, in order. */
export function transitionsBetween(zone: Zone, from: Instant, to: Instant): Transition[] {
  const found: Transition[] = [];
  let current = offsetAt(zone, from);
  for (let index = Math.floor(from / BLOCK); index * BLOCK < to; index++) {
    const { starts, offsets } = blockOf(zone, index);
    for (const [position, at] of starts.entries()) {
      if (at <= from || at >= to || offsets[position] === current) continue;
      current = offsets[position]!;
      found.push({ at: at as Instant, offset: current });
    }
  }
  return found;
}

/** The time line is cut into blocks of about 398 days; those that are asked for are filled once. */
const BLOCK = 2 ** 35;

/** Since 1970 no zone changed twice within less than a week (Gaza 2040, northern Brazil 2000), so none hides between samples. */
const SAMPLE = 6 * DAY;

type Block = { readonly starts: readonly number[]; readonly offsets: readonly number[] };

const blocks = new Map<Zone, Map<number, Block>>();

function blockOf(zone: Zone, index: number): Block {
  const known = blocks.get(zone)?.get(index);
  if (known) return known;
  const block = readBlock(IANAZone.create(zone), index);
  blocks.set(zone, (blocks.get(zone) ?? new Map<number, Block>()).set(index, block));
  return block;
}

function readBlock(source: IANAZone, index: number): Block {
  const [first, end] = [index * BLOCK, (index + 1) * BLOCK];
  const starts = [first];
  const offsets = [offsetFrom(source, first)];
  for (let low = first; low < end; low += SAMPLE) {
    const high = Math.min(low + SAMPLE, end - 1);
    const offset = offsetFrom(source, high);
    if (offset === offsets.at(-1)) continue;
    starts.push(changeBetween(source, low, high));
    offsets.push(offset);
  }
  return { starts, offsets };
}

/** When the offset of `high` begins to hold, after `low`; changes come on whole seconds. */
function changeBetween(source: IANAZone, low: number, high: number): number {
  const after = offsetFrom(source, high);
  let [before, since] = [Math.floor(low / SECOND), Math.ceil(high / SECOND)];
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2);
    if (offsetFrom(source, middle * SECOND) === after) since = middle;
    else before = middle;
  }
  return since * SECOND;
}

function offsetFrom(source: IANAZone, milliseconds: number): number {
  return Math.round(source.offset(milliseconds) * MINUTE);
}
