// Everything that is kept of a person, for them to take along. Secrets (addresses of calendars, tokens) are not in it, and of other
// partners no more than what all of them see.

import { signedText } from '../../domain/agreement/wording.ts';
import { closingsIn } from '../../domain/fairness/book.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { formatInstant, type Instant, instantOf } from '../../domain/time/instant.ts';
import { nameOf } from '../../views/people.ts';
import { sessionResource, tokenResource } from '../../views/resources/access.ts';
import { closingResource } from '../../views/resources/book.ts';
import { feedResource } from '../../views/resources/calendar.ts';
import { leaveResource, selfResource, travelResource } from '../../views/resources/person.ts';
import { instantOrNull, intervalResource } from '../../views/resources/values.ts';
import type { AccessWorld } from '../access/ports.ts';
import { type AuthorizedPerson, sightUntil } from '../authorized.ts';
import { readPartnership } from '../partnership/read-partnership.ts';
import type { Membership, PastVersion } from '../stores.ts';
import type { World } from '../world.ts';

export type ExportingWorld = Pick<World, 'clock' | 'database'> & Pick<AccessWorld, 'access'>;

/** A value that is JSON. */
export async function exportPerson({ person }: AuthorizedPerson<'account'>, world: ExportingWorld) {
  const { people, feeds, partnerships } = world.database;
  const shared = [];
  for (const id of await partnerships.everOf(person)) shared.push(await sharedIn(id, person, world));
  return {
    exportedAt: formatInstant(world.clock()),
    person: selfResource((await people.byId(person))!),
    formerNames: await people.formerNames(person),
    leaves: (await people.leaves(person)).map(leaveResource),
    travels: (await people.travels(person)).map(travelResource),
    calendars: await calendarsOf(person, world),
    feeds: (await feeds.of(person)).map(feedResource),
    ...(await accessOf(person, world)),
    partnerships: shared,
  };
}

/** With what was last seen in them: when the person is busy, which is all that is kept. */
async function calendarsOf(person: PartnerId, { database }: ExportingWorld) {
  const all = [];
  for (const { id, name, host, kind, checkedAt } of await database.calendars.of(person)) {
    const events = (await database.calendars.snapshot(id))?.events ?? [];
    const seen = events.map((event) => ({ uid: event.uid, ...intervalResource(event) }));
    all.push({ name, host, kind, checkedAt: instantOrNull(checkedAt), events: seen });
  }
  return all;
}

async function accessOf(person: PartnerId, { access, clock }: ExportingWorld) {
  const passkeys = await access.passkeys.of(person);
  const identities = await access.identities.of(person);
  return {
    sessions: (await access.sessions.of(person, clock())).map(sessionResource),
    tokens: (await access.apiTokens.of(person, clock())).map(tokenResource),
    passkeys: passkeys.map(({ name, createdAt, usedAt }) => ({
      name,
      createdAt: formatInstant(createdAt),
      usedAt: instantOrNull(usedAt),
    })),
    identities: identities.map(({ issuer, subject, email }) => ({ issuer, subject, email })),
  };
}

/** What others did after the person had left, or before they had signed, is not theirs to take along. */
async function sharedIn(id: string, person: PartnerId, { database }: ExportingWorld) {
  const membership = (await database.partnerships.membership(id, person))!;
  const until = await sightUntil(id, person, database);
  const past = (await database.agreements.past(id)).filter(({ at }) => isSeen(at, until));
  const entries = (await database.book.entries(id)).filter(({ postedAt }) => isSeen(postedAt, until));
  const { name, people } = await readPartnership(id, database);
  const members = (await database.partnerships.members(id)).filter(({ joinedAt }) =>
    isSeen(joinedAt, membership.leftAt ?? joinedAt),
  );
  return {
    id,
    name: membership.leftAt === undefined ? name : nameIn(past),
    joinedAt: formatInstant(membership.joinedAt),
    leftAt: instantOrNull(membership.leftAt),
    partners: members.map((member) => ({ id: member.person, name: nameOf(people, member.person) })),
    agreements: past.map(({ version, terms, hash, end, at, signatures }) => ({
      ...{ version, text: signedText(terms), hash, end, at: formatInstant(at) },
      signedAt: instantOrNull(signatures.get(person)?.at),
    })),
    answers: await answersOf(id, membership, database),
    replies: await repliesOf(id, person, database),
    record: closingsIn(entries).map(closingResource),
  };
}

/** What it was called by the last version that they knew to be in force. */
function nameIn(past: readonly PastVersion[]): string {
  return past.find(({ end }) => end === 'signed')?.terms.name ?? 'A partnership';
}

function isSeen(at: Instant, until: Instant | undefined): boolean {
  return until !== undefined && at <= until;
}

/** Check-ins to which somebody was invited and that came after they had left are the others'. */
async function answersOf(id: string, { person, leftAt }: Membership, { occurrences }: World['database']) {
  const all = await occurrences.after(id, instantOf(0));
  return all
    .filter(({ item, answers }) => answers.has(person) && item.start <= (leftAt ?? item.start))
    .map(({ item, answers, answeredAt }) => ({
      ...{ uid: item.uid, ...intervalResource(item), answer: answers.get(person)! },
      answeredAt: instantOrNull(answeredAt.get(person)),
    }));
}

async function repliesOf(id: string, person: PartnerId, { questions }: World['database']) {
  const all = await questions.of(id);
  return all
    .filter(({ replies }) => replies.has(person))
    .map(({ period, ask, askedAt, replies }) => ({
      period,
      about: ask.kind,
      askedAt: formatInstant(askedAt),
      answer: replies.get(person)!,
    }));
}
