// Connecting calendars, and what people say about their own days.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidFields, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { checkCalendar } from '../../../src/flows/calendars/check-calendar.ts';
import { connectCalendar, disconnectCalendar } from '../../../src/flows/calendars/connect-calendar.ts';
import { addLeave, addTravel, changePerson, removeDays } from '../../../src/flows/calendars/plan-days.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { type Agreed, occurrencesOf, runsAsked, underWay } from '../../support/agreed.ts';
import { day } from '../../support/builders.ts';
import { zoneOf } from '../../support/cast.ts';
import { type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
let ana: PartnerId;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
  ana = group.ana;
});

afterEach(() => world.close());

const self = (person = ana) => signedIn(world, person, 'write');

const connect = (address = 'https://calendars.example.net/secret-1.ics') =>
  connectCalendar(self(), { name: 'Work', address }, world);

describe('a calendar', () => {
  it('is connected by its address, which is looked at once and shown to nobody again', async () => {
    const kept = await connect();
    expect(world.jobs.map(({ job }) => job)).toContainEqual({ kind: 'sync', calendar: kept.id });
    expect(kept).toMatchObject({ name: 'Work', host: 'calendars.example.net' });
    expect(JSON.stringify(await world.database.calendars.of(ana))).not.toContain('secret-1');
  });

  it('with an address that leads nowhere names the field', async () => {
    const refused = connect('ana.ics');
    await expect(refused).rejects.toThrow(InvalidFields);
    await expect(refused).rejects.toMatchObject({ problems: [{ path: 'address' }] });
  });

  it('is one of twenty at most', async () => {
    for (let k = 0; k < 20; k++) await connect(`https://calendars.example.net/${k}.ics`);
    await expect(connect()).rejects.toThrow(Conflict);
  });

  it('is disconnected and looked at by its owner alone', async () => {
    const { id } = await connect();
    await expect(disconnectCalendar(self(group.ben), id, world)).rejects.toThrow(NotFound);
    await expect(checkCalendar(self(group.ben), id, world)).rejects.toThrow(NotFound);
    world.jobs.length = 0;
    await disconnectCalendar(self(), id, world);
    expect(runsAsked(world)).toEqual(['calendar disconnected']);
    await expect(checkCalendar(self(), id, world)).rejects.toThrow(NotFound);
  });

  it('is looked at when its owner wants it, at most once a minute', async () => {
    const { id } = await connect();
    await world.settle();
    await checkCalendar(self(), id, world);
    expect(world.jobs.filter(({ job }) => job.kind === 'sync')).toEqual([]);
    world.now = plus(world.now, MINUTE);
    await checkCalendar(self(), id, world);
    expect(world.jobs.map(({ job }) => job)).toContainEqual({ kind: 'sync', calendar: id });
  });
});

describe('days off', () => {
  it('leave somebody out of the weeks that they cover, and are given back when they are removed', async () => {
    const leave = await addLeave(self(), { from: day('2027-01-11'), to: day('2027-01-17') }, world);
    await runPartnership(group.id, world);
    const inWeek = async () =>
      (await occurrencesOf(world, group.id)).find(({ occurrence }) => occurrence.period.id === '2027-W02');
    expect((await inWeek())!.item.status).toBe('CANCELLED');
    await removeDays(self(), leave.id, world);
    await runPartnership(group.id, world);
    expect((await inWeek())!.item.status).toBe('CONFIRMED');
  });

  it('that end before they begin, or of somebody else, are refused', async () => {
    const backward = { from: day('2027-01-17'), to: day('2027-01-11') };
    await expect(addLeave(self(), backward, world)).rejects.toMatchObject({ problems: [{ path: 'to' }] });
    const leave = await addLeave(self(), { from: day('2027-01-11'), to: day('2027-01-12') }, world);
    await expect(removeDays(self(group.ben), leave.id, world)).rejects.toThrow(NotFound);
    await expect(removeDays(self(), crypto.randomUUID(), world)).rejects.toThrow(NotFound);
  });
});

describe('a journey', () => {
  const london = { zone: zoneOf('Europe/London') };

  it('is where somebody then is', async () => {
    await addTravel(self(), { from: day('2027-01-11'), to: day('2027-01-17'), ...london }, world);
    await runPartnership(group.id, world);
    const second = (await occurrencesOf(world, group.id))[1]!;
    expect(second.item.description).toContain('Ana Duarte: ');
    expect(second.item.description).toContain('(Europe/London)');
  });

  it('does not overlap another one', async () => {
    await addTravel(self(), { from: day('2027-01-11'), to: day('2027-01-17'), ...london }, world);
    const second = addTravel(self(), { from: day('2027-01-17'), to: day('2027-01-20'), ...london }, world);
    await expect(second).rejects.toThrow(Conflict);
  });
});

describe('a person', () => {
  it('who changes name, zone or region is planned for anew', async () => {
    await connect();
    world.jobs.length = 0;
    await changePerson(self(), { name: 'Ana D.', zone: zoneOf('Europe/Lisbon'), region: 'PT' }, world);
    expect(await world.database.people.byId(ana)).toMatchObject({ name: 'Ana D.', region: 'PT' });
    expect(runsAsked(world)).toEqual(['person']);
    expect(await world.database.calendars.due(world.now)).toHaveLength(1);
  });

  it('in a region that nobody knows is refused, so that no run stumbles over it', async () => {
    const refused = changePerson(self(), { region: 'XX-1' }, world);
    await expect(refused).rejects.toMatchObject({ problems: [{ path: 'region' }] });
    await runPartnership(group.id, world);
  });
});
