// A question to partners in words: what is asked, and what became of it. Times are those of the reader.

import type { Partner, PartnerId } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import { pointsOfTime } from '../domain/planner/own-points.ts';
import { type Ask, type Outcome, type Question, timesOf } from '../domain/question.ts';
import type { Instant } from '../domain/time/instant.ts';
import { formatMomentOf } from './local-time.ts';
import { listed, nameOf, type People, partnerOf, points } from './people.ts';
import { relaxationAt } from './relaxation.ts';

/** Whom the question is shown to: a busy time that somebody is asked to move is shown to them alone. */
export type Reader = { readonly people: People; readonly reader: Partner };

/** One of those who ever were a partner, as the reader. */
export function readerIn(partnership: Partnership, id: PartnerId): Reader {
  return { people: partnership, reader: partnerOf(partnership, id)! };
}

/** What the question is about and what it would cost the reader: "Ben proposes Thu 7 Jan 08:00 (America/Los_Angeles) for …". */
export function questionSentence(
  { ask, asks, period }: Pick<Question, 'ask' | 'asks' | 'period'>,
  to: Reader,
): string {
  const borne = ownPoints({ ask, asks }, to.reader);
  const cost = borne.length === 0 ? '' : ` You would bear ${listed(borne.map(points))}.`;
  return `${askSentence({ ask, period }, to)}${cost}`;
}

function askSentence({ ask, period }: Pick<Question, 'ask' | 'period'>, to: Reader): string {
  const { people } = to;
  const at = (instant: Instant) => formatMomentOf(to.reader, instant);
  if (ask.kind === 'relaxation')
    return `${whyAsked({ ask, period }, people)} ${relaxationAt(people, ask.relaxation, at)}${movedEvent(ask, to)}`;
  const who = nameOf(people, ask.of);
  if (ask.kind === 'swap') {
    const times = ask.parts.map(({ start }, i) => `${ask.periods[i]} at ${at(start)}`);
    return `${who} would like to exchange turns: ${listed(times)}.`;
  }
  return TIME_SENTENCES[ask.because](who, at(ask.time.start), period);
}

type Relaxing = { readonly ask: Extract<Ask, { kind: 'relaxation' }>; readonly period: string };

function whyAsked({ ask, period }: Relaxing, people: People): string {
  if (!ask.declined) return `Nothing fits in ${period}.`;
  const who = listed(ask.declined.by.map((id) => nameOf(people, id)));
  return `${who} cannot come to the check-in of ${period}, and no other time fits.`;
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

function movedEvent(ask: Extract<Ask, { kind: 'relaxation' }>, { reader }: Reader): string {
  const { moves, asks } = ask.relaxation;
  if (!moves || !asks.includes(reader.id)) return '';
  return ` It is what you have from ${formatMomentOf(reader, moves.start)} to ${formatMomentOf(reader, moves.end)}.`;
}

/** The points of each time at which the reader would be there; none where their hours are not known. */
function ownPoints({ ask, asks }: Pick<Question, 'ask' | 'asks'>, reader: Partner): number[] {
  if (ask.kind === 'relaxation')
    return ask.relaxation.parts.flatMap(({ burdens }) => burdens.get(reader.id) ?? []);
  const isThere = ask.of === reader.id || asks.includes(reader.id);
  if (!isThere || reader.comfortable.length === 0) return [];
  return timesOf(ask).map((time) => pointsOfTime(reader, time));
}

/** What became of it. */
export function outcomeSentence(
  { asks, replies }: Pick<Question, 'asks' | 'replies'>,
  outcome: Outcome,
): string {
  if (outcome !== 'lapsed') return OUTCOMES[outcome];
  const silent = asks.filter((id) => !replies.has(id));
  if (silent.length === 0) return 'Everybody agreed, but too late for it to be held.';
  const who = silent.length === asks.length ? 'Nobody' : 'Not everybody';
  return `${who} answered in time, which counts as a no.`;
}

const OUTCOMES: Readonly<Record<Exclude<Outcome, 'lapsed'>, string>> = {
  agreed: 'Everybody who was asked agreed.',
  refused: 'Not everybody agreed, so nothing changes.',
  moot: 'There is nothing left to ask.',
};

/** "until Wed 6 Jan 17:00 (Europe/Berlin); no answer is a no" */
export function deadlineText(reader: Partner, deadline: Instant): string {
  return `until ${formatMomentOf(reader, deadline)}; no answer is a no`;
}
