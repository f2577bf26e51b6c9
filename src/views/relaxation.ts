// What would help where nothing fits, as a question to those whom it asks.

import type { Partnership } from '../domain/partnership.ts';
import type { Relaxation } from '../domain/planner/plan.ts';
import { formatMoment } from './local-time.ts';
import { listed, nameOf, type People, points } from './people.ts';

/** "Ask Ana Duarte to move one event: then Tue 5 Jan 17:00 (Europe/Berlin) fits, for 12 points." */
export function relaxationSentence(
  partnership: People & Pick<Partnership, 'anchor'>,
  relaxation: Relaxation,
): string {
  const asked = listed(relaxation.asks.map((id) => nameOf(partnership, id)));
  const when = listed(relaxation.parts.map(({ start }) => formatMoment(partnership.anchor, start)));
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
