// The decision of a run: from what is known to the list of what is to be done. Pure: the same observation gives the same list, and
// once the list is done, the next run finds nothing left to do.

import { type CalendarItem, type Draft, revise } from '../calendar/itip.ts';
import { occurrenceUid } from '../calendar/uid.ts';
import { addDays, mondayOf } from '../time/plain-date.ts';
import { startOfDay } from '../time/zone.ts';
import type { Action, Change } from './actions.ts';
import { endedQuestions, mootQuestions, questionsToAsk } from './asks.ts';
import { closingsDue, entryOf } from './closing.ts';
import type { Observation, PublishedOccurrence } from './observation.ts';
import { type Ahead, type Desired, planAhead } from './plan-ahead.ts';
import { sendsDue } from './sends.ts';
import { type Stretch, stretchesOf, todayIn } from './stretches.ts';

/** How an occurrence is put into words. */
export type DraftOf = (desired: Desired, as: Pick<Draft, 'uid' | 'organizer'>) => Draft;

/** The actions, in the order in which they are done, and the plan that they come from. */
export type RunDecision = { readonly actions: readonly Action[]; readonly ahead: Ahead };

/** Decides what a run does. `observation.now` is in whole seconds. */
export function decideRun(observation: Observation, draftOf: DraftOf): RunDecision {
  const ended = endedQuestions(observation);
  const closings = closingsDue(observation);
  const entries = [
    ...observation.entries,
    ...closings.map((closing) => entryOf(closing, observation.entries)),
  ];
  const agreed = ended.filter(({ outcome }) => outcome === 'agreed').map(({ question }) => question);
  const after = { ...observation, questions: withOutcomes(observation, ended) };
  const ahead = planAhead(after, entries, agreed);
  const published = revisions(after, ahead, draftOf);
  const standing = { ...after, published: published.map(({ occurrence }) => occurrence) };
  const moot = mootQuestions(standing, ahead);
  const actions: Action[] = [
    ...closings.map((closing) => ({ kind: 'close' as const, closing })),
    ...[...ended, ...moot].map(({ question, outcome }) => ({
      kind: 'end' as const,
      question: question.id,
      outcome,
    })),
    ...published.flatMap(({ action }) => action ?? []),
    ...questionsToAsk(standing, moot, ahead).map((question) => ({
      kind: 'ask' as const,
      question,
    })),
    ...sends(after, standing.published),
  ];
  return { actions, ahead };
}

function withOutcomes({ questions }: Observation, ended: ReturnType<typeof endedQuestions>) {
  return questions.map((question) => {
    const own = ended.find((each) => each.question === question);
    return own ? { ...question, outcome: own.outcome } : question;
  });
}

/** An occurrence after the run, and the action that makes it so, where it was not so before. */
type Revised = {
  readonly occurrence: PublishedOccurrence;
  readonly action?: Extract<Action, { kind: 'publish' }>;
};

function revisions(observation: Observation, ahead: Ahead, draftOf: DraftOf): Revised[] {
  const { published, now } = observation;
  const desired = ahead.desired.map((each) => {
    const before = published.find((other) => isSame(other, each));
    return desiredRevision(observation, before, { desired: each, draftOf });
  });
  const others = published
    .filter((each) => !ahead.desired.some((other) => isSame(each, other)))
    .map((each) => (isDropped(each, observation, ahead) ? cancellation(each, now) : { occurrence: each }));
  return [...desired, ...others];
}

function isSame(
  published: PublishedOccurrence,
  { part, occurrence }: Pick<Desired, 'part' | 'occurrence'>,
): boolean {
  return published.part === part && published.occurrence.period.id === occurrence.period.id;
}

type Wanted = { readonly desired: Desired; readonly draftOf: DraftOf };

function desiredRevision(
  { partnership, organizer, now, firstSequence }: Observation,
  before: PublishedOccurrence | undefined,
  { desired, draftOf }: Wanted,
): Revised {
  const { part, origin, occurrence } = desired;
  const uid = before?.item.uid ?? occurrenceUid({ partnership, period: occurrence.period.id, part });
  const draft = draftOf(desired, { uid, organizer });
  const previous = before ? [before.item] : [];
  const time = { now, since: before?.item.start ?? now, first: firstSequence };
  const [item] = revise(previous, [draft], time);
  const change = changeOf(before?.item, item!);
  const answers = change === 'moved' || change === 'revived' ? new Map() : (before?.answers ?? new Map());
  const base = { part, origin, occurrence, item: item!, answers };
  const after = { ...base, firstStart: before?.firstStart ?? item!.start, sent: before?.sent ?? new Map() };
  if (!change) return { occurrence: after };
  return {
    occurrence: after,
    action: { kind: 'publish', change, occurrence: after, ...wasAt(before, change) },
  };
}

function wasAt(before: PublishedOccurrence | undefined, change: Change) {
  return before && change === 'moved' ? { was: { start: before.item.start, end: before.item.end } } : {};
}

function changeOf(before: CalendarItem | undefined, after: CalendarItem): Change | undefined {
  if (!before) return 'new';
  if (before.status === 'CANCELLED') return 'revived';
  if (before.start !== after.start || before.end !== after.end) return 'moved';
  if (before.sequence !== after.sequence) return 'people';
  return before.stamp === after.stamp ? undefined : 'words';
}

/**
 * What no terms ask for any more, what only half of the partners could attend, and a whole check-in of which there are now two halves. What
 * merely became impossible stays announced until something else is agreed on: a check-in is moved, not dropped.
 */
function isDropped(
  published: PublishedOccurrence,
  observation: Observation,
  { desired, open, planned }: Ahead,
): boolean {
  const { item, occurrence } = published;
  if (item.status === 'CANCELLED' || item.start <= observation.now) return false;
  const { id } = occurrence.period;
  if (desired.some((each) => each.occurrence.period.id === id)) return true;
  if (open.some(({ period, kind }) => period.id === id && kind === 'away')) return true;
  return !planned.some(({ periods }) => periods.some((period) => period.id === id));
}

function cancellation(published: PublishedOccurrence, now: Observation['now']): Revised {
  const [item] = revise([published.item], [], { now, since: published.item.start });
  const occurrence = { ...published, item: item! };
  return { occurrence, action: { kind: 'publish', change: 'cancelled', occurrence } };
}

function sends(observation: Observation, occurrences: readonly PublishedOccurrence[]): Action[] {
  const { now } = observation;
  return occurrences.flatMap((occurrence) => {
    const { uid, sequence } = occurrence.item;
    const invitedUntil = invitedUntilOf(observation, occurrence);
    return sendsDue(occurrence, { now, invitedUntil }).map(({ to, method }) => ({
      kind: 'send' as const,
      uid,
      to,
      method,
      sequence,
    }));
  });
}

/** Invitations go out for the running week and so many whole weeks after it, by the terms of the occurrence's period. */
function invitedUntilOf({ agreements, now }: Observation, { occurrence }: PublishedOccurrence) {
  const stretch = stretchesOf(agreements)
    .filter(({ from }) => from <= occurrence.period.first)
    .at(-1);
  return stretch ? invitedUntil(stretch, now) : now;
}

/** What begins from this instant on is not invited to by mail yet. */
export function invitedUntil(stretch: Stretch, now: Observation['now']) {
  const { anchor, horizon } = stretch.terms;
  return startOfDay(anchor, addDays(mondayOf(todayIn(stretch, now)), 7 * (horizon.invited + 1)));
}
