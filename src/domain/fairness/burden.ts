// The one published burden curve, in integer points that anyone can recompute.

import type { WeeklyWindow } from '../partner.ts';

/** Quarter-hours in a week on the wall clock. */
export const WEEK_QUARTERS = 672;

/** Half-minutes, the unit in which the midpoint of a quarter-hour is an integer. */
const WEEK = 7 * 24 * 60 * 2;

/** Distance from a comfortable window beyond which an hour is as odd as it gets: 480 minutes. */
const FARTHEST = 480 * 2;

/** Distance beyond which minutes weigh threefold: two hours. */
const FAR = 120 * 2;

/**
 * Points of each quarter-hour of a week on the wall clock, from Monday 00:00. `d` is the number of wall-clock minutes from the
 * quarter's midpoint to the nearest comfortable window before or after, at most 480; the points are
 * `floor((d + 2·max(0, d − 120)) / 24 + 1/2)`.
 */
export function weeklyBurden(comfortable: readonly WeeklyWindow[]): Uint8Array {
  const edges = comfortable.map(({ weekday, start, end }) => ({
    start: ((weekday - 1) * 1_440 + start) * 2,
    length: (end - start) * 2,
  }));
  return Uint8Array.from({ length: WEEK_QUARTERS }, (_, quarter) =>
    pointsAt(distance(quarter * 30 + 15, edges)),
  );
}

/** Points at `d` half-minutes outside one's comfortable hours. */
function pointsAt(d: number): number {
  return Math.floor((d + 2 * Math.max(0, d - FAR) + 24) / 48);
}

/** Half-minutes from `moment` to the nearest window on the circle of the week; 0 inside one. */
function distance(
  moment: number,
  edges: readonly { readonly start: number; readonly length: number }[],
): number {
  let nearest = FARTHEST;
  for (const { start, length } of edges) {
    const since = (((moment - start) % WEEK) + WEEK) % WEEK;
    if (since <= length) return 0;
    nearest = Math.min(nearest, since - length, WEEK - since);
  }
  return nearest;
}
