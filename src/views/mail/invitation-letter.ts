// The letter around an invitation: what a reader sees whose mail program knows nothing of calendars, and who never opens one.

import type { CalendarItem } from '../../domain/calendar/itip.ts';
import type { Partner } from '../../domain/partner.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { localTimeOf } from '../local-time.ts';
import { type LetterText, type Paragraph, writtenLetter } from './letter.ts';

/** What the reader was mailed before, and what this is now. */
export type InvitationNews = 'new' | 'moved' | 'changed' | 'new-host' | 'reworded' | 'cancelled' | 'back';

export type InvitationLetter = {
  readonly item: CalendarItem;
  readonly news: InvitationNews;
  /** When it was to be held by the last mail. */
  readonly was?: Interval;
  /** Where the reader is. */
  readonly reader: Pick<Partner, 'zone' | 'travels'>;
  /** Where the reader answers without a calendar program; none where there is nothing to answer. */
  readonly answerAt?: string;
};

export function invitationLetter({ item, news, reader, was, answerAt }: InvitationLetter): LetterText {
  const time = localTimeOf(reader, item.start);
  const before = news === 'moved' && was ? [`Before: ${spanText(reader, was)}`] : [];
  const day = `${time.weekday} ${time.day}`;
  return writtenLetter({
    subject: `${SUBJECTS[news]}${item.summary}, ${day} ${time.clock} (${time.zone})`,
    title: TITLES[news](item.summary),
    paragraphs: [
      { kind: 'text', lines: [spanText(reader, item), ...before] },
      ...(news === 'cancelled' ? [] : invitation(item, answerAt)),
    ],
    because: 'You have this mail because you are a partner in this check-in.',
  });
}

const SUBJECTS: Readonly<Record<InvitationNews, string>> = {
  new: '',
  moved: 'Moved: ',
  changed: 'Changed: ',
  'new-host': 'New host: ',
  reworded: 'Agenda: ',
  cancelled: 'Cancelled: ',
  back: 'Back again: ',
};

const TITLES: Readonly<Record<InvitationNews, (summary: string) => string>> = {
  new: (summary) => summary,
  moved: (summary) => `${summary} has moved`,
  changed: (summary) => `${summary} has changed`,
  'new-host': (summary) => `${summary} has a new host`,
  reworded: (summary) => `${summary}: what is planned`,
  cancelled: (summary) => `${summary} is cancelled`,
  back: (summary) => `${summary} takes place after all`,
};

/** "Tue 5 Jan, 08:00 to 08:30 (America/Los_Angeles)" */
function spanText(reader: InvitationLetter['reader'], { start, end }: Interval): string {
  const from = localTimeOf(reader, start);
  return `${from.weekday} ${from.day}, ${from.clock} to ${localTimeOf(reader, end).clock} (${from.zone})`;
}

function invitation({ description, conference }: CalendarItem, answerAt: string | undefined): Paragraph[] {
  return [
    ...(answerAt === undefined
      ? []
      : [{ kind: 'link' as const, label: 'Answer, or ask for another time', address: answerAt }]),
    ...(conference === undefined ? [] : [callParagraph(conference)]),
    ...description.split('\n\n').map((part) => ({ kind: 'text' as const, lines: part.split('\n') })),
  ];
}

function callParagraph(conference: string): Paragraph {
  return /^https:/i.test(conference)
    ? { kind: 'link', label: 'Join the call', address: conference }
    : { kind: 'text', lines: [`The call: ${conference}`] };
}
