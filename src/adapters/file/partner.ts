// One partner of a partnership file: what its fields must be to each other, and the partner of the domain.

import { type Partner, partnerIdOf, type WeeklyWindow } from '../../domain/partner.ts';
import { type DateRange, formatDate } from '../../domain/time/plain-date.ts';
import { containsWindows, minutesAWeek } from '../../domain/week.ts';
import { formatWindows, parseWindows } from '../../domain/windows.ts';
import type { FieldPath } from './document.ts';
import type { PartnerShape } from './shape.ts';

/** Something about the field at `path`, in a sentence. */
export type Finding = { readonly path: FieldPath; readonly message: string };

/** The partner without holidays and without what stands in calendars. */
export function partnerOf(shape: PartnerShape): Partner {
  const comfortable = shape.comfortable ?? DEFAULT_COMFORTABLE;
  return {
    id: partnerIdOf(shape.email),
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

/** Narrow hours would buy comfort at the expense of the others (60 h a week is the least without everybody's word). */
export function warnOfPartner(shape: PartnerShape): Finding[] {
  const hours = minutesAWeek(partnerOf(shape).reachable) / 60;
  if (hours >= LEAST_REACHABLE) return [];
  const message = `${shape.name} can be reached ${round(hours)} h a week; below ${LEAST_REACHABLE} h the odd hours fall to the others, and every one of them has to agree to that`;
  return [{ path: [shape.reachable ? 'reachable' : 'comfortable'], message }];
}

const LEAST_REACHABLE = 60;
const DEFAULT_COMFORTABLE = windowsOf('Mon-Fri 09:00-17:00');
const REACHABLE_DAY = { start: 7 * 60, end: 22 * 60 };

/** 07:00-22:00 of the comfortable days, and the comfortable hours themselves where they lie outside of that. */
function reachableAround(comfortable: readonly WeeklyWindow[]): WeeklyWindow[] {
  const days = [...new Set(comfortable.map((window) => window.weekday))];
  const around = days.map((weekday) => ({ weekday, ...REACHABLE_DAY }));
  return [...around, ...comfortable.filter((window) => !containsWindows(around, [window]))];
}

function findComfortableOutside({ comfortable, reachable }: PartnerShape): Finding[] {
  if (!reachable) return [];
  const within = comfortable ?? DEFAULT_COMFORTABLE;
  const outside = within.filter((window) => !containsWindows(reachable, [window]));
  if (outside.length === 0) return [];
  const message = `does not hold the comfortable hours ${formatWindows(outside).join(' and ')}: widen it, or move them into it`;
  return [{ path: ['reachable'], message }];
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

function windowsOf(line: string): readonly WeeklyWindow[] {
  const read = parseWindows(line);
  return read.kind === 'windows' ? read.windows : [];
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100;
}
