// Feeds: what is in them, which version they are in, and who may have them.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { issueFeed, type NewFeed, revokeFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { feedBody, feedVersion, noteUse } from '../../../src/flows/feeds/serve-feed.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import {
  founded,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
  signedIn,
} from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
});

afterEach(() => world.close());

const issue = (person: PartnerId, changes: Partial<NewFeed> = {}) =>
  issueFeed(signedIn(world, person, 'write'), { name: 'Phone', detail: 'full', ...changes }, world);

async function textOf(token: string): Promise<string> {
  const version = await feedVersion(token, world);
  return unfolded((await feedBody(version!, world)).text);
}

function unfolded(text: string): string {
  return text.replaceAll('\r\n ', '');
}

const count = (text: string, part: string) => text.split(part).length - 1;

/** UIDs of the events that keep nobody busy. */
const freeIn = (text: string) =>
  text
    .split('BEGIN:VEVENT')
    .filter((event) => event.includes('TRANSP:TRANSPARENT'))
    .map((event) => /^UID:(.*)$/m.exec(event)![1]!.trim());

describe('a feed', () => {
  it('holds the whole horizon with the very events of the invitations', async () => {
    const { token } = await issue(group.ana);
    await world.settle();
    const text = await textOf(token);
    expect(count(text, 'BEGIN:VEVENT')).toBe(12);
    for (const { item } of await occurrencesOf(world, group.id)) {
      expect(text).toContain(`UID:${item.uid}`);
      expect(text).toContain(item.organizer.email);
    }
    expect(text).toContain('X-WR-CALNAME:Check-ins');
    expect(text).toContain('REFRESH-INTERVAL');
  });

  it('that is busy-only tells when, and no name, word or place', async () => {
    const text = await textOf((await issue(group.ana, { detail: 'busy' })).token);
    expect(count(text, 'BEGIN:VEVENT')).toBe(12);
    expect(count(text, 'SUMMARY:Busy')).toBe(12);
    for (const secret of [
      'Ana',
      'Ben',
      'Harbour check-in',
      'ATTENDEE',
      'ORGANIZER',
      'example.com',
      'DESCRIPTION',
    ])
      expect(text).not.toContain(secret);
  });

  it('that is busy-only keeps its owner free where they declined, and nobody where it was cancelled', async () => {
    const { token } = await issue(group.ana, { detail: 'busy' });
    const other = (await issue(group.ben, { detail: 'busy' })).token;
    const { uid } = (await occurrencesOf(world, group.id))[1]!.item;
    const partner = await world.partner(group.ana, group.id, 'answer');
    await answerInvitation(partner, { uid, partStat: 'declined', by: 'page' }, world);
    expect(freeIn(await textOf(token))).toEqual([uid]);
    expect(freeIn(await textOf(other))).toEqual([]);
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    await world.settle();
    expect(freeIn(await textOf(token))).toHaveLength(12);
  });

  it('says when to look again before anything else, as RFC 5545 3.6 has it', async () => {
    const text = await textOf((await issue(group.ana)).token);
    for (const property of ['REFRESH-INTERVAL', 'X-PUBLISHED-TTL'])
      expect(text.indexOf(property)).toBeLessThan(text.indexOf('BEGIN:VTIMEZONE'));
  });

  it('keeps what is past for 90 days and what was cancelled for good', async () => {
    const { token } = await issue(group.ana);
    await world.wait(at('2027-01-18T12:00:00Z'));
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    await world.settle();
    const text = await textOf(token);
    expect(count(text, 'STATUS:CONFIRMED')).toBe(2);
    expect(count(text, 'STATUS:CANCELLED')).toBeGreaterThan(9);
    const [first, second] = await occurrencesOf(world, group.id);
    world.now = plus(first!.item.end, 90 * DAY);
    const later = await textOf(token);
    expect(later).not.toContain(first!.item.uid);
    expect(later).toContain(second!.item.uid);
  });

  it('of one partnership holds that one alone; one of all holds them together, in order', async () => {
    const chiara = await world.person('Chiara Lim', 'Europe/Rome');
    const other = await founded(world, [group.ben, chiara]);
    await signedByAll(world, other, [group.ben, chiara]);
    await runPartnership(other, world);
    const one = await textOf((await issue(group.ben, { partnership: other })).token);
    const all = await textOf((await issue(group.ben)).token);
    expect([count(one, 'BEGIN:VEVENT'), count(all, 'BEGIN:VEVENT')]).toEqual([12, 24]);
    expect(one).toContain('X-WR-CALNAME:Harbour');
    expect(one).not.toContain('Ana Duarte');
  });
});

describe('a version', () => {
  const versionOf = async (token: string) => (await feedVersion(token, world))!.version;

  it('is the same while nothing changes, and another with every change', async () => {
    const { token } = await issue(group.ana);
    const before = await versionOf(token);
    world.now = plus(world.now, HOUR);
    expect(await versionOf(token)).toBe(before);
    const { item } = (await occurrencesOf(world, group.id))[0]!;
    const partner = await world.partner(group.ben, group.id, 'answer');
    await answerInvitation(partner, { uid: item.uid, partStat: 'accepted', by: 'api' }, world);
    const after = await versionOf(token);
    expect(after).not.toBe(before);
    expect(await textOf(token)).toContain('PARTSTAT=ACCEPTED');
  });

  it('changes with the day, when the oldest day falls out', async () => {
    const { token } = await issue(group.ana);
    const before = await versionOf(token);
    world.now = plus(world.now, DAY);
    expect(await versionOf(token)).not.toBe(before);
  });

  it('is last modified when something in it was: by an answer, a revision, a departure', async () => {
    const { token } = await issue(group.ana);
    const modified = async () => (await feedBody((await feedVersion(token, world))!, world)).lastModified;
    const moments = [await modified()];
    world.now = plus(world.now, 10 * MINUTE);
    const { item } = (await occurrencesOf(world, group.id))[0]!;
    const partner = await world.partner(group.ben, group.id, 'answer');
    await answerInvitation(partner, { uid: item.uid, partStat: 'accepted', by: 'api' }, world);
    moments.push(await modified());
    world.now = plus(world.now, 10 * MINUTE);
    await leavePartnership(await world.partner(group.ana, group.id, 'leave'), world);
    moments.push(await modified());
    expect(moments).toEqual([...new Set(moments)].sort((a, b) => a - b));
    expect(await textOf(token)).not.toContain('BEGIN:VEVENT');
  });
});

describe('the secret of a feed', () => {
  it('is kept as a hash alone, and each feed has one of its own', async () => {
    const [one, other] = [await issue(group.ana), await issue(group.ana, { name: 'Laptop' })];
    expect(one.token).not.toBe(other.token);
    const kept = JSON.stringify(await world.database.feeds.of(group.ana));
    expect(kept).not.toContain(one.token);
    await revokeFeed(signedIn(world, group.ana, 'write'), one.feed.id, world);
    expect(await feedVersion(one.token, world)).toBeUndefined();
    expect(await feedVersion(other.token, world)).toBeDefined();
  });

  it('opens nothing once its owner has left the partnership', async () => {
    const { token } = await issue(group.ben, { partnership: group.id });
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    expect(await feedVersion(token, world)).toBeUndefined();
  });

  it('that is none opens nothing', async () => {
    expect(await feedVersion('nothing', world)).toBeUndefined();
  });

  it('is of a partnership of one’s own, and revoked by its owner alone', async () => {
    const eve = await world.person('Eve Moss', 'UTC');
    await expect(issue(eve, { partnership: group.id })).rejects.toThrow(NotFound);
    const { feed } = await issue(group.ana);
    await expect(revokeFeed(signedIn(world, eve, 'write'), feed.id, world)).rejects.toThrow(NotFound);
  });

  it('is one of fifty at most', async () => {
    for (let k = 0; k < 50; k++) await issue(group.ana);
    await expect(issue(group.ana)).rejects.toThrow(Conflict);
  });
});

describe('use', () => {
  it('is noted once an hour', async () => {
    const { token } = await issue(group.ana);
    const use = async () => noteUse((await feedVersion(token, world))!.feed, world);
    const seen = async () => (await world.database.feeds.of(group.ana))[0]!.usedAt;
    await use();
    const first = world.now;
    expect(await seen()).toBe(first);
    world.now = plus(first, HOUR - 1);
    await use();
    expect(await seen()).toBe(first);
    world.now = plus(first, HOUR);
    await use();
    expect(await seen()).toBe(world.now);
  });
});
