// The grid on which occurrences are placed: quarter-hours of UTC.

import { MINUTE } from './duration.ts';
import { type Instant, instantOf } from './instant.ts';

/** A quarter-hour in milliseconds. Every zone of today is a whole number of them away from UTC. */
export const QUARTER = 15 * MINUTE;

/** A stretch of the grid: `length` quarter-hours from `start`, which lies on a quarter-hour of UTC. */
export type Grid = { readonly start: Instant; readonly length: number };

/** The smallest grid that covers from `start` up to `end`. */
export function gridOver(start: Instant, end: Instant): Grid {
  const first = Math.floor(start / QUARTER);
  return { start: instantOf(first * QUARTER), length: Math.ceil(end / QUARTER) - first };
}

/** The instant at which the quarter-hour `index` of the grid begins. */
export function instantAt(grid: Grid, index: number): Instant {
  return instantOf(grid.start + index * QUARTER);
}

/** Index of the first quarter-hour that begins at or after `instant`; may lie outside the grid. */
export function indexFrom(grid: Grid, instant: Instant): number {
  return Math.ceil((instant - grid.start) / QUARTER);
}

/** Index of the quarter-hour in which `instant` lies; may lie outside the grid. */
export function indexOf(grid: Grid, instant: Instant): number {
  return Math.floor((instant - grid.start) / QUARTER);
}
