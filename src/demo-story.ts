// What happened in the weeks before the demonstration: an agreement, check-ins, a journey ahead, a swap, a week that nearly fell out
// and moved, and what is open today.

import { exampleAddress } from './demo-calendars.ts';
import type { Terms } from './domain/agreement/terms.ts';
import { Conflict, InvalidFields, NotFound } from './domain/errors.ts';
import { type PartnerId, partnerIdOf, type WeeklyWindow } from './domain/partner.ts';
import { DAY, HOUR } from './domain/time/duration.ts';
import { type Instant, instantOf, plus } from './domain/time/instant.ts';
import { addDays, mondayOf, type PlainDate } from './domain/time/plain-date.ts';
import { dateOfWall } from './domain/time/wall-time.ts';
import { parseZone, startOfDay, toWall, UTC, type Zone } from './domain/time/zone.ts';
import { parseWindows } from './domain/windows.ts';
import { answerInvitation } from './flows/answers/answer-invitation.ts';
import { replyToQuestion } from './flows/answers/reply-to-question.ts';
import { offerSwap } from './flows/answers/swap-turns.ts';
import { authorizePartner, authorizePerson, type PartnerPermission } from './flows/authorized.ts';
import { connectCalendar } from './flows/calendars/connect-calendar.ts';
import { addTravel } from './flows/calendars/plan-days.ts';
import { draftAgreement } from './flows/partnership/draft-agreement.ts';
import { acceptInvitation, invitationMatter, invitePartner } from './flows/partnership/invite-partner.ts';
import { signAgreement } from './flows/partnership/sign-agreement.ts';
import { startPartnership } from './flows/partnership/start-partnership.ts';
import { keepTimetable } from './flows/run/keep-timetable.ts';
import type { KeptOccurrence } from './flows/stores.ts';
import type { World } from './flows/world.ts';

export type Story = {
  readonly world: World;
  /** Does the jobs that are due. */
  readonly settle: () => Promise<void>;
  readonly until: Instant;
  /** Moves the clock. */
  readonly pass: (to: Instant) => void;
};

type Person = { readonly id: PartnerId; readonly email: string };

export async function liveThrough(story: Story): Promise<void> {
  const { world, until } = story;
  const since = world.clock();
  story.pass(plus(since, -3 * DAY));
  const [ana, lukas, mei] = await people(world);
  const partnership = await agree(world, [ana, lukas, mei]);
  await live(story, plus(since, 7 * DAY));
  await travel(story, ana);
  await live(story, plus(since, 14 * DAY));
  await exchangeTurns(story, partnership, [ana, lukas, mei]);
  await live(story, plus(world.clock(), 7 * DAY));
  await moveAWeek(story, { partnership, by: lukas, others: [ana, mei] });
  await live(story, plus(until, -2 * HOUR));
  await today(story, { partnership, by: lukas });
  await live(story, until);
}

/** Time passes: jobs are done as they come due, and the timetable is looked at four times a day. */
async function live({ world, settle, pass }: Story, until: Instant): Promise<void> {
  await settle();
  while (world.clock() < until) {
    pass(instantOf(Math.min(until, world.clock() + 6 * HOUR)));
    await keepTimetable(world);
    await settle();
  }
}

async function people(world: World): Promise<[Person, Person, Person]> {
  const all = [
    ['Ana Duarte', 'America/Los_Angeles', 'US-CA'],
    ['Lukas Brandt', 'Europe/Berlin', 'DE-BE'],
    ['Mei Tan', 'Asia/Singapore', 'SG'],
  ] as const;
  const made: Person[] = [];
  for (const [name, zone, region] of all) {
    const first = name.split(' ')[0]!.toLowerCase();
    const person = { id: partnerIdOf(world.secrets.newId()), email: `${first}@example.com` };
    await world.database.people.add({ ...person, name, zone: zoneNamed(zone), region }, world.clock());
    const calendar = { name: 'Work', address: exampleAddress(first) };
    await connectCalendar(authorizePerson(sessionOf(person), 'write'), calendar, world);
    made.push(person);
  }
  return made as [Person, Person, Person];
}

async function agree(world: World, all: readonly [Person, Person, Person]): Promise<string> {
  const [ana, lukas, mei] = all;
  const anchor = zoneNamed('Europe/Berlin');
  const id = await startPartnership(
    authorizePerson(sessionOf(ana), 'write'),
    { name: 'Harbour', anchor, stage: 'early' },
    world,
  );
  for (const other of [lukas, mei]) {
    const { id: invitation, expiresAt } = await invitePartner(
      await proofOf(world, ana, id, 'write'),
      other.email,
      world,
    );
    const claims = { person: other.email, partnership: id, matter: invitationMatter(invitation), expiresAt };
    await acceptInvitation(authorizePerson(sessionOf(other), 'account'), claims, world);
  }
  await redraft(world, { id, by: ana }, (terms) => ({
    ...terms,
    checkIn: { ...terms.checkIn, call: 'https://meet.example.com/harbour' },
    partners: terms.partners.map((partner, i) => ({ ...partner, ...HOURS[i] })),
  }));
  const { hash } = (await world.database.agreements.draft(id))!;
  for (const person of all) await signAgreement(await proofOf(world, person, id, 'sign'), hash, world);
  return id;
}

/** As in examples/harbour.yaml. */
const HOURS: readonly Partial<Terms['partners'][number]>[] = [
  {
    comfortable: windows('Mon-Fri 09:00-17:00'),
    reachable: windows('Mon-Fri 06:00-23:00'),
    focus: windows('Tue 09:00-12:00'),
  },
  {
    comfortable: windows('Mon-Thu 08:00-16:30', 'Fri 08:00-14:00'),
    reachable: windows('Mon-Fri 06:00-23:00'),
    focus: windows('Wed 13:00-16:00'),
  },
  { comfortable: windows('Mon-Fri 10:00-18:00'), reachable: windows('Mon-Fri 06:00-23:00') },
];

type Redraft = { readonly id: string; readonly by: Person };

async function redraft(world: World, { id, by }: Redraft, change: (terms: Terms) => Terms): Promise<void> {
  const draft = await world.database.agreements.draft(id);
  const terms = draft?.terms ?? (await world.database.agreements.inForce(id)).at(-1)!.terms;
  const change1 = { terms: change(terms), ...(draft && { basedOn: draft.hash }) };
  await draftAgreement(await proofOf(world, by, id, 'adjust'), change1, world);
}

/** The day on which the week of today begins. */
function thisMonday({ until }: Story): PlainDate {
  return mondayOf(dateOfWall(toWall(UTC, until)));
}

/** Ana is in London from the week of today on. She says so weeks ahead, so that her check-ins there are planned for it. */
async function travel(story: Story, ana: Person): Promise<void> {
  const from = thisMonday(story);
  const journey = { from, to: addDays(from, 18), zone: zoneNamed('Europe/London') };
  await addTravel(authorizePerson(sessionOf(ana), 'write'), journey, story.world);
}

/** Two turns are exchanged, as soon as there are two that fit each other's weeks. */
async function exchangeTurns(story: Story, partnership: string, all: readonly Person[]): Promise<void> {
  for (let tries = 4; tries > 0; tries -= 1) {
    await agreeToAll(story.world, partnership, all);
    await story.settle();
    if (await swap(story, partnership, all)) return agreeToAll(story.world, partnership, all);
    await live(story, plus(story.world.clock(), 7 * DAY));
  }
  throw new Error('no two turns could be exchanged');
}

/** Offers the first exchange that fits; rather one that shows in the record than one of weeks to come. */
async function swap(story: Story, partnership: string, all: readonly Person[]): Promise<boolean> {
  const weeks = await untouched(story, partnership);
  const pairs = weeks.flatMap((own) =>
    weeks.filter((other) => turnIn(other) !== turnIn(own)).map((other) => ({ own, other })),
  );
  const isInRecord = ({ own, other }: (typeof pairs)[number]) => isPast(story, own) || isPast(story, other);
  for (const { own, other } of [...pairs.filter(isInRecord), ...pairs.filter((pair) => !isInRecord(pair))]) {
    const person = all.find(({ id }) => id === turnIn(own));
    if (!person) continue;
    const partner = await proofOf(story.world, person, partnership, 'answer');
    const offer = { own: periodOf(own), other: periodOf(other) };
    if (await isPossible(() => offerSwap(partner, offer, story.world))) return true;
  }
  return false;
}

/** Who bears most of an odd hour. */
function turnIn({ occurrence: { burdens } }: KeptOccurrence): PartnerId | undefined {
  const [most] = [...burdens].sort(([, a], [, b]) => b - a);
  return most && most[1] > 0 ? most[0] : undefined;
}

function periodOf({ occurrence }: KeptOccurrence): string {
  return occurrence.period.id;
}

function isPast(story: Story, { item }: KeptOccurrence): boolean {
  return item.start < startOfDay(UTC, thisMonday(story));
}

async function isPossible(offer: () => Promise<string>): Promise<boolean> {
  try {
    await offer();
    return true;
  } catch (error) {
    if (error instanceof Conflict || error instanceof InvalidFields || error instanceof NotFound)
      return false;
    throw error;
  }
}

type Decline = { readonly partnership: string; readonly by: Person; readonly others: readonly Person[] };

/** Somebody cannot come, and everybody agrees to another time in the same week. */
async function moveAWeek(story: Story, { partnership, by, others }: Decline): Promise<void> {
  const { world } = story;
  const [week] = await untouched(story, partnership);
  if (!week || !isPast(story, week)) throw new Error('there is no week left that could be moved');
  const answer = { uid: week.item.uid, partStat: 'declined', by: 'page' } as const;
  await answerInvitation(await proofOf(world, by, partnership, 'answer'), answer, world);
  await live(story, plus(world.clock(), HOUR));
  await agreeToAll(world, partnership, [by, ...others]);
}

/** Check-ins from so far ahead on, in milliseconds, about which nobody was asked anything. */
async function untouched(
  { world }: Story,
  partnership: string,
  ahead = 2 * DAY,
): Promise<readonly KeptOccurrence[]> {
  const { clock, database } = world;
  const asked = (await database.questions.of(partnership)).flatMap(({ period, ask }) =>
    ask.kind === 'swap' ? ask.periods : [period],
  );
  const coming = await database.occurrences.after(partnership, plus(clock(), ahead));
  return coming.filter((each) => !asked.includes(periodOf(each)));
}

async function agreeToAll(world: World, partnership: string, all: readonly Person[]): Promise<void> {
  for (const question of await world.database.questions.of(partnership)) {
    if (question.outcome) continue;
    for (const person of all.filter(({ id }) => question.asks.includes(id)))
      await replyToQuestion(
        await proofOf(world, person, partnership, 'answer'),
        { question: question.id, answer: 'yes' },
        world,
      );
  }
}

/** What waits for Ana: Lukas has drafted longer check-ins, and cannot come to one. */
async function today(story: Story, { partnership, by }: Omit<Decline, 'others'>): Promise<void> {
  const { world } = story;
  await redraft(world, { id: partnership, by }, (terms) => ({
    ...terms,
    checkIn: { ...terms.checkIn, minutes: 45 },
  }));
  const [next] = await untouched(story, partnership, 15 * DAY);
  if (!next) throw new Error('there is no week to come that nobody was asked about');
  const answer = { uid: next.item.uid, partStat: 'declined', by: 'page' } as const;
  await answerInvitation(await proofOf(world, by, partnership, 'answer'), answer, world);
}

function sessionOf({ id }: Person) {
  return { kind: 'session', person: id, session: 'demo' } as const;
}

function proofOf<Needed extends PartnerPermission>(
  world: World,
  person: Person,
  partnership: string,
  needed: Needed,
) {
  return authorizePartner(sessionOf(person), { partnership, needed }, world.database);
}

function zoneNamed(name: string): Zone {
  return parseZone(name)!;
}

function windows(...lines: string[]): readonly WeeklyWindow[] {
  const read = parseWindows(lines);
  return read.kind === 'windows' ? read.windows : [];
}
