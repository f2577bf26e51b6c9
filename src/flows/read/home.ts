// What waits for a person, and what comes next in all of their partnerships.

import type { PartnerId } from '../../domain/partner.ts';
import { outcomeOf } from '../../domain/question.ts';
import { DAY } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import type { HomeView, NextCheckIn, Waiting } from '../../views/pages/home.ts';
import { nameOf } from '../../views/people.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import { presentIn } from '../partnership/draft-agreement.ts';
import { invitationMatter } from '../partnership/invite-partner.ts';
import type { World } from '../world.ts';
import { lacks, readDraftStanding } from './draft-standing.ts';
import { type InWords, readInWords } from './in-words.ts';
import { calendarsOf } from './own-calendars.ts';

type ReadingWorld = Pick<World, 'clock' | 'database' | 'links'>;

/** So many of the next check-ins are shown. */
const NEXT = 6;

/** Who has not answered is reminded for check-ins that begin within so many milliseconds. */
const SOON = 14 * DAY;

export async function readHome(
  { person: reader }: AuthorizedPerson<'read'>,
  world: ReadingWorld,
): Promise<HomeView> {
  const now = world.clock();
  const parts = [];
  for (const id of await world.database.partnerships.of(reader))
    parts.push(await partOf(id, { reader, now }, world));
  const coming = parts.flatMap((part) => part.coming).sort((a, b) => a.shown.item.start - b.shown.item.start);
  return {
    reader,
    waiting: [
      ...(await invitationsWaiting(reader, now, world)),
      ...(await calendarsWaiting(reader, now, world)),
      ...parts.flatMap(({ waiting }) => waiting),
    ],
    coming: coming.slice(0, NEXT),
    partnerships: parts.map(({ partnership }) => partnership),
  };
}

/** Whoever is signed in has shown that the address is theirs, so they are given the link that was mailed there. */
async function invitationsWaiting(
  reader: PartnerId,
  now: Instant,
  { database, links }: ReadingWorld,
): Promise<Waiting[]> {
  const email = (await database.people.byId(reader))?.email;
  const open = email === undefined ? [] : await database.invitations.to(email);
  const waiting: Waiting[] = [];
  for (const { id, partnership, invitedBy, expiresAt } of open.filter((each) => each.expiresAt > now)) {
    const { name, people } = await readInWords(partnership, database);
    const link = await links.sign({ person: email!, partnership, matter: invitationMatter(id), expiresAt });
    waiting.push({ kind: 'invitation', name, by: nameOf(people, invitedBy), path: `/join/${link}` });
  }
  return waiting;
}

async function calendarsWaiting(
  reader: PartnerId,
  now: Instant,
  { database }: ReadingWorld,
): Promise<Waiting[]> {
  const calendars = await calendarsOf(reader, now, database);
  return calendars.flatMap(({ name, state }) =>
    state === 'unknown' || state === 'emptied' ? [{ kind: 'calendar' as const, calendar: name, state }] : [],
  );
}

type Looking = { readonly reader: PartnerId; readonly now: Instant };

/** What of one partnership concerns the reader. */
async function partOf(id: string, { reader, now }: Looking, { database }: ReadingWorld) {
  const words = await readInWords(id, database);
  const coming = await comingIn(words, { reader, now }, database);
  const draft = await readDraftStanding(id, now, database);
  const own = { id, name: words.name };
  const waiting: Waiting[] = [
    ...(await questionsTo(words, { reader, now }, database)),
    ...(draft && lacks(draft, reader)
      ? [{ kind: 'draft' as const, ...own, version: draft.draft.version }]
      : []),
    ...coming
      .filter((each) => isUnanswered(each, { reader, now }))
      .map((each) => ({ kind: 'answer' as const, ...each })),
  ];
  const partners = (await presentIn(id, database)).size;
  return { waiting, coming, partnership: { ...own, partners, isInForce: words.agreements.length > 0 } };
}

async function comingIn(
  { id, name, partnership }: InWords,
  { reader, now }: Looking,
  { occurrences }: Pick<World['database'], 'occurrences'>,
): Promise<NextCheckIn[]> {
  const kept = await occurrences.after(id, now);
  return kept
    .filter(({ item, answers }) => item.status === 'CONFIRMED' && answers.has(reader))
    .map((shown) => ({ id, name, partnership, shown }));
}

async function questionsTo(
  { id, name, partnership }: InWords,
  { reader, now }: Looking,
  { questions }: Pick<World['database'], 'questions'>,
): Promise<Waiting[]> {
  const open = (await questions.of(id)).filter((question) => outcomeOf(question, now) === undefined);
  return open
    .filter(({ asks, replies }) => asks.includes(reader) && !replies.has(reader))
    .map((question) => ({ kind: 'question', id, name, partnership, question }));
}

function isUnanswered({ shown }: NextCheckIn, { reader, now }: Looking): boolean {
  const { item, answers } = shown;
  return answers.get(reader) === 'needs-action' && item.start > now && item.start < plus(now, SOON);
}
