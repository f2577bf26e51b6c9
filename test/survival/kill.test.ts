// The service is killed again and again at any moment, also between a mail and its record. Afterwards every calendar has what the
// database says, and nobody had anything twice but what was on its way when it died.

import { afterAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/adapters/database/connection.ts';
import { attachEmbedded, startEmbedded } from '../../src/adapters/database/embedded.ts';
import { migrate } from '../../src/adapters/database/migrate.ts';
import type { PartnerId } from '../../src/domain/partner.ts';
import { addDays } from '../../src/domain/time/plain-date.ts';
import { dateOfWall } from '../../src/domain/time/wall-time.ts';
import { toWall, UTC } from '../../src/domain/time/zone.ts';
import { addLeave, removeDays } from '../../src/flows/calendars/plan-days.ts';
import { MIGRATIONS } from '../../src/open-database.ts';
import { temporaryFolder } from '../support/database.ts';
import {
  founded,
  redrafted,
  type ServiceWorld,
  signedByAll,
  signedIn,
  worldOn,
} from '../support/service-world.ts';
import { type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { type TurnaboutProcess, turnaboutProcess } from '../support/turnabout-process.ts';
import { audit, unexplained } from './mail-audit.ts';

const KILLS = 50;
const KILLS_IN_SEND = 15;
const PARTNERSHIPS = 4;

/** Milliseconds: what arrived so shortly before a death may have had no time to be recorded, or came out of a socket just after it. */
const TIMES = { recorded: 1_000, onItsWay: 300 };

/** Numerical Recipes' linear congruential generator: the same seed, the same moments. */
function diceFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const SEED = Number(process.env.SEED ?? 20_270_104);
const roll = diceFrom(SEED);

let sink: SmtpSink;
let running: TurnaboutProcess | undefined;

afterAll(async () => {
  await running?.stop();
  await sink?.stop();
});

describe(`killed ${KILLS} times (seed ${SEED})`, () => {
  it('leaves every calendar as the database has it', async () => {
    const dataDir = await temporaryFolder('survival');
    let inSend = 0;
    let armed = false;
    let died: Promise<void> = Promise.resolve();
    const deaths: number[] = [];
    const kill = async () => {
      deaths.push(Date.now());
      await running!.kill();
    };
    sink = await smtpSink({
      onData: async () => {
        if (!armed) return undefined;
        armed = false;
        inSend++;
        // Before the answer or after it, and before anything could be recorded.
        if (roll() < 0.5) died = kill();
        else
          setTimeout(() => {
            died = kill();
          }, 0);
        await died;
        return undefined;
      },
    });
    const environment = {
      DATA_DIR: dataDir,
      SMTP_URL: sink.url,
      MAIL_FROM: 'Turnabout <turnabout@example.com>',
    };
    const people = await seed(dataDir);
    for (let turn = 0; turn < KILLS; turn++) {
      running = await turnaboutProcess(environment);
      armed = turn < KILLS_IN_SEND * 2 && turn % 2 === 0;
      const wasArmed = armed;
      const patience = 100 + roll() * (wasArmed ? 4_000 : 1_000);
      await Promise.race([sleep(patience), wasArmed ? until(() => !armed, patience) : sleep(patience)]);
      armed = false;
      await died;
      if (running.process.exitCode === null && running.process.signalCode === null) await kill();
      await disturb(dataDir, people);
    }
    running = await turnaboutProcess(environment);
    const outcome = await settled(dataDir);
    process.stderr.write(
      `killed ${KILLS} times, ${inSend} of them between a send and its record; ${outcome.messages} mails, ${outcome.repeats.length} of them repeats (seed ${SEED})\n`,
    );
    expect(outcome.faults).toEqual([]);
    expect(inSend).toBeGreaterThanOrEqual(10);
    // A message came again only where the service died between its arrival and its record.
    expect(unexplained(outcome, deaths, TIMES)).toEqual([]);
    expect(await running.stop()).toBe(0);
  }, 900_000);
});

type People = readonly (readonly PartnerId[])[];

async function seed(dataDir: string): Promise<People> {
  const server = await startEmbedded({ dataDir, say: () => undefined });
  const connection = connect(server.connection);
  await migrate({ pool: connection.pool, folder: MIGRATIONS, now: () => new Date() });
  await connection.close();
  const world = await worldOn({ config: server.connection, drop: server.stop }, new Date().toISOString());
  const all: PartnerId[][] = [];
  for (let k = 0; k < PARTNERSHIPS; k++) {
    const people = [
      await world.person(`Ana${k} Duarte`, 'Europe/Lisbon'),
      await world.person(`Ben${k} Okafor`, 'Europe/Berlin'),
      await world.person(`Dev${k} Sharma`, 'Asia/Kolkata'),
    ];
    const id = await founded(world, people);
    await redrafted(world, { id, by: people[0]! }, (terms) => ({ ...terms, anchor: UTC }));
    await signedByAll(world, id, people);
    all.push(people);
  }
  await world.close();
  return all;
}

/** What moves check-ins: somebody is away in some week to come, or is not any more. */
async function disturb(dataDir: string, people: People): Promise<void> {
  await withWorld(dataDir, async (world) => {
    const person = people.flat()[Math.floor(roll() * people.flat().length)]!;
    const today = dateOfWall(toWall(UTC, world.clock()));
    const proof = signedIn(world, person, 'write');
    const [old] = await world.database.people.leaves(person);
    if (old) await removeDays(proof, old.id, world);
    const from = addDays(today, 14 + Math.floor(roll() * 60));
    await addLeave(proof, { from, to: addDays(from, 2) }, world);
  });
}

async function withWorld<T>(
  dataDir: string,
  work: (world: ServiceWorld, pool: ReturnType<typeof connect>['pool']) => Promise<T>,
): Promise<T> {
  const server = await attachEmbedded({ dataDir, say: () => undefined });
  const connection = connect(server.connection);
  try {
    const world = await worldOn(
      { config: server.connection, drop: async () => undefined },
      new Date().toISOString(),
    );
    const result = await work(world, connection.pool);
    // Jobs of that world are in its memory: the service is to look by itself.
    await connection.pool.query('UPDATE partnership SET ran_at = NULL');
    await world.close();
    return result;
  } finally {
    await connection.close();
    await server.stop();
  }
}

/** Waits until nothing more arrives for a while and nothing is wrong, at most three minutes. */
async function settled(dataDir: string) {
  const server = await attachEmbedded({ dataDir, say: () => undefined });
  const connection = connect(server.connection);
  try {
    const end = Date.now() + 180_000;
    for (;;) {
      const before = sink.received().length;
      await sleep(8_000);
      const outcome = await audit(connection.pool, sink.received(), { invited: 12 });
      const isQuiet = sink.received().length === before;
      if ((isQuiet && outcome.faults.length === 0) || Date.now() > end) return outcome;
    }
  } finally {
    await connection.close();
    await server.stop();
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(isSo: () => boolean, most: number): Promise<void> {
  const end = Date.now() + most;
  while (!isSo() && Date.now() < end) await sleep(20);
}
