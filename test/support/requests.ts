// Questions to the planner that are valid by default, so that a test states only what matters.

import type { Partner } from '../../src/domain/partner.ts';
import type { CheckIn, Partnership } from '../../src/domain/partnership.ts';
import type { PlanRequest } from '../../src/domain/planner/problem.ts';
import { type Instant, parseInstant } from '../../src/domain/time/instant.ts';
import { type PlainDate, parseDate } from '../../src/domain/time/plain-date.ts';
import { startOfDay } from '../../src/domain/time/zone.ts';
import { ANA, BEN, zoneOf } from './cast.ts';

export function dateOf(text: string): PlainDate {
  const date = parseDate(text);
  if (date === undefined) throw new Error(`no date: ${text}`);
  return date;
}

export function instantOf(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

type Wishes = Omit<Partial<PlanRequest>, 'from' | 'partnership'> & {
  readonly partners?: readonly Partner[];
  readonly anchor?: string;
  readonly from?: string;
  readonly checkIn?: Partial<CheckIn>;
  readonly ledger?: Partnership['ledger'];
};

/** Weekly check-ins of half an hour, rotating every time, from Monday 2027-01-04, as if it were 00:00 of that day. */
export function requestOf(wishes: Wishes = {}): PlanRequest {
  const {
    partners = [ANA, BEN],
    anchor = 'Europe/Berlin',
    from = '2027-01-04',
    checkIn,
    ledger,
    ...rest
  } = wishes;
  const partnership = {
    name: 'Harbour',
    anchor: zoneOf(anchor),
    checkIn: {
      rhythm: '1w',
      minutes: 30,
      rotation: { kind: 'every-time' },
      since: dateOf(from),
      ...checkIn,
    } as const,
    partners,
    ledger: ledger ?? new Map(),
  };
  const first = dateOf(from);
  return { partnership, from: first, weeks: 12, now: startOfDay(partnership.anchor, first), ...rest };
}
