// A draft of an agreement on its way to being in force: who has to sign, when it lapses, from which day it counts.

import { firstDayAfter } from '../first-day.ts';
import type { PartnerId } from '../partner.ts';
import { DAY } from '../time/duration.ts';
import { type Instant, plus } from '../time/instant.ts';
import type { Rhythm } from '../time/period.ts';
import type { PlainDate } from '../time/plain-date.ts';
import { dateOfWall } from '../time/wall-time.ts';
import { toWall } from '../time/zone.ts';
import type { InForce, Terms } from './terms.ts';

/** A draft that not all have signed so many milliseconds after its text was last changed lapses. */
export const DRAFT_LIFE = 14 * DAY;

/** A proposed version. `hash` is that of its signed text; a signature under another hash is none. */
export type Draft = {
  readonly version: number;
  readonly terms: Terms;
  readonly hash: string;
  readonly changedAt: Instant;
  readonly signatures: ReadonlyMap<PartnerId, { readonly at: Instant; readonly hash: string }>;
};

/** Where a draft stands; `missing` are those who have not signed it. */
export type DraftStanding =
  | { readonly kind: 'open'; readonly missing: readonly PartnerId[]; readonly lapsesAt: Instant }
  | { readonly kind: 'signed' }
  | { readonly kind: 'lapsed' };

/**
 * Whose signatures a draft needs: everybody in it, and every partner of the version in force who has not left, also one whom
 * the draft leaves out: nobody is removed without their own signature.
 */
export function signersOf(
  terms: Terms,
  inForce: Terms | undefined,
  present: ReadonlySet<PartnerId>,
): PartnerId[] {
  const named = [...terms.partners, ...(inForce?.partners ?? [])].map(({ id }) => id);
  return [...new Set(named)].filter(
    (id) => present.has(id) || terms.partners.some((partner) => partner.id === id),
  );
}

/** Signed counts also where the last signature came late, for it did before anybody saw the draft lapse. */
export function standingOf(draft: Draft, signers: readonly PartnerId[], now: Instant): DraftStanding {
  const missing = signers.filter((id) => draft.signatures.get(id)?.hash !== draft.hash);
  if (missing.length === 0) return { kind: 'signed' };
  const lapsesAt = plus(draft.changedAt, DRAFT_LIFE);
  return now < lapsesAt ? { kind: 'open', missing, lapsesAt } : { kind: 'lapsed' };
}

/**
 * The day from which terms count that all signed at `now`: the first one after today on which a period begins, by the rhythm that
 * was and by the one that will be. Without a version in force, the next beginning by the new terms.
 */
export function beginningOf(terms: Terms, inForce: InForce | undefined, now: Instant): InForce['from'] {
  const today = dateOfWall(toWall(terms.anchor, now));
  const rhythm = terms.checkIn.rhythm;
  if (!inForce) return firstDayAfter({ rhythm }, today);
  const parity = parityOf(rhythm, inForce);
  const before = dateOfWall(toWall(inForce.terms.anchor, now));
  const old = firstDayAfter({ rhythm: inForce.terms.checkIn.rhythm, since: inForce.since }, before);
  const next = old < inForce.from ? inForce.from : old;
  return firstDayAfter({ rhythm, ...parity }, (next - 1) as PlainDate);
}

/** The `since` of terms that count from `from`: that of the version before while the rhythm stays. */
export function sinceOf(terms: Terms, inForce: InForce | undefined, from: PlainDate): PlainDate {
  return parityOf(terms.checkIn.rhythm, inForce).since ?? from;
}

function parityOf(rhythm: Rhythm, inForce: InForce | undefined): { readonly since?: PlainDate } {
  return inForce?.terms.checkIn.rhythm === rhythm ? { since: inForce.since } : {};
}
