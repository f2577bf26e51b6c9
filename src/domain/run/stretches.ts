// Which terms count when: each agreed version from its first day until the next one begins.

import type { InForce } from '../agreement/terms.ts';
import type { Instant } from '../time/instant.ts';
import { nextStart, type Period, periodAt } from '../time/period.ts';
import { addDays, mondayOf, type PlainDate } from '../time/plain-date.ts';
import { dateOfWall } from '../time/wall-time.ts';
import { toWall } from '../time/zone.ts';

/** The terms of the periods that begin from `from` up to, and without, `until`. */
export type Stretch = InForce & { readonly until?: PlainDate };

/** In order; a version that was replaced before its first day has none. */
export function stretchesOf(agreements: readonly InForce[]): Stretch[] {
  const stretches: Stretch[] = [];
  let until: PlainDate | undefined;
  for (const agreement of [...agreements].sort((a, b) => b.version - a.version)) {
    if (until !== undefined && agreement.from >= until) continue;
    stretches.unshift({ ...agreement, ...(until !== undefined && { until }) });
    until = agreement.from;
  }
  return stretches;
}

/** The periods of a stretch that begin before `end`. */
export function periodsOf({ terms, from, until }: Stretch, end: PlainDate): Period[] {
  const { anchor, checkIn } = terms;
  const last = until !== undefined && until < end ? until : end;
  const periods: Period[] = [];
  for (let first = from; first < last; first = nextStart(checkIn.rhythm, first))
    periods.push(periodAt({ anchor, rhythm: checkIn.rhythm }, first));
  return periods;
}

/** The day before which periods are planned: the running week and so many whole weeks after it, in the anchor zone. */
export function horizonOf({ terms: { anchor, horizon } }: Pick<InForce, 'terms'>, now: Instant): PlainDate {
  return addDays(mondayOf(todayIn({ terms: { anchor } }, now)), 7 * (horizon.weeks + 1));
}

/** The date that the anchor's clocks show. */
export function todayIn(
  { terms }: { readonly terms: Pick<InForce['terms'], 'anchor'> },
  now: Instant,
): PlainDate {
  return dateOfWall(toWall(terms.anchor, now));
}
