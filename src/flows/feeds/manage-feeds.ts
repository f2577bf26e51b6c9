// Feeds of a person: each with a secret of its own, which is shown once.

import { Conflict, NotFound } from '../../domain/errors.ts';
import { type AuthorizedPerson, authorizePartner } from '../authorized.ts';
import type { Feed } from '../stores.ts';
import type { World } from '../world.ts';

/** `partnership` is left out for all of the person's. */
export type NewFeed = Pick<Feed, 'name' | 'detail' | 'partnership'>;

/** The feed and its secret, which nobody can read again. */
export type IssuedFeed = { readonly feed: Feed; readonly token: string };

const MOST_FEEDS = 50;

/** Throws NotFound where the person is no member of the partnership, Forbidden where they have to sign first. */
export async function issueFeed(
  { person, credential }: AuthorizedPerson<'write'>,
  { name, detail, partnership }: NewFeed,
  { clock, database, secrets }: Pick<World, 'clock' | 'database' | 'secrets'>,
): Promise<IssuedFeed> {
  if (partnership !== undefined)
    await authorizePartner(credential, { partnership, needed: 'write' }, database);
  if ((await database.feeds.of(person)).length >= MOST_FEEDS)
    throw new Conflict(`you have ${MOST_FEEDS} feeds: revoke one first`);
  const token = secrets.newToken();
  const about = partnership === undefined ? {} : { partnership };
  const feed = { id: secrets.newId(), person, name, detail, createdAt: clock(), ...about };
  await database.feeds.add(feed, secrets.digest(token));
  return { feed, token };
}

/** From then on its address answers that there is nothing. */
export async function revokeFeed(
  { person }: AuthorizedPerson<'write'>,
  id: string,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  const feed = (await database.feeds.of(person)).find((each) => each.id === id);
  if (!feed) throw new NotFound('feed');
  await database.feeds.revoke(id, clock());
}
