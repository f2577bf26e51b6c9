// Who leads the call and takes its notes: it rotates, and is weighed by the hour at which it falls.

import type { PartnerId } from '../partner.ts';

/** Points for hosting, beside one's own burden of that occurrence. */
const HOSTING = 10;

/** What the host of each occurrence is: of those present the one with the least hosting points. */
export type Attendance = { readonly burdens: ReadonlyMap<PartnerId, number> };

/**
 * The host of each occurrence, in their order. Ties go to the partner whose last turn is longest ago (never before any), then to
 * the one named first in `partners`.
 */
export function hostsOf(partners: readonly PartnerId[], occurrences: readonly Attendance[]): PartnerId[] {
  const points = new Map<PartnerId, number>();
  const lastTurn = new Map<PartnerId, number>();
  return occurrences.map(({ burdens }, turn) => {
    const present = partners.filter((partner) => burdens.has(partner));
    let host = present[0]!;
    for (const partner of present) {
      const less = (points.get(partner) ?? 0) - (points.get(host) ?? 0);
      const longer = (lastTurn.get(partner) ?? -1) - (lastTurn.get(host) ?? -1);
      if (less < 0 || (less === 0 && longer < 0)) host = partner;
    }
    points.set(host, (points.get(host) ?? 0) + HOSTING + burdens.get(host)!);
    lastTurn.set(host, turn);
    return host;
  });
}
