// Turns: exchanged, taken from others, and who leads.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidFields, NotFound } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { offerSwap, volunteer } from '../../../src/flows/answers/swap-turns.ts';
import { takeHost } from '../../../src/flows/answers/take-host.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import type { KeptOccurrence } from '../../../src/flows/stores.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;
let coming: readonly KeptOccurrence[];

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
  coming = await occurrencesOf(world, group.id);
});

afterEach(() => world.close());

const partner = (person: PartnerId) => world.partner(person, group.id, 'answer');

/** Periods in which this partner bears most, the far ones first, so that time is left to ask. */
function turnsOf(person: PartnerId): string[] {
  const turns = coming.filter(({ occurrence: { burdens } }) => {
    const others = [...burdens].filter(([id]) => id !== person).map(([, points]) => points);
    return (burdens.get(person) ?? 0) > Math.max(...others);
  });
  return turns.map(({ occurrence }) => occurrence.period.id).reverse();
}

async function timesOf(...periods: string[]) {
  const all = await occurrencesOf(world, group.id);
  return periods.map((period) => all.find(({ occurrence }) => occurrence.period.id === period)!.item);
}

describe('a swap', () => {
  it('exchanges two turns when the other agrees, and both stay exchanged', async () => {
    const [own, other] = [turnsOf(group.ana)[0]!, turnsOf(group.ben)[0]!];
    const before = await timesOf(own, other);
    const question = await offerSwap(await partner(group.ana), { own, other }, world);
    expect(await world.database.questions.of(group.id)).toMatchObject([{ id: question, asks: [group.ben] }]);
    await replyToQuestion(await partner(group.ben), { question, answer: 'yes' }, world);
    await runPartnership(group.id, world);
    const after = await timesOf(own, other);
    expect(after.map(({ start }) => start)).not.toEqual(before.map(({ start }) => start));
    const turns = await occurrencesOf(world, group.id);
    const burdenIn = (period: string, who: PartnerId) =>
      turns.find(({ occurrence }) => occurrence.period.id === period)!.occurrence.burdens.get(who)!;
    expect(burdenIn(own, group.ben)).toBeGreaterThan(burdenIn(own, group.ana));
    expect(burdenIn(other, group.ana)).toBeGreaterThan(burdenIn(other, group.ben));
    await runPartnership(group.id, world);
    expect(await timesOf(own, other)).toEqual(after);
  });

  it('that is refused leaves both where they are', async () => {
    const [own, other] = [turnsOf(group.ana)[0]!, turnsOf(group.ben)[0]!];
    const before = await timesOf(own, other);
    const question = await offerSwap(await partner(group.ana), { own, other }, world);
    await replyToQuestion(await partner(group.ben), { question, answer: 'no' }, world);
    await runPartnership(group.id, world);
    expect(await timesOf(own, other)).toEqual(before);
  });

  it('offered twice is one question', async () => {
    const [own, other] = [turnsOf(group.ana)[0]!, turnsOf(group.ben)[0]!];
    const first = await offerSwap(await partner(group.ana), { own, other }, world);
    expect(await offerSwap(await partner(group.ana), { own, other }, world)).toBe(first);
  });

  it('of a turn that is not one’s own, or with oneself, names the field', async () => {
    const [mine, theirs] = [turnsOf(group.ana)[0]!, turnsOf(group.ben)[0]!];
    const attempts = [
      [{ own: theirs, other: mine }, 'own'],
      [{ own: mine, other: mine }, 'other'],
      [{ own: mine, other: turnsOf(group.ana)[1]! }, 'other'],
      [{ own: 'nonsense', other: theirs }, 'own'],
      [{ own: mine, other: 'nonsense' }, 'other'],
    ] as const;
    for (const [offer, path] of attempts) {
      const refused = await offerSwap(await partner(group.ana), offer, world).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(InvalidFields);
      expect(refused).toMatchObject({ problems: [{ path }] });
    }
  });

  it('while something else is asked about one of the two is refused', async () => {
    const [own, other] = [turnsOf(group.ana)[0]!, turnsOf(group.ben)[0]!];
    await offerSwap(await partner(group.ana), { own, other }, world);
    const second = offerSwap(await partner(group.ben), { own: other, other: own }, world);
    await expect(second).rejects.toThrow(Conflict);
  });
});

describe('a volunteer', () => {
  it('takes an odd hour from another, whose yes is needed, and nobody else bears more', async () => {
    const period = turnsOf(group.ben)[0]!;
    const [before] = coming.filter(({ occurrence }) => occurrence.period.id === period);
    const question = await volunteer(await partner(group.ana), period, world);
    expect(await world.database.questions.of(group.id)).toMatchObject([
      { asks: [group.ben], ask: { kind: 'time', because: 'volunteer', of: group.ana } },
    ]);
    await replyToQuestion(await partner(group.ben), { question, answer: 'yes' }, world);
    await runPartnership(group.id, world);
    const [after] = await world.database.occurrences.ofPeriod(group.id, period);
    const borneBy = (who: PartnerId, each = after!) => each.occurrence.burdens.get(who)!;
    expect(borneBy(group.ben)).toBeLessThan(borneBy(group.ben, before));
    expect(borneBy(group.ana)).toBeGreaterThan(borneBy(group.ana, before));
  });

  it('has nothing to take where it is their own turn', async () => {
    const period = turnsOf(group.ana)[0]!;
    await expect(volunteer(await partner(group.ana), period, world)).rejects.toThrow(Conflict);
  });

  it('for a period that is not planned names the field', async () => {
    const refused = volunteer(await partner(group.ana), '2031-W01', world);
    await expect(refused).rejects.toMatchObject({ problems: [{ path: 'period' }] });
  });
});

describe('the host', () => {
  it('is who takes it over, as the words of the event then say, without a new SEQUENCE', async () => {
    const { item, occurrence } = coming[2]!;
    const other = occurrence.host === group.ana ? group.ben : group.ana;
    await takeHost(await partner(other), item.uid, world);
    await runPartnership(group.id, world);
    const after = (await world.database.occurrences.byUid(item.uid))!;
    expect(after.occurrence.host).toBe(other);
    expect(after.item.description).toContain(`Host: ${other === group.ana ? 'Ana Duarte' : 'Ben Okafor'}`);
    expect(after.item.sequence).toBe(item.sequence);
  });

  it('is nobody who has declined, and nobody once it has begun', async () => {
    const { item } = coming[2]!;
    const answer = { uid: item.uid, partStat: 'declined', by: 'api' } as const;
    await answerInvitation(await partner(group.ben), answer, world);
    await expect(takeHost(await partner(group.ben), item.uid, world)).rejects.toThrow('you declined');
    world.now = plus(item.start, DAY);
    await expect(takeHost(await partner(group.ana), item.uid, world)).rejects.toThrow('has begun');
    await expect(takeHost(await partner(group.ana), 'nothing@turnabout', world)).rejects.toThrow(NotFound);
  });
});
