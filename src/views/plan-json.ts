// A plan as one JSON object, for programs.

import { uidOf } from '../domain/calendar/uid.ts';
import type { PartnerId } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Occurrence, Plan, Points, Unplaced } from '../domain/planner/plan.ts';
import { formatInstant } from '../domain/time/instant.ts';
import { formatDate, type PlainDate } from '../domain/time/plain-date.ts';
import { formatInZone } from '../domain/time/zone.ts';
import { whereabouts } from '../domain/whereabouts.ts';
import { because, becauseUnplaced } from './reason.ts';

/** A plan with what it is a plan of. */
export type PlannedPartnership = {
  readonly partnership: Partnership;
  readonly from: PlainDate;
  readonly weeks: number;
  readonly plan: Plan;
};

type OccurrenceJson = {
  readonly period: string;
  readonly uid: string;
  readonly start: string;
  readonly end: string;
  readonly partners: Readonly<Record<string, { local: string; burden: number; ledger: number }>>;
  readonly absent: readonly string[];
  readonly host: string;
  readonly because: string;
};

type UnplacedJson = {
  readonly period: string;
  readonly because: readonly string[];
  readonly relaxation: {
    readonly kind: string;
    readonly asks: readonly string[];
    readonly cost: number;
  } | null;
};

/** Keys come in this order; instants are UTC with a `Z`, `local` has the offset of where the partner then is. */
export type PlanJson = {
  readonly partnership: string;
  readonly from: string;
  readonly weeks: number;
  readonly anchor: string;
  readonly occurrences: readonly OccurrenceJson[];
  readonly unplaced: readonly UnplacedJson[];
  /** Points by address without the opening ledger. */
  readonly burden: Readonly<Record<string, number>>;
  readonly total: number;
  readonly certificate: { readonly worst: number; readonly lowerBound: number; readonly gap: number };
};

export function planJson({ partnership, from, weeks, plan }: PlannedPartnership): PlanJson {
  const { worst, lowerBound, gap } = plan.certificate;
  return {
    partnership: partnership.name,
    from: formatDate(from),
    weeks,
    anchor: partnership.anchor,
    occurrences: plan.occurrences.map((occurrence) => occurrenceJson(partnership, occurrence)),
    unplaced: plan.unplaced.map((unplaced) => unplacedJson(partnership, unplaced)),
    burden: Object.fromEntries(plan.burden),
    total: plan.total,
    certificate: { worst, lowerBound, gap },
  };
}

function occurrenceJson(partnership: Partnership, occurrence: Occurrence): OccurrenceJson {
  const { period, start, end, credits, host } = occurrence;
  return {
    period: period.id,
    uid: uidOf(partnership.name, period.first),
    start: formatInstant(start),
    end: formatInstant(end),
    partners: presentJson(partnership, occurrence),
    absent: [...credits.keys()],
    host,
    because: because(partnership, occurrence),
  };
}

function presentJson(
  { partners }: Partnership,
  { start, burdens, ledger }: Occurrence,
): OccurrenceJson['partners'] {
  const present = partners.filter(({ id }) => burdens.has(id));
  return Object.fromEntries(
    present.map((partner) => [
      partner.id,
      {
        local: formatInZone(whereabouts(partner, start), start),
        burden: pointsIn(burdens, partner.id),
        ledger: pointsIn(ledger, partner.id),
      },
    ]),
  );
}

function unplacedJson(partnership: Partnership, unplaced: Unplaced): UnplacedJson {
  const { relaxation, period } = unplaced;
  return {
    period: period.id,
    because: becauseUnplaced(partnership, unplaced),
    relaxation: relaxation ? { kind: relaxation.kind, asks: relaxation.asks, cost: relaxation.cost } : null,
  };
}

function pointsIn(points: Points, partner: PartnerId): number {
  return points.get(partner) ?? 0;
}
