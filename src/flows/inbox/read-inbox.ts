// Reads what came into the mailbox: answers of calendar programs, proposals, and mail that came back. Whatever is in it counts
// once, and nothing in it is trusted further than an answer reaches.

import { Conflict, InvalidFields, NotFound } from '../../domain/errors.ts';
import { contains } from '../../domain/time/interval.ts';
import type { CounterRefusal } from '../../views/mail/counter-letter.ts';
import { answerInvitation } from '../answers/answer-invitation.ts';
import { type AskingWorld, proposeTime } from '../answers/propose-time.ts';
import { type AuthorizedPartner, authorizePartner } from '../authorized.ts';
import type { Inbox, IncomingMail, ItipReading } from '../mail-ports.ts';
import { noticeTo } from '../partnership/notices.ts';
import { answerMatter } from '../run/send-invitation.ts';
import type { KeptOccurrence, Person } from '../stores.ts';
import type { World } from '../world.ts';

export type InboxWorld = AskingWorld & Pick<World, 'mailer' | 'readItip'>;

/** Which mailbox, by the name under which its marks are kept. */
export type Mailroom = { readonly address: string; readonly inbox: Inbox };

/** How many messages were read. Throws InboxUnavailable where the mailbox cannot be read on; what was read by then counts. */
export async function readInbox({ address, inbox }: Mailroom, world: InboxWorld): Promise<number> {
  const { database, clock } = world;
  let count = 0;
  for await (const entry of inbox.read(await database.inbox.mark(address))) {
    if (entry.kind === 'mail') await takeIn(entry.mail, world);
    await database.inbox.read(address, entry.mark);
    count++;
    if (entry.kind !== 'mail')
      await database.inbox.receive(
        `${address} ${entry.mark.uidValidity}/${entry.mark.uid}`,
        clock(),
        entry.kind,
      );
  }
  return count;
}

/** What was done with a message is kept with its id, so that a message that is read again is passed over. */
async function takeIn(mail: IncomingMail, world: InboxWorld): Promise<void> {
  if (await world.database.inbox.isKnown(mail.messageId)) return;
  const outcome = await outcomeOf(mail, world);
  await world.database.inbox.receive(mail.messageId, world.clock(), outcome);
}

async function outcomeOf(mail: IncomingMail, world: InboxWorld): Promise<string> {
  if (mail.bounce) return noteBounce(mail.bounce, world);
  if (mail.calendarText === undefined) return 'no answer in it';
  if (mail.authentication === 'fail') return 'the sender is not who they say';
  const reading = world.readItip(mail.calendarText);
  if (reading.kind === 'unreadable') return `unreadable: ${reading.why}`;
  if (reading.kind === 'other') return `a ${reading.method}, which is no answer`;
  return takeAnswer(reading, mail, world);
}

type AnswerReading = Extract<ItipReading, { readonly uid: string }>;

async function takeAnswer(reading: AnswerReading, mail: IncomingMail, world: InboxWorld): Promise<string> {
  const kept = await world.database.occurrences.byUid(reading.uid);
  if (!kept) return 'about an event that is not ours';
  const person = await world.database.people.byEmail(reading.attendee);
  if (!person || !kept.answers.has(person.id)) return 'of somebody who is not invited';
  if (mail.from !== reading.attendee) return 'of somebody else than it says';
  if (reading.sequence !== undefined && reading.sequence < kept.item.sequence)
    return 'about an earlier revision';
  try {
    return await absorb(reading, { kept, person }, world);
  } catch (error) {
    if (isRefusal(error)) return `refused: ${error.message}`;
    throw error;
  }
}

function isRefusal(error: unknown): error is Conflict | NotFound | InvalidFields {
  return error instanceof Conflict || error instanceof NotFound || error instanceof InvalidFields;
}

type About = { readonly kept: KeptOccurrence; readonly person: Person };

async function absorb(reading: AnswerReading, { kept, person }: About, world: InboxWorld): Promise<string> {
  const { partnership, item } = kept;
  const matter = answerMatter(item.uid);
  const credential = { kind: 'link', person: person.id, partnership, matter } as const;
  const partner = await authorizePartner(
    credential,
    { partnership, needed: 'answer', matter },
    world.database,
  );
  const proposed =
    reading.kind === 'counter' ? [await propose(partner, { reading, kept, person }, world)] : [];
  const { partStat, stamp } = reading;
  if (partStat === 'needs-action') return proposed[0] ?? 'an answer that says nothing';
  // Whoever proposes another time also says whether the time that stands would do.
  await answerInvitation(partner, { uid: item.uid, partStat, by: 'mail', said: stamp }, world);
  return [...proposed, partStat].join(', ');
}

type Counter = About & { readonly reading: Extract<ItipReading, { readonly kind: 'counter' }> };

/** A proposal that cannot be put to the others is declined, so that the proposer's calendar shows what stands. */
async function propose(
  partner: AuthorizedPartner<'answer'>,
  counter: Counter,
  world: InboxWorld,
): Promise<string> {
  const { reading, kept } = counter;
  const { item, occurrence } = kept;
  if (reading.end - reading.start !== item.end - item.start)
    return declineCounter(counter, { kind: 'other-length' }, world);
  const { start } = reading;
  try {
    await proposeTime(partner, { period: occurrence.period.id, start, because: 'counter' }, world);
    return 'a proposal';
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return declineCounter(counter, refusalOf(error, counter), world);
  }
}

function refusalOf(error: Conflict | NotFound | InvalidFields, { reading, kept }: Counter): CounterRefusal {
  if (!contains(kept.occurrence.period, reading)) return { kind: 'outside' };
  const message = error instanceof InvalidFields ? `it ${error.problems[0]!.message}` : error.message;
  return { kind: 'impossible', message };
}

async function declineCounter(
  { reading, kept, person }: Counter,
  because: CounterRefusal,
  { clock, database, secrets }: InboxWorld,
): Promise<string> {
  const { item, partnership } = kept;
  const { start: proposed } = reading;
  const content = { kind: 'counter-declined', uid: item.uid, proposed, because } as const;
  const matter = `counter-declined/${item.uid}/${proposed}`;
  await noticeTo(database, { partnership, person: person.id, matter, content, at: clock() }, secrets);
  return `a proposal that is declined: ${because.kind}`;
}

/** What came back for good is shown beside the invitation; the recipient is found by the address that was mailed. */
async function noteBounce(
  bounce: NonNullable<IncomingMail['bounce']>,
  { database }: InboxWorld,
): Promise<string> {
  const person = await database.people.byEmail(bounce.recipient);
  const uid = uidIn(bounce.originalMessageId);
  if (!person || uid === undefined || !bounce.permanent) return `a bounce: ${bounce.why}`;
  await database.occurrences.unsent(uid, person.id, bounce.why);
  return `a bounce: ${bounce.why}`;
}

/** Message-IDs of invitations begin with the UID: see `send-invitation`. */
function uidIn(messageId: string | undefined): string | undefined {
  const local = messageId?.split('@')[0];
  const name = local?.split('.')[0];
  return name && local.split('.').length === 4 ? `${name}@turnabout` : undefined;
}
