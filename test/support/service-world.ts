// The service's flows on a real database, with a clock that a test sets, mail that is kept, and jobs that are done when the clock
// comes to them: years go by in seconds.

import { createHash } from 'node:crypto';
import { readItip } from '../../src/adapters/calendars/ics/itip-reply.ts';
import { type Connection, connect } from '../../src/adapters/database/connection.ts';
import { databaseOver } from '../../src/adapters/database/database.ts';
import { publicHolidays } from '../../src/adapters/holidays/public-holidays.ts';
import { type ClockDrivenJobs, clockDrivenJobs } from '../../src/adapters/jobs/clock-driven.ts';
import type { Terms } from '../../src/domain/agreement/terms.ts';
import type { CalendarEvent } from '../../src/domain/calendar/event.ts';
import type { ItipMethod } from '../../src/domain/calendar/itip.ts';
import { type PartnerId, partnerIdOf } from '../../src/domain/partner.ts';
import { HOUR } from '../../src/domain/time/duration.ts';
import { type Instant, instantOf } from '../../src/domain/time/instant.ts';
import {
  type AuthorizedPartner,
  authorizePartner,
  authorizePerson,
  type Credential,
  type PartnerPermission,
  type Permission,
} from '../../src/flows/authorized.ts';
import { doJob } from '../../src/flows/do-job.ts';
import type { OutgoingMail, SendOutcome } from '../../src/flows/mail-ports.ts';
import { draftAgreement } from '../../src/flows/partnership/draft-agreement.ts';
import {
  acceptInvitation,
  invitationMatter,
  invitePartner,
} from '../../src/flows/partnership/invite-partner.ts';
import { signAgreement } from '../../src/flows/partnership/sign-agreement.ts';
import { startPartnership } from '../../src/flows/partnership/start-partnership.ts';
import { keepTimetable } from '../../src/flows/run/keep-timetable.ts';
import type { CalendarOutcome, LinkClaims, World } from '../../src/flows/world.ts';
import { at } from './builders.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

/** A mail as it went out. */
export type Mailed = OutgoingMail & { readonly method?: ItipMethod };

export type ServiceWorld = World & {
  now: Instant;
  readonly connection: Connection;
  readonly mails: Mailed[];
  /** What the next sends give, in their order; then everything is accepted. */
  readonly outcomes: SendOutcome[];
  /** What calendars at these addresses hold. */
  readonly calendars: Map<string, readonly CalendarEvent[] | CalendarOutcome>;
  readonly jobs: ClockDrivenJobs['waiting'];
  /** Does every job that is due, until none is. */
  settle(): Promise<void>;
  /** Lets time go by, looking at the timetable every hour. */
  wait(until: Instant): Promise<void>;
  person(name: string, zone: string): Promise<PartnerId>;
  session(person: PartnerId): Credential;
  partner<Needed extends PartnerPermission>(
    person: PartnerId,
    partnership: string,
    needed: Needed,
  ): Promise<AuthorizedPartner<Needed>>;
  close(): Promise<void>;
};

export async function serviceWorld(start = '2027-01-01T09:00:00Z'): Promise<ServiceWorld> {
  return worldOn(await freshDatabase(), start);
}

/** The same on a database that is there already; `drop` is called when the world is closed. */
export async function worldOn(
  { config, drop }: Pick<TestDatabase, 'config' | 'drop'>,
  start: string,
): Promise<ServiceWorld> {
  const connection = connect(config);
  const queue = clockDrivenJobs(() => world.now);
  let count = 0;
  const links = new Map<string, LinkClaims>();
  const world: ServiceWorld = {
    now: at(start),
    connection,
    clock: () => world.now,
    database: databaseOver(connection, () => queue),
    mails: [],
    outcomes: [],
    calendars: new Map(),
    jobs: queue.waiting,
    mailer: {
      check: async () => ({ kind: 'ready' }),
      send: async (mail) => {
        const outcome = world.outcomes.shift() ?? { kind: 'accepted' as const, response: '250 ok' };
        if (outcome.kind === 'accepted')
          world.mails.push({ ...mail, ...(mail.calendar && { method: mail.calendar.method }) });
        return outcome;
      },
    },
    secrets: {
      newId: () => crypto.randomUUID(),
      newToken: () => `token-${++count}`,
      digest: (text) => createHash('sha256').update(text).digest('hex'),
      seal: (text) => new TextEncoder().encode(text),
      open: (sealed) => new TextDecoder().decode(sealed),
    },
    links: {
      page: (path) => `https://turnabout.example.com${path}`,
      sign: async (claims) => {
        const link = `link-${createHash('sha256').update(JSON.stringify(claims)).digest('hex').slice(0, 12)}`;
        links.set(link, claims);
        return link;
      },
      verify: async (link) => {
        const claims = links.get(link);
        return claims && claims.expiresAt > world.now ? claims : undefined;
      },
    },
    sender: {
      mailbox: { name: 'Turnabout', email: 'turnabout@example.com' },
      domain: 'turnabout.example.com',
    },
    readAddress: async (address) => {
      const known = world.calendars.get(address);
      if (!known) return { kind: 'unreadable', why: 'there is no such calendar', nextIn: HOUR };
      return 'kind' in known ? known : { kind: 'read', events: known, problems: [], nextIn: HOUR };
    },
    checkAddress: (text) =>
      text.startsWith('https://')
        ? { kind: 'address', url: text, host: new URL(text).hostname }
        : { kind: 'wrong', problem: 'is no address: write it as "https://example.com/ana.ics"' },
    publicHolidays: async (region, window) => publicHolidays(region, window),
    readItip,
    settle: () => queue.settle((job) => doJob(job, world)),
    wait: async (until) => {
      await world.settle();
      while (world.now < until) {
        world.now = instantOf(Math.min(until, world.now + HOUR));
        await keepTimetable(world);
        await world.settle();
      }
    },
    person: async (name, zone) => {
      const id = partnerIdOf(crypto.randomUUID());
      const email = `${name.split(' ')[0]!.toLowerCase()}@example.com`;
      await world.database.people.add({ id, name, email, zone: zone as never, region: 'none' }, world.now);
      return id;
    },
    session: (person) => ({ kind: 'session', person, session: 'session' }),
    partner: (person, partnership, needed) =>
      authorizePartner(world.session(person), { partnership, needed }, world.database),
    close: async () => {
      await connection.close();
      await drop();
    },
  };
  return world;
}

/** The proof that somebody is signed in. */
export function signedIn<Needed extends Permission>(world: ServiceWorld, person: PartnerId, needed: Needed) {
  return authorizePerson(world.session(person), needed);
}

/** A partnership of these people, of which the first began it and invited the others; the draft is open. */
export async function founded(world: ServiceWorld, people: readonly PartnerId[]): Promise<string> {
  const [founder, ...others] = people as [PartnerId, ...PartnerId[]];
  const id = await startPartnership(
    signedIn(world, founder, 'write'),
    { name: 'Harbour', anchor: 'Europe/Berlin' as Terms['anchor'], stage: 'early' },
    world,
  );
  for (const other of others) {
    const { email } = (await world.database.people.byId(other))!;
    const invitation = await invitePartner(await world.partner(founder, id, 'write'), email!, world);
    const claims = {
      person: email!,
      partnership: id,
      matter: invitationMatter(invitation.id),
      expiresAt: invitation.expiresAt,
    };
    await acceptInvitation(signedIn(world, other, 'account'), claims, world);
  }
  return id;
}

/** Changes the draft. */
export async function redrafted(
  world: ServiceWorld,
  { id, by }: { readonly id: string; readonly by: PartnerId },
  change: (terms: Terms) => Terms,
): Promise<string> {
  const draft = await world.database.agreements.draft(id);
  const terms = draft?.terms ?? (await world.database.agreements.inForce(id)).at(-1)!.terms;
  const partner = await world.partner(by, id, 'adjust');
  return draftAgreement(partner, { terms: change(terms), ...(draft && { basedOn: draft.hash }) }, world);
}

/** All of them sign what is drafted. */
export async function signedByAll(
  world: ServiceWorld,
  id: string,
  people: readonly PartnerId[],
): Promise<void> {
  for (const person of people) {
    const { hash } = (await world.database.agreements.draft(id))!;
    await signAgreement(await world.partner(person, id, 'sign'), hash, world);
  }
}
