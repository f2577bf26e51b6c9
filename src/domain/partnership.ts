// Two to twelve people on equal footing, and what they agreed about their check-in.

import type { Ledger } from './fairness/ledger.ts';
import type { Partner } from './partner.ts';
import type { Rhythm } from './time/period.ts';
import type { PlainDate } from './time/plain-date.ts';
import type { Zone } from './time/zone.ts';

/**
 * When a check-in's time changes. `when-unfair`: only where the best fixed time is really unequal. `every-time`: the fairest
 * time for each occurrence. `every`: one time for so many occurrences. `monthly`: one time for a month. `never`: one time.
 */
export type Rotation =
  | { readonly kind: 'when-unfair' }
  | { readonly kind: 'every-time' }
  | { readonly kind: 'every'; readonly count: number }
  | { readonly kind: 'monthly' }
  | { readonly kind: 'never' };

/** The agreed check-in: how often, how long, and whether its time rotates. */
export type CheckIn = {
  readonly rhythm: Rhythm;
  /** Minutes, a multiple of 15. */
  readonly minutes: number;
  readonly rotation: Rotation;
  /** A day on which a period begins; fixes the parity of two-week periods and of blocks. */
  readonly since: PlainDate;
};

/** The people, their agreement, and what they have borne so far. */
export type Partnership = {
  readonly name: string;
  readonly anchor: Zone;
  readonly checkIn: CheckIn;
  readonly partners: readonly Partner[];
  /** What each partner has borne before the plan begins; who is not in it has borne nothing. */
  readonly ledger: Ledger;
};
