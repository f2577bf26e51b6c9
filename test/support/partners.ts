// Partners drawn at random, in zones of both hemispheres and of odd offsets, with busy weeks.

import fc from 'fast-check';
import { type BusyTime, type Partner, partnerIdOf } from '../../src/domain/partner.ts';
import { HOUR, MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, instantOf } from '../../src/domain/time/instant.ts';
import { windowsOf, zoneOf } from './cast.ts';

const ZONES = [
  'America/Los_Angeles',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Singapore',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
].map(zoneOf);

/** A busy time that begins within `weeks` weeks of `from`. */
function busyTime(from: Instant, weeks: number): fc.Arbitrary<BusyTime> {
  const start = fc.integer({ min: 0, max: weeks * 7 * 24 * 4 });
  return fc
    .record({ start, length: fc.integer({ min: 1, max: 12 }), tentative: fc.boolean() })
    .map((drawn) => ({
      start: instantOf(from + drawn.start * 15 * MINUTE),
      end: instantOf(from + drawn.start * 15 * MINUTE + drawn.length * HOUR),
      tentative: drawn.tentative,
    }));
}

/** Two to five partners, reachable for long hours, so that mostly something can be placed. */
export function partners(from: Instant, weeks: number): fc.Arbitrary<Partner[]> {
  const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 2, maxLength: 5 });
  return zones.chain((drawn) =>
    fc.tuple(
      ...drawn.map((zone, index) =>
        fc
          .record({
            busy: fc.array(busyTime(from, weeks), { maxLength: 20 }),
            reachable: fc.constantFrom('daily 05:00-24:00', 'Mon-Fri 00:00-24:00', 'Mon-Sat 06:00-02:00'),
            focus: fc.constantFrom<readonly string[]>(
              [],
              ['Tue 09:00-12:00'],
              ['Wed 13:00-15:30', 'Fri 09:00-10:00'],
            ),
          })
          .map(({ busy, reachable, focus }) => ({
            id: partnerIdOf(`p${index}@example.com`),
            email: `p${index}@example.com`,
            name: `Partner ${index}`,
            zone,
            comfortable: windowsOf('Mon-Fri 09:00-17:00'),
            reachable: windowsOf(reachable),
            focus: windowsOf(...focus),
            away: [],
            travels: [],
            busy,
          })),
      ),
    ),
  );
}
