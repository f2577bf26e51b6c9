// One partner of a partnership file: what its fields must be to each other, and the partner of the domain.

import { comfortableOutside, DEFAULT_COMFORTABLE, narrowReach, reachableAround } from '../../domain/hours.ts';
import { type Partner, partnerIdOf } from '../../domain/partner.ts';
import { type DateRange, formatDate } from '../../domain/time/plain-date.ts';
import type { FieldPath } from './document.ts';
import type { PartnerShape } from './shape.ts';

/** Something about the field at `path`, in a sentence. */
export type Finding = { readonly path: FieldPath; readonly message: string };

/** The partner without holidays and without what stands in calendars. */
export function partnerOf(shape: PartnerShape): Partner {
  const comfortable = shape.comfortable ?? DEFAULT_COMFORTABLE;
  return {
    id: partnerIdOf(shape.email),
    email: partnerIdOf(shape.email),
    name: shape.name,
    zone: shape.zone,
    comfortable,
    reachable: shape.reachable ?? reachableAround(comfortable),
    focus: shape.focus ?? [],
    away: shape.away,
    travels: [...shape.travels].sort((a, b) => a.from - b.from),
    busy: shape.busy.map((each) => ({ ...each, tentative: false })),
  };
}

/** What is wrong with the partner's fields taken together; paths begin at the partner. */
export function findInPartner(shape: PartnerShape): Finding[] {
  return [
    ...findComfortableOutside(shape),
    ...shape.busy.flatMap((each, i) =>
      each.start < each.end
        ? []
        : [{ path: ['busy', i, 'end'], message: 'is not after its start: exchange the two' }],
    ),
    ...findBackward('away', shape.away),
    ...findBackward('travels', shape.travels),
    ...findOverlaps(shape.travels),
  ];
}

export function warnOfPartner(shape: PartnerShape): Finding[] {
  const message = narrowReach(shape.name, partnerOf(shape).reachable);
  return message === undefined ? [] : [{ path: [shape.reachable ? 'reachable' : 'comfortable'], message }];
}

function findComfortableOutside({ comfortable = DEFAULT_COMFORTABLE, reachable }: PartnerShape): Finding[] {
  const message = reachable && comfortableOutside({ comfortable, reachable });
  return message === undefined ? [] : [{ path: ['reachable'], message }];
}

function findBackward(field: 'away' | 'travels', ranges: readonly DateRange[]): Finding[] {
  return ranges.flatMap(({ from, to }, i) =>
    from <= to
      ? []
      : [
          {
            path: [field, i, 'to'],
            message: `${formatDate(to)} is before ${formatDate(from)}: exchange the two`,
          },
        ],
  );
}

function findOverlaps(travels: readonly DateRange[]): Finding[] {
  return travels.flatMap((travel, i) => {
    const other = travels.slice(0, i).find((each) => each.from <= travel.to && travel.from <= each.to);
    if (!other) return [];
    const message = `overlaps the travel from ${formatDate(other.from)} to ${formatDate(other.to)}: nobody is in two zones on one day`;
    return [{ path: ['travels', i, 'from'], message }];
  });
}
