// Looking at a calendar: what is believed, for how long, and what its owner is told.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../../src/domain/calendar/event.ts';
import { freshnessOf } from '../../../src/domain/calendar/snapshot.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../../src/domain/time/instant.ts';
import { confirmEmptied } from '../../../src/flows/calendars/confirm-emptied.ts';
import { connectCalendar, disconnectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { syncCalendar } from '../../../src/flows/calendars/sync-calendar.ts';
import { busyOf } from '../../../src/flows/run/observe.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import type { CalendarOutcome, CalendarRequest } from '../../../src/flows/world.ts';
import { type Agreed, occurrencesOf, runsAsked, underWay } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import { founded, type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

const ADDRESS = 'https://calendars.example.net/private-ana.ics';

let world: ServiceWorld;
let ana: PartnerId;
let calendar: string;

/** Every request for the calendar. */
let asked: CalendarRequest[];

beforeEach(async () => {
  world = await serviceWorld();
  asked = [];
  const { readAddress } = world;
  Object.assign(world, {
    readAddress: (address: string, request: CalendarRequest) => {
      asked.push(request);
      return readAddress(address, request);
    },
  });
  ana = await world.person('Ana Duarte', 'America/Los_Angeles');
  calendar = await connect();
});

afterEach(() => world.close());

async function connect(): Promise<string> {
  const kept = await connectCalendar(
    signedIn(world, ana, 'write'),
    { name: 'Work', address: ADDRESS },
    world,
  );
  world.jobs.length = 0;
  return kept.id;
}

/** Events of an hour on consecutive days. */
function events(count: number, first = at('2027-01-05T18:00:00Z')): CalendarEvent[] {
  return Array.from({ length: count }, (_, k) => eventAt(plus(first, k * DAY), `event-${k}`));
}

function eventAt(start: Instant, uid: string): CalendarEvent {
  return { uid, start, end: plus(start, HOUR), status: 'confirmed', transparent: false };
}

const sync = () => syncCalendar({ calendar }, world);

const kept = async () => (await world.database.calendars.byId(calendar))!;

const YEAR = { start: at('2027-01-01T00:00:00Z'), end: at('2028-01-01T00:00:00Z') };

const busy = () => busyOf(ana, { window: YEAR, now: world.now }, world.database);

describe('a calendar', () => {
  it('is unknown until it was read, and then keeps its owner busy', async () => {
    expect(await busy()).toEqual({ busy: [], unknown: 'Work' });
    world.calendars.set(ADDRESS, events(3));
    expect(await sync()).toBe('read');
    const { busy: found, unknown } = await busy();
    expect(unknown).toBeUndefined();
    expect(found).toHaveLength(3);
  });

  it('that cannot be read keeps its last good copy, and is asked less often each time', async () => {
    world.calendars.set(ADDRESS, events(3));
    await sync();
    world.calendars.delete(ADDRESS);
    const waits: number[] = [];
    for (let k = 0; k < 7; k++) {
      expect(await sync()).toBe('unreadable');
      const { nextCheckAt, problem, failures } = await kept();
      expect([problem, failures]).toEqual(['there is no such calendar', k + 1]);
      waits.push((nextCheckAt - world.now) / HOUR);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
    expect((await busy()).busy).toHaveLength(3);
  });

  it('is stale after a day, unknown after a week, of which its owner is told once', async () => {
    world.calendars.set(ADDRESS, events(3));
    await sync();
    world.calendars.delete(ADDRESS);
    const freshness = async () => freshnessOf(await world.database.calendars.snapshot(calendar), world.now);
    world.now = plus(world.now, 2 * DAY);
    await sync();
    expect(await freshness()).toBe('stale');
    expect((await busy()).unknown).toBeUndefined();
    world.now = plus(world.now, 6 * DAY);
    await sync();
    expect(await freshness()).toBe('unknown');
    expect((await busy()).unknown).toBe('Work');
    world.now = plus(world.now, DAY);
    await sync();
    await world.settle();
    expect(world.mails.map(({ to, subject }) => [to.email, subject])).toMatchObject([
      ['ana@example.com', expect.stringContaining('Work')],
    ]);
  });

  it('that never could be read is told of once, however often it is tried', async () => {
    for (let k = 0; k < 5; k++) {
      await sync();
      world.now = plus(world.now, DAY);
    }
    world.jobs.splice(0, world.jobs.length, ...world.jobs.filter(({ job }) => job.kind === 'notify'));
    await world.settle();
    expect(world.mails).toHaveLength(1);
  });

  it('is read anew once a day, even where its server says for ever that nothing has changed', async () => {
    const validators = { givenBy: ADDRESS, etag: '"1"' };
    const full: CalendarOutcome = { kind: 'read', events: events(3), problems: [], validators, nextIn: HOUR };
    const answers: CalendarOutcome[] = [];
    Object.assign(world, {
      readAddress: async (_: string, request: CalendarRequest) => {
        asked.push(request);
        const outcome: CalendarOutcome = request.validators ? { kind: 'unchanged', nextIn: HOUR } : full;
        answers.push(outcome);
        return outcome;
      },
    });
    for (let hour = 0; hour <= 50; hour++) {
      await sync();
      world.now = plus(world.now, HOUR);
    }
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'read')).toHaveLength(3);
    expect(kinds.lastIndexOf('read')).toBe(50);
    expect((await kept()).problem).toBeUndefined();
  });

  it('that is disconnected while it is read leaves nothing behind', async () => {
    const { readAddress } = world;
    Object.assign(world, {
      readAddress: async (address: string, request: CalendarRequest) => {
        await disconnectCalendar(signedIn(world, ana, 'write'), calendar, world);
        return readAddress(address, request);
      },
    });
    world.calendars.set(ADDRESS, events(3));
    expect(await sync()).toBe('gone');
    expect(await sync()).toBe('gone');
  });
});

describe('a calendar of which more than half is gone at once', () => {
  beforeEach(async () => {
    world.calendars.set(ADDRESS, events(8));
    await sync();
    world.calendars.set(ADDRESS, events(3));
  });

  it('is not believed: the last good copy stays, it is unknown, and its owner is told once', async () => {
    expect(await sync()).toBe('emptied');
    world.now = plus(world.now, HOUR);
    expect(await sync()).toBe('emptied');
    const { busy: found, unknown } = await busy();
    expect([found.length, unknown]).toEqual([8, 'Work']);
    await world.settle();
    expect(world.mails).toHaveLength(1);
    expect(world.mails[0]).toMatchObject({ to: { email: 'ana@example.com' } });
  });

  it('is believed once its owner confirms it, and by nobody else', async () => {
    await sync();
    const eve = await world.person('Eve Moss', 'UTC');
    const stranger = confirmEmptied(signedIn(world, eve, 'write'), calendar, world);
    await expect(stranger).rejects.toThrow('no such calendar');
    await confirmEmptied(signedIn(world, ana, 'write'), calendar, world);
    const { busy: found, unknown } = await busy();
    expect([found.length, unknown]).toEqual([3, undefined]);
    expect((await kept()).emptiedAt).toBeUndefined();
  });

  it('is known again by itself when the events come back', async () => {
    await sync();
    world.calendars.set(ADDRESS, events(8));
    expect(await sync()).toBe('read');
    expect((await busy()).unknown).toBeUndefined();
    expect((await kept()).problem).toBeUndefined();
  });

  it('is known again, and looked at, when its server says that it is as it was', async () => {
    const ben = await world.person('Ben Okafor', 'Europe/Berlin');
    await founded(world, [ana, ben]);
    await sync();
    world.jobs.length = 0;
    world.calendars.set(ADDRESS, { kind: 'unchanged', nextIn: HOUR });
    expect(await sync()).toBe('unchanged');
    expect(runsAsked(world)).toEqual(['calendar']);
    expect((await busy()).unknown).toBeUndefined();
  });

  it('loses nothing by the confirmation where nothing was emptied', async () => {
    world.calendars.set(ADDRESS, events(8));
    await sync();
    const looks = asked.length;
    await confirmEmptied(signedIn(world, ana, 'write'), calendar, world);
    expect(asked).toHaveLength(looks);
  });
});

describe('news of a calendar', () => {
  let group: Agreed;

  beforeEach(async () => {
    await world.close();
    world = await serviceWorld();
    group = await underWay(world);
    ana = group.ana;
    calendar = await connect();
  });

  it('moves a check-in that has become impossible, once', async () => {
    const [, second] = await occurrencesOf(world, group.id);
    world.calendars.set(ADDRESS, [eventAt(second!.item.start, 'dentist')]);
    await world.settle();
    await sync();
    await world.settle();
    const moved = (await world.database.occurrences.byUid(second!.item.uid))!;
    expect(moved.item.start).not.toBe(second!.item.start);
    expect(moved.item.sequence).toBe(1);
  });

  it('asks for a run only where something of it matters', async () => {
    world.calendars.set(ADDRESS, events(3));
    await sync();
    expect(runsAsked(world)).toContain('calendar');
    world.jobs.length = 0;
    await sync();
    expect(runsAsked(world)).toEqual([]);
  });

  it('that is unknown stops new placements and moves nothing', async () => {
    const before = (await occurrencesOf(world, group.id)).map(({ item }) => [item.uid, item.start]);
    world.now = at('2027-01-11T06:00:00Z');
    await runPartnership(group.id, world);
    const after = (await occurrencesOf(world, group.id)).map(({ item }) => [item.uid, item.start]);
    expect(after).toEqual(before);
  });

  it('does not count its own check-ins, which a feed brings into it', async () => {
    const [first] = await occurrencesOf(world, group.id);
    world.calendars.set(ADDRESS, [eventAt(first!.item.start, first!.item.uid)]);
    await sync();
    expect((await busy()).busy).toEqual([]);
  });
});
