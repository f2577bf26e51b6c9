// Looks at one calendar and keeps when its owner is busy. Whatever goes wrong, the last good copy stays.

import {
  confirmed,
  emptied,
  FRESH_FOR,
  freshnessOf,
  type Snapshot,
  sameBusyTime,
  snapshotOf,
} from '../../domain/calendar/snapshot.ts';
import { DAY, HOUR } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import { contains, type Interval } from '../../domain/time/interval.ts';
import type { CalendarCheck, ConnectedCalendar, NoticeContent, Stores } from '../stores.ts';
import type { CalendarOutcome, World } from '../world.ts';
import { lookAgain } from './connect-calendar.ts';

export type SyncOrder = {
  readonly calendar: string;
  /** The owner has confirmed that half of it is gone. */
  readonly believe?: 'whatever it says';
};

type SyncingWorld = Pick<World, 'clock' | 'database' | 'secrets' | 'readAddress'>;

/** What became of it; nothing where the calendar was disconnected meanwhile. */
export async function syncCalendar(
  { calendar: id, believe }: SyncOrder,
  world: SyncingWorld,
): Promise<CalendarOutcome['kind'] | 'emptied' | 'gone'> {
  const { clock, database, secrets, readAddress } = world;
  const calendar = await database.calendars.byId(id);
  if (!calendar) return 'gone';
  const owner = (await database.people.byId(calendar.person))!;
  const now = clock();
  const before = await database.calendars.snapshot(id);
  const window = windowAt(now);
  const outcome = await readAddress(secrets.open(calendar.sealedAddress), {
    window,
    zone: owner.zone,
    ...(owner.email !== undefined && { owner: owner.email }),
    ...(calendar.validators && isCurrent(before, window, now) && { validators: calendar.validators }),
  });
  const own = await database.occurrences.uidsOf(calendar.person);
  const look = { calendar, before, own, now, outcome, believed: believe !== undefined };
  const result = resultOf(look, window);
  if (!(await keep(look, result, world))) return 'gone';
  return result.emptied ? 'emptied' : outcome.kind;
}

/** From a month back, for what is told of it later, to two months past the longest horizon. */
function windowAt(now: Instant): Interval {
  return { start: plus(now, -31 * DAY), end: plus(now, 60 * 7 * DAY) };
}

/** Where so much is covered, the copy need not be read anew. */
const NEEDED = 54 * 7 * DAY;

/** A copy that covers what is needed may be confirmed; but once a day it is read, since some servers say "unchanged" for ever. */
function isCurrent(before: Snapshot | undefined, { start }: Interval, now: Instant): boolean {
  if (!before || now - before.readAt > FRESH_FOR) return false;
  return contains(before.window, { start: plus(start, DAY), end: plus(now, NEEDED) });
}

type Look = {
  readonly calendar: ConnectedCalendar;
  readonly before: Snapshot | undefined;
  readonly own: ReadonlySet<string>;
  readonly now: Instant;
  readonly outcome: CalendarOutcome;
  readonly believed: boolean;
};

type Result = { readonly check: CalendarCheck; readonly emptied: boolean; readonly isNews: boolean };

function resultOf(look: Look, window: Interval): Result {
  const { calendar, before, now, outcome, own, believed } = look;
  const base = { failures: 0, checkedAt: now, nextCheckAt: plus(now, outcome.nextIn) };
  const kept = calendar.validators ? { validators: calendar.validators } : {};
  if (outcome.kind === 'unreadable') {
    const failures = calendar.failures + 1;
    const nextCheckAt = plus(now, backoff(outcome.nextIn, failures));
    const emptiedAt = calendar.emptiedAt === undefined ? {} : { emptiedAt: calendar.emptiedAt };
    const check = { ...base, ...kept, ...emptiedAt, failures, nextCheckAt, problem: outcome.why };
    return { check, emptied: false, isNews: becomesUnknown(look) };
  }
  if (outcome.kind === 'unchanged')
    return {
      check: { ...base, ...kept, ...(before && { snapshot: confirmed(before, now) }) },
      emptied: false,
      isNews: calendar.emptiedAt !== undefined,
    };
  const after = snapshotOf(outcome.events, { window, now });
  if (before && !believed && emptied(withoutOwn(before, own), withoutOwn(after, own))) {
    const check = { ...base, ...kept, emptiedAt: calendar.emptiedAt ?? now, problem: EMPTIED };
    return { check, emptied: true, isNews: calendar.emptiedAt === undefined };
  }
  const validators = outcome.validators ? { validators: outcome.validators } : {};
  const isNews =
    !before || calendar.emptiedAt !== undefined || !sameBusyTime(before, after) || isLate(before, now);
  return { check: { ...base, ...validators, snapshot: after }, emptied: false, isNews };
}

const EMPTIED = 'more than half of its events are gone at once: look at it, and confirm it if that is right';

/** Twice as long after each failure, up to a day. */
function backoff(nextIn: number, failures: number): number {
  return Math.min(DAY, Math.max(nextIn, HOUR * 2 ** Math.min(failures - 1, 5)));
}

/** What stood as unknown is known again. */
function isLate(before: Snapshot, now: Instant): boolean {
  return freshnessOf(before, now) === 'unknown';
}

/** It was believed when it was last looked at, and is not any more; or it could not be read even once. */
function becomesUnknown({ before, calendar: { checkedAt }, now }: Look): boolean {
  if (!before) return checkedAt === undefined;
  return freshnessOf(before, now) === 'unknown' && freshnessOf(before, checkedAt ?? now) !== 'unknown';
}

function withoutOwn(snapshot: Snapshot, own: ReadonlySet<string>): Snapshot {
  return { ...snapshot, events: snapshot.events.filter(({ uid }) => !own.has(uid)) };
}

/** False where the calendar was disconnected meanwhile. */
async function keep(look: Look, result: Result, { database, secrets }: SyncingWorld): Promise<boolean> {
  const { calendar, now, before, outcome } = look;
  return database.transaction(async (stores) => {
    if (!(await stores.calendars.byId(calendar.id))) return false;
    await stores.calendars.checked(calendar.id, result.check);
    if (result.isNews) await lookAgain(stores, calendar.person, 'calendar');
    if (result.emptied)
      await tell(
        stores,
        { calendar, kind: 'calendar-emptied', since: result.check.emptiedAt!, now },
        secrets,
      );
    else if (outcome.kind === 'unreadable' && becomesUnknown(look))
      await tell(
        stores,
        { calendar, kind: 'calendar-unknown', since: before?.confirmedAt ?? now, now },
        secrets,
      );
    return true;
  });
}

type Telling = {
  readonly calendar: ConnectedCalendar;
  readonly kind: Extract<NoticeContent, { readonly calendar: string }>['kind'];
  readonly since: Instant;
  readonly now: Instant;
};

/** Once for each time that it goes wrong. */
async function tell(
  stores: Stores,
  { calendar, kind, since, now }: Telling,
  { newId }: World['secrets'],
): Promise<void> {
  const { id: about, person } = calendar;
  const email = (await stores.people.byId(person))?.email;
  if (email === undefined) return;
  const id = newId();
  const content = { kind, calendar: about } as const;
  const notice = { id, key: `${kind}/${about}/${since}`, email, person, content, createdAt: now };
  if (await stores.notices.add(notice)) await stores.jobs.put({ kind: 'notify', notice: id });
}
