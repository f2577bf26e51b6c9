// Everything that is kept of a person, for them to take along. Secrets (addresses of calendars, tokens) are not in it, and of other
// partners no more than what all of them see.

import { signedText } from '../../domain/agreement/wording.ts';
import { closingsIn } from '../../domain/fairness/book.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { formatInstant, instantOf } from '../../domain/time/instant.ts';
import { sessionResource, tokenResource } from '../../views/resources/access.ts';
import { closingResource } from '../../views/resources/book.ts';
import { feedResource } from '../../views/resources/calendar.ts';
import { leaveResource, selfResource, travelResource } from '../../views/resources/person.ts';
import { instantOrNull, intervalResource } from '../../views/resources/values.ts';
import type { AccessWorld } from '../access/ports.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import { readPartnership } from '../partnership/read-partnership.ts';
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

async function sharedIn(id: string, person: PartnerId, { database }: ExportingWorld) {
  const { name, people } = await readPartnership(id, database);
  const membership = (await database.partnerships.membership(id, person))!;
  const past = await database.agreements.past(id);
  return {
    id,
    name,
    joinedAt: formatInstant(membership.joinedAt),
    leftAt: instantOrNull(membership.leftAt),
    partners: people.partners.map((partner) => ({ id: partner.id, name: partner.name })),
    agreements: past.map(({ version, terms, hash, end, at, signatures }) => ({
      ...{ version, text: signedText(terms), hash, end, at: formatInstant(at) },
      signedAt: instantOrNull(signatures.get(person)?.at),
    })),
    answers: await answersOf(id, person, database),
    replies: await repliesOf(id, person, database),
    record: closingsIn(await database.book.entries(id)).map(closingResource),
  };
}

async function answersOf(id: string, person: PartnerId, { occurrences }: World['database']) {
  const all = await occurrences.after(id, instantOf(0));
  return all
    .filter(({ answers }) => answers.has(person))
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
