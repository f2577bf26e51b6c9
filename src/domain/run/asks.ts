// Which questions have ended, and which are to be put: a relaxation where nothing fits, another time where somebody cannot come.

import type { PartnerId } from '../partner.ts';
import type { Occurrence } from '../planner/plan.ts';
import { planCheckIns } from '../planner/plan-check-ins.ts';
import { deadlineFor, isTimely, type Outcome, outcomeOf, type Question } from '../question.ts';
import { DAY } from '../time/duration.ts';
import { formatInstant, instantOf, plus } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import type { NewQuestion } from './actions.ts';
import type { Observation, PublishedOccurrence } from './observation.ts';
import { type Ahead, confirmedIn, type Open, type Planned } from './plan-ahead.ts';

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

/** Open questions that nothing depends on any more: a period that was open has its occurrence, or is over. */
export function mootQuestions(
  { questions }: Observation,
  ended: readonly Ended[],
  { open, planned }: Ahead,
): Ended[] {
  const ongoing = new Set(planned.flatMap(({ periods }) => periods.map(({ id }) => id)));
  return questions
    .filter((question) => !question.outcome && !ended.some((each) => each.question === question))
    .filter(({ period, ask }) => {
      if (!ongoing.has(period)) return true;
      return ask.kind === 'relaxation' && !open.some((each) => each.period.id === period);
    })
    .map((question) => ({ question, outcome: 'moot' as const }));
}

/** The questions to be put now. */
export function questionsToAsk(
  observation: Observation,
  ended: readonly Ended[],
  ahead: Ahead,
): NewQuestion[] {
  const asked = observation.questions.filter(
    (question) => !question.outcome && !ended.some((each) => each.question === question),
  );
  const isAsked = (period: string) => asked.some((each) => each.period === period);
  return [
    ...ahead.open
      .filter(({ period }) => !isAsked(period.id))
      .flatMap((open) => relaxationOf(observation, open)),
    ...ahead.planned.flatMap((planned) =>
      planned.periods
        .filter(({ id }) => !isAsked(id))
        .flatMap((period) => confirmedIn(observation, period))
        .flatMap((published) => alternativeTo(observation, planned, published)),
    ),
  ];
}

/** Nobody is asked sooner than so many milliseconds before a period begins: until then calendars change by themselves. */
const ASK_AHEAD = 28 * DAY;

function relaxationOf({ now }: Observation, { kind, period, relaxation, partnership }: Open): NewQuestion[] {
  if (kind !== 'unplaceable' || !relaxation || period.start > plus(now, ASK_AHEAD)) return [];
  const { asks, parts } = relaxation;
  const asked = partnership.partners.filter(({ id }) => asks.includes(id));
  return [
    {
      key: `relaxation/${period.id}/${relaxation.kind}`,
      period: period.id,
      ask: { kind: 'relaxation', relaxation },
      asks,
      deadline: deadlineFor(asked, now, parts[0]!.start),
    },
  ];
}

/** Somebody has declined: where else in its period the occurrence could be, asked once of everybody. */
function alternativeTo(
  { now, questions }: Observation,
  planned: Planned,
  { item, occurrence, answers, part }: PublishedOccurrence,
): NewQuestion[] {
  if (part !== 0 || item.start <= now) return [];
  const period = occurrence.period.id;
  const decliners = [...answers].filter(([, answer]) => answer === 'declined').map(([id]) => id);
  const keyOf = (id: PartnerId) => `declined/${period}/${formatInstant(item.start)}/${id}`;
  const of = decliners.find((id) => !questions.some(({ key }) => key === keyOf(id)));
  const time = of && timeWithout(planned, { period, decliners, taken: item });
  if (!time) return [];
  const { partners } = planned.request.partnership;
  const asked = partners.filter(({ id }) => time.burdens.has(id));
  return [
    {
      key: keyOf(of),
      period,
      ask: { kind: 'time', because: 'declined', of, time: { start: time.start, end: time.end } },
      asks: asked.map(({ id }) => id),
      deadline: deadlineFor(asked, now, instantOf(Math.min(time.start, item.start))),
    },
  ];
}

type Declined = {
  readonly period: string;
  readonly decliners: readonly PartnerId[];
  readonly taken: Interval;
};

/** What the planner would do with the period if those who declined were busy at its time. */
function timeWithout({ request }: Planned, { period, decliners, taken }: Declined): Occurrence | undefined {
  const busy = { start: taken.start, end: taken.end, tentative: false };
  const partners = request.partnership.partners.map((partner) =>
    decliners.includes(partner.id) ? { ...partner, busy: [...partner.busy, busy] } : partner,
  );
  const plan = planCheckIns({
    ...request,
    partnership: { ...request.partnership, partners },
    published: (request.published ?? []).filter((each) => each.period !== period),
  });
  return plan.occurrences.find((occurrence) => occurrence.period.id === period);
}
