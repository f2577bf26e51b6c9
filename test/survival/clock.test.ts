// The service runs while a year ends, and while clocks are changed: what is due at that moment is done at that moment.

import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { connect } from '../../src/adapters/database/connection.ts';
import { migrate } from '../../src/adapters/database/migrate.ts';
import { MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../src/domain/time/instant.ts';
import { MIGRATIONS } from '../../src/open-database.ts';
import { at } from '../support/builders.ts';
import { windowsOf } from '../support/cast.ts';
import { urlOf } from '../support/database.ts';
import { clockAt, databaseWithClock, FAKETIME } from '../support/moved-clock.ts';
import { available } from '../support/peers.ts';
import { founded, redrafted, signedByAll, worldOn } from '../support/service-world.ts';
import { turnaboutProcess } from '../support/turnabout-process.ts';

/** How long before the moment the service is started, and how long afterwards it is waited for, in real time. */
const [BEFORE, AFTER] = [0.75 * MINUTE, 4 * MINUTE];

type Crossing = {
  readonly zone: string;
  /** When the partners begin; the agreement counts from the Monday after. */
  readonly agreed: string;
  /** The half hour that ends at the moment. */
  readonly hour: string;
  readonly moment: string;
  readonly period: string;
  /** The next check-in, at the same time by the wall. */
  readonly next: string;
};

const CROSSINGS: readonly (readonly [string, Crossing])[] = [
  [
    'a year ends',
    {
      zone: 'Atlantic/Reykjavik',
      agreed: '2026-12-22T09:00:00Z',
      hour: 'Thu 23:30-24:00',
      moment: '2027-01-01T00:00:00Z',
      period: '2026-W53',
      next: '2027-01-07T23:30:00Z',
    },
  ],
  [
    'clocks go forward',
    {
      zone: 'Europe/Berlin',
      agreed: '2027-03-16T09:00:00Z',
      hour: 'Sun 01:30-02:00',
      moment: '2027-03-28T01:00:00Z',
      period: '2027-W12',
      next: '2027-04-03T23:30:00Z',
    },
  ],
  [
    'clocks go back, and the hour comes again',
    {
      zone: 'Europe/Berlin',
      agreed: '2027-10-19T09:00:00Z',
      hour: 'Sun 02:30-03:00',
      moment: '2027-10-31T01:00:00Z',
      period: '2027-W43',
      next: '2027-11-07T01:30:00Z',
    },
  ],
];

describe.skipIf(!available(FAKETIME))('the service', () => {
  it.each(CROSSINGS)(
    'closes a check-in that ends as %s',
    async (_, crossing) => {
      const moment = at(crossing.moment);
      const environment = clockAt(plus(moment, -BEFORE));
      const database = await databaseWithClock(environment, (connection) => prepare(connection, crossing));
      const { pool, close } = connect(database.connection);
      const running = await turnaboutProcess({
        ...environment,
        TZ: crossing.zone,
        DATABASE_URL: urlOf(database.connection),
        SECRET_KEY: 'a key that is long enough for a test of clocks',
      });
      try {
        const closed = await closing(pool, crossing.period);
        expect(closed.outcome).toBe('held');
        expect(closed.posted_at.getTime()).toBeGreaterThanOrEqual(moment);
        expect(closed.posted_at.getTime()).toBeLessThan(plus(moment, 2 * MINUTE));
        expect(await startsAfter(pool, moment)).toBe(at(crossing.next));
        expect((await fetch(new URL('/readyz', running.url))).status).toBe(200);
        expect(await running.stop()).toBe(0);
      } finally {
        await running.kill();
        await close();
        await database.stop();
      }
    },
    400_000,
  );
});

type Config = Parameters<typeof connect>[0];

/** Ana and Ben meet in the one half hour that ends at the moment; all is planned and mailed a quarter of an hour before. */
async function prepare(config: Config, { zone, agreed, hour, moment }: Crossing): Promise<void> {
  const { pool, close } = connect(config);
  await migrate({ pool, folder: MIGRATIONS, now: () => new Date() });
  const world = await worldOn({ config: config as never, drop: async () => undefined }, agreed);
  const people = [await world.person('Ana Duarte', zone), await world.person('Ben Okafor', zone)];
  const id = await founded(world, people);
  await redrafted(world, { id, by: people[0]! }, (terms) => ({
    ...terms,
    anchor: zone as (typeof terms)['anchor'],
    partners: terms.partners.map((partner) => ({
      ...partner,
      reachable: windowsOf(hour),
      comfortable: windowsOf(hour),
    })),
  }));
  await signedByAll(world, id, people);
  await world.wait(plus(at(moment), -15 * MINUTE));
  await world.close();
  // Jobs of that world are in its memory: the service is to look by itself.
  await pool.query('UPDATE partnership SET ran_at = NULL');
  await close();
}

type Pool = ReturnType<typeof connect>['pool'];

async function closing(pool: Pool, period: string): Promise<{ outcome: string; posted_at: Date }> {
  for (const end = Date.now() + BEFORE + AFTER; Date.now() < end; await pause(500)) {
    const { rows } = await pool.query(`SELECT outcome, posted_at FROM book_entry WHERE period = $1`, [
      period,
    ]);
    if (rows[0]) return rows[0];
  }
  throw new Error(`${period} was not closed`);
}

async function startsAfter(pool: Pool, moment: Instant): Promise<number> {
  const { rows } = await pool.query(
    `SELECT starts_at FROM occurrence WHERE status = 'CONFIRMED' AND starts_at > $1 ORDER BY starts_at LIMIT 1`,
    [new Date(moment)],
  );
  return rows[0]?.starts_at.getTime();
}
