// Where no mail server is set, mail waits for one: nothing counts as sent, and nothing is given up.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import type { Mailer } from '../../../src/flows/mail-ports.ts';
import { invitePartner, withdrawInvitation } from '../../../src/flows/partnership/invite-partner.ts';
import { keepTimetable } from '../../../src/flows/run/keep-timetable.ts';
import { type Agreed, agreed, occurrencesOf } from '../../support/agreed.ts';
import { type ServiceWorld, serviceWorld } from '../../support/service-world.ts';

const WHY = 'no mail server is set (SMTP_URL)';

let world: ServiceWorld;
let withServer: Mailer;
let group: Agreed;

beforeEach(async () => {
  world = await serviceWorld();
  withServer = world.mailer;
  setMailer({ ...withServer, send: async () => ({ kind: 'no-server', why: WHY }) });
  group = await agreed(world);
  await world.settle();
});

afterEach(() => world.close());

function setMailer(mailer: Mailer): void {
  Object.assign(world, { mailer });
}

/** A mail server is set, and the timetable comes round. */
async function restart(): Promise<void> {
  setMailer(withServer);
  world.now = plus(world.now, HOUR);
  await keepTimetable(world);
  await world.settle();
}

const invited = async (email: string) =>
  invitePartner(await world.partner(group.ana, group.id, 'write'), email, world);

describe('invitations to check-ins', () => {
  it('have the reason as their problem, and go out within the hour after a server is set', async () => {
    const waiting = await occurrencesOf(world, group.id);
    expect(new Set(waiting.flatMap(({ undelivered }) => [...undelivered.values()]))).toEqual(new Set([WHY]));
    expect(waiting.every(({ sent }) => sent.size === 0)).toBe(true);
    await restart();
    const sent = await occurrencesOf(world, group.id);
    expect(world.mails.filter(({ method }) => method === 'REQUEST').length).toBeGreaterThan(0);
    expect(sent.flatMap(({ undelivered }) => [...undelivered.values()])).toEqual([]);
  });

  it('are asked for once an hour, however long that lasts', async () => {
    await world.wait(plus(world.now, DAY));
    const orders = world.jobs.filter(({ job }) => job.kind === 'send');
    expect(new Set(orders.map(({ job }) => JSON.stringify(job))).size).toBe(orders.length);
    expect(orders.length).toBeGreaterThan(0);
  });
});

describe('an invitation to the partnership', () => {
  it('waits, and goes out once a server is set, weeks later as well', async () => {
    await invited('zoe@example.com');
    await world.settle();
    world.now = plus(world.now, 20 * DAY);
    expect(await world.database.notices.waiting(world.now)).not.toEqual([]);
    await restart();
    expect(world.mails.filter(({ to }) => to.email === 'zoe@example.com')).toMatchObject([
      { text: expect.stringContaining('/join/') },
    ]);
  });

  it('that was withdrawn meanwhile is not mailed', async () => {
    const { id } = await invited('zoe@example.com');
    await world.settle();
    await withdrawInvitation(await world.partner(group.ana, group.id, 'write'), id, world);
    await restart();
    expect(world.mails.filter(({ to }) => to.email === 'zoe@example.com')).toEqual([]);
  });
});

describe('other news', () => {
  const signed = () => world.mails.filter(({ subject }) => subject === 'Harbour: all have signed');

  it('goes out while it is news', async () => {
    await restart();
    expect(signed().length).toBeGreaterThan(0);
  });

  it('is not told after a week', async () => {
    world.now = plus(world.now, 7 * DAY + MINUTE);
    await restart();
    expect(signed()).toEqual([]);
  });
});
