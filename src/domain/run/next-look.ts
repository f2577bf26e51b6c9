// When a partnership should be looked at again at the latest, if nothing else happens before.

import type { Instant } from '../time/instant.ts';
import { instantOf, plus } from '../time/instant.ts';
import type { Action } from './actions.ts';
import type { Observation } from './observation.ts';
import { FREEZE } from './sends.ts';

/**
 * The next moment after now at which time alone changes what is to be done: a deadline passes, a check-in ends, one becomes
 * frozen. Undefined where there is none; a run comes every day anyway.
 */
export function nextLook(
  { now, published, questions }: Observation,
  actions: readonly Action[],
): Instant | undefined {
  const publishedNow = actions.flatMap((action) => (action.kind === 'publish' ? [action.occurrence] : []));
  const items = [...published, ...publishedNow]
    .map(({ item }) => item)
    .filter(({ status }) => status === 'CONFIRMED');
  const moments = [
    ...questions.flatMap(({ outcome, deadline }) => (outcome ? [] : [deadline])),
    ...actions.flatMap((action) => (action.kind === 'ask' ? [action.question.deadline] : [])),
    ...items.flatMap(({ start, end }) => [end, plus(start, -FREEZE)]),
  ].filter((moment) => moment > now);
  return moments.length === 0 ? undefined : instantOf(Math.min(...moments));
}
