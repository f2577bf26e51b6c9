// Where a partner is.

import type { Partner } from './partner.ts';
import type { Instant } from './time/instant.ts';
import type { Interval } from './time/interval.ts';
import { addDays, type DateRange } from './time/plain-date.ts';
import { startOfDay, type Zone } from './time/zone.ts';

/** From 00:00 of the first to 24:00 of the last day in `zone`, half-open. */
export function spanOf(zone: Zone, { from, to }: DateRange): Interval {
  return { start: startOfDay(zone, from), end: startOfDay(zone, addDays(to, 1)) };
}

/** The zone in which the partner is at `instant`: that of a travel, else the home zone. */
export function whereabouts({ zone, travels }: Pick<Partner, 'zone' | 'travels'>, instant: Instant): Zone {
  const travel = travels.find((each) => {
    const { start, end } = spanOf(zone, each);
    return start <= instant && instant < end;
  });
  return travel?.zone ?? zone;
}
