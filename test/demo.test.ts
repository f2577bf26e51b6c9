// What `npm run demo` tells: everything that it promises has happened, through the flows of the service.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExample } from '../src/demo-calendars.ts';
import { liveThrough } from '../src/demo-story.ts';
import { closingsIn, recordOf } from '../src/domain/fairness/book.ts';
import { DAY } from '../src/domain/time/duration.ts';
import { plus } from '../src/domain/time/instant.ts';
import { at } from './support/builders.ts';
import { type ServiceWorld, serviceWorld } from './support/service-world.ts';

/** A Monday; nine weeks later clocks have changed in two of the three zones. */
const SINCE = at('2026-09-07T00:00:00Z');
const UNTIL = at('2026-11-11T15:00:00Z');

let world: ServiceWorld;
let partnership: string;

beforeAll(async () => {
  world = await serviceWorld('2026-09-07T00:00:00Z');
  await liveThrough({
    world: Object.assign(world, { readAddress: readExample(SINCE) }),
    settle: () => world.settle(),
    until: UNTIL,
    pass: (to) => {
      world.now = to;
    },
  });
  const { rows } = await world.connection.pool.query<{ id: string }>('SELECT id FROM partnership');
  partnership = rows[0]!.id;
}, 240_000);

afterAll(() => world.close());

describe('the story of the demonstration', () => {
  it('has weeks in the book, most of them held', async () => {
    const record = recordOf(closingsIn(await world.database.book.entries(partnership)));
    expect(record.held + record.missed).toBeGreaterThanOrEqual(8);
    expect(record.held).toBeGreaterThan(record.missed);
  });

  it('has a swap to which both agreed', async () => {
    expect(await agreedOn('swap')).toBeGreaterThan(0);
  });

  it('has a week that could not be held and moved', async () => {
    const all = await world.database.occurrences.after(partnership, SINCE);
    const moved = all.filter(({ item, firstStart }) => item.start !== firstStart && item.end < UNTIL);
    expect(moved.length).toBeGreaterThan(0);
    for (const { item } of moved) expect(item.sequence).toBeGreaterThan(0);
  });

  it('has somebody who travels, a draft to sign and a question to answer', async () => {
    const { rows } = await world.connection.pool.query<{ id: string }>(
      `SELECT id FROM person WHERE email = 'ana@example.com'`,
    );
    const ana = rows[0]!.id as never;
    const travels = await world.database.people.travels(ana);
    expect(travels.some(({ zone }) => (zone as string) === 'Europe/London')).toBe(true);
    expect(await world.database.agreements.draft(partnership)).toBeDefined();
    const open = (await world.database.questions.of(partnership)).filter(({ outcome }) => !outcome);
    expect(open.some(({ asks }) => asks.includes(ana))).toBe(true);
  });

  it('goes on: everybody is invited to the coming weeks', async () => {
    const coming = await world.database.occurrences.after(partnership, UNTIL);
    expect(coming.length).toBeGreaterThan(8);
    const [next] = coming.filter(({ item }) => item.start < plus(UNTIL, 14 * DAY));
    expect(next!.sent.size).toBe(3);
  });
});

async function agreedOn(kind: string): Promise<number> {
  const questions = await world.database.questions.of(partnership);
  return questions.filter(({ ask, outcome }) => ask.kind === kind && outcome === 'agreed').length;
}
