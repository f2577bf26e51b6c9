// Where a member of a partnership stands: what somebody may do who has joined and not signed, and whom the agreement leaves out.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terms } from '../../../src/domain/agreement/terms.ts';
import { Forbidden, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import type { PartnerPermission } from '../../../src/flows/authorized.ts';
import { issueFeed } from '../../../src/flows/feeds/manage-feeds.ts';
import { draftAgreement, withdrawDraft } from '../../../src/flows/partnership/draft-agreement.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
} from '../../../src/flows/partnership/invite-partner.ts';
import { signAgreement } from '../../../src/flows/partnership/sign-agreement.ts';
import { readAgreementVersions } from '../../../src/flows/read/agreement-versions.ts';
import { readFreeBusy } from '../../../src/flows/read/free-busy.ts';
import { readOwnPartnerships, readPartnershipShown } from '../../../src/flows/read/partnership.ts';
import { draftResource } from '../../../src/views/resources/agreement.ts';
import { type Agreed, agreed } from '../../support/agreed.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
  signedIn,
} from '../../support/service-world.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await serviceWorld();
});

afterEach(() => world.close());

const ALL = ['see', 'leave', 'see-draft', 'adjust', 'sign', 'read', 'answer', 'write', 'see-busy'] as const;

async function allowedTo(person: PartnerId, id: string): Promise<PartnerPermission[]> {
  const allowed: PartnerPermission[] = [];
  for (const needed of ALL) {
    const attempt = world.partner(person, id, needed);
    await attempt.then(() => allowed.push(needed)).catch((error) => expect(error).toBeInstanceOf(Forbidden));
  }
  return allowed;
}

/** By an invitation to another address than the newcomer's. */
async function joinedBy(group: Pick<Agreed, 'id' | 'ana'>, name: string): Promise<PartnerId> {
  const { id: partnership, ana } = group;
  const newcomer = await world.person(name, 'Europe/Madrid');
  const invitation = await invitePartner(
    await world.partner(ana, partnership, 'write'),
    'dan@example.com',
    world,
  );
  const { id, email, expiresAt } = invitation;
  const claims = { person: email, partnership, matter: invitationMatter(id), expiresAt };
  await acceptInvitation(signedIn(world, newcomer, 'account'), claims, world);
  return newcomer;
}

const without = (person: PartnerId) => (terms: Terms) => ({
  ...terms,
  partners: terms.partners.filter(({ id }) => id !== person),
});

async function busyOf(of: PartnerId, { by, id }: { readonly by: PartnerId; readonly id: string }) {
  const window = { start: world.now, end: plus(world.now, DAY) };
  return readFreeBusy(await world.partner(by, id, 'see'), { person: of, window }, world);
}

describe('a newcomer', () => {
  let group: Agreed;
  let eve: PartnerId;

  beforeEach(async () => {
    group = await agreed(world);
    eve = await joinedBy(group, 'Eve Moss');
  });

  it('may see who is there, and see, adjust and sign the draft; the others may everything', async () => {
    expect(await allowedTo(eve, group.id)).toEqual(['see', 'leave', 'see-draft', 'adjust', 'sign']);
    expect(await allowedTo(group.ben, group.id)).toEqual(ALL);
  });

  it('takes part as everybody else once all have signed', async () => {
    await signedByAll(world, group.id, [...group.all, eve]);
    expect(await allowedTo(eve, group.id)).toEqual(ALL);
  });

  it('sees names and no addresses, in the one partnership and in the list', async () => {
    const one = await readPartnershipShown(await world.partner(eve, group.id, 'see'), world);
    expect(one.members.map(({ name }) => name).sort()).toEqual(['Ana Duarte', 'Ben Okafor', 'Eve Moss']);
    const list = await readOwnPartnerships(signedIn(world, eve, 'read'), world);
    for (const { members } of [one, ...list]) expect(members.some(({ email }) => email)).toBe(false);
    const bens = await readPartnershipShown(await world.partner(group.ben, group.id, 'see'), world);
    expect(bens.members.every(({ email }) => email)).toBe(true);
  });

  it('sees the draft, and nothing of what was agreed without them', async () => {
    const view = await readAgreementVersions(await world.partner(eve, group.id, 'see'), world);
    expect(view).toMatchObject({ isNewcomer: true, signed: [], ended: [], draft: { draft: { version: 2 } } });
  });

  it('learns nobody’s busy times but their own, and nobody theirs', async () => {
    await expect(busyOf(group.ben, { by: eve, id: group.id })).rejects.toThrow(Forbidden);
    await expect(busyOf(eve, { by: group.ben, id: group.id })).rejects.toThrow('have not signed yet');
    await expect(busyOf(eve, { by: eve, id: group.id })).resolves.toBeDefined();
    await expect(busyOf(group.ana, { by: group.ben, id: group.id })).resolves.toBeDefined();
  });

  it('has no feed of the partnership', async () => {
    const feed = { name: 'Phone', detail: 'full', partnership: group.id } as const;
    await expect(issueFeed(signedIn(world, eve, 'write'), feed, world)).rejects.toThrow(Forbidden);
  });

  it('changes their own hours in the draft, and nothing else of it', async () => {
    const of = { id: group.id, by: eve };
    const focus = (await world.database.agreements.draft(group.id))!.terms.partners[0]!.comfortable.slice(
      0,
      1,
    );
    const focusing = (person: PartnerId) => (terms: Terms) => ({
      ...terms,
      partners: terms.partners.map((each) => (each.id === person ? { ...each, focus } : each)),
    });
    await expect(redrafted(world, of, focusing(group.ben))).rejects.toThrow(Forbidden);
    await expect(redrafted(world, of, without(group.ben))).rejects.toThrow(Forbidden);
    await expect(redrafted(world, of, (terms) => ({ ...terms, name: 'Quay' }))).rejects.toThrow(Forbidden);
    await redrafted(world, of, focusing(eve));
    const { terms } = (await world.database.agreements.draft(group.id))!;
    expect(terms.partners.find(({ id }) => id === eve)!.focus).toEqual(focus);
  });

  it('whom the draft leaves out may neither see, sign, change nor withdraw it, and the others can sign it', async () => {
    await redrafted(world, { id: group.id, by: group.ana }, (terms) => ({
      ...without(eve)(terms),
      name: 'Quay',
    }));
    expect(await allowedTo(eve, group.id)).toEqual(['see', 'leave']);
    await signedByAll(world, group.id, group.all);
    expect((await world.database.agreements.inForce(group.id)).at(-1)!.terms.name).toBe('Quay');
    await expect(world.partner(eve, group.id, 'see')).rejects.toThrow(NotFound);
  });

  it('may see names and leave while no draft is open, and opens none', async () => {
    await withdrawDraft(await world.partner(group.ana, group.id, 'write'), world);
    expect(await allowedTo(eve, group.id)).toEqual(['see', 'leave']);
  });

  it('is told to all by name and address, with the address that was invited', async () => {
    await world.settle();
    const told = world.mails.filter(({ subject }) => subject === 'Eve Moss has joined Harbour');
    expect(told.map(({ to }) => to.email).sort()).toEqual(['ana@example.com', 'ben@example.com']);
    for (const { text } of told) {
      expect(text).toContain('dan@example.com');
      expect(text).toContain('eve@example.com');
    }
  });
});

describe('those who found a partnership', () => {
  it('are equals before anything is signed, but show nobody when they are busy', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const ben = await world.person('Ben Okafor', 'Europe/Berlin');
    const id = await founded(world, [ana, ben]);
    expect(await allowedTo(ben, id)).toEqual(ALL.filter((each) => each !== 'see-busy'));
    await expect(busyOf(ana, { by: ben, id })).rejects.toThrow(Forbidden);
    await expect(busyOf(ben, { by: ben, id })).resolves.toBeDefined();
  });

  it('can leave somebody out, who then has no say in that draft', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const ben = await world.person('Ben Okafor', 'Europe/Berlin');
    const eve = await world.person('Eve Moss', 'Europe/Madrid');
    const id = await founded(world, [ana, ben, eve]);
    await redrafted(world, { id, by: ana }, without(eve));
    expect(await allowedTo(eve, id)).toEqual(['see', 'leave']);
    await signedByAll(world, id, [ana, ben]);
    await expect(world.partner(eve, id, 'see')).rejects.toThrow(NotFound);
  });
});

describe('whom the version in force leaves out', () => {
  let group: Agreed;
  let chiara: PartnerId;

  beforeEach(async () => {
    group = await agreed(world, [['Chiara Lim', 'Europe/Rome']]);
    chiara = group.all[2]!;
    await world.settle();
    world.mails.length = 0;
    await redrafted(world, { id: group.id, by: group.ana }, without(chiara));
    await signedByAll(world, group.id, group.all);
  });

  it('has left with the last signature', async () => {
    const membership = await world.database.partnerships.membership(group.id, chiara);
    expect(membership).toMatchObject({ leftAt: world.now });
    await expect(world.partner(chiara, group.id, 'see')).rejects.toThrow(NotFound);
    await expect(busyOf(chiara, { by: group.ben, id: group.id })).rejects.toThrow(NotFound);
  });

  it('is told so, and gets the cancellations', async () => {
    await world.settle();
    const mails = world.mails.filter(({ to }) => to.email === 'chiara@example.com');
    expect(mails.map(({ subject }) => subject)).toContain('Harbour: the agreement goes on without you');
    expect(mails.some(({ subject }) => subject === 'Harbour: all have signed')).toBe(false);
    expect(mails.some(({ method }) => method === 'CANCEL')).toBe(true);
  });
});

describe('a draft that has lapsed', () => {
  it('is opened anew by saving it again, also before the timetable has ended it', async () => {
    const { id, ana, ben } = await agreed(world);
    const hash = await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    await signAgreement(await world.partner(ana, id, 'sign'), hash, world);
    world.now = plus(world.now, 15 * DAY);
    await expect(signAgreement(await world.partner(ben, id, 'sign'), hash, world)).rejects.toThrow('lapsed');
    const { draft } = await readAgreementVersions(await world.partner(ben, id, 'see'), world);
    const lapsed = { standing: 'lapsed', missing: [ben], lapsesAt: null, wouldCountFrom: null };
    expect(draftResource(draft!)).toMatchObject(lapsed);
    const { terms } = (await world.database.agreements.draft(id))!;
    await draftAgreement(await world.partner(ben, id, 'adjust'), { terms, basedOn: hash }, world);
    const anew = (await world.database.agreements.draft(id))!;
    expect(anew).toMatchObject({ version: 3, hash, changedAt: world.now });
    expect(anew.signatures.size).toBe(0);
    expect((await world.database.agreements.past(id))[0]).toMatchObject({ version: 2, end: 'lapsed' });
    await signedByAll(world, id, [ana, ben]);
    expect((await world.database.agreements.inForce(id)).at(-1)!.version).toBe(3);
  });
});
