// Two processes on one database, of which now one, now the other is killed: together they do everything once.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PartnerId } from '../../src/domain/partner.ts';
import { addDays, mondayOf } from '../../src/domain/time/plain-date.ts';
import { dateOfWall } from '../../src/domain/time/wall-time.ts';
import { toWall, UTC } from '../../src/domain/time/zone.ts';
import { addLeave } from '../../src/flows/calendars/plan-days.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { founded, redrafted, signedByAll, signedIn, worldOn } from '../support/service-world.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { type TurnaboutProcess, turnaboutProcess } from '../support/turnabout-process.ts';
import { hurry } from './hurry.ts';
import { audit, unexplained } from './mail-audit.ts';

const PARTNERSHIPS = 200;
const KILLS = 6;
const INVITED = 4;

let database: TestDatabase;
let sink: SmtpSink;
const firsts: PartnerId[] = [];
const workers: (TurnaboutProcess | undefined)[] = [undefined, undefined];

beforeAll(async () => {
  database = await freshDatabase();
  sink = await smtpSink();
  const world = await worldOn(
    { config: database.config, drop: async () => undefined },
    new Date().toISOString(),
  );
  for (let k = 0; k < PARTNERSHIPS; k++) {
    const people: [PartnerId, PartnerId] = [
      await world.person(`Ana${k} Duarte`, 'Europe/Lisbon'),
      await world.person(`Ben${k} Okafor`, 'Europe/Berlin'),
    ];
    const id = await founded(world, people);
    await redrafted(world, { id, by: people[0] }, (terms) => ({
      ...terms,
      anchor: UTC,
      horizon: { weeks: 12, invited: INVITED },
    }));
    await signedByAll(world, id, people);
    firsts.push(people[0]);
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
    await disturb(firsts.slice(10 * kill, 10 * (kill + 1)));
  }
  const outcome = await settled();
  process.stderr.write(
    `${outcome.messages} mails, ${outcome.repeats.length} of them repeats, after ${KILLS} deaths\n`,
  );
  expect(outcome.faults).toEqual([]);
  expect(unexplained(outcome, deaths, { recorded: 1_500, onItsWay: 300 })).toEqual([]);
  expect(outcome.revisions).toBeGreaterThan(0);
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
    `SELECT source_name, source_output FROM pgboss.job WHERE name = 'dead-letter'`,
  );
  expect(dead.rows).toEqual([]);
}, 600_000);

/** Each of them is away on the first days of the week after next: what is planned there moves. */
async function disturb(people: readonly PartnerId[]): Promise<void> {
  const drop = async () => undefined;
  const world = await worldOn({ config: database.config, drop }, new Date().toISOString());
  const from = addDays(mondayOf(dateOfWall(toWall(UTC, world.clock()))), 14);
  for (const person of people)
    await addLeave(signedIn(world, person, 'write'), { from, to: addDays(from, 3) }, world);
  // Jobs of that world are in its memory: the workers are to look by themselves.
  await database.pool.query(
    `UPDATE partnership SET ran_at = NULL
     WHERE id IN (SELECT partnership_id FROM membership WHERE person_id = ANY ($1::uuid[]))`,
    [people],
  );
  await world.close();
}

/** Waits until everybody has everything, at most five minutes. */
async function settled() {
  const end = Date.now() + 300_000;
  for (;;) {
    await sleep(5_000);
    await hurry(database.pool);
    const { rows } = await database.pool.query(
      `SELECT (SELECT count(*)::int FROM partnership WHERE ran_at IS NULL) AS waiting,
              (SELECT count(*)::int FROM attendee WHERE sent_sequence IS NOT NULL) AS sent,
              (SELECT count(*)::int FROM pgboss.job WHERE name IN ('run', 'send') AND state < 'completed') AS jobs`,
    );
    const { waiting, sent, jobs } = rows[0];
    if ((waiting === 0 && jobs === 0 && sent >= 2 * INVITED * PARTNERSHIPS) || Date.now() > end)
      return audit(database.pool, sink.received(), { invited: INVITED });
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
