// Every zone against moment-timezone, which brings data of its own: each change of clocks from 2020 to 2040.

import moment from 'moment-timezone';
import { expect, it } from 'vitest';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import type { Zone } from '../../../src/domain/time/zone.ts';
import { allZones, FROM, type KnownDifference, surprises, TO, type ZonePeer } from '../../support/zones.ts';

/** Node 24.21 has tzdata 2026c, moment-timezone 0.6.6 has 2026f. */
const known: readonly KnownDifference[] = [
  {
    zones: ['America/Winnipeg', 'America/Rainy_River', 'Canada/Central', 'America/Inuvik'],
    reason: 'stays on daylight saving time from November 2026 on; not yet in 2026c',
  },
  {
    zones: ['America/Havana', 'Cuba'],
    reason: 'does not set its clocks back in November 2026; not yet in 2026c',
  },
];

const peer: ZonePeer = {
  transitions: (zone) => dataOf(zone).untils.filter((until) => until > FROM && until < TO),
  offsetAt: (zone, instant) => -dataOf(zone).utcOffset(instant) * MINUTE,
  toInstant: (zone, wall) => {
    return moment.tz(moment.utc(wall).toArray(), zone).valueOf();
  },
};

function dataOf(zone: Zone): moment.MomentZone {
  return moment.tz.zone(zone)!;
}

it('agrees with moment-timezone about every zone, but for those whose rules are newer on one side', () => {
  const zones = allZones();
  expect(zones.length).toBeGreaterThan(590);
  expect(surprises(zones, peer, known)).toEqual([]);
});
