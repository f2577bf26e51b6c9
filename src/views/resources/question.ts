// A question as JSON, as one partner is shown it.

import type { Relaxation } from '../../domain/planner/plan.ts';
import { type Ask, outcomeOf, type Question, timesOf } from '../../domain/question.ts';
import type { NewQuestion } from '../../domain/run/actions.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import { questionSentence, type Reader } from '../question.ts';
import { intervalResource } from './values.ts';

export function questionResource(question: Question, reader: Reader, now: Instant) {
  const { id, askedAt, replies } = question;
  return {
    id,
    ...newQuestionResource(question, reader),
    askedAt: formatInstant(askedAt),
    replies: [...replies].map(([person, answer]) => ({ person, answer })),
    outcome: outcomeOf(question, now) ?? null,
  };
}

/** What is asked, before it has an id. */
export function newQuestionResource(question: NewQuestion, reader: Reader) {
  const { period, ask, asks, deadline } = question;
  return {
    period,
    ...askResource(ask, reader),
    sentence: questionSentence(question, reader),
    asks: [...asks],
    deadline: formatInstant(deadline),
  };
}

function askResource(ask: Ask, reader: Reader) {
  return {
    kind: ask.kind,
    about: aboutOf(ask),
    of: ask.kind === 'relaxation' ? null : ask.of,
    times: timesOf(ask).map(intervalResource),
    moves: ask.kind === 'relaxation' ? movesResource(ask.relaxation, reader) : null,
  };
}

function aboutOf(ask: Ask) {
  if (ask.kind === 'relaxation') return ask.relaxation.kind;
  return ask.kind === 'time' ? ask.because : ask.kind;
}

/** A busy time is shown to whose it is, and to nobody else. */
function movesResource({ kind, moves, asks }: Relaxation, { reader }: Reader) {
  return kind === 'move-event' && moves && asks.includes(reader.id) ? intervalResource(moves) : null;
}
