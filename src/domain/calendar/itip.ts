// What is published of each occurrence, and its revisions: which change raises SEQUENCE and which only DTSTAMP
// (RFC 5546 2.1.4, RFC 5545 3.8.7.4).

import { SECOND } from '../time/duration.ts';
import { type Instant, instantOf, plus } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import type { Zone } from '../time/zone.ts';
import { carriedLine, carriedText, carriedUri } from './carried-text.ts';

/** Somebody with an address: ORGANIZER or ATTENDEE with its CN. */
export type Mailbox = { readonly name: string; readonly email: string };

/** PARTSTAT (RFC 5545 3.2.12): what somebody answered for themselves. */
export type PartStat = 'needs-action' | 'accepted' | 'declined' | 'tentative';

/** Somebody who is invited. Without `partStat` the organizer has accepted, and nobody else has answered. */
export type Attendee = Mailbox & { readonly partStat?: PartStat };

/** METHOD of a message from the organizer to the attendees (RFC 5546 1.4). */
export type ItipMethod = 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER';

/** What an occurrence should look like in a calendar, before it has a revision. Instants are whole seconds. */
export type Draft = Interval & {
  /** RFC 5545 3.8.4.7; the same for the life of the occurrence. */
  readonly uid: string;
  /** The zone in which the time is written: the anchor of the partnership. */
  readonly zone: Zone;
  readonly summary: string;
  readonly description: string;
  readonly location?: string;
  /** An absolute URI where the call is held (RFC 7986 5.11). */
  readonly conference?: string;
  readonly organizer: Mailbox;
  readonly attendees: readonly Attendee[];
};

/** One published occurrence. */
export type CalendarItem = Draft & {
  /** Revision of time, place and people; never falls (RFC 5545 3.8.7.4). */
  readonly sequence: number;
  /** DTSTAMP: when this revision was made, a whole second (RFC 5545 3.8.7.2). */
  readonly stamp: Instant;
  readonly status: 'CONFIRMED' | 'CANCELLED';
};

/** `now` stamps what changes; what starts before `since` is history and is kept as it was published. */
export type RevisionTime = {
  readonly now: Instant;
  readonly since: Instant;
  /** The SEQUENCE of a new one, 0 if absent; higher where what was published before may have been forgotten. */
  readonly first?: number | undefined;
};

/**
 * What to publish, given what was published and what is desired; in order of start. New ones begin with SEQUENCE `first`. A
 * change of time, place or people raises SEQUENCE, a change of words only DTSTAMP. Answers hold as long as SEQUENCE does and
 * are no change themselves. What is no longer desired is cancelled, what is desired again is revived. UIDs are unique in
 * each list. To revise twice is to revise once.
 */
export function revise(
  previous: readonly CalendarItem[],
  desired: readonly Draft[],
  time: RevisionTime,
): CalendarItem[] {
  const drafts = new Map(desired.map((draft) => [draft.uid, carried(draft)]));
  const known = new Set(previous.map((item) => item.uid));
  const revised = previous.map((item) => revision(item, drafts.get(item.uid), time));
  for (const draft of drafts.values()) {
    if (!known.has(draft.uid)) revised.push(firstRevision(draft, time));
  }
  return revised.sort((a, b) => a.start - b.start || (a.uid < b.uid ? -1 : 1));
}

/** The draft with texts, names and addresses as a calendar can carry them; to be compared with what was read back. */
export function carried(draft: Draft): Draft {
  const { location = '', conference = '', ...rest } = draft;
  const [place, uri] = [carriedText(location), carriedUri(conference)];
  return {
    ...rest,
    summary: carriedText(draft.summary),
    description: carriedText(draft.description),
    ...(place ? { location: place } : {}),
    ...(uri ? { conference: uri } : {}),
    organizer: carriedMailbox(draft.organizer),
    attendees: draft.attendees.map((attendee) => ({ ...attendee, ...carriedMailbox(attendee) })),
  };
}

/** A backslash in CN is itself by RFC 5545 3.2 and an escape to some readers, so none is written. */
function carriedMailbox({ name, email }: Mailbox): Mailbox {
  const address = carriedLine(email);
  return { name: (carriedLine(name) || address).replaceAll('\\', '/'), email: address };
}

function firstRevision(draft: Draft, { now, first = 0 }: RevisionTime): CalendarItem {
  return { ...draft, sequence: first, stamp: wholeSecond(now), status: 'CONFIRMED' };
}

function revision(item: CalendarItem, draft: Draft | undefined, { now, since }: RevisionTime): CalendarItem {
  if (item.start < since) return item;
  const stamp = newerStamp(item, now);
  if (!draft) return item.status === 'CANCELLED' ? item : cancelled(item, stamp);
  if (item.status === 'CANCELLED' || differsInSubstance(item, draft)) {
    return { ...draft, sequence: item.sequence + 1, stamp, status: 'CONFIRMED' };
  }
  if (!differsInWords(item, draft)) return item;
  return { ...draft, attendees: answered(draft, item), sequence: item.sequence, stamp, status: 'CONFIRMED' };
}

/** The attendees of the draft with what they had answered to the item; an answer that the draft brings itself is newer. */
function answered(draft: Draft, item: CalendarItem): Attendee[] {
  const answers = new Map(item.attendees.map(({ email, partStat }) => [email, partStat]));
  return draft.attendees.map((attendee) => {
    const partStat = attendee.partStat ?? answers.get(attendee.email);
    return partStat === undefined ? attendee : { ...attendee, partStat };
  });
}

function cancelled(item: CalendarItem, stamp: Instant): CalendarItem {
  return { ...item, sequence: item.sequence + 1, stamp, status: 'CANCELLED' };
}

/** A newer revision has a newer DTSTAMP, even where the clock was set back (RFC 5546 2.1.5). */
function newerStamp(item: CalendarItem, now: Instant): Instant {
  return instantOf(Math.max(wholeSecond(now), plus(item.stamp, SECOND)));
}

function wholeSecond(instant: Instant): Instant {
  return instantOf(Math.floor(instant / SECOND) * SECOND);
}

/** Time, place or people: what a reader has to be asked about again. */
function differsInSubstance(item: CalendarItem, draft: Draft): boolean {
  return (
    item.start !== draft.start ||
    item.end !== draft.end ||
    item.location !== draft.location ||
    item.conference !== draft.conference ||
    peopleOf(item) !== peopleOf(draft)
  );
}

/** The zone changes how the time is written, not when it is; a name changes how somebody is called, not who they are. */
function differsInWords(item: CalendarItem, draft: Draft): boolean {
  return (
    item.summary !== draft.summary ||
    item.description !== draft.description ||
    item.zone !== draft.zone ||
    namesOf(item) !== namesOf(draft)
  );
}

function peopleOf({ organizer, attendees }: Draft): string {
  return JSON.stringify([organizer.email, attendees.map(({ email }) => email).sort()]);
}

function namesOf({ organizer, attendees }: Draft): string {
  return JSON.stringify([
    organizer.name,
    attendees.map(({ email, name }) => JSON.stringify([email, name])).sort(),
  ]);
}
