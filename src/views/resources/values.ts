// Values of the domain as JSON: instants in UTC with a `Z`, dates as 2027-01-04, points as a list by person.

import type { PartnerId } from '../../domain/partner.ts';
import type { Points } from '../../domain/planner/plan.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { type DateRange, formatDate } from '../../domain/time/plain-date.ts';

/** Null where there is none, so that every key is always there. */
export function instantOrNull(instant: Instant | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}

export function intervalResource({ start, end }: Interval) {
  return { start: formatInstant(start), end: formatInstant(end) };
}

export function daysResource({ from, to }: DateRange) {
  return { from: formatDate(from), to: formatDate(to) };
}

/** In the order of the ids, so that the same points are the same text wherever they come from. */
export function pointsResource(points: Points): { person: PartnerId; points: number }[] {
  const all = [...points].map(([person, borne]) => ({ person, points: borne }));
  return all.sort((a, b) => (a.person < b.person ? -1 : 1));
}
