// What a person takes along.

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessDatabaseOver } from '../../../src/adapters/database/stores/access.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { beginSession } from '../../../src/flows/access/begin-session.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { connectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { addLeave } from '../../../src/flows/calendars/plan-days.ts';
import { syncCalendar } from '../../../src/flows/calendars/sync-calendar.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
} from '../../../src/flows/partnership/invite-partner.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { exportPerson } from '../../../src/flows/privacy/export-person.ts';
import { type Agreed, agreed, occurrencesOf } from '../../support/agreed.ts';
import { at, day } from '../../support/builders.ts';
import {
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
  signedIn,
} from '../../support/service-world.ts';

const ADDRESS = 'https://calendars.example.net/secret-address.ics';

let world: ServiceWorld;
let group: Agreed;
let all: Awaited<ReturnType<typeof exportPerson>>;
let text: string;
let session: string;

beforeAll(async () => {
  world = await serviceWorld();
  group = await agreed(world);
  const access = accessDatabaseOver(world.connection);
  for (const name of ['Benny', 'Ben Okafor']) await world.database.people.change(group.ben, { name });
  const ben = signedIn(world, group.ben, 'write');
  const start = at('2027-02-01T09:00:00Z');
  world.calendars.set(ADDRESS, [
    { uid: 'event-1', start, end: at('2027-02-01T10:00:00Z'), status: 'confirmed', transparent: false },
  ]);
  const { id } = await connectCalendar(ben, { name: 'Work', address: ADDRESS }, world);
  await syncCalendar({ calendar: id }, world);
  await addLeave(ben, { from: day('2027-03-01'), to: day('2027-03-02') }, world);
  await issueFeed(ben, { name: 'Phone', detail: 'full' }, world);
  session = await beginSession({ person: group.ben, userAgent: 'A browser', by: 'link' }, world, access);
  await world.wait(at('2027-01-11T12:00:00Z'));
  const next = (await occurrencesOf(world, group.id)).find(({ item }) => item.start > world.now)!;
  const partner = await world.partner(group.ben, group.id, 'answer');
  await answerInvitation(partner, { uid: next.item.uid, partStat: 'tentative', by: 'api' }, world);
  all = await exportPerson(signedIn(world, group.ben, 'account'), { ...world, access });
  text = JSON.stringify(all);
});

afterAll(() => world.close());

async function exportOf(person: PartnerId) {
  const access = accessDatabaseOver(world.connection);
  return exportPerson(signedIn(world, person, 'account'), { ...world, access });
}

async function joined(person: PartnerId, { id, by }: { readonly id: string; readonly by: PartnerId }) {
  const { email } = (await world.database.people.byId(person))!;
  const invitation = await invitePartner(await world.partner(by, id, 'write'), email!, world);
  const { expiresAt } = invitation;
  const claims = { person: email!, partnership: id, matter: invitationMatter(invitation.id), expiresAt };
  await acceptInvitation(signedIn(world, person, 'account'), claims, world);
}

describe('an export', () => {
  it('holds what is the person’s alone, with what is kept of their calendars', () => {
    expect(all.person).toMatchObject({ name: 'Ben Okafor', email: 'ben@example.com' });
    expect(all.formerNames).toEqual(['Benny']);
    expect(all.leaves).toMatchObject([{ from: '2027-03-01', to: '2027-03-02' }]);
    expect(all.calendars).toMatchObject([
      { name: 'Work', host: 'calendars.example.net', events: [{ start: '2027-02-01T09:00:00Z' }] },
    ]);
    expect(all.feeds).toMatchObject([{ name: 'Phone' }]);
    expect(all.sessions).toMatchObject([{ userAgent: 'A browser', signedInBy: 'link' }]);
  });

  it('holds what was signed, with a text whose hash anybody can check', () => {
    const [{ agreements, record, answers }] = all.partnerships as [(typeof all.partnerships)[number]];
    expect(createHash('sha256').update(agreements[0]!.text).digest('hex')).toBe(agreements[0]!.hash);
    expect(agreements[0]!.signedAt).toBe('2027-01-01T09:00:00Z');
    expect(record).toMatchObject([{ period: '2027-W01', outcome: 'held' }]);
    expect(answers.filter(({ answer }) => answer === 'tentative')).toHaveLength(1);
  });

  it('holds no secret, and no address of anybody else', () => {
    for (const secret of ['secret-address', session, 'ana@example.com', 'token-'])
      expect(text).not.toContain(secret);
  });

  it('of somebody who has left ends with that: nothing that came after is in it', async () => {
    const { id, ana, ben } = group;
    await leavePartnership(await world.partner(ben, id, 'leave'), world);
    await world.settle();
    const before = await exportOf(ben);
    world.now = plus(world.now, HOUR);
    const chiara = await world.person('Chiara Lim', 'Asia/Singapore');
    await joined(chiara, { id, by: ana });
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    await signedByAll(world, id, [ana, chiara]);
    await world.wait(at('2027-01-19T12:00:00Z'));
    expect((await exportOf(ben)).partnerships).toEqual(before.partnerships);
    const [anas] = (await exportOf(ana)).partnerships;
    expect(anas!.name).toBe('Quay');
    expect(anas!.agreements.map(({ version }) => version)).toEqual([2, 1]);
    expect(anas!.partners.map(({ name }) => name)).toContain('Chiara Lim');
  });

  it('of a newcomer holds nothing of what the others agreed and did', async () => {
    const eve = await world.person('Eve Moss', 'Europe/Madrid');
    await joined(eve, { id: group.id, by: group.ana });
    const [shared] = (await exportOf(eve)).partnerships;
    expect(shared).toMatchObject({ agreements: [], record: [], answers: [], replies: [] });
  });

  it('is JSON as it stands', () => {
    expect(JSON.parse(text)).toEqual(all);
  });
});
