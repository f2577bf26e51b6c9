// Erasing a person: what goes, and what others keep.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessDatabaseOver } from '../../../src/adapters/database/stores/access.ts';
import { closingsIn } from '../../../src/domain/fairness/book.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { changeProfile } from '../../../src/flows/access/change-profile.ts';
import { connectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { addLeave } from '../../../src/flows/calendars/plan-days.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { feedBody, feedVersion } from '../../../src/flows/feeds/serve-feed.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
} from '../../../src/flows/partnership/invite-partner.ts';
import { readPartnership } from '../../../src/flows/partnership/read-partnership.ts';
import { erasePerson } from '../../../src/flows/privacy/erase-person.ts';
import { type Agreed, agreed, occurrencesOf } from '../../support/agreed.ts';
import { at, day } from '../../support/builders.ts';
import { redrafted, type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

/** Three partners with two held check-ins and a draft on the table; Ben has a calendar, a feed and a day off. */
beforeEach(async () => {
  world = await serviceWorld();
  group = await agreed(world, [['Chiara Lim', 'Europe/Rome']]);
  const ben = signedIn(world, group.ben, 'write');
  await connectCalendar(ben, { name: 'Work', address: 'https://calendars.example.net/ben.ics' }, world);
  world.calendars.set('https://calendars.example.net/ben.ics', []);
  await addLeave(ben, { from: day('2027-03-01'), to: day('2027-03-02') }, world);
  await world.wait(at('2027-01-16T12:00:00Z'));
  await redrafted(world, { id: group.id, by: group.ben }, (terms) => ({ ...terms, name: 'Quay' }));
  world.jobs.length = 0;
});

afterEach(() => world.close());

const erase = (name: string) => erasePerson(signedIn(world, group.ben, 'account'), { name }, world);

/** Everything that the tables hold about partnerships, as text. */
async function everythingKept(): Promise<string> {
  const { database } = world;
  const notices: unknown[] = [];
  for (const { job } of world.jobs)
    if (job.kind === 'notify') notices.push(await database.notices.claim(job.notice, world.now, world.now));
  const kept = [
    await database.people.byId(group.ben),
    await database.people.leaves(group.ben),
    await database.calendars.of(group.ben),
    await database.feeds.of(group.ben),
    await occurrencesOf(world, group.id),
    await database.agreements.draft(group.id),
    await database.agreements.past(group.id),
    await database.invitations.open(group.id),
    await database.questions.of(group.id),
    await database.book.entries(group.id),
    notices,
  ];
  return JSON.stringify(kept, (_, value) => (value instanceof Map ? [...value] : value));
}

/** The texts of all check-ins by their UIDs. */
async function textsOf(id: string): Promise<ReadonlyMap<string, string>> {
  return new Map((await occurrencesOf(world, id)).map(({ item }) => [item.uid, item.description]));
}

/** Every row of every table, as a backup holds them. */
async function everyRow(): Promise<string> {
  const { client } = world.connection;
  const tables = await client.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const rows: unknown[] = [];
  for (const { name } of tables)
    rows.push(await client.$queryRawUnsafe(`SELECT t::text AS row FROM "${name}" t`));
  return JSON.stringify(rows);
}

async function called(name: string): Promise<void> {
  const access = accessDatabaseOver(world.connection);
  await changeProfile(signedIn(world, group.ben, 'account'), { name, zone: 'Europe/Berlin' }, { access });
  await world.settle();
}

async function joins(person: PartnerId): Promise<void> {
  const { email } = (await world.database.people.byId(person))!;
  const { id, expiresAt } = await invitePartner(
    await world.partner(group.ana, group.id, 'write'),
    email!,
    world,
  );
  const claims = { person: email!, partnership: group.id, matter: invitationMatter(id), expiresAt };
  await acceptInvitation(signedIn(world, person, 'account'), claims, world);
}

describe('an erased person', () => {
  it('leaves no address and, under a pseudonym, no name anywhere', async () => {
    expect(await everythingKept()).toContain('Ben Okafor');
    await erase('A former partner');
    const kept = await everythingKept();
    expect(kept).not.toContain('Ben Okafor');
    expect(kept).not.toContain('ben@example.com');
    expect(kept).toContain('A former partner');
  });

  it('stays under their own name where they choose it, without an address', async () => {
    await erase('Ben Okafor');
    const kept = await everythingKept();
    expect(kept).toContain('Ben Okafor');
    expect(kept).not.toContain('ben@example.com');
  });

  it('has no calendar, feed, day or session left, and cannot come in', async () => {
    const feed = { name: 'Phone', detail: 'full' } as const;
    const { token } = await issueFeed(signedIn(world, group.ben, 'write'), feed, world);
    await erase('Somebody');
    expect(await world.database.calendars.of(group.ben)).toEqual([]);
    expect(await world.database.people.leaves(group.ben)).toEqual([]);
    expect(await feedVersion(token, world)).toBeUndefined();
    expect(await world.database.people.byEmail('ben@example.com')).toBeUndefined();
    await expect(world.partner(group.ben, group.id, 'read')).rejects.toThrow('no such partnership');
  });

  it('leaves the others what they need: signatures, the book, and whose turn it was', async () => {
    const before = await world.database.agreements.past(group.id);
    const record = closingsIn(await world.database.book.entries(group.id));
    await erase('A former partner');
    expect(await world.database.agreements.past(group.id)).toEqual(before);
    expect(closingsIn(await world.database.book.entries(group.id))).toEqual(record);
    const { people } = await readPartnership(group.id, world.database);
    expect(people.partners.find(({ id }) => id === group.ben)).toEqual({
      id: group.ben,
      name: 'A former partner',
      email: '',
    });
  });

  it('is out of the coming check-ins with the next run, is mailed nothing, and the others are', async () => {
    world.mails.length = 0;
    await erase('A former partner');
    await world.settle();
    expect(world.mails.map(({ to }) => to.email)).not.toContain('');
    expect(world.mails.map(({ to }) => to.email)).not.toContain('ben@example.com');
    const revised = world.mails.filter(({ method }) => method === 'REQUEST');
    expect(new Set(revised.map(({ to }) => to.email))).toEqual(
      new Set(['ana@example.com', 'chiara@example.com']),
    );
    for (const { item } of await occurrencesOf(world, group.id))
      if (item.start > world.now) expect(item.attendees).toHaveLength(2);
  });

  it('stands in the feeds of others under the pseudonym alone', async () => {
    const feed = { name: 'Phone', detail: 'full' } as const;
    const { token } = await issueFeed(signedIn(world, group.ana, 'write'), feed, world);
    await erase('A former partner');
    const { text } = await feedBody((await feedVersion(token, world))!, world);
    expect(text.replaceAll('\r\n ', '')).not.toMatch(/Ben Okafor|ben@example\.com/);
  });

  it('is erased as a whole or not at all', async () => {
    const { people } = world.database;
    await expect(erase('')).rejects.toThrow();
    expect(await people.byId(group.ben)).toMatchObject({ email: 'ben@example.com' });
    await expect(world.partner(group.ben, group.id, 'read')).resolves.toBeDefined();
  });
});

describe('the name of an erased person', () => {
  it('goes from the places that name them, and a month of that name stays', async () => {
    await called('Jan');
    await world.wait(at('2027-01-23T12:00:00Z'));
    const before = await textsOf(group.id);
    await erase('Somebody');
    const after = await textsOf(group.id);
    expect([...after.values()].join('\n')).toMatch(/^- Somebody: \w+ \d+ Jan \d\d:\d\d \(/m);
    expect([...after.values()].join('\n')).not.toMatch(
      /Jan: |Host: Jan|Jan's|of Jan|and Jan|give Jan|but Jan/,
    );
    for (const [uid, text] of after)
      expect(text.match(/\d+ Jan \d\d:\d\d/g)).toEqual(before.get(uid)!.match(/\d+ Jan \d\d:\d\d/g));
  });

  it('changes nothing in what was published before they joined', async () => {
    const before = await textsOf(group.id);
    const jan = await world.person('Jan', 'Europe/Rome');
    await joins(jan);
    await erasePerson(signedIn(world, jan, 'account'), { name: 'Somebody' }, world);
    expect(await textsOf(group.id)).toEqual(before);
  });

  it('stays with a namesake', async () => {
    await called('Chiara Lim');
    await world.wait(at('2027-01-23T12:00:00Z'));
    expect((await everyRow()).includes('Chiara Lim (ben@example.com)')).toBe(true);
    await erase('Somebody');
    const past = (await occurrencesOf(world, group.id)).filter(({ item }) => item.end < world.now);
    const text = past.at(-1)!.item.description;
    expect(text).toMatch(/^- Somebody: /m);
    expect(text).toMatch(/^- Chiara Lim \(chiara@example\.com\): /m);
  });

  it('goes with every name that they had before, also where they were away', async () => {
    const ben = signedIn(world, group.ben, 'write');
    await addLeave(ben, { from: day('2027-01-18'), to: day('2027-01-24') }, world);
    await world.wait(at('2027-01-25T00:00:00Z'));
    await called('Benjamin Archer');
    await world.wait(at('2027-01-31T12:00:00Z'));
    await called('Benedict Moss');
    await called('B. M.');
    const feed = { name: 'Phone', detail: 'full' } as const;
    const { token } = await issueFeed(signedIn(world, group.ana, 'write'), feed, world);
    const names = /Ben Okafor|Benjamin Archer|Benedict Moss|B\. M\.|ben@example\.com/g;
    const before = await everyRow();
    for (const place of ['- Ben Okafor: away', '- Ben Okafor: Mon', '- Benjamin Archer: Mon', 'B. M.'])
      expect(before.includes(place), place).toBe(true);
    await erase('Somebody');
    expect((await everyRow()).match(names)).toBe(null);
    const { text } = await feedBody((await feedVersion(token, world))!, world);
    expect(text.replaceAll('\r\n ', '').match(names)).toBe(null);
  });
});
