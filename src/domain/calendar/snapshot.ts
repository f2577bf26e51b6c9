// What is kept of a calendar: when its owner is busy, and until when that is to be believed. Never a title.

import type { BusyTime } from '../partner.ts';
import { DAY } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import { type Interval, intersect, overlaps } from '../time/interval.ts';
import { type CalendarEvent, isTentative, notBusyRule } from './event.ts';

/** An occurrence as it was seen. `blocks` where it keeps the calendar's owner busy, be it only tentatively. */
export type ObservedEvent = Interval & {
  readonly uid: string;
  readonly blocks: boolean;
  readonly tentative: boolean;
};

/** A calendar as it was at `readAt`. Of what lies outside the window nothing is known. */
export type Snapshot = {
  readonly window: Interval;
  readonly readAt: Instant;
  /** When it was last known to be true: when it was read, or when its server said that nothing had changed since. */
  readonly confirmedAt: Instant;
  readonly events: readonly ObservedEvent[];
};

/** What is to be kept of the occurrences that overlap the window, read at `now`. */
export function snapshotOf(
  events: readonly CalendarEvent[],
  { window, now }: { readonly window: Interval; readonly now: Instant },
): Snapshot {
  return { window, readAt: now, confirmedAt: now, events: events.map(observedEvent) };
}

/** What takes no time blocks none. */
function observedEvent(event: CalendarEvent): ObservedEvent {
  const { uid, start, end } = event;
  const blocks = notBusyRule(event) === undefined && start < end;
  return { uid, start, end, blocks, tentative: isTentative(event) };
}

/** The snapshot after its server said at `now` that nothing had changed (RFC 9110 15.4.5). */
export function confirmed(snapshot: Snapshot, now: Instant): Snapshot {
  return { ...snapshot, confirmedAt: now };
}

/** `stale` still counts as busy and is shown to be old; `unknown` is never free: nothing is planned on it. */
export type Freshness = 'fresh' | 'stale' | 'unknown';

/** Milliseconds. Readings are at most a day apart, so that a calendar without trouble is always fresh. */
export const FRESH_FOR = DAY;

/** Milliseconds. A server may be down over a long weekend; after a week too much of a working week has changed. */
export const BELIEVED_FOR = 7 * DAY;

/** How far a calendar is to be believed at `now`, both limits included; without a snapshot it is unknown. */
export function freshnessOf(snapshot: Pick<Snapshot, 'confirmedAt'> | undefined, now: Instant): Freshness {
  if (!snapshot) return 'unknown';
  const age = now - snapshot.confirmedAt;
  if (age <= FRESH_FOR) return 'fresh';
  return age <= BELIEVED_FOR ? 'stale' : 'unknown';
}

/** What keeps the owner from a call. Our own check-ins, known by their UIDs, do not stand in their own way. */
export function busyTimesOf(snapshot: Snapshot, ownUids: ReadonlySet<string>): BusyTime[] {
  return snapshot.events
    .filter(({ blocks, uid }) => blocks && !ownUids.has(uid))
    .map(({ start, end, tentative }) => ({ start, end, tentative }));
}

/**
 * Whether planning sees no difference in what overlaps the time that both windows cover. UIDs do not count, as some feeds
 * make new ones at each fetch. Events are not joined: a meeting laid over one of our check-ins is news. False where no time
 * is shared.
 */
export function sameBusyTime(a: Snapshot, b: Snapshot): boolean {
  const [shared] = intersect([a.window], [b.window]);
  return shared !== undefined && busyMarks(a, shared) === busyMarks(b, shared);
}

function busyMarks({ events }: Snapshot, part: Interval): string {
  const marks = blockingIn(events, part).map((event) => `${timeOf(event)} ${event.tentative}`);
  return marks.sort().join();
}

/** Below that, half is one or two meetings, which people cancel in a single day. */
const FEWEST = 4;

/**
 * Whether more than half of what blocked in the time that both windows cover has vanished, so that the calendar rather than
 * its owner's week is at fault. An event that no longer blocks has vanished; one that was moved within that time, or has a
 * new UID at its old time, has not.
 */
export function emptied(before: Snapshot, after: Snapshot): boolean {
  const [shared] = intersect([before.window], [after.window]);
  if (!shared) return false;
  const known = blockingIn(before.events, shared);
  const gone = vanished({ before: known, after: blockingIn(after.events, shared) });
  return known.length >= FEWEST && gone.length > known.length / 2;
}

type Both = { readonly before: readonly ObservedEvent[]; readonly after: readonly ObservedEvent[] };

/** Each event answers for one: for that of its UID, whatever its time, and else for one at its time. */
function vanished(both: Both): readonly ObservedEvent[] {
  const withoutUid = unmatched(both, ({ uid }) => uid);
  return unmatched(withoutUid, timeOf).before;
}

function unmatched({ before, after }: Both, markOf: (event: ObservedEvent) => string): Both {
  const waiting = Map.groupBy(after, markOf);
  const left = before.filter((event) => waiting.get(markOf(event))?.pop() === undefined);
  return { before: left, after: [...waiting.values()].flat() };
}

function blockingIn(events: readonly ObservedEvent[], part: Interval): ObservedEvent[] {
  return events.filter((event) => event.blocks && overlaps(event, part));
}

function timeOf({ start, end }: Interval): string {
  return `${start} ${end}`;
}
