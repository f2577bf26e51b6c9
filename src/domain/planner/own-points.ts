// What a time costs one partner, by the same curve and clocks as in a plan.

import type { Partner } from '../partner.ts';
import { gridOver } from '../time/grid.ts';
import type { Interval } from '../time/interval.ts';
import { burdenAt, seatOf } from './seat.ts';

/** Points that the partner bears for a check-in from `start` to `end`, both on a quarter-hour of UTC. */
export function pointsOfTime(partner: Partner, { start, end }: Interval): number {
  const grid = gridOver(start, end);
  return burdenAt(seatOf(partner, grid), 0, grid.length);
}
