// Somebody volunteers: they take an odd hour from others, and nobody else bears more for it.

import type { PartnerId } from '../partner.ts';
import type { Interval } from '../time/interval.ts';
import type { Occurrence } from './plan.ts';
import { intervalAt, type PlanRequest, pointsIn, poseProblem } from './problem.ts';

/**
 * The candidate of the occurrence's period at which the others together bear least, each of them no more than now and together less;
 * then where the volunteer bears least, then the earliest. Undefined where there is none.
 */
export function volunteerFor(
  request: PlanRequest,
  { period, burdens }: Occurrence,
  volunteer: PartnerId,
): Interval | undefined {
  const problem = poseProblem(request);
  const round = problem.rounds.find((each) => each.period.id === period.id);
  if (!round) return undefined;
  let best: { readonly start: number; readonly others: number; readonly own: number } | undefined;
  const now = sumWithout(burdens, volunteer);
  for (const start of round.starts) {
    const points = pointsIn(problem, round, start);
    const isWorse = [...points].some(([id, borne]) => id !== volunteer && borne > (burdens.get(id) ?? 0));
    const option = { start, others: sumWithout(points, volunteer), own: points.get(volunteer) ?? 0 };
    if (isWorse || option.others >= now) continue;
    if (!best || option.others < best.others || (option.others === best.others && option.own < best.own))
      best = option;
  }
  return best && intervalAt(problem, best.start);
}

function sumWithout(points: ReadonlyMap<PartnerId, number>, left: PartnerId): number {
  let sum = 0;
  for (const [id, borne] of points) if (id !== left) sum += borne;
  return sum;
}
