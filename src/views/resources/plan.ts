// A plan that nobody has agreed to yet, as JSON.

import type { Partnership } from '../../domain/partnership.ts';
import type { Plan, Unplaced } from '../../domain/planner/plan.ts';
import { becauseUnplaced } from '../reason.ts';
import { timeResource } from './occurrence.ts';
import { intervalResource } from './values.ts';

export function planResource({ occurrences, unplaced, certificate }: Plan, partnership: Partnership) {
  const { worst, lowerBound, gap } = certificate;
  return {
    occurrences: occurrences.map((occurrence) => timeResource(occurrence, partnership)),
    unplaced: unplaced.map((each) => unplacedResource(each, partnership)),
    certificate: { worst, lowerBound, gap },
  };
}

/** Which busy time somebody would be asked to move is nobody else's to see, so it is not in it. */
function unplacedResource(unplaced: Unplaced, partnership: Partnership) {
  const { period, kind, relaxation } = unplaced;
  return {
    period: period.id,
    kind,
    because: becauseUnplaced(partnership, unplaced),
    relaxation: relaxation
      ? {
          kind: relaxation.kind,
          asks: [...relaxation.asks],
          cost: relaxation.cost,
          times: relaxation.parts.map(intervalResource),
        }
      : null,
  };
}
