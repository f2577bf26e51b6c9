// How a period of a cadence ended.

import type { PartnerId } from '../partner.ts';
import type { AgreedTo, Points, Relaxation } from '../planner/plan.ts';
import type { Instant } from '../time/instant.ts';
import type { PlainDate } from '../time/plain-date.ts';

/** Why a check-in was not held. */
export type WhyNot =
  | { readonly kind: 'declined' | 'not-there' | 'away' | 'unknown-calendar'; readonly partner: PartnerId }
  | { readonly kind: 'refused' | 'lapsed'; readonly relaxation: Relaxation['kind'] }
  | { readonly kind: 'nothing-fitted' };

/**
 * `held`: the points of those present, who was absent with notice, who led it, whether it had been moved, and what it was agreed
 * to as. `missed`: nobody could, with the reasons. `away`: too few were there to hold it, which is no failure.
 */
export type Closing = {
  readonly period: string;
  /** The first day of the period. */
  readonly first: PlainDate;
  readonly postedAt: Instant;
  readonly absent: readonly PartnerId[];
} & (
  | {
      readonly kind: 'held';
      readonly present: Points;
      readonly host: PartnerId;
      readonly moved: boolean;
      readonly agreed?: AgreedTo;
    }
  | {
      readonly kind: 'missed' | 'away';
      readonly reasons: readonly WhyNot[];
      /**
       * Somebody corrected then that it was not held: what began before does not count, and the period is open until a run closes
       * it again.
       */
      readonly reopenedAt?: Instant;
    }
);
