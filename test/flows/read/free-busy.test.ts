// When a partner is busy, for the others: all of it, as far as it is to be believed, and not a word more.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarEvent } from '../../../src/domain/calendar/event.ts';
import { InvalidFields, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import type { Interval } from '../../../src/domain/time/interval.ts';
import { connectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { addLeave, changePerson } from '../../../src/flows/calendars/plan-days.ts';
import { syncCalendar } from '../../../src/flows/calendars/sync-calendar.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { readFreeBusy } from '../../../src/flows/read/free-busy.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { freeBusyText } from '../../../src/views/resources/free-busy.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { at, day } from '../../support/builders.ts';
import {
  founded,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
  signedIn,
} from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
});

afterEach(() => world.close());

const WEEK: Interval = { start: at('2027-01-11T00:00:00Z'), end: at('2027-01-18T00:00:00Z') };

async function seen(of: PartnerId, by: PartnerId, window = WEEK) {
  return readFreeBusy(await world.partner(by, group.id, 'see'), { person: of, window }, world);
}

const busyOf = async (of: PartnerId) => JSON.parse(freeBusyText(await seen(of, group.ana))).busy;

let count = 0;

/** A calendar of Ben's that holds these, read once. */
async function calendar(...events: CalendarEvent[]): Promise<string> {
  const address = `https://calendars.example.net/${++count}.ics`;
  world.calendars.set(address, events);
  const ben = signedIn(world, group.ben, 'write');
  const { id } = await connectCalendar(ben, { name: 'Doctor and rivals', address }, world);
  await syncCalendar({ calendar: id }, world);
  return address;
}

function event(start: string, changes: Partial<CalendarEvent> = {}): CalendarEvent {
  const begins = at(start);
  return {
    uid: start,
    start: begins,
    end: plus(begins, HOUR),
    status: 'confirmed',
    transparent: false,
    ...changes,
  };
}

describe('what the other side sees', () => {
  it('is busy time of all calendars together, joined and cut to what was asked for', async () => {
    await calendar(
      event('2027-01-12T09:00:00Z'),
      event('2027-01-12T10:00:00Z'),
      event('2027-01-17T23:30:00Z'),
    );
    await calendar(event('2027-01-12T10:30:00Z'), event('2027-01-13T09:00:00Z', { transparent: true }));
    expect(await busyOf(group.ben)).toEqual([
      { start: '2027-01-12T09:00:00Z', end: '2027-01-12T11:30:00Z' },
      { start: '2027-01-17T23:30:00Z', end: '2027-01-18T00:00:00Z' },
    ]);
  });

  it('does not tell days off and holidays from meetings', async () => {
    const ben = signedIn(world, group.ben, 'write');
    await addLeave(ben, { from: day('2027-01-13'), to: day('2027-01-13') }, world);
    expect(await busyOf(group.ben)).toEqual([{ start: '2027-01-12T23:00:00Z', end: '2027-01-13T23:00:00Z' }]);
    await changePerson(ben, { region: 'DE' }, world);
    const newYear = { start: at('2026-12-31T23:00:00Z'), end: at('2027-01-02T00:00:00Z') };
    const { busy } = await seen(group.ben, group.ana, newYear);
    expect(busy).toEqual([{ start: newYear.start, end: at('2027-01-01T23:00:00Z') }]);
  });

  it('holds check-ins of other partnerships, and not those of this one', async () => {
    const chiara = await world.person('Chiara Lim', 'Europe/Rome');
    const other = await founded(world, [group.ben, chiara]);
    await signedByAll(world, other, [group.ben, chiara]);
    await runPartnership(other, world);
    const [, elsewhere] = await occurrencesOf(world, other);
    const { busy } = await seen(group.ben, group.ana);
    expect(busy).toEqual([{ start: elsewhere!.item.start, end: elsewhere!.item.end }]);
  });

  it('is the same text whoever of the partners looks, and names neither a calendar nor a title', async () => {
    await calendar(event('2027-01-12T09:00:00Z'));
    const [others, own] = [await seen(group.ben, group.ana), await seen(group.ben, group.ben)];
    expect(freeBusyText(own)).toBe(freeBusyText(others));
    expect(freeBusyText(others)).toBe(
      JSON.stringify({
        person: group.ben,
        start: '2027-01-11T00:00:00Z',
        end: '2027-01-18T00:00:00Z',
        freshness: 'fresh',
        confirmedAt: '2027-01-01T09:00:00Z',
        busy: [{ start: '2027-01-12T09:00:00Z', end: '2027-01-12T10:00:00Z' }],
      }),
    );
  });

  it('says how far it is to be believed: by the calendar that is known worst', async () => {
    const freshness = async () => (await seen(group.ben, group.ana)).freshness;
    expect(await freshness()).toBe('none');
    await calendar(event('2027-01-12T09:00:00Z'));
    expect(await freshness()).toBe('fresh');
    world.now = plus(world.now, 2 * DAY);
    await calendar(event('2027-01-12T12:00:00Z'));
    expect(await freshness()).toBe('stale');
    world.now = plus(world.now, 6 * DAY);
    expect(await freshness()).toBe('unknown');
    expect((await seen(group.ben, group.ana)).busy).toHaveLength(2);
  });

  it('is unknown where a calendar never could be read', async () => {
    const ben = signedIn(world, group.ben, 'write');
    await connectCalendar(ben, { name: 'Work', address: 'https://calendars.example.net/gone.ics' }, world);
    expect((await seen(group.ben, group.ana)).freshness).toBe('unknown');
  });

  it('is nobody’s but of partners, among partners', async () => {
    const eve = await world.person('Eve Moss', 'UTC');
    await expect(seen(eve, group.ana)).rejects.toThrow(NotFound);
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    await expect(seen(group.ben, group.ana)).rejects.toThrow(NotFound);
  });

  it('is asked for in windows of at most 62 days', async () => {
    const long = { start: WEEK.start, end: plus(WEEK.start, 62 * DAY + 1) };
    await expect(seen(group.ben, group.ana, long)).rejects.toThrow(InvalidFields);
    const backward = { start: WEEK.end, end: WEEK.start };
    await expect(seen(group.ben, group.ana, backward)).rejects.toMatchObject({ problems: [{ path: 'to' }] });
  });
});
