// A plan in which everything happens that a view has to show: an odd hour, a travel, an absence, two periods without a time.

import type { PlannedPartnership } from '../../src/views/plan-json.ts';
import { at, day, idOf, occurrence, partnership, period, plan, pointsFor } from '../support/builders.ts';
import { ANA, BEN, CHIARA, zoneOf } from '../support/cast.ts';

const travelling = {
  ...ANA,
  travels: [{ from: day('2027-01-11'), to: day('2027-01-15'), zone: zoneOf('Europe/London') }],
};

const HARBOUR = partnership({
  partners: [travelling, BEN, CHIARA],
  ledger: new Map([[idOf('ana'), 40_000]]),
});

const occurrences = [
  occurrence({
    start: at('2027-01-05T15:00:00Z'),
    end: at('2027-01-05T15:30:00Z'),
    burdens: pointsFor({ ana: 9, ben: 0, chiara: 84 }),
    ledger: pointsFor({ ana: 49, ben: 0, chiara: 84 }),
    host: idOf('ben'),
    reason: {
      rule: { kind: 'fairness' },
      instead: { start: at('2027-01-05T14:00:00Z'), burdens: pointsFor({ ana: 22, ben: 0, chiara: 58 }) },
    },
  }),
  occurrence({
    period: period('2027-01-11'),
    start: at('2027-01-12T09:00:00Z'),
    end: at('2027-01-12T09:30:00Z'),
    burdens: pointsFor({ ana: 0, ben: 0, chiara: 0 }),
    ledger: pointsFor({ ana: 49, ben: 0, chiara: 84 }),
    host: idOf('ana'),
    reason: {
      rule: { kind: 'busy', partner: idOf('chiara') },
      instead: { start: at('2027-01-12T08:00:00Z'), burdens: pointsFor({ ana: 1, ben: 0, chiara: 0 }) },
    },
  }),
  occurrence({
    period: period('2027-01-18'),
    start: at('2027-01-19T16:00:00Z'),
    end: at('2027-01-19T16:30:00Z'),
    burdens: pointsFor({ ana: 3, ben: 1 }),
    credits: pointsFor({ chiara: 2 }),
    ledger: pointsFor({ ana: 52, ben: 1, chiara: 86 }),
    host: idOf('ben'),
  }),
];

const part = { start: at('2027-01-30T09:00:00Z'), end: at('2027-01-30T09:30:00Z'), burdens: pointsFor({}) };

const unplaced = [
  {
    period: period('2027-01-25'),
    kind: 'unplaceable' as const,
    ruledOut: [
      { rule: { kind: 'reachable' as const, partner: idOf('ana') }, starts: 612 },
      { rule: { kind: 'busy' as const, partner: idOf('ben') }, starts: 1 },
      { rule: { kind: 'notice' as const }, starts: 96 },
    ],
    relaxation: { kind: 'another-day' as const, asks: [idOf('ana'), idOf('ben')], cost: 12, parts: [part] },
  },
  {
    period: period('2027-02-01'),
    kind: 'away' as const,
    ruledOut: [{ rule: { kind: 'away' as const, partner: idOf('ben') }, starts: 672 }],
  },
];

export const harbour: PlannedPartnership = {
  partnership: HARBOUR,
  from: day('2027-01-04'),
  weeks: 5,
  plan: {
    ...plan(HARBOUR, occurrences, unplaced),
    certificate: { worst: 86, lowerBound: 85, gap: 86 / 85 - 1, lambda: new Map(), restriction: 4 },
  },
};
