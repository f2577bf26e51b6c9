// What each partner has borne over time, fading with a half-life of 26 periods. Integers, so that anyone can recompute it.

import type { PartnerId } from '../partner.ts';

/** Thousandths of a point per partner. */
export type Ledger = ReadonlyMap<PartnerId, number>;

/** One point in the ledger's unit. */
export const THOUSANDTHS = 1_000;

/** 0.9737 halves a burden in 26 periods (half a year of weeks): 0.9737^26 = 0.500. */
const FADING = 9_737;

/** What was held in one period: the points of those present, and who was away with notice. */
export type Held = { readonly burdens: ReadonlyMap<PartnerId, number>; readonly away: readonly PartnerId[] };

/** The ledger after one period: everything fades once, what was held is added (`held` is absent where nothing was). */
export function post(ledger: Ledger, held?: Held): Map<PartnerId, number> {
  const after = new Map<PartnerId, number>();
  for (const [partner, borne] of ledger) after.set(partner, Math.floor((borne * FADING) / 10_000));
  if (!held) return after;
  for (const [partner, points] of held.burdens)
    after.set(partner, (after.get(partner) ?? 0) + THOUSANDTHS * points);
  const credit = absenceCredit([...held.burdens.values()].map((points) => THOUSANDTHS * points));
  for (const partner of held.away) after.set(partner, (after.get(partner) ?? 0) + credit);
  return after;
}

/** Rounded to whole points (halves upward): what planning starts from. Nothing where the ledger does not know the partner. */
export function pointsOf(ledger: Ledger, partner: PartnerId): number {
  return Math.floor(((ledger.get(partner) ?? 0) + THOUSANDTHS / 2) / THOUSANDTHS);
}

/**
 * What somebody away with notice is credited, in the unit of `present`: the floor of the mean of those present, which keeps
 * their distance to the others' average.
 */
export function absenceCredit(present: readonly number[]): number {
  if (present.length === 0) return 0;
  let sum = 0;
  for (const borne of present) sum += borne;
  return Math.floor(sum / present.length);
}

/** Where a newcomer starts: the median of the others (floor of the middle two's mean where their number is even). */
export function newcomerStart(others: readonly number[]): number {
  if (others.length === 0) return 0;
  const sorted = [...others].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return Math.floor((low + high) / 2);
}
