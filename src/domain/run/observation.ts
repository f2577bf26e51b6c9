// Everything that is known when a run of a partnership begins: what the decision is made from, and nothing else.

import type { Circumstances, InForce } from '../agreement/terms.ts';
import type { CalendarItem, Mailbox, PartStat } from '../calendar/itip.ts';
import type { Entry } from '../fairness/book.ts';
import type { PartnerId } from '../partner.ts';
import type { Occurrence } from '../planner/plan.ts';
import type { Question } from '../question.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import type { Period } from '../time/period.ts';

/** 0 is a whole check-in, 1 and 2 are the two half-meetings of a period. */
export type Part = 0 | 1 | 2;

/** Where the time of an occurrence comes from: the planner, a move that the partners agreed to, a relaxation that they agreed to. */
export type Origin = 'planned' | 'moved' | 'relaxed';

/** What a partner answered to an invitation. */
export type Answer = PartStat;

/** What somebody was mailed last about an occurrence. */
export type Sent = {
  readonly method: 'REQUEST' | 'CANCEL';
  readonly sequence: number;
  readonly stamp: Instant;
  readonly at: Instant;
  /** When it was to be held, and whom it named as its host. */
  readonly time: Interval;
  readonly host: PartnerId;
};

/** An occurrence as it was published. */
export type PublishedOccurrence = {
  readonly part: Part;
  readonly origin: Origin;
  readonly occurrence: Occurrence;
  readonly item: CalendarItem;
  /** Where it was first published: it counts as moved if it is held elsewhere. */
  readonly firstStart: Instant;
  readonly answers: ReadonlyMap<PartnerId, Answer>;
  readonly sent: ReadonlyMap<PartnerId, Sent>;
};

/** What keeps a partner from being there, and whether that is known. */
export type PartnerNow = Circumstances & {
  /** Check-ins of other partnerships. */
  readonly elsewhere: readonly Interval[];
  /** Which calendar could not be read for too long, where there is one: nothing new is placed meanwhile. */
  readonly unknown?: string;
};

/** What a run is decided from. */
export type Observation = {
  readonly now: Instant;
  /** The id of the partnership, which is part of UIDs. */
  readonly partnership: string;
  /** Who owns the events in iCalendar's sense: the service's own address. */
  readonly organizer: Mailbox;
  /** The SEQUENCE with which a new occurrence begins: 0 if absent, higher after a restore. */
  readonly firstSequence?: number;
  /** Every version that all have signed, in the order of their numbers. */
  readonly agreements: readonly InForce[];
  /** Those who take part; who has left is not among them. */
  readonly partners: ReadonlyMap<PartnerId, PartnerNow>;
  readonly entries: readonly Entry[];
  /** Of every period that is not closed; further ones do no harm. */
  readonly published: readonly PublishedOccurrence[];
  readonly questions: readonly Question[];
};

/** What stands for a period and was not cancelled. */
export function confirmedIn({ published }: Observation, { id }: Pick<Period, 'id'>): PublishedOccurrence[] {
  return published.filter(
    ({ occurrence, item }) => occurrence.period.id === id && item.status === 'CONFIRMED',
  );
}
