// What time alone brings.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { connectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { isRunDue, keepTimetable } from '../../../src/flows/run/keep-timetable.ts';
import { type Agreed, runsAsked, underWay } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import { zoneOf } from '../../support/cast.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedIn,
} from '../../support/service-world.ts';

describe('a run is due', () => {
  const berlin = zoneOf('Europe/Berlin');

  it('when a day has begun in the anchor zone, and not before', () => {
    const ran = at('2027-01-03T15:00:00Z');
    expect(isRunDue(ran, berlin, at('2027-01-03T22:59:59Z'))).toBe(false);
    expect(isRunDue(ran, berlin, at('2027-01-03T23:00:00Z'))).toBe(true);
  });

  it('once on each day, over the change of clocks as well', () => {
    let ran = at('2027-03-20T00:00:00Z');
    let runs = 0;
    for (let now = ran; now < at('2027-04-03T00:00:00Z'); now = plus(now, HOUR / 2)) {
      if (!isRunDue(ran, berlin, now)) continue;
      [ran, runs] = [now, runs + 1];
    }
    expect(runs).toBe(14);
  });

  it('where it never ran', () => {
    expect(isRunDue(undefined, berlin, at('2027-01-03T15:00:00Z'))).toBe(true);
  });
});

describe('the timetable', () => {
  let world: ServiceWorld;
  let group: Agreed;

  beforeEach(async () => {
    world = await serviceWorld();
    group = await underWay(world);
  });

  afterEach(() => world.close());

  it('asks for nothing that is not due', async () => {
    await world.settle();
    world.jobs.length = 0;
    const [notices] = [await world.database.notices.waiting(world.now)];
    for (const id of notices) await world.database.notices.sent(id, world.now);
    await keepTimetable(world);
    expect(world.jobs).toEqual([]);
  });

  it('asks for a run of every partnership with an agreement, on each new day', async () => {
    await founded(world, [await world.person('Eve Moss', 'UTC')]);
    world.jobs.length = 0;
    world.now = plus(world.now, DAY);
    await keepTimetable(world);
    expect(world.jobs.filter(({ job }) => job.kind === 'run').map(({ job }) => job)).toEqual([
      { kind: 'run', partnership: group.id, because: 'a new day' },
    ]);
    await keepTimetable(world);
    expect(runsAsked(world)).toHaveLength(1);
  });

  it('asks for calendars that are due, mails that were left behind, and ends old drafts', async () => {
    await connectCalendar(
      signedIn(world, group.ana, 'write'),
      { name: 'Work', address: 'https://calendars.example.net/ana.ics' },
      world,
    );
    await redrafted(world, { id: group.id, by: group.ana }, (terms) => ({ ...terms, name: 'Quay' }));
    world.jobs.length = 0;
    world.now = plus(world.now, 15 * MINUTE + 1);
    await keepTimetable(world);
    const kinds = new Set(world.jobs.map(({ job }) => job.kind));
    expect([...kinds].sort()).toEqual(['notify', 'sync']);
    world.now = plus(world.now, 14 * DAY);
    await keepTimetable(world);
    expect(await world.database.agreements.draft(group.id)).toBeUndefined();
  });
});
