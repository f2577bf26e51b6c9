// What a feed answers. Which version it is in costs one look at the database; its text is made only where nobody has it yet.

import type { PartnerId } from '../../domain/partner.ts';
import { DAY, HOUR } from '../../domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../domain/time/instant.ts';
import { feedText } from '../../views/feed.ts';
import { readPartnership } from '../partnership/read-partnership.ts';
import type { Feed, KeptOccurrence } from '../stores.ts';
import type { World } from '../world.ts';

/** A feed in one version: two with the same `version` have the same text. */
export type FeedVersion = {
  readonly feed: Feed;
  readonly partnerships: readonly string[];
  readonly version: string;
};

type FeedingWorld = Pick<World, 'clock' | 'database' | 'secrets'>;

/** Undefined where the token is none, or was revoked, or its owner has left the partnership. */
export async function feedVersion(
  token: string,
  { clock, database, secrets }: FeedingWorld,
): Promise<FeedVersion | undefined> {
  const feed = await database.feeds.byToken(secrets.digest(token));
  if (!feed) return undefined;
  const own = await database.partnerships.of(feed.person);
  const partnerships = feed.partnership === undefined ? own : own.filter((id) => id === feed.partnership);
  if (feed.partnership !== undefined && partnerships.length === 0) return undefined;
  const revisions: string[] = [];
  for (const id of partnerships) revisions.push(`${id} ${await database.partnerships.revision(id)}`);
  // Every day the oldest day falls out.
  const version = [feed.id, dayOf(clock()), ...revisions].join('\n');
  return { feed, partnerships, version: secrets.digest(version).slice(0, 32) };
}

/** The text of a feed, and when it last changed. */
export type FeedBody = { readonly text: string; readonly lastModified: Instant };

/** Past check-ins stay in a feed for so many milliseconds. */
const PAST = 90 * DAY;

export async function feedBody(
  { feed, partnerships }: FeedVersion,
  { clock, database }: FeedingWorld,
): Promise<FeedBody> {
  const now = clock();
  const own = [];
  const names: string[] = [];
  for (const id of partnerships) {
    names.push((await readPartnership(id, database)).name);
    own.push(
      ...(await database.occurrences.after(id, plus(now, -PAST))).filter(({ invitees }) =>
        invitees.has(feed.person),
      ),
    );
  }
  const items = own.map(({ item }) => item).sort((a, b) => a.start - b.start || (a.uid < b.uid ? -1 : 1));
  const left = feed.partnership === undefined ? await departuresOf(feed.person, database) : [];
  const name = feed.partnership === undefined ? 'Check-ins' : (names[0] ?? feed.name);
  const changes = own.flatMap(({ item, answeredAt }) => [item.stamp, ...answeredAt.values()]);
  const unattended = new Set(own.filter((each) => !attends(feed.person, each)).map(({ item }) => item.uid));
  return {
    text: feedText(items, { name, detail: feed.detail, unattended }),
    lastModified: instantOf(Math.max(feed.createdAt, dayOf(now) * DAY, ...changes, ...left)),
  };
}

/** Whoever is not invited any more, or has declined, is not kept busy. */
function attends(person: PartnerId, { answers }: KeptOccurrence): boolean {
  return (answers.get(person) ?? 'declined') !== 'declined';
}

/** With a partnership that somebody leaves, its check-ins leave the feed of all. */
async function departuresOf(person: PartnerId, { partnerships }: World['database']): Promise<Instant[]> {
  const left: Instant[] = [];
  for (const id of await partnerships.everOf(person)) {
    const leftAt = (await partnerships.membership(id, person))?.leftAt;
    if (leftAt !== undefined) left.push(leftAt);
  }
  return left;
}

/** When a feed was used last is known to the hour. */
const USE_STEP = HOUR;

/** Keeps that the feed is used, for its owner to see. */
export async function noteUse(
  { id, usedAt }: Feed,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  const now = clock();
  if (usedAt === undefined || now - usedAt >= USE_STEP) await database.feeds.used(id, now);
}

function dayOf(instant: Instant): number {
  return Math.floor(instant / DAY);
}
