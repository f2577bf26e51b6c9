// The letters that are no invitations: what a partner has to know or to answer.

import type { Closing, WhyNot } from '../../domain/fairness/closing.ts';
import type { Question } from '../../domain/question.ts';
import { listed, nameOf, namesListed } from '../people.ts';
import { deadlineText, outcomeSentence, questionSentence, type Reader } from '../question.ts';
import { RELAXATION_NAMES } from '../relaxation.ts';
import { counterWords, type DeclinedCounter } from './counter-letter.ts';
import { type Letter, type LetterText, writtenLetter } from './letter.ts';

/** What a letter is about, with everything that it names, and where the reader goes on. */
export type NoticeLetter = {
  readonly partnership: string;
  readonly page: string;
} & (
  | { readonly kind: 'invited'; readonly by: string }
  | { readonly kind: 'draft'; readonly by: string; readonly version: number }
  | { readonly kind: 'in-force'; readonly version: number; readonly from: string }
  | { readonly kind: 'draft-lapsed'; readonly version: number }
  | { readonly kind: 'draft-withdrawn'; readonly version: number; readonly by: string }
  | { readonly kind: 'left'; readonly name: string }
  | { readonly kind: 'joined'; readonly name: string; readonly email: string; readonly invited: string }
  | { readonly kind: 'left-out'; readonly version: number }
  | { readonly kind: 'asked'; readonly question: Question; readonly to: Reader }
  | { readonly kind: 'answered'; readonly question: Question; readonly to: Reader }
  | { readonly kind: 'missed'; readonly closing: Closing; readonly to: Reader }
  | { readonly kind: 'corrected'; readonly closing: Closing; readonly by: string; readonly to: Reader }
  | ({ readonly kind: 'counter-declined' } & DeclinedCounter)
  | { readonly kind: 'calendar-unknown' | 'calendar-emptied'; readonly calendar: string }
);

export function noticeLetter(notice: NoticeLetter): LetterText {
  const { subject, lines, go } = wordsOf(notice);
  const letter: Letter = {
    subject,
    title: subject,
    paragraphs: [
      { kind: 'text', lines },
      { kind: 'link', label: go, address: notice.page },
    ],
    because:
      notice.kind === 'invited'
        ? 'You have this mail because somebody entered your address. If you do not know them, do nothing.'
        : `You have this mail because you are${notice.kind === 'left-out' ? ', or were,' : ''} a partner in ${notice.partnership}.`,
  };
  return writtenLetter(letter);
}

type Words = { readonly subject: string; readonly lines: readonly string[]; readonly go: string };

function wordsOf(notice: NoticeLetter): Words {
  const { partnership } = notice;
  switch (notice.kind) {
    case 'invited':
      return {
        subject: `${notice.by} invites you to ${partnership}`,
        lines: [
          `${notice.by} would like to agree with you on a regular check-in, at times that are shared fairly between you.`,
          'You choose your own hours; nothing is in force before you have signed.',
        ],
        go: 'Look at it and join',
      };
    case 'draft':
      return {
        subject: `${partnership}: version ${notice.version} of the agreement is to be signed`,
        lines: [
          `${notice.by} has changed the draft. It comes into force when all have signed it; after 14 days without that it lapses, and what is in force stays.`,
        ],
        go: 'See what changes, and sign',
      };
    case 'in-force':
      return {
        subject: `${partnership}: all have signed`,
        lines: [`Version ${notice.version} of the agreement counts from ${notice.from} on.`],
        go: 'See the agreement',
      };
    case 'draft-lapsed':
      return {
        subject: `${partnership}: the draft has lapsed`,
        lines: [
          `Version ${notice.version} was not signed by all within 14 days. What was in force stays in force.`,
        ],
        go: 'See the agreement',
      };
    case 'draft-withdrawn':
      return {
        subject: `${partnership}: the draft is withdrawn`,
        lines: [`${notice.by} has withdrawn version ${notice.version}. What was in force stays in force.`],
        go: 'See the agreement',
      };
    case 'left':
      return {
        subject: `${notice.name} has left ${partnership}`,
        lines: ['Check-ins go on among those who stay; with only one left they end.'],
        go: 'See what is planned',
      };
    case 'joined':
      return {
        subject: `${notice.name} has joined ${partnership}`,
        lines: [
          `They were invited as ${notice.invited} and have joined as ${notice.email}. If that is not whom you meant, leave them out of the draft.`,
          'They take part once all have signed a version that names them.',
        ],
        go: 'See the draft',
      };
    case 'left-out':
      return {
        subject: `${partnership}: the agreement goes on without you`,
        lines: [
          `All whose signatures were needed have signed version ${notice.version}, which does not name you. With it you have left; what you signed and attended stays in the record.`,
        ],
        go: 'See what is yours',
      };
    case 'asked':
      return {
        subject: `${partnership}: a question about ${notice.question.period}`,
        lines: [
          questionSentence(notice.question, notice.to),
          `You are asked ${deadlineText(notice.to.reader, notice.question.deadline)}.`,
        ],
        go: 'Answer',
      };
    case 'answered':
      return {
        subject: `${partnership}: the question about ${notice.question.period} is decided`,
        lines: [
          questionSentence(notice.question, notice.to),
          outcomeSentence(notice.question, notice.question.outcome ?? 'moot'),
        ],
        go: 'See what is planned',
      };
    case 'missed':
      return {
        subject: `${partnership}: there was no check-in in ${notice.closing.period}`,
        lines: [`It is recorded as missed: ${reasonsText(notice.closing, notice.to)}.`],
        go: 'See the record',
      };
    case 'corrected':
      return {
        subject: `${partnership}: the record of ${notice.closing.period} was corrected`,
        lines: [
          `By ${notice.by}. ${attendanceText(notice.closing, notice.to)}`,
          'If that is not how it was, you can correct it as well.',
        ],
        go: 'See the record',
      };
    case 'counter-declined':
      return { ...counterWords(notice), go: 'Propose another time' };
    case 'calendar-unknown':
      return {
        subject: `Your calendar "${notice.calendar}" can no longer be read`,
        lines: [
          'It could not be read for a week, so nobody knows when you are busy. Nothing new is placed until it can be read again or you disconnect it; what is announced stays.',
        ],
        go: 'Look at your calendars',
      };
    case 'calendar-emptied':
      return {
        subject: `More than half of your calendar "${notice.calendar}" is gone`,
        lines: [
          'That may be right, or the calendar may be at fault. Until you say which, Turnabout goes by what it read before.',
        ],
        go: 'Look at it and confirm',
      };
  }
}

function attendanceText(closing: Closing, { people }: Reader): string {
  if (closing.kind !== 'held') return 'Fewer than two were there, so that it was not held.';
  return `${namesListed(people, closing.present.keys())} were there.`;
}

function reasonsText(closing: Closing, { people }: Reader): string {
  if (closing.kind === 'held') return '';
  return listed(closing.reasons.map((reason) => reasonText(reason, people)));
}

/** One reason why a check-in was not held, in words that end without a full stop. */
export function reasonText(reason: WhyNot, people: Reader['people']): string {
  switch (reason.kind) {
    case 'declined':
      return `${nameOf(people, reason.partner)} declined`;
    case 'not-there':
      return `${nameOf(people, reason.partner)} was not there`;
    case 'away':
      return `${nameOf(people, reason.partner)} was away`;
    case 'unknown-calendar':
      return `a calendar of ${nameOf(people, reason.partner)} could not be read`;
    case 'refused':
      return `${RELAXATION_NAMES[reason.relaxation]} was refused`;
    case 'lapsed':
      return `${RELAXATION_NAMES[reason.relaxation]} was not agreed to in time`;
    case 'nothing-fitted':
      return 'no time fitted';
  }
}
