// Who leads the call and takes its notes: it rotates, and is weighed by the hour at which it falls.

import type { PartnerId } from '../partner.ts';

/** Points for hosting, beside one's own burden of that occurrence. */
const HOSTING = 10;

/** Who is present, with the points each bears, and who was announced as host already, if anybody. */
export type Attendance = { readonly burdens: ReadonlyMap<PartnerId, number>; readonly announced?: PartnerId };

/**
 * The host of each occurrence, in their order: of those present the one with the least hosting points; who was announced stays,
 * as long as they are present. Ties go to the partner whose last turn is longest ago (never before any), then to
 * the one named first in `partners`.
 */
export function hostsOf(partners: readonly PartnerId[], occurrences: readonly Attendance[]): PartnerId[] {
  const points = new Map<PartnerId, number>();
  const lastTurn = new Map<PartnerId, number>();
  return occurrences.map(({ burdens, announced }, turn) => {
    const present = partners.filter((partner) => burdens.has(partner));
    const asked = announced !== undefined && burdens.has(announced) ? [announced] : present;
    let host = asked[0]!;
    for (const partner of asked) {
      const less = (points.get(partner) ?? 0) - (points.get(host) ?? 0);
      const longer = (lastTurn.get(partner) ?? -1) - (lastTurn.get(host) ?? -1);
      if (less < 0 || (less === 0 && longer < 0)) host = partner;
    }
    points.set(host, (points.get(host) ?? 0) + HOSTING + burdens.get(host)!);
    lastTurn.set(host, turn);
    return host;
  });
}
