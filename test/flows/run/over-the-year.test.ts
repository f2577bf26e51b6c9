// A winter of check-ins between both hemispheres: over the new year, a week 53, and five changes of clocks.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closingsIn, recordOf } from '../../../src/domain/fairness/book.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { addDays, formatDate, isoWeekOf, parseDate } from '../../../src/domain/time/plain-date.ts';
import { dateOfWall } from '../../../src/domain/time/wall-time.ts';
import { parseZone, toWall } from '../../../src/domain/time/zone.ts';
import { at } from '../../support/builders.ts';
import { windowsOf } from '../../support/cast.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
} from '../../support/service-world.ts';

const ZONES = ['America/Los_Angeles', 'Europe/Berlin', 'Pacific/Auckland'] as const;
const FROM = '2026-12-01T09:00:00Z';
const TO = '2027-04-19T00:00:00Z';

let world: ServiceWorld;
let people: PartnerId[];
let id: string;

beforeAll(async () => {
  world = await serviceWorld(FROM);
  people = [];
  for (const [i, zone] of ZONES.entries())
    people.push(await world.person(['Ana Duarte', 'Ben Okafor', 'Chiara Rossi'][i]!, zone));
  id = await founded(world, people);
  await redrafted(world, { id, by: people[0]! }, (terms) => ({
    ...terms,
    partners: terms.partners.map((partner) => ({ ...partner, reachable: ALL_DAY })),
  }));
  await signedByAll(world, id, people);
  await world.wait(at(TO));
}, 300_000);

afterAll(() => world.close());

/** Saturdays are others' Fridays in Auckland. */
const ALL_DAY = windowsOf('Mon-Sat 06:00-23:00');

async function kept() {
  return world.database.occurrences.after(id, at(FROM));
}

describe('a winter', () => {
  it('holds each week once, the 53rd and that of the new year among them', async () => {
    const closings = closingsIn(await world.database.book.entries(id));
    const weeks = closings.map(({ period }) => period);
    const expected = Array.from({ length: 19 }, (_, k) =>
      isoWeekOf(addDays(parseDate('2026-12-07')!, 7 * k)),
    );
    expect(weeks).toEqual(expected.map(({ year, week }) => `${year}-W${String(week).padStart(2, '0')}`));
    expect(weeks).toContain('2026-W53');
    expect(recordOf(closings)).toMatchObject({ held: 19, missed: 0, streak: 19 });
  });

  it('asks nobody in the night of their own clock, on either side of a change', async () => {
    for (const { item } of await kept())
      for (const name of ZONES) {
        const zone = parseZone(name)!;
        const wall = toWall(zone, item.start);
        const hour = (((wall % (24 * HOUR)) + 24 * HOUR) % (24 * HOUR)) / HOUR;
        expect(hour, `${name} on ${formatDate(dateOfWall(wall))}`).toBeGreaterThanOrEqual(6);
        expect(hour, `${name} on ${formatDate(dateOfWall(wall))}`).toBeLessThanOrEqual(22.5);
      }
  });

  it('has mailed to everybody what is kept, at most as often as its SEQUENCE says, under one UID', async () => {
    const mails = world.mails.filter(({ calendar }) => calendar);
    for (const { item } of await kept()) {
      if (item.start > at(TO)) continue;
      for (const { email } of item.attendees) {
        const own = mails.filter(
          ({ to, calendar }) => to.email === email && calendar!.ics.includes(`UID:${item.uid}`),
        );
        expect(own.length).toBeGreaterThan(0);
        expect(new Set(own.map(({ messageId }) => messageId)).size).toBe(own.length);
        expect(own.at(-1)!.calendar!.ics).toContain(`SEQUENCE:${item.sequence}\r\n`);
      }
    }
  });

  it('spreads the odd hours over all three', async () => {
    const closings = closingsIn(await world.database.book.entries(id));
    const borne = people.map((person) =>
      closings.reduce((sum, each) => sum + (each.kind === 'held' ? (each.present.get(person) ?? 0) : 0), 0),
    );
    expect(Math.min(...borne)).toBeGreaterThan(0);
    expect(Math.max(...borne)).toBeLessThan(4 * Math.min(...borne));
  });
});
