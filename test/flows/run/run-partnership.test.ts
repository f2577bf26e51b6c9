// The run of a partnership on a real database: what is kept, what is mailed, and that nothing is done twice.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closingsIn, recordOf } from '../../../src/domain/fairness/book.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { DAY, HOUR } from '../../../src/domain/time/duration.ts';
import { formatInstant, plus } from '../../../src/domain/time/instant.ts';
import { answerInvitation } from '../../../src/flows/answers/answer-invitation.ts';
import { replyToQuestion } from '../../../src/flows/answers/reply-to-question.ts';
import { dryRun, runPartnership } from '../../../src/flows/run/run-partnership.ts';
import { at } from '../../support/builders.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  serviceWorld,
  signedByAll,
} from '../../support/service-world.ts';

let world: ServiceWorld;
let ana: PartnerId;
let ben: PartnerId;
let id: string;

beforeEach(async () => {
  world = await serviceWorld();
  ana = await world.person('Ana Duarte', 'America/Los_Angeles');
  ben = await world.person('Ben Okafor', 'Europe/Berlin');
  id = await founded(world, [ana, ben]);
  await signedByAll(world, id, [ana, ben]);
});

afterEach(() => world.close());

async function occurrences() {
  return world.database.occurrences.after(id, at('2026-01-01T00:00:00Z'));
}

describe('a signed agreement', () => {
  it('is followed by a run that publishes the horizon and invites everybody', async () => {
    await world.settle();
    expect(await occurrences()).toHaveLength(12);
    const invitations = world.mails.filter(({ method }) => method === 'REQUEST');
    expect(invitations).toHaveLength(24);
    expect(new Set(invitations.map(({ messageId }) => messageId)).size).toBe(24);
  });

  it('is run once, whatever asks for it', async () => {
    await world.settle();
    const mailed = world.mails.length;
    await runPartnership(id, world);
    await runPartnership(id, world);
    await world.settle();
    expect(world.mails).toHaveLength(mailed);
  });

  it('gives the same list of actions dry as it executes', async () => {
    world.jobs.length = 0;
    const { actions } = await dryRun(id, world);
    expect(await occurrences()).toHaveLength(0);
    expect(await runPartnership(id, world)).toEqual(actions);
  });

  it('is run twice at once without doing anything twice', async () => {
    world.jobs.length = 0;
    const both = await Promise.all([runPartnership(id, world), runPartnership(id, world)]);
    expect(both.map((actions) => actions.filter(({ kind }) => kind === 'publish').length).sort()).toEqual([
      0, 12,
    ]);
    expect(await occurrences()).toHaveLength(12);
  });
});

describe('what was published', () => {
  it('comes back from the database as it was', async () => {
    world.jobs.length = 0;
    const actions = await runPartnership(id, world);
    const published = actions.flatMap((action) => (action.kind === 'publish' ? [action.occurrence] : []));
    for (const kept of await occurrences()) {
      const { item, occurrence } = published.find((each) => each.item.uid === kept.item.uid)!;
      expect({ ...kept.item, attendees: [] }).toEqual({ ...item, attendees: [] });
      expect(kept.occurrence).toEqual(occurrence);
    }
  });
});

describe('three months', () => {
  it('are held week by week, posted once each, over a change of clocks', async () => {
    await world.wait(at('2027-04-05T00:00:00Z'));
    const record = recordOf(closingsIn(await world.database.book.entries(id)));
    expect(record).toMatchObject({ held: 13, missed: 0, streak: 13 });
    for (const { item } of await occurrences()) expect(item.sequence).toBeGreaterThanOrEqual(0);
  });
});

describe('a decline', () => {
  it('by one of two asks both for another time; when both agree it is moved and mailed again', async () => {
    await world.settle();
    const [, second] = await occurrences();
    world.mails.length = 0;
    const partner = await world.partner(ben, id, 'answer');
    await answerInvitation(partner, { uid: second!.item.uid, partStat: 'declined', by: 'page' }, world);
    await world.settle();
    const [question] = await world.database.questions.of(id);
    expect(question).toMatchObject({ asks: [ana, ben], ask: { kind: 'time', because: 'declined', of: ben } });
    expect(world.mails.filter(({ subject }) => subject.includes('a question'))).toHaveLength(2);
    for (const person of [ana, ben])
      await replyToQuestion(
        await world.partner(person, id, 'answer'),
        { question: question!.id, answer: 'yes' },
        world,
      );
    await world.settle();
    const moved = (await occurrences()).find(({ item }) => item.uid === second!.item.uid)!;
    expect(moved.item.sequence).toBeGreaterThan(0);
    expect(moved.answers.get(ben)).toBe('needs-action');
    expect(world.mails.filter(({ method }) => method === 'REQUEST')).toHaveLength(2);
  });
});

describe('mail', () => {
  it('that is deferred is tried again and goes out once', async () => {
    world.jobs.splice(0, world.jobs.length, ...world.jobs.filter(({ job }) => job.kind === 'run'));
    world.outcomes.push({ kind: 'deferred', why: '451 try later' });
    await world.settle();
    expect(world.mails.filter(({ method }) => method)).toHaveLength(23);
    world.now = plus(world.now, 2 * HOUR);
    await world.settle();
    const invitations = world.mails.filter(({ method }) => method);
    expect(new Set(invitations.map(({ messageId }) => messageId)).size).toBe(24);
    expect(invitations).toHaveLength(24);
  });

  it('that is refused for good is not tried again, and shown', async () => {
    world.mails.length = 0;
    world.jobs.splice(0, world.jobs.length, ...world.jobs.filter(({ job }) => job.kind === 'run'));
    world.outcomes.push({ kind: 'refused', why: '550 no such mailbox' });
    await world.settle();
    await world.wait(plus(world.now, 3 * DAY));
    const problems = (await occurrences()).flatMap(({ undelivered }) => [...undelivered.values()]);
    expect(problems).toEqual(['550 no such mailbox']);
  });
});

describe('new terms', () => {
  it('count from the next period on; the hour that all signed is nobody’s check-in', async () => {
    await world.settle();
    await world.wait(at('2027-01-13T10:00:00Z'));
    await redrafted(world, { id, by: ana }, (terms) => ({
      ...terms,
      checkIn: { ...terms.checkIn, minutes: 60 },
    }));
    await signedByAll(world, id, [ana, ben]);
    await world.settle();
    const lengths = (await occurrences()).map(({ item }) => [
      formatInstant(item.start).slice(0, 10),
      (item.end - item.start) / HOUR,
    ]);
    const changed = lengths.filter(([day]) => (day as string) >= '2027-01-18');
    expect(changed.every(([, hours]) => hours === 1)).toBe(true);
    expect(
      lengths.filter(([day]) => (day as string) < '2027-01-18').every(([, hours]) => hours === 0.5),
    ).toBe(true);
  });
});
