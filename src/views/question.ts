// A question to partners in words: what is asked, and what became of it.

import type { PartnerId } from '../domain/partner.ts';
import type { Ask, Outcome, Question } from '../domain/question.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Zone } from '../domain/time/zone.ts';
import { formatMoment } from './local-time.ts';
import { listed, nameOf, type People } from './people.ts';
import { relaxationSentence } from './relaxation.ts';

/** Whom the question is shown to: a busy time that somebody is asked to move is shown to them alone. */
export type Reader = { readonly people: People; readonly zone: Zone; readonly reader: PartnerId };

/** What the question is about: "Thu 7 Jan 17:00 (Europe/Berlin) instead of Tue 5 Jan …". */
export function questionSentence({ ask, period }: Pick<Question, 'ask' | 'period'>, reader: Reader): string {
  const { people, zone } = reader;
  if (ask.kind === 'relaxation')
    return `Nothing fits in ${period}. ${relaxationSentence({ ...people, anchor: zone }, ask.relaxation)}${movedEvent(ask, reader)}`;
  const who = nameOf(people, ask.of);
  if (ask.kind === 'swap') {
    const times = ask.parts.map(({ start }, i) => `${ask.periods[i]} at ${formatMoment(zone, start)}`);
    return `${who} would like to exchange turns: ${listed(times)}.`;
  }
  const when = formatMoment(zone, ask.time.start);
  return TIME_SENTENCES[ask.because](who, when, period);
}

const TIME_SENTENCES = {
  partner: (who: string, when: string, period: string) =>
    `${who} proposes ${when} for the check-in of ${period}.`,
  counter: (who: string, when: string, period: string) =>
    `${who} proposes ${when} for the check-in of ${period}.`,
  declined: (who: string, when: string, period: string) =>
    `${who} cannot come to the check-in of ${period}. Would ${when} do for everybody?`,
  volunteer: (who: string, when: string, period: string) =>
    `${who} offers to take the odd hour of ${period}: ${when}.`,
} as const;

function movedEvent(ask: Extract<Ask, { kind: 'relaxation' }>, { zone, reader }: Reader): string {
  const { moves, asks } = ask.relaxation;
  if (!moves || !asks.includes(reader)) return '';
  return ` It is what you have from ${formatMoment(zone, moves.start)} to ${formatMoment(zone, moves.end)}.`;
}

/** What became of it. */
export function outcomeSentence(outcome: Outcome): string {
  return OUTCOMES[outcome];
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  agreed: 'Everybody who was asked agreed.',
  refused: 'Not everybody agreed, so nothing changes.',
  lapsed: 'Nobody answered in time, which counts as a no.',
  moot: 'There is nothing left to ask.',
};

/** "until Wed 6 Jan 17:00 (Europe/Berlin); no answer is a no" */
export function deadlineText(zone: Zone, deadline: Instant): string {
  return `until ${formatMoment(zone, deadline)}; no answer is a no`;
}
