// The book of a partnership: one closing entry for each period that is over, corrections and newcomers. The ledger follows
// from it, so that anybody can recompute it.

import type { PartnerId } from '../partner.ts';
import { HOUR } from '../time/duration.ts';
import type { PlainDate } from '../time/plain-date.ts';
import type { Closing } from './closing.ts';
import { type Ledger, newcomerStart, post } from './ledger.ts';

/** For so many milliseconds after it was posted, attendance may be corrected. */
export const CORRECTION_WINDOW = 72 * HOUR;

/**
 * An entry of the book, in the order of posting. A `correction` takes the place of an earlier closing of its period; `by` is who made
 * it, and absent where a check-in that was opened again has ended.
 */
export type Entry =
  | { readonly kind: 'closing'; readonly closing: Closing }
  | { readonly kind: 'correction'; readonly closing: Closing; readonly by?: PartnerId }
  | { readonly kind: 'joined'; readonly partner: PartnerId; readonly from: PlainDate };

/** The closing of each period, corrected, in the order of the periods. */
export function closingsIn(entries: readonly Entry[]): Closing[] {
  const byPeriod = new Map<string, Closing>();
  for (const entry of entries) if (entry.kind !== 'joined') byPeriod.set(entry.closing.period, entry.closing);
  return [...byPeriod.values()].sort((a, b) => a.first - b.first);
}

/** Whose correction counts in each period that somebody corrected. */
export function correctorsIn(entries: readonly Entry[]): ReadonlyMap<string, PartnerId> {
  const corrected = new Map<string, PartnerId>();
  for (const entry of entries) {
    if (entry.kind === 'joined') continue;
    if (entry.kind === 'correction' && entry.by) corrected.set(entry.closing.period, entry.by);
    else corrected.delete(entry.closing.period);
  }
  return corrected;
}

/** The closing that counts for one period. */
export function closingIn(entries: readonly Entry[], period: string): Closing | undefined {
  const entry = entries[numberIn(entries, period) - 1];
  return entry?.kind === 'joined' ? undefined : entry?.closing;
}

/** The place in the book, from 1, of the entry that counts for a period; 0 where there is none. */
export function numberIn(entries: readonly Entry[], period: string): number {
  return entries.findLastIndex((entry) => entry.kind !== 'joined' && entry.closing.period === period) + 1;
}

/**
 * What every partner has borne after all entries, in thousandths: once per period everything fades, what was held is added. Who
 * joins later starts at the median of those who were there before.
 */
export function ledgerFrom(entries: readonly Entry[]): Ledger {
  const joined = entries.filter((entry) => entry.kind === 'joined');
  let ledger = new Map<PartnerId, number>();
  const admit = (until: PlainDate) => {
    for (const { partner, from } of joined) {
      if (from <= until && !ledger.has(partner)) ledger.set(partner, newcomerStart([...ledger.values()]));
    }
  };
  for (const closing of closingsIn(entries)) {
    admit(closing.first);
    const held = closing.kind === 'held' ? { burdens: closing.present, away: closing.absent } : undefined;
    ledger = post(ledger, held);
  }
  admit(Number.POSITIVE_INFINITY as PlainDate);
  return ledger;
}

/** The record of a cadence: how its periods ended, who was there how often, and how many in a row were held up to now. */
export type CadenceRecord = {
  readonly held: number;
  readonly moved: number;
  readonly missed: number;
  readonly away: number;
  /** Held ones at which each partner was, of those that were held while they took part. */
  readonly attendance: ReadonlyMap<PartnerId, { readonly present: number; readonly of: number }>;
  readonly streak: number;
};

/** The record of these closings, which are in order. A period in which too few were there does not break a streak. */
export function recordOf(closings: readonly Closing[]): CadenceRecord {
  const attendance = new Map<PartnerId, { present: number; of: number }>();
  const count = { held: 0, moved: 0, missed: 0, away: 0, streak: 0 };
  for (const closing of closings) {
    count[closing.kind]++;
    if (closing.kind === 'missed') count.streak = 0;
    if (closing.kind !== 'held') continue;
    count.streak++;
    if (closing.moved) count.moved++;
    for (const id of [...closing.present.keys(), ...closing.absent]) {
      const own = attendance.get(id) ?? { present: 0, of: 0 };
      attendance.set(id, { present: own.present + (closing.present.has(id) ? 1 : 0), of: own.of + 1 });
    }
  }
  return { ...count, attendance };
}
