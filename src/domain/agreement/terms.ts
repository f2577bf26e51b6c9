// What partners agree on: the text of a working agreement, as data. Private matters (calendars, reasons) are not in it.

import type { Partner, PartnerId, WeeklyWindow } from '../partner.ts';
import type { Rotation } from '../partnership.ts';
import type { Rhythm } from '../time/period.ts';
import type { PlainDate } from '../time/plain-date.ts';
import type { Zone } from '../time/zone.ts';

/** How far a partnership has come; it proposes a rhythm (C7). */
export type Stage = 'early' | 'growing' | 'mature';

/** The template of every check-in's agenda. */
export type AgendaTemplate = 'weekly';

/** The agreed check-in. */
export type CheckInTerms = {
  readonly rhythm: Rhythm;
  /** Minutes, a multiple of 15. */
  readonly minutes: number;
  readonly rotation: Rotation;
  readonly agenda: AgendaTemplate;
  /** Where the call is held: an https, tel or sip address. */
  readonly call?: string;
};

/** How far ahead the plan reaches, in weeks: in the feed, and in invitations by mail. */
export type Horizon = { readonly weeks: number; readonly invited: number };

/** What is agreed about one partner. */
export type PartnerTerms = {
  readonly id: PartnerId;
  /** The home zone, in which the windows are read. */
  readonly zone: Zone;
  readonly comfortable: readonly WeeklyWindow[];
  readonly reachable: readonly WeeklyWindow[];
  readonly focus: readonly WeeklyWindow[];
};

/** The terms of an agreement. */
export type Terms = {
  readonly name: string;
  readonly anchor: Zone;
  readonly stage: Stage;
  readonly checkIn: CheckInTerms;
  readonly horizon: Horizon;
  readonly partners: readonly PartnerTerms[];
};

/** What the plan reaches by default: a quarter of a year, of which all is in the invitations. */
export const DEFAULT_HORIZON: Horizon = { weeks: 12, invited: 12 };

/** Fewest and most weeks that a plan reaches ahead (F12). */
export const HORIZON_WEEKS = { least: 12, most: 52 } as const;

/** Fewest and most partners. */
export const PARTNERS = { least: 2, most: 12 } as const;

/** The rhythm that suits a stage: those who begin meet more, those who know each other less. */
export function proposedRhythm(stage: Stage): Rhythm {
  return stage === 'mature' ? '2w' : '1w';
}

/** Terms that every partner has signed, from the day on which they are in force. */
export type InForce = {
  readonly version: number;
  readonly terms: Terms;
  /** The day in the anchor zone on which the first period under these terms begins. */
  readonly from: PlainDate;
  /** Fixes the parity of two-week periods and of blocks; kept from version to version while the rhythm is the same. */
  readonly since: PlainDate;
};

/** What an agreement does not say about a partner: who they are, where they then are, what keeps them busy. */
export type Circumstances = Pick<Partner, 'name' | 'email' | 'away' | 'travels' | 'busy'>;
