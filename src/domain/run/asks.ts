// Which questions have ended, and which are to be put: a relaxation where nothing fits, another time where somebody cannot come,
// and a relaxation as well where there is none.

import type { PartnerId } from '../partner.ts';
import type { Occurrence, Relaxation } from '../planner/plan.ts';
import { planCheckIns } from '../planner/plan-check-ins.ts';
import {
  type Ask,
  deadlineFor,
  declinedIn,
  isTimely,
  type Outcome,
  outcomeOf,
  type Question,
} from '../question.ts';
import { DAY } from '../time/duration.ts';
import { type Instant, instantOf, plus } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import type { NewQuestion } from './actions.ts';
import { type Decline, isStillDeclined, unsettledDecline } from './declines.ts';
import type { Observation } from './observation.ts';
import type { Ahead, Planned } from './plan-ahead.ts';
import { refusalsIn, timesOf } from './refusals.ts';

/** A question that has just ended. */
export type Ended = { readonly question: Question; readonly outcome: Outcome };

/** The open questions that are decided by now. One that all agreed to, but too late to hold it, has lapsed. */
export function endedQuestions({ questions, now }: Observation): Ended[] {
  return questions.flatMap((question) => {
    if (question.outcome) return [];
    const outcome = outcomeOf(question, now);
    if (outcome === 'agreed' && !isTimely(question.ask, now))
      return [{ question, outcome: 'lapsed' as const }];
    return outcome ? [{ question, outcome }] : [];
  });
}

/**
 * Open questions that nothing depends on any more: their period is over, or has its occurrence, or nobody declines any longer. `after`
 * is what is known once everything else is done.
 */
export function mootQuestions(after: Observation, { open, planned }: Ahead): Ended[] {
  const ongoing = new Set(planned.flatMap(({ periods }) => periods.map(({ id }) => id)));
  return after.questions
    .filter(({ outcome }) => !outcome)
    .filter((question) => {
      const { period, ask } = question;
      if (!ongoing.has(period)) return true;
      if (declinedIn(ask)) return !isStillDeclined(after, question);
      return ask.kind === 'relaxation' && !open.some((each) => each.period.id === period);
    })
    .map((question) => ({ question, outcome: 'moot' as const }));
}

/** The questions to be put now, one at a time about each period. */
export function questionsToAsk(after: Observation, moot: readonly Ended[], ahead: Ahead): NewQuestion[] {
  const isAsked = ({ id }: Period) =>
    after.questions.some(
      (question) =>
        question.period === id && !question.outcome && !moot.some((each) => each.question === question),
    );
  return ahead.planned.flatMap((planned) =>
    planned.periods
      .filter((period) => !isAsked(period))
      .flatMap((period) => {
        const decline = unsettledDecline(after, period);
        if (decline) return insteadOf(after, { planned, period, decline });
        return isOpen(after, ahead, period) ? relaxationOf(after, { planned, period }) : [];
      }),
  );
}

/** Nobody is asked sooner than so many milliseconds before a period begins: until then calendars change by themselves. */
const ASK_AHEAD = 28 * DAY;

function isOpen({ now }: Observation, { open }: Ahead, { id, start }: Period): boolean {
  return (
    start <= plus(now, ASK_AHEAD) &&
    open.some(({ period, kind }) => kind === 'unplaceable' && period.id === id)
  );
}

type Setting = { readonly planned: Planned; readonly period: Period };

function relaxationOf(after: Observation, { planned, period }: Setting): NewQuestion[] {
  const { relaxation } = planInstead(after, planned, period);
  return relaxation ? asking(after, { planned, period, ...relaxed(relaxation) }) : [];
}

/** Where else in its period a declined check-in could be; where nowhere, and it cannot be held as it is, what would help. */
function insteadOf(
  after: Observation,
  { planned, period, decline }: Setting & { readonly decline: Decline },
): NewQuestion[] {
  const { standing, by, isShort } = decline;
  const { start, end } = standing.item;
  const declined = { by, time: { start, end } };
  const { occurrence, relaxation } = planInstead(after, planned, period);
  if (occurrence) {
    const time = { start: occurrence.start, end: occurrence.end };
    const ask: Ask = { kind: 'time', because: 'declined', of: by[0]!, time, declined };
    // What two can come to is held unless it is moved before.
    const until = isShort ? time.start : instantOf(Math.min(time.start, start));
    return asking(after, { planned, period, ask, asks: [...occurrence.burdens.keys()], until });
  }
  if (!relaxation || !isShort) return [];
  const { ask, ...rest } = relaxed(relaxation);
  return asking(after, { planned, period, ask: { ...ask, declined }, ...rest });
}

function relaxed(relaxation: Relaxation) {
  const ask = { kind: 'relaxation' as const, relaxation };
  return { ask, asks: relaxation.asks, until: relaxation.parts[0]!.start };
}

type Asking = Setting & {
  readonly ask: Ask;
  readonly asks: readonly PartnerId[];
  readonly until: Instant;
};

function asking(
  { now, questions }: Observation,
  { planned, period, ask, asks, until }: Asking,
): NewQuestion[] {
  const asked = planned.request.partnership.partners.filter(({ id }) => asks.includes(id));
  const deadline = deadlineFor(asked, now, until);
  if (deadline <= now) return [];
  // Only one is open at a time, so that its number among those about the period tells it from every other.
  const number = questions.filter((question) => question.period === period.id).length + 1;
  return [{ key: `${ask.kind}/${period.id}/${number}`, period: period.id, ask, asks, deadline }];
}

/**
 * What the planner would do with the period if nothing stood there and nobody could come to what they said no to. A refused time counts
 * like a check-in elsewhere: no rung asks to give it up.
 */
function planInstead(after: Observation, { request }: Planned, period: Period) {
  const refusals = refusalsIn(after, period);
  const elsewhere = new Map(
    request.partnership.partners.map(({ id }) => [
      id,
      [...(request.elsewhere?.get(id) ?? []), ...timesOf(refusals, id)],
    ]),
  );
  const others = <T extends { readonly period: string }>(all: readonly T[] = []) =>
    all.filter((each) => each.period !== period.id);
  const { occurrences, unplaced } = planCheckIns({
    ...request,
    elsewhere,
    published: others(request.published),
    settled: others(request.settled),
  });
  const isOwn = (each: Pick<Occurrence, 'period'>) => each.period.id === period.id;
  return { occurrence: occurrences.find(isOwn), relaxation: unplaced.find(isOwn)?.relaxation };
}
