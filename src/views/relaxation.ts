// What would help where nothing fits, as a question to those whom it asks.

import type { Partnership } from '../domain/partnership.ts';
import type { Relaxation } from '../domain/planner/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { formatMoment } from './local-time.ts';
import { listed, nameOf, type People, points } from './people.ts';

/** "Ask Ana Duarte to move one event: then Tue 5 Jan 17:00 (Europe/Berlin) fits, for 12 points." */
export function relaxationSentence(
  partnership: People & Pick<Partnership, 'anchor'>,
  relaxation: Relaxation,
): string {
  return relaxationAt(partnership, relaxation, (instant) => formatMoment(partnership.anchor, instant));
}

/** The same with times as `at` writes them. */
export function relaxationAt(
  people: People,
  relaxation: Relaxation,
  at: (instant: Instant) => string,
): string {
  const asked = listed(relaxation.asks.map((id) => nameOf(people, id)));
  const when = listed(relaxation.parts.map(({ start }) => at(start)));
  return `Ask ${asked} ${QUESTIONS[relaxation.kind](relaxation)}: then ${when} would do, for ${points(relaxation.cost)}.`;
}

/** A busy time that somebody is asked to move is theirs alone to see, and so it stands in no sentence. */
const QUESTIONS: Readonly<Record<Relaxation['kind'], (relaxation: Relaxation) => string>> = {
  'another-day': () => 'for another day of the same period',
  tentative: () => 'to give up a time that is marked tentative',
  'move-event': () => 'to move one event',
  shorter: ({ minutes }) => `for a call of ${minutes} minutes`,
  'wider-window': ({ minutes }) => `to be reachable ${minutes} minutes longer this once`,
  'rotating-absence': () => 'to stay away this once, with a recording and notes',
  'two-halves': () => 'for two half-meetings with one partner in both',
};

/** What would have helped, as the subject of a sentence: "a shorter call was refused". */
export const RELAXATION_NAMES: Readonly<Record<Relaxation['kind'], string>> = {
  'another-day': 'another day of the same period',
  tentative: 'giving up a tentative time',
  'move-event': 'moving one event',
  shorter: 'a shorter call',
  'wider-window': 'being reachable longer this once',
  'rotating-absence': 'meeting without everybody this once',
  'two-halves': 'meeting in two halves',
};
