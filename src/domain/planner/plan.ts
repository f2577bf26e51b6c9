// What planning gives.

import type { PartnerId } from '../partner.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import type { Period } from '../time/period.ts';

/** Points per partner. */
export type Points = ReadonlyMap<PartnerId, number>;

/** A partner's own hard limit. */
export type Limit = {
  readonly kind: 'reachable' | 'busy' | 'focus' | 'away' | 'elsewhere';
  readonly partner: PartnerId;
};

/** The rules that decide a time. */
export type Rule =
  | Limit
  | {
      readonly kind:
        | 'notice'
        | 'pinned'
        | 'published'
        | 'fixed-time'
        | 'fairness'
        | 'least-burden'
        | 'spread'
        | 'calm'
        | 'earliest'
        | 'hard-limits';
    }
  | { readonly kind: 'agreed'; readonly to: AgreedTo };

/** What the partners agreed to when they were asked. */
export type AgreedTo = Relaxation['kind'] | 'swap' | 'partner' | 'counter' | 'declined' | 'volunteer';

/** Why an occurrence is where it is: without `rule` the choice would have been `instead` (or nothing at all). */
export type Reason = {
  readonly rule: Rule;
  readonly instead?: { readonly start: Instant; readonly burdens: Points };
};

/** One check-in of the plan. */
export type Occurrence = Interval & {
  readonly period: Period;
  /** Points of those present. */
  readonly burdens: Points;
  /** Who is away for the whole period, and what each of them is credited in points. */
  readonly credits: Points;
  /** `C_i` of every partner after this occurrence: opening ledger and all burden and credit of the plan so far. */
  readonly ledger: Points;
  /** Leads the call and takes its notes. */
  readonly host: PartnerId;
  readonly reason: Reason;
};

/** How many of a period's starts on the grid a rule alone makes impossible. */
export type RuledOut = { readonly rule: Rule; readonly starts: number };

/**
 * The first rung of the ladder that would help where nothing fits: a question to `asks`, never taken silently. `cost` is the
 * points that all bear together if it is taken. `parts` is what would be held: one interval, or two half-meetings.
 */
export type Relaxation = {
  readonly kind:
    | 'another-day'
    | 'tentative'
    | 'move-event'
    | 'shorter'
    | 'wider-window'
    | 'rotating-absence'
    | 'two-halves';
  readonly asks: readonly PartnerId[];
  readonly cost: number;
  readonly parts: readonly (Interval & { readonly burdens: Points })[];
  /** Minutes: by how much a window is widened, or how long the shorter call is. */
  readonly minutes?: number;
  /** The busy time to move, shown to its owner alone; never with a title. */
  readonly moves?: Interval;
};

/** A period without an occurrence. `away`: too few are there, which is no failure. */
export type Unplaced = {
  readonly period: Period;
  readonly kind: 'away' | 'unplaceable';
  readonly ruledOut: readonly RuledOut[];
  readonly relaxation?: Relaxation;
};

/** A proof of how far from the fairest possible the plan can be; of the unrestricted rotation. */
export type Certificate = {
  /** The largest `C_i` of the plan. */
  readonly worst: number;
  /** No plan can have a smaller worst `C_i`. */
  readonly lowerBound: number;
  /** `(worst - lowerBound) / max(1, lowerBound)`: a fraction, 0 where the plan is proven best. */
  readonly gap: number;
  /** Weight of each partner in the bound, adding up to 1: their priority. */
  readonly lambda: Points;
  /** Points that keeping one time costs the worst partner over rotating freely, where the rotation is restricted. */
  readonly restriction?: number;
};

/** What is held in each period, what is not and why, and how fair that is. */
export type Plan = {
  readonly occurrences: readonly Occurrence[];
  readonly unplaced: readonly Unplaced[];
  /** Burden and credit of the plan alone, without the opening ledger. */
  readonly burden: Points;
  /** Sum of all `C_i`, with the opening ledger. */
  readonly total: number;
  readonly certificate: Certificate;
};
