// What the mails of an invitation say is new: another time, another place, other people, another host.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { proposeTime } from '../../../src/flows/answers/propose-time.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { takeHost } from '../../../src/flows/answers/take-host.ts';
import { type Agreed, agreed, occurrencesOf } from '../../support/agreed.ts';
import { redrafted, type ServiceWorld, serviceWorld, signedByAll } from '../../support/service-world.ts';

let world: ServiceWorld;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  group = await agreed(world);
  await world.settle();
  world.mails.length = 0;
});

afterEach(() => world.close());

const requests = () => world.mails.filter(({ method }) => method === 'REQUEST');
const newsOf = () => new Set(requests().map(({ subject }) => /^[A-Z][a-z ]+(?=: )/.exec(subject)?.[0]));

async function takenOverBy(person: PartnerId, uid: string): Promise<void> {
  world.mails.length = 0;
  await takeHost(await world.partner(person, group.id, 'answer'), uid, world);
  await world.settle();
}

describe('a new place', () => {
  it('is mailed as a change, not as a move', async () => {
    await redrafted(world, { id: group.id, by: group.ana }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, call: 'https://meet.example.com/harbour' },
    }));
    await signedByAll(world, group.id, group.all);
    await world.settle();
    expect(requests().length).toBeGreaterThan(0);
    expect(newsOf()).toEqual(new Set(['Changed']));
    expect(requests()[0]!.text).not.toContain('Before:');
  });
});

describe('a new time', () => {
  it('is mailed as a move, with the time before in the reader’s own zone', async () => {
    const [, second] = await occurrencesOf(world, group.id);
    const start = plus(second!.item.start, 2 * DAY + HOUR);
    const period = second!.occurrence.period.id;
    const ben = await world.partner(group.ben, group.id, 'answer');
    const question = await proposeTime(ben, { period, start, because: 'partner' }, world);
    const ana = await world.partner(group.ana, group.id, 'answer');
    await replyToQuestion(ana, { question, answer: 'yes' }, world);
    await world.settle();
    expect(newsOf()).toEqual(new Set(['Moved']));
    const toAna = requests().find(({ to }) => to.email === 'ana@example.com')!;
    expect(toAna.text).toMatch(
      /\w{3} 1\d Jan, \d\d:\d\d to \d\d:\d\d \(America\/Los_Angeles\)\nBefore: \w{3} 1\d Jan, \d\d:\d\d to \d\d:\d\d \(America\/Los_Angeles\)/,
    );
  });
});

describe('a new host', () => {
  it('inside the last week is mailed to everybody, each time', async () => {
    const [first] = await occurrencesOf(world, group.id);
    const { uid, start } = first!.item;
    await world.wait(plus(start, -3 * DAY));
    const { host } = first!.occurrence;
    const other = group.all.find((id) => id !== host)!;
    for (const person of [other, host]) {
      await takenOverBy(person, uid);
      expect(
        requests()
          .map(({ to }) => to.email)
          .sort(),
      ).toEqual(['ana@example.com', 'ben@example.com']);
      expect(newsOf()).toEqual(new Set(['New host']));
      const { name } = (await world.database.people.byId(person))!;
      expect(requests()[0]!.text).toContain(`Host: ${name}`);
    }
  });

  it('is mailed also where the first invitation went out inside the last week', async () => {
    const [first] = await occurrencesOf(world, group.id);
    expect(first!.item.start - world.now).toBeLessThan(7 * DAY);
    const { host, period } = first!.occurrence;
    const partner = await world.partner(host, group.id, 'answer');
    await answerInvitation(partner, { uid: first!.item.uid, partStat: 'declined', by: 'page' }, world);
    await world.settle();
    const kept = (await occurrencesOf(world, group.id)).find(
      (each) => each.occurrence.period.id === period.id,
    )!;
    expect(kept.occurrence.host).not.toBe(host);
    expect(newsOf()).toEqual(new Set(['New host']));
  });

  it('further ahead is not mailed yet', async () => {
    const later = (await occurrencesOf(world, group.id)).at(-1)!;
    const other = group.all.find((id) => id !== later.occurrence.host)!;
    await takenOverBy(other, later.item.uid);
    expect(requests()).toEqual([]);
  });
});
