// Where a partner is.

import type { Partner } from './partner.ts';
import type { Instant } from './time/instant.ts';
import { addDays } from './time/plain-date.ts';
import { startOfDay, type Zone } from './time/zone.ts';

/** The zone in which the partner is at `instant`: that of a travel, else the home zone. */
export function whereabouts({ zone, travels }: Pick<Partner, 'zone' | 'travels'>, instant: Instant): Zone {
  const travel = travels.find(
    ({ from, to }) => startOfDay(zone, from) <= instant && instant < startOfDay(zone, addDays(to, 1)),
  );
  return travel?.zone ?? zone;
}
