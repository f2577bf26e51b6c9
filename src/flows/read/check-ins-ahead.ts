// What lies ahead of a partnership, and what it waits for: the page by which partners find their way.

import type { PartnerId } from '../../domain/partner.ts';
import { outcomeOf } from '../../domain/question.ts';
import { decideRun } from '../../domain/run/decide-run.ts';
import { confirmedIn, type Observation } from '../../domain/run/observation.ts';
import { openPeriods } from '../../domain/run/plan-ahead.ts';
import { stretchesOf } from '../../domain/run/stretches.ts';
import type { Period } from '../../domain/time/period.ts';
import type { Steps } from '../../views/pages/first-steps.ts';
import type { Member, OpenInvitation } from '../../views/pages/members.ts';
import type { Gap, PartnershipView } from '../../views/pages/partnership.ts';
import { nameOf } from '../../views/people.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { type ObservingWorld, observe } from '../run/observe.ts';
import { draftOf } from '../run/run-partnership.ts';
import type { Database } from '../stores.ts';
import { lacks, readDraftStanding, type StandingDraft } from './draft-standing.ts';
import { hasEnded, type InWords, readInWords } from './in-words.ts';

export async function readCheckInsAhead(
  { person: reader, partnership: id }: AuthorizedPartner<'read'>,
  world: ObservingWorld,
): Promise<PartnershipView> {
  const { database, clock } = world;
  const now = clock();
  const words = await readInWords(id, database);
  const { observation } = await observe(id, world);
  const kept = await database.occurrences.after(id, now);
  const members = await membersOf(id, database);
  const invitations = await invitationsOf(words, database);
  const draft = await readDraftStanding(id, now, database);
  return {
    id,
    name: words.name,
    reader,
    now,
    partnership: words.partnership,
    checkIns: kept.filter(({ item }) => item.status === 'CONFIRMED'),
    questions: observation.questions.filter((question) => outcomeOf(question, now) === undefined),
    gaps: gapsIn(observation),
    unread: unreadIn(observation),
    lacking: await lackingOf(reader, database),
    members,
    invitations,
    ...(draft && lacks(draft, reader) && { draft: { version: draft.draft.version } }),
    ...((await hasEnded(words, database)) && { hasEnded: true }),
    ...(words.agreements.length === 0 && { steps: stepsOf({ reader, members, invitations }, draft) }),
  };
}

async function lackingOf(
  reader: PartnerId,
  { calendars, feeds }: Pick<Database, 'calendars' | 'feeds'>,
): Promise<PartnershipView['lacking']> {
  const hasCalendar = (await calendars.of(reader)).length > 0;
  const hasFeed = (await feeds.of(reader)).length > 0;
  return [...(hasCalendar ? [] : (['calendar'] as const)), ...(hasFeed ? [] : (['feed'] as const))];
}

async function membersOf(
  id: string,
  { partnerships, people }: Pick<Database, 'partnerships' | 'people'>,
): Promise<Member[]> {
  const members: Member[] = [];
  for (const { person, joinedAt, leftAt } of await partnerships.members(id)) {
    const known = leftAt === undefined ? await people.byId(person) : undefined;
    if (known)
      members.push({ id: person, name: known.name, email: known.email ?? '', zone: known.zone, joinedAt });
  }
  return members;
}

async function invitationsOf(
  { id, people }: InWords,
  { invitations }: Pick<Database, 'invitations'>,
): Promise<OpenInvitation[]> {
  const open = await invitations.open(id);
  return open.map(({ invitedBy, ...each }) => ({ ...each, by: nameOf(people, invitedBy) }));
}

function unreadIn({ partners }: Observation): PartnerId[] {
  return [...partners].filter(([, { unknown }]) => unknown !== undefined).map(([id]) => id);
}

/** Planning is asked only where some period has nothing announced. */
function gapsIn(observation: Observation): Gap[] {
  const open = stretchesOf(observation.agreements)
    .flatMap((stretch) => openPeriods(observation, observation.entries, stretch))
    .filter((period) => confirmedIn(observation, period).length === 0);
  if (open.length === 0) return [];
  const { ahead } = decideRun(observation, draftOf);
  const isOpen = (period: Period) => open.some(({ id }) => id === period.id);
  const unread = unreadIn(observation);
  return [
    ...ahead.open
      .filter(({ period }) => isOpen(period))
      .map((unplaced) => ({ kind: 'unplaced' as const, unplaced, partnership: unplaced.partnership })),
    ...open
      .filter(({ id }) => ahead.waiting.includes(id))
      .map((period) => ({ kind: 'waiting' as const, period, unread })),
  ];
}

type Who = Pick<PartnershipView, 'reader' | 'members' | 'invitations'>;

function stepsOf({ reader, members, invitations }: Who, standing: StandingDraft | undefined): Steps {
  const counts = { partners: members.length, invited: invitations.length };
  if (!standing || standing.standing.kind === 'lapsed') return counts;
  const { draft, signers } = standing;
  const own = draft.terms.partners.find(({ id }) => id === reader);
  const missing = signers.filter((id) => draft.signatures.get(id)?.hash !== draft.hash);
  const isSignedByReader = !missing.includes(reader);
  return {
    ...counts,
    ...(own && { own }),
    draft: { version: draft.version, isSignedByReader, missing: missing.length },
  };
}
