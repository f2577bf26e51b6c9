// A partnership with everybody who may ask something of it, and what each of a partner's things is called in a path.

import type { PartnerId } from '../../src/domain/partner.ts';
import { DAY } from '../../src/domain/time/duration.ts';
import { plus } from '../../src/domain/time/instant.ts';
import { connectCalendar } from '../../src/flows/calendars/connect-calendar.ts';
import { addLeave, addTravel } from '../../src/flows/calendars/plan-days.ts';
import { issueFeed } from '../../src/flows/feeds/manage-feeds.ts';
import { acceptInvitation, invitationMatter } from '../../src/flows/partnership/invite-partner.ts';
import { leavePartnership } from '../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../src/flows/run/run-partnership.ts';
import { answerMatter } from '../../src/flows/run/send-invitation.ts';
import type { LinkClaims } from '../../src/flows/world.ts';
import { occurrencesOf } from './agreed.ts';
import { type ApiApp, type Caller, NOBODY } from './api-app.ts';
import { day } from './builders.ts';
import { zoneOf } from './cast.ts';
import { founded, redrafted, signedByAll, signedIn } from './service-world.ts';

/** Everybody who may come: see newGroup. */
export const CALLERS = [
  'nobody',
  'stranger',
  'partner',
  'newcomer',
  'left',
  'left out',
  'feed token',
  'other scope',
] as const;

export type Who = (typeof CALLERS)[number];

export type Group = {
  readonly id: string;
  readonly uid: string;
  readonly owner: PartnerId;
  readonly feed: string;
  readonly people: Readonly<Record<'ana' | 'finn' | 'chiara' | 'dora' | 'eve', PartnerId>>;
  readonly callers: Readonly<Record<Who, Caller>>;
};

let count = 0;

/** Ana and Ben, who have agreed; Chiara, who has left; Dora, whom the version in force leaves out; Finn, who has joined; Eve. */
export async function newGroup(api: ApiApp): Promise<Group> {
  const { world } = api;
  const person = (name: string) => world.person(`${name}${++count} Moss`, 'Europe/Berlin');
  const ana = await person('Ana');
  const all = [ana, await person('Ben'), await person('Chiara'), await person('Dora')] as const;
  const [, , chiara, dora] = all;
  const id = await founded(world, all);
  await signedByAll(world, id, all);
  await redrafted(world, { id, by: ana }, (terms) => ({
    ...terms,
    partners: terms.partners.filter((partner) => partner.id !== dora),
  }));
  await signedByAll(world, id, all);
  await leavePartnership(await world.partner(chiara, id, 'leave'), world);
  await runPartnership(id, world);
  const finn = await person('Finn');
  await acceptInvitation(signedIn(world, finn, 'account'), await invitation({ id, owner: ana }, api), world);
  const { token: feed } = await issueFeed(signedIn(world, ana, 'write'), FEED, world);
  const { uid } = (await occurrencesOf(world, id))[0]!.item;
  const people = { ana, finn, chiara, dora, eve: await person('Eve') };
  return withSessions({ id, uid, owner: ana, feed, people }, api);
}

const FEED = { name: 'Phone', detail: 'full' } as const;

/** The same group, in which everybody has signed in anew. */
export async function withSessions(group: Omit<Group, 'callers'>, api: ApiApp): Promise<Group> {
  const { feed, people } = group;
  const callers = {
    nobody: { 'sec-fetch-site': 'same-origin' },
    stranger: await api.session(people.eve),
    partner: await api.session(people.ana),
    newcomer: await api.session(people.finn),
    left: await api.session(people.chiara),
    'left out': await api.session(people.dora),
    'feed token': { authorization: `Bearer ${feed}` },
    'other scope': NOBODY,
  };
  return { ...group, callers };
}

type Owned = Pick<Group, 'id' | 'owner'>;

/** One that is open. */
async function invitation(
  { id: partnership, owner: invitedBy }: Owned,
  api: ApiApp,
): Promise<LinkClaims & { readonly id: string }> {
  const { database, now: createdAt } = api.world;
  const [id, email, expiresAt] = [crypto.randomUUID(), `guest${++count}@example.net`, plus(createdAt, DAY)];
  await database.invitations.add({ id, partnership, email, invitedBy, createdAt, expiresAt });
  return { id, person: email, partnership, matter: invitationMatter(id), expiresAt };
}

/** Something of the partner's, new, by the name of a parameter: its id, or the secret that stands in the path. */
export const THINGS: Readonly<Record<string, (group: Group, api: ApiApp) => Promise<string>>> = {
  invitation: async (own, api) => (await invitation(own, api)).id,
  join: async (own, api) => api.world.links.sign(await invitation(own, api)),
  answer: async ({ id: partnership, owner: person, uid }, api) => {
    const expiresAt = plus(api.world.now, DAY);
    return api.world.links.sign({ person, partnership, matter: answerMatter(uid), expiresAt });
  },
  session: async ({ owner }, api) => {
    const of = async () => (await api.world.access.sessions.of(owner, api.world.now)).map(({ id }) => id);
    const before = await of();
    await api.session(owner);
    return (await of()).find((id) => !before.includes(id))!;
  },
  token: async ({ owner }, api) => {
    const of = async () => (await api.world.access.apiTokens.of(owner, api.world.now)).map(({ id }) => id);
    const before = await of();
    await api.token(owner);
    return (await of()).find((id) => !before.includes(id))!;
  },
  passkey: async ({ owner: person }, api) => {
    const id = crypto.randomUUID();
    const key = { credentialId: id, publicKey: new Uint8Array([1]), counter: 0, transports: [] };
    await api.world.access.passkeys.add({ id, person, ...key, name: 'Key', createdAt: api.world.now });
    return id;
  },
  identity: async ({ owner: person }, api) => {
    const id = crypto.randomUUID();
    const known = { issuer: 'https://login.example.com', subject: id, email: 'ana@example.com' };
    await api.world.access.identities.add({ id, person, ...known }, api.world.now);
    return id;
  },
  calendar: async ({ owner }, api) => {
    const calendar = { name: 'Work', address: `https://calendars.example.net/${++count}.ics` };
    return (await connectCalendar(signedIn(api.world, owner, 'write'), calendar, api.world)).id;
  },
  feed: async ({ owner }, api) => {
    return (await issueFeed(signedIn(api.world, owner, 'write'), FEED, api.world)).feed.id;
  },
  leave: async ({ owner }, api) => {
    const days = { from: day('2027-06-01'), to: day('2027-06-02') };
    return (await addLeave(signedIn(api.world, owner, 'write'), days, api.world)).id;
  },
  travel: async ({ owner }, api) => {
    const first = day(`2028-01-${String(1 + (++count % 28)).padStart(2, '0')}`);
    const travel = { from: first, to: first, zone: zoneOf('Asia/Tokyo') };
    return (await addTravel(signedIn(api.world, owner, 'write'), travel, api.world)).id;
  },
};
