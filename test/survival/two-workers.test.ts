// Two processes on one database, of which now one, now the other is killed: together they do everything once.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { UTC } from '../../src/domain/time/zone.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { founded, redrafted, signedByAll, worldOn } from '../support/service-world.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { type TurnaboutProcess, turnaboutProcess } from '../support/turnabout-process.ts';
import { audit } from './mail-audit.ts';

const PARTNERSHIPS = 200;
const KILLS = 6;

let database: TestDatabase;
let sink: SmtpSink;
const workers: (TurnaboutProcess | undefined)[] = [undefined, undefined];

beforeAll(async () => {
  database = await freshDatabase();
  sink = await smtpSink();
  const world = await worldOn(
    { config: database.config, drop: async () => undefined },
    new Date().toISOString(),
  );
  for (let k = 0; k < PARTNERSHIPS; k++) {
    const people = [
      await world.person(`Ana${k} Duarte`, 'Europe/Lisbon'),
      await world.person(`Ben${k} Okafor`, 'Europe/Berlin'),
    ];
    const id = await founded(world, people);
    await redrafted(world, { id, by: people[0]! }, (terms) => ({
      ...terms,
      anchor: UTC,
      horizon: { weeks: 12, invited: 4 },
    }));
    await signedByAll(world, id, people);
  }
  await world.close();
  await database.pool.query('DELETE FROM notice');
}, 300_000);

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker?.stop()));
  await sink.stop();
  await database.drop();
});

it(`two workers, killed ${KILLS} times between them, run ${PARTNERSHIPS} partnerships once each`, async () => {
  const environment = {
    DATABASE_URL: database.url,
    SECRET_KEY: 'a key that is long enough for a test of two workers',
    SMTP_URL: sink.url,
    MAIL_FROM: 'turnabout@example.com',
  };
  const begin = async (index: number) => {
    workers[index] = await turnaboutProcess(environment);
  };
  await Promise.all([begin(0), begin(1)]);
  const deaths: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(3_000 + 500 * kill);
    deaths.push(Date.now());
    await workers[kill % 2]!.kill();
    await begin(kill % 2);
  }
  const outcome = await settled();
  process.stderr.write(
    `${outcome.messages} mails, ${outcome.repeats.length} of them repeats, after ${KILLS} deaths\n`,
  );
  expect(outcome.faults).toEqual([]);
  const unexplained = outcome.repeats.filter(
    ({ before }) => !deaths.some((death) => death - before < 1_500 && before - death < 300),
  );
  expect(unexplained).toEqual([]);
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS occurrences, count(DISTINCT uid)::int AS uids, count(DISTINCT (partnership_id, period, part))::int AS periods FROM occurrence`,
  );
  expect(rows[0].occurrences).toBeGreaterThanOrEqual(12 * PARTNERSHIPS);
  expect(rows[0]).toEqual({
    occurrences: rows[0].occurrences,
    uids: rows[0].occurrences,
    periods: rows[0].occurrences,
  });
  const dead = await database.pool.query(
    `SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'dead-letter'`,
  );
  expect(dead.rows[0].count).toBe(0);
}, 600_000);

/** Waits until everybody has everything, at most five minutes. */
async function settled() {
  const end = Date.now() + 300_000;
  for (;;) {
    await sleep(5_000);
    const { rows } = await database.pool.query(
      `SELECT (SELECT count(*)::int FROM partnership WHERE ran_at IS NULL) AS waiting,
              (SELECT count(*)::int FROM attendee WHERE sent_sequence IS NOT NULL) AS sent,
              (SELECT count(*)::int FROM pgboss.job WHERE name IN ('run', 'send') AND state < 'completed') AS jobs`,
    );
    const { waiting, sent, jobs } = rows[0];
    if ((waiting === 0 && jobs === 0 && sent >= 8 * PARTNERSHIPS) || Date.now() > end)
      return audit(database.pool, sink.received());
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
