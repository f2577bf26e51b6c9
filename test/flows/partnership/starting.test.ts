// Beginning a partnership.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Stage } from '../../../src/domain/agreement/terms.ts';
import { Conflict } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { startPartnership } from '../../../src/flows/partnership/start-partnership.ts';
import { zoneOf } from '../../support/cast.ts';
import { type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

let world: ServiceWorld;
let ana: PartnerId;

beforeEach(async () => {
  world = await serviceWorld();
  ana = await world.person('Ana Duarte', 'America/Los_Angeles');
});

afterEach(() => world.close());

const start = (stage: Stage = 'early') =>
  startPartnership(signedIn(world, ana, 'write'), { name: 'Quay', anchor: zoneOf('UTC'), stage }, world);

describe('a new partnership', () => {
  it('has its founder as partner, and an open draft in which nothing is signed yet', async () => {
    const id = await start();
    expect(await world.database.partnerships.of(ana)).toEqual([id]);
    const draft = (await world.database.agreements.draft(id))!;
    expect(draft).toMatchObject({ version: 1, changedBy: ana });
    expect(draft.signatures.size).toBe(0);
    expect(draft.terms.partners).toMatchObject([{ id: ana, zone: 'America/Los_Angeles' }]);
    expect(await world.database.agreements.inForce(id)).toEqual([]);
  });

  it.each([
    ['early', '1w'],
    ['growing', '1w'],
    ['mature', '2w'],
  ] as const)('that is %s is proposed a check-in every %s', async (stage, rhythm) => {
    const draft = await world.database.agreements.draft(await start(stage));
    expect(draft!.terms.checkIn.rhythm).toBe(rhythm);
  });

  it('is one of fifty at most', async () => {
    for (let k = 0; k < 50; k++) await start();
    await expect(start()).rejects.toThrow(Conflict);
  });
});
