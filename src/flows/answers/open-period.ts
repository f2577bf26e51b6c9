// A period of which something may still be changed.

import { InvalidFields } from '../../domain/errors.ts';
import type { Observation, PublishedOccurrence } from '../../domain/run/observation.ts';
import { confirmedIn } from '../../domain/run/observation.ts';
import { openPeriods } from '../../domain/run/plan-ahead.ts';
import { type Stretch, stretchesOf } from '../../domain/run/stretches.ts';
import type { Period } from '../../domain/time/period.ts';

/** The period, the terms that count in it, and its whole check-in, where one is announced. */
export type OpenPeriod = {
  readonly period: Period;
  readonly stretch: Stretch;
  readonly published?: PublishedOccurrence;
};

/** Throws InvalidFields where the period is over, held already, or beyond what is planned. */
export function openPeriod(observation: Observation, id: string): OpenPeriod {
  for (const stretch of stretchesOf(observation.agreements)) {
    const period = openPeriods(observation, observation.entries, stretch).find((each) => each.id === id);
    if (!period) continue;
    const published = confirmedIn(observation, period).find(({ part }) => part === 0);
    return { period, stretch, ...(published && { published }) };
  }
  throw notOpen('period');
}

/** What is said of a period that is named in the field `path` and of which nothing can be changed. */
export function notOpen(path: string): InvalidFields {
  return new InvalidFields([
    { path, message: 'is over, or beyond what is planned: name a period that is still to come' },
  ]);
}
