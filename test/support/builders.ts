// Partnerships and plans that are valid by default, so that a test states only what matters.

import { pointsOf } from '../../src/domain/fairness/ledger.ts';
import { type PartnerId, partnerIdOf } from '../../src/domain/partner.ts';
import type { Partnership } from '../../src/domain/partnership.ts';
import type { Occurrence, Plan, Points, Unplaced } from '../../src/domain/planner/plan.ts';
import { MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, parseInstant, plus } from '../../src/domain/time/instant.ts';
import { type Period, periodAt } from '../../src/domain/time/period.ts';
import { type PlainDate, parseDate } from '../../src/domain/time/plain-date.ts';
import { ANA, BEN, zoneOf } from './cast.ts';

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

export function day(text: string): PlainDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error(`no date: ${text}`);
  return date;
}

/** Ana and Ben, half an hour each week, anchored in Berlin. */
export function partnership(changes: Partial<Partnership> = {}): Partnership {
  return {
    name: 'Harbour',
    anchor: zoneOf('Europe/Berlin'),
    checkIn: { rhythm: '1w', minutes: 30, rotation: { kind: 'when-unfair' }, since: day('2027-01-04') },
    partners: [ANA, BEN],
    ledger: new Map(),
    ...changes,
  };
}

/** The period of the partnership that begins on that day. */
export function period(first: string, { anchor, checkIn }: Partnership = partnership()): Period {
  return periodAt({ anchor, rhythm: checkIn.rhythm }, day(first));
}

/** By the first part of an address: `{ ana: 9 }`. */
export function pointsFor(points: Readonly<Record<string, number>>): Points {
  return new Map(Object.entries(points).map(([who, count]) => [idOf(who), count]));
}

export function idOf(first: string): PartnerId {
  return partnerIdOf(`${first}@example.com`);
}

/** Half an hour at 17:00 in Berlin on the Tuesday of the first week, at which Ana bears 9. */
export function occurrence(changes: Partial<Occurrence> = {}): Occurrence {
  const start = changes.start ?? at('2027-01-05T16:00:00Z');
  return {
    period: period('2027-01-04'),
    start,
    end: plus(start, 30 * MINUTE),
    burdens: pointsFor({ ana: 9, ben: 0 }),
    credits: new Map(),
    ledger: pointsFor({ ana: 9, ben: 0 }),
    host: idOf('ben'),
    reason: { rule: { kind: 'hard-limits' } },
    ...changes,
  };
}

/** A plan of these occurrences; burden, total and the worst follow from them. */
export function plan(
  of: Partnership,
  occurrences: readonly Occurrence[],
  unplaced: readonly Unplaced[] = [],
): Plan {
  const burden = new Map(of.partners.map(({ id }) => [id, 0]));
  for (const { burdens, credits } of occurrences)
    for (const [id, count] of [...burdens, ...credits]) burden.set(id, burden.get(id)! + count);
  const borne = [...burden].map(([id, count]) => count + pointsOf(of.ledger, id));
  const worst = Math.max(0, ...borne);
  return {
    occurrences,
    unplaced,
    burden,
    total: borne.reduce((sum, count) => sum + count, 0),
    certificate: { worst, lowerBound: worst, gap: 0, lambda: new Map() },
  };
}
