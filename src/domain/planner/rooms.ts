// What a better choice may still spend: for several weights at once, each row's excess over the cheapest of its group, and the
// room that all excesses together have. Whatever does not fit under one of the weights cannot be part of a better choice.

import { mostUnderAny } from './claims.ts';
import { type Core, excessUnder } from './core.ts';

/** What each row costs under several weights, and how much all may cost together. */
export type Rooms = {
  /** How many weights there are; the first are those that leave the least room. */
  readonly count: number;
  /** Excess of row `r` under weights `k` at `r * count + k`, in points. */
  readonly excess: Float64Array;
  readonly room: Float64Array;
};

/** Rounding errors of sums of excesses stay far below this many points. */
export const ROUNDING = 1e-7;

/**
 * The weights given, and for each partner the same leaning towards that partner: these notice early that one bears too much.
 * Between a twentieth and two fifths the share hardly matters (measured by the nodes that proofs need).
 */
const LEANING = 0.2;

/** Rooms of the choices that keep one of these limits. */
export function roomsOf(core: Core, claims: readonly Float64Array[], weights: Float64Array): Rooms {
  const { partners } = core.table;
  const count = 1 + partners;
  const height = core.origin.length;
  const [excess, room] = [new Float64Array(height * count), new Float64Array(count)];
  const column = new Float64Array(height);
  for (let k = 0; k < count; k++) {
    const leaning =
      k === 0 ? weights : weights.map((each, i) => each * (1 - LEANING) + (i === k - 1 ? LEANING : 0));
    room[k] = mostUnderAny(claims, leaning, partners) - excessUnder(core, leaning, column);
    for (let row = 0; row < height; row++) excess[row * count + k] = column[row]!;
  }
  return { count, excess, room };
}
