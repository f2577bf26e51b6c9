// How instants and wall times are told apart: by an IANA zone, by a fixed offset, or by the changes that a VTIMEZONE lists.

import { DAY } from '../../../domain/time/duration.ts';
import { type Instant, instantOf } from '../../../domain/time/instant.ts';
import type { WallTime } from '../../../domain/time/wall-time.ts';
import { type Transition, toInstant, toWall, type Zone } from '../../../domain/time/zone.ts';

/** A clock on the wall. A time in a gap moves forward, one that comes twice is the earlier (RFC 5545 3.3.5). */
export type Clock = {
  toInstant(wall: WallTime): Instant;
  toWall(instant: Instant): WallTime;
};

export function zoneClock(zone: Zone): Clock {
  return { toInstant: (wall) => toInstant(zone, wall), toWall: (instant) => toWall(zone, instant) };
}

/** A clock that is `offset` milliseconds ahead of UTC for ever. */
export function fixedClock(offset: number): Clock {
  return {
    toInstant: (wall) => instantOf(wall - offset),
    toWall: (instant) => (instant + offset) as WallTime,
  };
}

/** A clock that is set at each of `changes`, which are in order; `first` is its offset before all of them. */
export function changingClock(first: number, changes: readonly Transition[]): Clock {
  const offsetAt = (instant: number): number => offsetAfter(changes, instant) ?? first;
  return {
    toWall: (instant) => (instant + offsetAt(instant)) as WallTime,
    toInstant: (wall) => instantOf(wall - offsetOfWall(offsetAt, wall)),
  };
}

function offsetAfter(changes: readonly Transition[], instant: number): number | undefined {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (changes[middle]!.at <= instant) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1]?.offset;
}

function offsetOfWall(offsetAt: (instant: number) => number, wall: WallTime): number {
  const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
  if (before === after || offsetAt(wall - before) === before) return before;
  return offsetAt(wall - after) === after ? after : before;
}
