// Signing: what a signature is on, whose are needed, and from when terms count.

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedText } from '../../../src/domain/agreement/wording.ts';
import { ChangedMeanwhile, InvalidFields } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { formatDate } from '../../../src/domain/time/plain-date.ts';
import { signAgreement } from '../../../src/flows/partnership/sign-agreement.ts';
import { agreed, runsAsked } from '../../support/agreed.ts';
import { at } from '../../support/builders.ts';
import { founded, redrafted, type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;

beforeEach(async () => {
  world = await serviceWorld();
});

afterEach(() => world.close());

async function sign(person: PartnerId, id: string, hash?: string) {
  const draft = await world.database.agreements.draft(id);
  return signAgreement(await world.partner(person, id, 'sign'), hash ?? draft!.hash, world);
}

describe('a signature', () => {
  it('is kept with who, when and the hash of the text', async () => {
    const { id, ana, ben } = await agreed(world);
    const [version] = await world.database.agreements.past(id);
    const hash = createHash('sha256').update(signedText(version!.terms)).digest('hex');
    expect(version).toMatchObject({ end: 'signed', hash });
    expect(version!.signatures).toEqual(
      new Map([
        [ana, { at: world.now, hash }],
        [ben, { at: world.now, hash }],
      ]),
    );
  });

  it('is refused on another text than the one that stands', async () => {
    const { id, ana } = await agreed(world);
    const old = await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Pier' }));
    await expect(sign(ana, id, old)).rejects.toThrow(ChangedMeanwhile);
  });

  it('alone puts nothing in force; the last one does, whoever gives it', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    expect(await sign(ben, id)).toBe('waiting');
    expect(await sign(ben, id)).toBe('waiting');
    expect(await sign(ana, id)).toBe('in-force');
    expect((await world.database.agreements.inForce(id)).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('given again after the last one is answered as before', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    const { hash } = (await world.database.agreements.draft(id))!;
    await sign(ben, id);
    await sign(ana, id);
    const again = async (text: string) => signAgreement(await world.partner(ana, id, 'sign'), text, world);
    expect(await again(hash)).toBe('in-force');
    await expect(again('of another text')).rejects.toThrow('no such draft');
    expect(await world.database.agreements.inForce(id)).toHaveLength(2);
  });

  it('of two last ones at once puts the draft in force once', async () => {
    const { id, ana, ben } = await agreed(world);
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    const both = await Promise.all([sign(ana, id), sign(ben, id)]);
    expect(both.sort()).toEqual(['in-force', 'waiting']);
    expect(await world.database.agreements.inForce(id)).toHaveLength(2);
  });

  it('is refused while one is alone, with what is missing', async () => {
    const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
    const id = await founded(world, [ana]);
    await expect(sign(ana, id)).rejects.toThrow(InvalidFields);
    await expect(sign(ana, id)).rejects.toThrow('invite somebody first');
  });

  it('of a partner whom the draft leaves out is needed as well', async () => {
    const { id, ana, ben, all } = await agreed(world, [['Chiara Lim', 'Europe/Rome']]);
    await redrafted(world, { id, by: ana }, (terms) => ({
      ...terms,
      partners: terms.partners.filter((partner) => partner.id !== all[2]),
    }));
    expect(await sign(ana, id)).toBe('waiting');
    expect(await sign(ben, id)).toBe('waiting');
    expect(await sign(all[2]!, id)).toBe('in-force');
  });
});

describe('what all have signed', () => {
  it('counts from the next period on, starts the ledgers, is told to all and asks for a run', async () => {
    const { id, ana, ben } = await agreed(world);
    const [inForce] = await world.database.agreements.inForce(id);
    expect(formatDate(inForce!.from)).toBe('2027-01-04');
    expect(await world.database.book.entries(id)).toMatchObject([
      { kind: 'joined', partner: ana, from: inForce!.from },
      { kind: 'joined', partner: ben, from: inForce!.from },
    ]);
    expect(runsAsked(world)).toContain('agreement');
    await world.settle();
    const told = world.mails.filter(({ subject }) => subject.includes('all have signed'));
    expect(told.map(({ to }) => to.email).sort()).toEqual(['ana@example.com', 'ben@example.com']);
  });

  it('keeps the parity of two-week periods from version to version', async () => {
    const { id, ana, ben } = await agreed(world);
    const everyTwoWeeks = { rhythm: '2w' } as const;
    await redrafted(world, { id, by: ana }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, ...everyTwoWeeks },
    }));
    for (const person of [ana, ben]) await sign(person, id);
    world.now = at('2027-01-25T12:00:00Z');
    await redrafted(world, { id, by: ana }, (terms) => ({ ...terms, name: 'Quay' }));
    for (const person of [ana, ben]) await sign(person, id);
    const [, second, third] = await world.database.agreements.inForce(id);
    expect(third!.since).toBe(second!.since);
    expect((third!.from - second!.from) % 14).toBe(0);
  });
});
