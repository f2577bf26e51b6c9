// A partner as the planner sees them: who they are, when they can be reached, and what keeps them busy.

import type { Interval } from './time/interval.ts';
import type { DateRange, Weekday } from './time/plain-date.ts';
import type { Zone } from './time/zone.ts';

declare const partnerId: unique symbol;

/** The identity of a partner: in a partnership file their e-mail address in lower case, in the service the id of the person. */
export type PartnerId = string & { readonly [partnerId]: true };

/** The identity behind an address; upper case and blanks around it do not matter. */
export function partnerIdOf(email: string): PartnerId {
  return email.trim().toLowerCase() as PartnerId;
}

/**
 * A window that recurs every week on the wall clock of where the partner is: from `start` to `end` minutes after 00:00 of
 * `weekday`, half-open. `end` is 1440 for 24:00 and larger where the window goes on past midnight.
 */
export type WeeklyWindow = { readonly weekday: Weekday; readonly start: number; readonly end: number };

/** From 00:00 of the first to 24:00 of the last day in the partner's home zone the partner is in `zone`. */
export type Travel = DateRange & { readonly zone: Zone };

/** What may not be placed over. A `tentative` one still blocks, but a relaxation may ask for it. */
export type BusyTime = Interval & { readonly tentative: boolean };

/** One of the two to twelve people of a partnership. */
export type Partner = {
  readonly id: PartnerId;
  readonly name: string;
  /** Where invitations go. */
  readonly email: string;
  /** The home zone. */
  readonly zone: Zone;
  readonly comfortable: readonly WeeklyWindow[];
  /** Hard limits. A superset of the comfortable windows. */
  readonly reachable: readonly WeeklyWindow[];
  /** Agreed focus windows: hard. */
  readonly focus: readonly WeeklyWindow[];
  /** Leave and public holidays, in days of the home zone. */
  readonly away: readonly DateRange[];
  readonly travels: readonly Travel[];
  readonly busy: readonly BusyTime[];
};
