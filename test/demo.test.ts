// What `npm run demo` tells: everything that it promises has happened, through the flows of the service.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { demonstrate } from '../src/demo.ts';
import { exampleAddress, readExample } from '../src/demo-calendars.ts';
import { liveThrough } from '../src/demo-story.ts';
import { FRESH_FOR } from '../src/domain/calendar/snapshot.ts';
import { closingsIn, recordOf } from '../src/domain/fairness/book.ts';
import type { PartnerId } from '../src/domain/partner.ts';
import type { Ask } from '../src/domain/question.ts';
import { DAY } from '../src/domain/time/duration.ts';
import { plus } from '../src/domain/time/instant.ts';
import { UTC } from '../src/domain/time/zone.ts';
import { readWhatARunWouldDo } from '../src/flows/read/what-a-run-would-do.ts';
import { localTimeOf } from '../src/views/local-time.ts';
import { at } from './support/builders.ts';
import { type ServiceWorld, serviceWorld } from './support/service-world.ts';

/** Nine weeks after a Monday, with changes of clocks before, after and between; in the last, turns fit weeks to come alone. */
const TOLD = [
  { day: 'a Monday', since: '2026-09-07T00:00:00Z', until: '2026-11-09T00:30:00Z' },
  { day: 'a Saturday', since: '2027-01-04T00:00:00Z', until: '2027-03-13T15:00:00Z' },
  { day: 'a Friday', since: '2026-09-21T00:00:00Z', until: '2026-11-27T18:00:00Z' },
] as const;

describe.each(TOLD)('the story of the demonstration on $day', ({ since, until }) => {
  const [SINCE, UNTIL] = [at(since), at(until)];
  let world: ServiceWorld;
  let partnership: string;
  let ana: PartnerId;

  beforeAll(async () => {
    world = await serviceWorld(since);
    await liveThrough({
      world: Object.assign(world, { readAddress: readExample(SINCE) }),
      settle: () => world.settle(),
      until: UNTIL,
      pass: (to) => {
        world.now = to;
      },
    });
    partnership = await idFrom(`SELECT id FROM partnership`);
    ana = (await idFrom(`SELECT id FROM person WHERE email = 'ana@example.com'`)) as PartnerId;
  }, 240_000);

  afterAll(() => world.close());

  async function idFrom(sql: string): Promise<string> {
    return (await world.connection.pool.query<{ id: string }>(sql)).rows[0]!.id;
  }

  /** What everybody agreed to. */
  async function agreedAsks(): Promise<{ readonly period: string; readonly ask: Ask }[]> {
    const questions = await world.database.questions.of(partnership);
    return questions.filter(({ outcome }) => outcome === 'agreed');
  }

  /** Where the check-in of a period stands that was moved from where it was announced first. */
  async function movedStart(period: string): Promise<number | undefined> {
    const all = await world.database.occurrences.after(partnership, SINCE);
    const kept = all.find(({ occurrence }) => occurrence.period.id === period)!;
    const isMoved = kept.item.start !== kept.firstStart && kept.item.sequence > 0;
    return isMoved ? kept.item.start : undefined;
  }

  it('has weeks in the book, most of them held', async () => {
    const record = recordOf(closingsIn(await world.database.book.entries(partnership)));
    expect(record.held + record.missed).toBeGreaterThanOrEqual(8);
    expect(record.held).toBeGreaterThan(record.missed);
    expect(record.moved).toBeGreaterThanOrEqual(1);
  });

  it('has a week whose time was exchanged, and another one that moved since somebody could not come', async () => {
    const asks = await agreedAsks();
    const swaps = asks.flatMap(({ ask }) => (ask.kind === 'swap' ? [ask] : []));
    const declines = asks.flatMap(({ ask, period }) =>
      ask.kind === 'time' && ask.because === 'declined' ? [{ period, start: ask.time.start }] : [],
    );
    expect([swaps.length, declines.length]).toEqual([1, 1]);
    const [{ periods, parts }] = swaps as [(typeof swaps)[number]];
    expect(await Promise.all(periods.map(movedStart))).toEqual(parts.map(({ start }) => start));
    for (const { period, start } of declines) {
      expect(periods).not.toContain(period);
      expect(await movedStart(period)).toBe(start);
      expect(start).toBeLessThan(UNTIL);
    }
  });

  it('has somebody who is elsewhere, at whose hours there the next check-ins are', async () => {
    const { zone } = (await world.database.people.byId(ana))!;
    const travels = await world.database.people.travels(ana);
    const coming = await world.database.occurrences.after(partnership, UNTIL);
    const there = coming
      .map(({ item }) => localTimeOf({ zone, travels }, item.start))
      .filter((local) => (local.zone as string) === 'Europe/London');
    expect(there[0]).toEqual(localTimeOf({ zone, travels }, coming[0]!.item.start));
    for (const { clock, weekday } of there) {
      expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']).toContain(weekday);
      expect(clock >= '06:00' && clock <= '22:30', clock).toBe(true);
    }
  });

  it('has a draft to sign and a question to answer', async () => {
    expect(await world.database.agreements.draft(partnership)).toBeDefined();
    const open = (await world.database.questions.of(partnership)).filter(({ outcome }) => !outcome);
    expect(open.some(({ asks }) => asks.includes(ana))).toBe(true);
  });

  it('goes on: everybody is invited to the coming weeks, and nothing is left undone', async () => {
    const coming = await world.database.occurrences.after(partnership, UNTIL);
    expect(coming.length).toBeGreaterThan(8);
    const [next] = coming.filter(({ item }) => item.start < plus(UNTIL, 14 * DAY));
    expect(next!.sent.size).toBe(3);
    const { actions } = await readWhatARunWouldDo(await world.partner(ana, partnership, 'read'), world);
    expect(actions).toEqual([]);
  });
});

describe('a calendar in the demonstration', () => {
  const read = readExample(at('2026-09-07T00:00:00Z'));
  const window = { start: at('2026-09-07T00:00:00Z'), end: at('2026-09-14T00:00:00Z') };

  it.each([
    ['https://example.org/ana.ics', 'the demonstration reads nothing outside'],
    ['https://calendars.example.com/nobody.ics', 'the demonstration has no such example'],
    ['https://calendars.example.com//etc/passwd', 'the demonstration has no such example'],
  ])('at %s is unreadable', async (address, why) => {
    expect(await read(address, { window, zone: UTC })).toMatchObject({ kind: 'unreadable', why });
  });

  it('that is an example is read again before it is stale', async () => {
    const outcome = await read(exampleAddress('ana'), { window, zone: UTC });
    expect(outcome.kind).toBe('read');
    expect(outcome.nextIn).toBeLessThan(FRESH_FOR);
  });
});

describe('npm run demo', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('says that its port is taken before any week goes by', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    vi.stubEnv('PORT', String((other.address() as AddressInfo).port));
    vi.stubEnv('HOST', '127.0.0.1');
    const said: string[] = [];
    await expect(demonstrate((sentence) => said.push(sentence))).rejects.toThrow(
      'is in use by another program',
    );
    other.close();
    expect(said).toEqual([]);
  });
});
