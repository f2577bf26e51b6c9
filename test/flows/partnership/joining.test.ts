// Inviting, joining and leaving.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
  withdrawInvitation,
} from '../../../src/flows/partnership/invite-partner.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { signAgreement } from '../../../src/flows/partnership/sign-agreement.ts';
import type { Invitation } from '../../../src/flows/stores.ts';
import { agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedIn,
} from '../../support/service-world.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await serviceWorld();
});

afterEach(() => world.close());

async function invite(by: PartnerId, id: string, email: string) {
  return invitePartner(await world.partner(by, id, 'write'), email, world);
}

function accept(person: PartnerId, { id, partnership, email, expiresAt }: Invitation) {
  const claims = { person: email, partnership, matter: invitationMatter(id), expiresAt };
  return acceptInvitation(signedIn(world, person, 'account'), claims, world);
}

describe('an invitation', () => {
  it('is mailed with who invites to what and a link, and whoever has the link joins the draft', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const ben = await world.person('Ben Okafor', 'Europe/Berlin');
    const id = await founded(world, [ana]);
    const invitation = await invite(ana, id, 'ben.work@example.net');
    await world.settle();
    const [mail] = world.mails;
    expect(mail).toMatchObject({
      to: { email: 'ben.work@example.net' },
      subject: 'Ana Duarte invites you to Harbour',
    });
    expect(mail!.text).toContain('https://turnabout.example.com/join/link-');
    expect(await accept(ben, invitation)).toBe(id);
    const draft = await world.database.agreements.draft(id);
    expect(draft!.terms.partners.map((partner) => [partner.id, partner.zone])).toEqual([
      [ana, 'America/Los_Angeles'],
      [ben, 'Europe/Berlin'],
    ]);
  });

  it('takes the signatures from the draft, because its text has changed', async () => {
    const { id, ana, all } = await agreed(world);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    const { hash } = (await world.database.agreements.draft(id))!;
    await signAgreement(await world.partner(ana, id, 'sign'), hash, world);
    const chiara = await world.person('Chiara Lim', 'Asia/Singapore');
    await accept(chiara, await invite(ana, id, 'chiara@example.com'));
    const draft = (await world.database.agreements.draft(id))!;
    expect(draft.signatures.size).toBe(0);
    expect(draft.terms.partners.map((partner) => partner.id)).toEqual([...all, chiara]);
  });

  it('is good for one, even where two use it at once', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const [ben, eve] = [await world.person('Ben Okafor', 'UTC'), await world.person('Eve Moss', 'UTC')];
    const id = await founded(world, [ana]);
    const invitation = await invite(ana, id, 'ben@example.com');
    const both = await Promise.allSettled([accept(ben, invitation), accept(eve, invitation)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await world.database.partnerships.members(id)).toHaveLength(2);
    await expect(accept(eve, invitation)).rejects.toThrow(NotFound);
  });

  it('that was withdrawn or is older than 30 days is none', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const ben = await world.person('Ben Okafor', 'Europe/Berlin');
    const id = await founded(world, [ana]);
    const first = await invite(ana, id, 'ben@example.com');
    await withdrawInvitation(await world.partner(ana, id, 'write'), first.id, world);
    await expect(accept(ben, first)).rejects.toThrow(NotFound);
    const second = await invite(ana, id, 'ben@example.com');
    world.now = plus(world.now, 30 * DAY);
    await expect(accept(ben, second)).rejects.toThrow(NotFound);
    const third = await invite(ana, id, 'ben@example.com');
    expect(await accept(ben, third)).toBe(id);
  });

  it('is refused for a partner, for who is invited already, and for the thirteenth', async () => {
    const { id, ana } = await agreed(world);
    await expect(invite(ana, id, 'ben@example.com')).rejects.toThrow('Ben Okafor is a partner already');
    for (let k = 3; k <= 12; k++) await invite(ana, id, `guest${k}@example.com`);
    await expect(invite(ana, id, 'guest13@example.com')).rejects.toThrow('at most twelve');
  });

  it('to an address that is invited already says what to do', async () => {
    const { id, ana } = await agreed(world);
    await invite(ana, id, 'chiara@example.com');
    await expect(invite(ana, id, 'chiara@example.com')).rejects.toThrow(Conflict);
  });

  it('is refused for the thirty-first of a day, however many were withdrawn', async () => {
    const ana = await world.person('Ana Duarte', 'Europe/Lisbon');
    const id = await founded(world, [ana]);
    for (let k = 0; k < 30; k++) {
      const { id: invitation } = await invite(ana, id, `somebody${k}@example.net`);
      await withdrawInvitation(await world.partner(ana, id, 'write'), invitation, world);
    }
    await expect(invite(ana, id, 'one-more@example.net')).rejects.toThrow('go on tomorrow');
    world.now = plus(world.now, DAY);
    await expect(invite(ana, id, 'one-more@example.net')).resolves.toBeDefined();
  });

  it('of another partnership cannot be withdrawn', async () => {
    const { id, ana } = await agreed(world);
    const invitation = await invite(ana, id, 'chiara@example.com');
    const eve = await world.person('Eve Moss', 'UTC');
    const other = await founded(world, [eve]);
    const attempt = withdrawInvitation(await world.partner(eve, other, 'write'), invitation.id, world);
    await expect(attempt).rejects.toThrow(NotFound);
  });
});

describe('leaving', () => {
  it('is at once and without a signature: from then on there is no such partnership for them', async () => {
    const { id, ana, ben } = await agreed(world);
    await leavePartnership(await world.partner(ben, id, 'leave'), world);
    await expect(world.partner(ben, id, 'read')).rejects.toThrow(NotFound);
    await expect(world.partner(ana, id, 'read')).resolves.toBeDefined();
    await world.settle();
    expect(world.mails.filter(({ subject }) => subject.includes('left')).map(({ to }) => to.email)).toEqual([
      'ana@example.com',
    ]);
  });

  it('of one of three goes on among the others, who are mailed without them; they get a CANCEL', async () => {
    const { id, all } = await agreed(world, [['Chiara Lim', 'Europe/Rome']]);
    await world.settle();
    world.mails.length = 0;
    await leavePartnership(await world.partner(all[2]!, id, 'leave'), world);
    await world.settle();
    const coming = await occurrencesOf(world, id);
    for (const { item } of coming)
      expect(item.attendees.map(({ email }) => email)).toEqual(['ana@example.com', 'ben@example.com']);
    const cancelled = world.mails.filter(({ method }) => method === 'CANCEL');
    expect(new Set(cancelled.map(({ to }) => to.email))).toEqual(new Set(['chiara@example.com']));
    expect(cancelled).toHaveLength(coming.length);
  });

  it('of one of two cancels what is still to come', async () => {
    const { id, ben } = await agreed(world);
    await world.settle();
    await leavePartnership(await world.partner(ben, id, 'leave'), world);
    await world.settle();
    expect((await occurrencesOf(world, id)).every(({ item }) => item.status === 'CANCELLED')).toBe(true);
  });

  it('takes them out of the draft, which then is to be signed again', async () => {
    const { id, ana, ben, all } = await underWay(world, [['Chiara Lim', 'Europe/Rome']]);
    const hash = await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    await signAgreement(await world.partner(ana, id, 'sign'), hash, world);
    await leavePartnership(await world.partner(all[2]!, id, 'leave'), world);
    const draft = (await world.database.agreements.draft(id))!;
    expect(draft.terms.partners.map((partner) => partner.id)).toEqual([ana, ben]);
    expect(draft.signatures.size).toBe(0);
  });

  it('of the only one whose signature was missing puts the draft without them in force', async () => {
    const { id, ana, ben, all } = await underWay(world, [['Chiara Lim', 'Europe/Rome']]);
    const hash = await redrafted(world, { id, by: ana }, (terms) => ({
      ...terms,
      partners: terms.partners.filter((partner) => partner.id !== all[2]),
    }));
    for (const person of [ana, ben])
      await signAgreement(await world.partner(person, id, 'sign'), hash, world);
    await leavePartnership(await world.partner(all[2]!, id, 'leave'), world);
    expect((await world.database.agreements.inForce(id)).at(-1)?.terms.partners).toHaveLength(2);
    expect(await world.database.agreements.draft(id)).toBeUndefined();
  });

  it('and coming back is by a new invitation and a new signature', async () => {
    const { id, ana, ben } = await agreed(world);
    await leavePartnership(await world.partner(ben, id, 'leave'), world);
    await accept(ben, await invite(ana, id, 'ben@example.com'));
    await expect(world.partner(ben, id, 'read')).resolves.toBeDefined();
  });
});
