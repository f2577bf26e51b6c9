// A partnership as its partners see it, and nobody else.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { readOccurrences } from '../../../src/flows/read/occurrences.ts';
import { readOwnPartnerships, readPartnershipShown } from '../../../src/flows/read/partnership.ts';
import { partnershipResource } from '../../../src/views/resources/person.ts';
import { type Agreed, underWay } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedIn,
} from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world, [['Chiara Lim', 'Europe/Rome']]);
});

afterEach(() => world.close());

const shown = async () =>
  partnershipResource(await readPartnershipShown(await world.partner(group.ana, group.id, 'see'), world));

describe('a partnership', () => {
  it('shows who takes part with name and address; who has left keeps the name alone', async () => {
    await leavePartnership(await world.partner(group.all[2]!, group.id, 'leave'), world);
    const { partners } = await shown();
    const told = new Map(partners.map(({ name, email, leftAt }) => [name, [email, leftAt]]));
    expect(told).toEqual(
      new Map([
        ['Ana Duarte', ['ana@example.com', null]],
        ['Ben Okafor', ['ben@example.com', null]],
        ['Chiara Lim', [null, '2027-01-01T09:00:00Z']],
      ]),
    );
  });

  it('says whether anything is agreed, and whether a draft is open', async () => {
    expect(await shown()).toMatchObject({ name: 'Harbour', agreement: 'in-force', draft: 'none' });
    await redrafted(world, { id: group.id, by: group.ben }, (terms) => ({ ...terms, name: 'Quay' }));
    expect(await shown()).toMatchObject({ name: 'Harbour', draft: 'open' });
    const own = await founded(world, [group.ana]);
    const all = await readOwnPartnerships(signedIn(world, group.ana, 'read'), world);
    expect(all.map(({ id, isInForce }) => [id, isInForce])).toEqual([
      [group.id, true],
      [own, false],
    ]);
  });

  it('is not among those of who has left', async () => {
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    expect(await readOwnPartnerships(signedIn(world, group.ben, 'read'), world)).toEqual([]);
  });
});

describe('its check-ins', () => {
  it('are those that end after a moment and begin before another', async () => {
    const partner = await world.partner(group.ana, group.id, 'read');
    const all = await readOccurrences(partner, { from: world.now }, world);
    expect(all.occurrences).toHaveLength(12);
    const [first, second] = all.occurrences;
    const some = await readOccurrences(partner, { from: first!.item.end, to: second!.item.start }, world);
    expect(some.occurrences).toEqual([]);
    const one = await readOccurrences(partner, { from: first!.item.start, to: second!.item.start }, world);
    expect(one.occurrences.map(({ item }) => item.uid)).toEqual([first!.item.uid]);
    const past = await readOccurrences(partner, { from: at('2020-01-01T00:00:00Z'), to: world.now }, world);
    expect(past.occurrences).toEqual([]);
  });
});
