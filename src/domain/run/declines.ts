// Declines of what is published: which of them something has to be asked about, and which of the questions still concern them.

import type { PartnerId } from '../partner.ts';
import { type Declined, declinedIn, type Question } from '../question.ts';
import type { Period } from '../time/period.ts';
import { isHeld } from './closing.ts';
import { confirmedIn, type Observation, type PublishedOccurrence } from './observation.ts';

/** `by`: who cannot come, first those about whom nothing was asked. `isShort`: fewer than two are left, so that it cannot be held. */
export type Decline = {
  readonly standing: PublishedOccurrence;
  readonly by: readonly PartnerId[];
  readonly isShort: boolean;
};

/**
 * The decline in a period that something is to be asked about: while fewer than two can come, whatever was asked before; else once
 * for everybody who cannot. Undefined where there is none, and where one part of the period has begun and is held.
 */
export function unsettledDecline(observation: Observation, period: Period): Decline | undefined {
  const { now } = observation;
  const standing = confirmedIn(observation, period);
  if (standing.some((each) => each.item.start <= now && isHeld(observation, each))) return undefined;
  const declines = standing
    .filter(({ item }) => item.start > now)
    .map((each) => declineOf(observation, each))
    .filter(({ by }) => by.length > 0);
  return (
    declines.find(({ isShort }) => isShort) ??
    declines.find((each) => !wasAsked(observation, each.standing, each.by[0]!))
  );
}

function declineOf(observation: Observation, standing: PublishedOccurrence): Decline {
  const asked = (id: PartnerId) => Number(wasAsked(observation, standing, id));
  const by = [...standing.occurrence.burdens.keys()]
    .filter((id) => standing.answers.get(id) === 'declined')
    .sort((a, b) => asked(a) - asked(b));
  return { standing, by, isShort: !isHeld(observation, standing) };
}

function wasAsked({ questions }: Observation, standing: PublishedOccurrence, decliner: PartnerId): boolean {
  return questions.some((question) => {
    const declined = declinedIn(question.ask);
    if (!declined || question.outcome === 'moot') return false;
    return isAbout(question, declined, standing) && declined.by.includes(decliner);
  });
}

/** Whether what a question was asked because of is still so: somebody declines what stands there, and a rung is needed. */
export function isStillDeclined(observation: Observation, question: Question): boolean {
  const declined = declinedIn(question.ask);
  return confirmedIn(observation, { id: question.period }).some(
    (standing) =>
      declined !== undefined &&
      isAbout(question, declined, standing) &&
      declined.by.some((id) => standing.answers.get(id) === 'declined') &&
      (question.ask.kind === 'time' || !isHeld(observation, standing)),
  );
}

function isAbout(
  { period }: Question,
  { time }: Declined,
  { occurrence, item }: PublishedOccurrence,
): boolean {
  return occurrence.period.id === period && item.start === time.start;
}
