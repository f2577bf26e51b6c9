// Proposing another time.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Conflict, InvalidFields } from '../../../src/domain/errors.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../../src/domain/time/instant.ts';
import { proposeTime } from '../../../src/flows/answers/propose-time.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { addLeave } from '../../../src/flows/calendars/plan-days.ts';
import { leavePartnership } from '../../../src/flows/partnership/leave-partnership.ts';
import { runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { type Agreed, occurrencesOf, underWay } from '../../support/agreed.ts';
import { at, day } from '../../support/builders.ts';
import { type ServiceWorld, serviceWorld, signedIn } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await underWay(world);
});

afterEach(() => world.close());

const WEEK = '2027-W02';
const THURSDAY = at('2027-01-14T18:00:00Z');

async function propose(person: PartnerId, start: Instant, period = WEEK) {
  const partner = await world.partner(person, group.id, 'answer');
  return proposeTime(partner, { period, start, because: 'partner' }, world);
}

async function standing() {
  return (await world.database.occurrences.ofPeriod(group.id, WEEK))[0]!;
}

async function questions() {
  return world.database.questions.of(group.id);
}

describe('a proposal', () => {
  it('asks everybody else who would be there, with a deadline before either time', async () => {
    const id = await propose(group.ana, THURSDAY);
    const [question] = await questions();
    expect(question).toMatchObject({
      id,
      asks: [group.ben],
      ask: { kind: 'time', because: 'partner', of: group.ana, time: { start: THURSDAY } },
    });
    expect(question!.deadline).toBeLessThan((await standing()).item.start);
    await world.settle();
    expect(world.mails.filter(({ subject }) => subject.includes('a question'))).toMatchObject([
      { to: { email: 'ben@example.com' } },
    ]);
  });

  it('to which all agree moves the check-in there, where it stays', async () => {
    const question = await propose(group.ana, THURSDAY);
    const partner = await world.partner(group.ben, group.id, 'answer');
    await replyToQuestion(partner, { question, answer: 'yes' }, world);
    await runPartnership(group.id, world);
    expect(await standing()).toMatchObject({ origin: 'moved', item: { start: THURSDAY, sequence: 1 } });
    await runPartnership(group.id, world);
    expect((await standing()).item.sequence).toBe(1);
  });

  it('made again while it is open is the same question', async () => {
    const id = await propose(group.ana, THURSDAY);
    world.now = plus(world.now, MINUTE);
    expect(await propose(group.ana, THURSDAY)).toBe(id);
    expect(await questions()).toHaveLength(1);
  });

  it('beside an open question about the same period is refused', async () => {
    await propose(group.ana, THURSDAY);
    await expect(propose(group.ben, plus(THURSDAY, HOUR))).rejects.toThrow('asked about 2027-W02 already');
  });

  it.each([
    ['off the quarter-hours', plus(THURSDAY, 5 * MINUTE), 'quarter of an hour'],
    ['in another period', plus(THURSDAY, 7 * DAY), 'outside the period'],
    ['that would end after the period', at('2027-01-17T22:45:00Z'), 'outside the period'],
  ])('for a time %s says what would be right', async (_, start, words) => {
    const refused = await propose(group.ana, start).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidFields);
    expect(refused).toMatchObject({ problems: [{ path: 'start' }] });
    expect((refused as Error).message).toContain(words);
  });

  it('for a time that is past, or at which the check-in is already, is refused', async () => {
    world.now = at('2027-01-11T06:00:00Z');
    await expect(propose(group.ana, at('2027-01-11T05:00:00Z'))).rejects.toThrow('in the past');
    await expect(propose(group.ana, (await standing()).item.start)).rejects.toThrow('at that time already');
  });

  it('for a period that is over or far away names the field', async () => {
    for (const period of ['2026-W50', '2031-W01', 'nonsense'])
      await expect(propose(group.ana, THURSDAY, period)).rejects.toMatchObject({
        problems: [{ path: 'period' }],
      });
  });

  it('once the check-in has begun is too late', async () => {
    const { item } = await standing();
    world.now = plus(item.start, MINUTE);
    await expect(propose(group.ana, at('2027-01-15T18:00:00Z'))).rejects.toThrow('has begun');
  });

  it('does not ask who is away for all of the period', async () => {
    await addLeave(
      signedIn(world, group.ben, 'write'),
      { from: day('2027-01-11'), to: day('2027-01-17') },
      world,
    );
    await expect(propose(group.ana, THURSDAY)).rejects.toThrow('nobody to ask');
    await expect(propose(group.ben, THURSDAY)).rejects.toThrow('not expected');
  });

  it('by one who is left alone has nobody to ask', async () => {
    await leavePartnership(await world.partner(group.ben, group.id, 'leave'), world);
    await expect(propose(group.ana, THURSDAY)).rejects.toThrow(Conflict);
    expect(await questions()).toEqual([]);
  });

  it('that nobody answers changes nothing', async () => {
    const before = (await standing()).item;
    await propose(group.ana, THURSDAY);
    world.now = (await questions())[0]!.deadline;
    await runPartnership(group.id, world);
    expect(await questions()).toMatchObject([{ outcome: 'lapsed' }]);
    expect((await standing()).item).toEqual(before);
    expect(await occurrencesOf(world, group.id)).not.toHaveLength(0);
  });
});
