// Mails one notice. What it names is read when it is sent.

import { ProviderUnavailable } from '../../domain/errors.ts';
import { closingIn } from '../../domain/fairness/book.ts';
import { DAY } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import { itipText } from '../../views/itip-message.ts';
import { type NoticeLetter, noticeLetter } from '../../views/mail/notice-letter.ts';
import { readerIn } from '../../views/question.ts';
import type { OutgoingMail } from '../mail-ports.ts';
import { joinLink } from '../partnership/invite-partner.ts';
import { readPartnership } from '../partnership/read-partnership.ts';
import { readInWords } from '../read/in-words.ts';
import { NOTHING_LEFT, type Notice } from '../stores.ts';
import { CLAIM, type SendingWorld } from './send-invitation.ts';

/** Gives whether something was mailed; throws ProviderUnavailable where it is to be tried again later. */
export async function sendNotice(
  id: string,
  world: SendingWorld,
): Promise<'sent' | 'refused' | 'waiting' | 'nothing'> {
  const { clock, database, mailer, sender } = world;
  const now = clock();
  const notice = await database.notices.claim(id, now, plus(now, CLAIM));
  if (!notice) return 'nothing';
  const letter = isNews(notice, now) ? await letterOf(notice, world) : undefined;
  if (!letter) {
    await database.notices.unsent(id, NOTHING_LEFT);
    return 'nothing';
  }
  const to = { name: await nameOfReader(notice, world), email: notice.email };
  const outcome = await mailer.send({
    messageId: `notice.${id}@${sender.domain}`,
    date: now,
    to,
    ...noticeLetter(letter),
    ...(await calendarPartOf(notice, world)),
  });
  if (outcome.kind === 'deferred') {
    await database.notices.unsent(id);
    throw new ProviderUnavailable(outcome.why);
  }
  if (outcome.kind === 'no-server') {
    await database.notices.unsent(id);
    return 'waiting';
  }
  if (outcome.kind === 'refused') await database.notices.unsent(id, outcome.why);
  else await database.notices.sent(id, clock());
  return outcome.kind === 'refused' ? 'refused' : 'sent';
}

/** What could not be told for a week is no news any more; an invitation is one until it expires. */
function isNews({ content, createdAt }: Notice, now: Instant): boolean {
  return content.kind === 'invited' || now - createdAt < 7 * DAY;
}

/** A calendar program that proposed another time is told in its own language. */
async function calendarPartOf(
  { content }: Notice,
  { database }: SendingWorld,
): Promise<Pick<OutgoingMail, 'calendar'>> {
  const kept = content.kind === 'counter-declined' && (await database.occurrences.byUid(content.uid));
  if (!kept) return {};
  const method = 'DECLINECOUNTER';
  return { calendar: { method, ics: itipText(kept.item, method) } };
}

async function nameOfReader({ person }: Notice, { database }: SendingWorld): Promise<string> {
  return (person && (await database.people.byId(person))?.name) ?? '';
}

/** Undefined where what it was about is gone. */
async function letterOf(notice: Notice, world: SendingWorld): Promise<NoticeLetter | undefined> {
  const { content, partnership: id } = notice;
  if (content.kind === 'calendar-unknown' || content.kind === 'calendar-emptied') {
    const calendar = await world.database.calendars.byId(content.calendar);
    const page = world.links.page('/calendars');
    return calendar && { kind: content.kind, calendar: calendar.name, partnership: 'Turnabout', page };
  }
  if (id === undefined) return undefined;
  const { name } = await readPartnership(id, world.database);
  const at = (path: string) => ({ partnership: name, page: world.links.page(`/partnerships/${id}${path}`) });
  if (content.kind === 'invited') {
    const invitation = await world.database.invitations.byId(content.invitation);
    if (!invitation || invitation.expiresAt <= world.clock()) return undefined;
    const page = await joinLink(invitation, world.links);
    return { kind: 'invited', by: content.by, partnership: name, page };
  }
  if (content.kind === 'draft' || content.kind === 'draft-lapsed' || content.kind === 'draft-withdrawn')
    return { ...content, ...at('/agreement') };
  if (content.kind === 'in-force') return { ...content, ...at('/agreement') };
  if (content.kind === 'joined') {
    const known = await world.database.people.byId(content.person);
    if (known?.email === undefined) return undefined;
    const { name: joined, email } = known;
    return { kind: 'joined', name: joined, email, invited: content.invited, ...at('/agreement') };
  }
  if (content.kind === 'left') return { ...content, ...at('') };
  if (content.kind === 'left-out') return { ...content, partnership: name, page: world.links.page('/') };
  const to = readerIn((await readInWords(id, world.database)).partnership, notice.person!);
  if (content.kind === 'counter-declined') {
    const kept = await world.database.occurrences.byUid(content.uid);
    return (
      kept && {
        ...content,
        item: kept.item,
        period: kept.occurrence.period,
        reader: to.reader,
        ...at(''),
      }
    );
  }
  if (content.kind === 'missed' || content.kind === 'corrected') {
    const closing = closingIn(await world.database.book.entries(id), content.period);
    return closing && { ...content, closing, to, ...at('/record') };
  }
  if (content.kind !== 'asked' && content.kind !== 'answered') return undefined;
  const { kind, question: asked } = content;
  const question = (await world.database.questions.of(id)).find(({ key }) => key === asked);
  return question && { kind, question, to, ...at('') };
}
