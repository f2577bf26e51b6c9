// Mails the latest revision of an occurrence to one partner. What is sent is decided when it is sent, from what is then
// published and what was mailed before: repeated, late and doubled jobs do no harm.

import type { CalendarItem, Mailbox } from '../../domain/calendar/itip.ts';
import { ProviderUnavailable } from '../../domain/errors.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Sent } from '../../domain/run/observation.ts';
import { type Due, sendsDue, sentOf } from '../../domain/run/sends.ts';
import { HOUR, SECOND } from '../../domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../domain/time/instant.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { itipText } from '../../views/itip-message.ts';
import { type InvitationNews, invitationLetter } from '../../views/mail/invitation-letter.ts';
import type { OutgoingMail } from '../mail-ports.ts';
import type { KeptOccurrence } from '../stores.ts';
import type { World } from '../world.ts';

/** Longer than a mail server may take to answer, so that nobody else begins meanwhile. */
export const CLAIM = 45 * SECOND;

/** What was about to be sent, and to whom. */
export type SendOrder = { readonly uid: string; readonly to: PartnerId };

export type SendingWorld = Pick<World, 'clock' | 'database' | 'mailer' | 'links' | 'sender'>;

/**
 * Gives whether something was mailed. Throws ProviderUnavailable where it is to be tried again later: the server could not take it,
 * or another process may be mailing it.
 */
export async function sendInvitation(
  { uid, to }: SendOrder,
  world: SendingWorld,
): Promise<'sent' | 'refused' | 'waiting' | 'nothing'> {
  const { clock, database, mailer } = world;
  const now = clock();
  const claimed = await database.occurrences.claim({ uid, person: to, now, until: plus(now, CLAIM) });
  if (!claimed)
    throw new ProviderUnavailable('somebody else is mailing this at the moment', { retryAfter: CLAIM });
  const person = await database.people.byId(to);
  const due = sendsDue(claimed, { now, invitedUntil: FOR_EVER }).find((each) => each.to === to);
  if (person?.email === undefined || !due) {
    await database.occurrences.unsent(uid, to);
    return 'nothing';
  }
  const { name, email, zone } = person;
  const outcome = await mailer.send(await mailOf(claimed, { ...due, mailbox: { name, email }, zone }, world));
  const sent = sentOf(claimed, { method: due.method, at: clock() });
  if (outcome.kind === 'deferred') {
    await database.occurrences.unsent(uid, to, outcome.why);
    throw new ProviderUnavailable(outcome.why);
  }
  if (outcome.kind === 'no-server') {
    await database.occurrences.unsent(uid, to, outcome.why);
    await database.jobs.put({ kind: 'send', uid, to }, nextHour(now));
    return 'waiting';
  }
  const problem = outcome.kind === 'refused' ? outcome.why : undefined;
  await database.occurrences.sent(uid, to, sent, problem);
  return outcome.kind === 'refused' ? 'refused' : 'sent';
}

/** On the hour, so that all who ask for the same are one. */
function nextHour(now: Instant): Instant {
  return instantOf((Math.floor(now / HOUR) + 1) * HOUR);
}

/** Whether it is soon enough to invite somebody was decided when the job was put into the queue. */
const FOR_EVER = instantOf(Number.MAX_SAFE_INTEGER);

/** To whom, and where they live. */
type Addressed = Due & { readonly mailbox: Mailbox; readonly zone: Zone };

async function mailOf(
  kept: KeptOccurrence,
  { to, method, mailbox, zone }: Addressed,
  world: SendingWorld,
): Promise<OutgoingMail> {
  const { database, links, sender } = world;
  const item = itemFor(kept, mailbox, method);
  const sent = kept.sent.get(to);
  const news = newsFor(kept, { sent, method });
  const answerAt = method === 'REQUEST' ? await answerLink(kept, to, links) : undefined;
  const reader = {
    zone: (await agreedHome(kept, to, world)) ?? zone,
    travels: await database.people.travels(to),
  };
  const letter = invitationLetter({
    item,
    news,
    reader,
    ...(sent && { was: sent.time }),
    ...(answerAt !== undefined && { answerAt }),
  });
  const { sequence, stamp, uid } = item;
  return {
    messageId: `${uid.split('@')[0]}.${sequence}.${Math.floor(stamp / SECOND)}.${to}@${sender.domain}`,
    date: world.clock(),
    to: mailbox,
    ...letter,
    calendar: { method, ics: itipText(item, method) },
  };
}

/** Who is not invited any more is told so, as the only one it concerns. */
function itemFor({ item }: KeptOccurrence, reader: Mailbox, method: Sent['method']): CalendarItem {
  return method === 'CANCEL' && item.status === 'CONFIRMED' ? { ...item, attendees: [reader] } : item;
}

function newsFor(
  { item, occurrence }: KeptOccurrence,
  { sent, method }: { readonly sent: Sent | undefined; readonly method: Sent['method'] },
): InvitationNews {
  if (method === 'CANCEL') return 'cancelled';
  if (!sent) return 'new';
  if (sent.method === 'CANCEL') return 'back';
  if (sent.time.start !== item.start || sent.time.end !== item.end) return 'moved';
  if (sent.sequence !== item.sequence) return 'changed';
  return sent.host === occurrence.host ? 'reworded' : 'new-host';
}

async function answerLink(
  { item, partnership }: KeptOccurrence,
  to: PartnerId,
  links: World['links'],
): Promise<string> {
  const token = await links.sign({
    person: to,
    partnership,
    matter: answerMatter(item.uid),
    expiresAt: item.end,
  });
  return links.page(`/answer/${token}`);
}

/** What a link is about that answers one invitation. */
export function answerMatter(uid: string): string {
  return `answer ${uid}`;
}

/** The home zone of a partner that was agreed on. */
async function agreedHome(
  { partnership }: KeptOccurrence,
  person: PartnerId,
  { database }: SendingWorld,
): Promise<Zone | undefined> {
  const agreements = await database.agreements.inForce(partnership);
  return agreements.at(-1)?.terms.partners.find(({ id }) => id === person)?.zone;
}
