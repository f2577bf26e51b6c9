// Drafts: who may change what, what takes signatures away, and when a draft ends.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terms } from '../../../src/domain/agreement/terms.ts';
import { ChangedMeanwhile, type InvalidFields, NotFound } from '../../../src/domain/errors.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { draftAgreement, withdrawDraft } from '../../../src/flows/partnership/draft-agreement.ts';
import { lapseDrafts } from '../../../src/flows/partnership/lapse-drafts.ts';
import { previewDraft } from '../../../src/flows/partnership/preview-draft.ts';
import { signAgreement } from '../../../src/flows/partnership/sign-agreement.ts';
import { type Agreed, agreed } from '../../support/agreed.ts';
import { windowsOf } from '../../support/cast.ts';
import { founded, redrafted, type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await serviceWorld();
});

afterEach(() => world.close());

function longer(terms: Terms): Terms {
  return { ...terms, checkIn: { ...terms.checkIn, minutes: 60 } };
}

async function draftOf(id: string) {
  return (await world.database.agreements.draft(id))!;
}

async function sign(person: Agreed['ana'], id: string) {
  return signAgreement(await world.partner(person, id, 'sign'), (await draftOf(id)).hash, world);
}

describe('a draft', () => {
  it('that is changed loses the signatures on its former text', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    await sign(ben, id);
    expect((await draftOf(id)).signatures.size).toBe(1);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Harbour two' }));
    expect((await draftOf(id)).signatures.size).toBe(0);
  });

  it('that is put again as it is keeps them, and nobody is told twice', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    await sign(ben, id);
    await world.settle();
    const mailed = world.mails.length;
    await redrafted(world, { id, by: ana }, (terms) => terms);
    await world.settle();
    expect((await draftOf(id)).signatures.size).toBe(1);
    expect(world.mails).toHaveLength(mailed);
  });

  it('that somebody else changed meanwhile is not overwritten', async () => {
    const { id, ana, ben } = await agreed(world);
    const first = await redrafted(world, { id, by: ana }, longer);
    const { terms } = await draftOf(id);
    await redrafted(world, { id, by: ben }, (now) => ({ ...now, name: 'Quay' }));
    const late = draftAgreement(
      await world.partner(ana, id, 'adjust'),
      { terms: { ...terms, name: 'Pier' }, basedOn: first },
      world,
    );
    await expect(late).rejects.toThrow(ChangedMeanwhile);
    expect((await draftOf(id)).terms.name).toBe('Quay');
  });

  it('cannot be opened beside another one', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    const { terms } = await draftOf(id);
    const second = draftAgreement(await world.partner(ben, id, 'adjust'), { terms }, world);
    await expect(second).rejects.toThrow(ChangedMeanwhile);
  });

  it('is told to the others by mail, and not to who wrote it', async () => {
    const { id, ana } = await agreed(world);
    await world.settle();
    world.mails.length = 0;
    await redrafted(world, { id, by: ana }, longer);
    await world.settle();
    expect(world.mails.map(({ to, subject }) => [to.email, subject])).toEqual([
      ['ben@example.com', 'Harbour: version 2 of the agreement is to be signed'],
    ]);
  });

  it('names everything that is wrong with it at once, and nothing of it is kept', async () => {
    const { id, ana } = await agreed(world);
    const wrong = redrafted(world, { id, by: ana }, (terms) => ({
      ...terms,
      horizon: { weeks: 60, invited: 80 },
      partners: [
        { ...terms.partners[0]!, comfortable: [] },
        { ...terms.partners[1]!, reachable: windowsOf('Mon 09:00-10:00') },
        terms.partners[1]!,
        { ...terms.partners[1]!, id: crypto.randomUUID() as Agreed['ana'] },
      ],
    }));
    const paths = await wrong.catch((error: InvalidFields) => error.problems.map(({ path }) => path));
    expect(paths).toEqual(
      expect.arrayContaining([
        'partners[3].id',
        'partners[2].id',
        'horizon.weeks',
        'horizon.invited',
        'partners[0].comfortable',
        'partners[1].reachable',
      ]),
    );
    expect(await world.database.agreements.draft(id)).toBeUndefined();
  });

  it('that names nobody is refused, or nobody could change it', async () => {
    const { id, ana } = await agreed(world);
    const empty = redrafted(world, { id, by: ana }, (terms) => ({ ...terms, partners: [] }));
    await expect(empty).rejects.toMatchObject({
      problems: [{ path: 'partners', message: 'is empty: name at least yourself' }],
    });
  });

  it('compares comfortable hours with what most have, and an empty field with nothing', async () => {
    const { id, ana } = await agreed(world);
    const [first, second] = (await world.database.agreements.inForce(id))[0]!.terms.partners;
    const found = (firsts: string | undefined) =>
      redrafted(world, { id, by: ana }, (terms) => ({
        ...terms,
        partners: [
          { ...first!, comfortable: firsts === undefined ? [] : windowsOf(firsts) },
          second!,
          { ...second!, id: crypto.randomUUID() as Agreed['ana'] },
        ],
      })).catch((error: InvalidFields) => error.problems.map(({ path }) => path));
    expect(await found('Mon-Fri 09:00-12:00')).toEqual(['partners[2].id', 'partners[0].comfortable']);
    expect(await found(undefined)).toEqual(['partners[2].id', 'partners[0].comfortable']);
  });

  it('of what is in force already is refused', async () => {
    const { id, ana } = await agreed(world);
    await expect(redrafted(world, { id, by: ana }, (terms) => terms)).rejects.toThrow('in force already');
  });

  it('lapses 14 days after its last change, and what was in force stays', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    world.now = plus(world.now, 10 * DAY);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    await sign(ben, id);
    world.now = plus(world.now, 14 * DAY - HOUR);
    expect(await lapseDrafts(world)).toBe(0);
    world.now = plus(world.now, 2 * HOUR);
    expect(await lapseDrafts(world)).toBe(1);
    expect(await world.database.agreements.draft(id)).toBeUndefined();
    expect((await world.database.agreements.past(id))[0]).toMatchObject({ end: 'lapsed', version: 2 });
    expect((await world.database.agreements.inForce(id)).at(-1)?.terms.checkIn.minutes).toBe(30);
    await world.settle();
    expect(world.mails.filter(({ subject }) => subject.includes('lapsed'))).toHaveLength(2);
  });

  it('cannot be signed once it has lapsed, even where nobody has looked yet', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    await sign(ana, id);
    world.now = plus(world.now, 14 * DAY);
    await expect(sign(ben, id)).rejects.toThrow('has lapsed');
  });

  it('can be withdrawn by any partner, once', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    await world.settle();
    world.mails.length = 0;
    await withdrawDraft(await world.partner(ben, id, 'write'), world);
    expect((await world.database.agreements.past(id))[0]).toMatchObject({ end: 'withdrawn' });
    await world.settle();
    expect(world.mails.map(({ to, subject }) => [to.email, subject])).toEqual([
      ['ana@example.com', 'Harbour: the draft is withdrawn'],
    ]);
    await expect(withdrawDraft(await world.partner(ben, id, 'write'), world)).rejects.toThrow(NotFound);
  });
});

describe('a preview', () => {
  it('shows the plan under the draft from the day on which it would count, and keeps nothing', async () => {
    const { id, ana } = await agreed(world);
    await redrafted(world, { id, by: ana }, longer);
    const planned = (await previewDraft(await world.partner(ana, id, 'read'), world))!;
    expect(planned.plan.occurrences.length).toBeGreaterThan(10);
    for (const { start, end } of planned.plan.occurrences) expect(end - start).toBe(HOUR);
    expect(await world.database.occurrences.unclosed(id)).toEqual([]);
  });

  it('is none while one is alone, and is not there without a draft', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const id = await founded(world, [ana]);
    expect(await previewDraft(await world.partner(ana, id, 'read'), world)).toBeUndefined();
    await withdrawDraft(await world.partner(ana, id, 'write'), world);
    await expect(previewDraft(await world.partner(ana, id, 'read'), world)).rejects.toThrow(NotFound);
  });
});
