// Bad days of others: a mail server that is away, stalls, puts off or refuses, a database that dies under the service.

import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/adapters/database/connection.ts';
import { attachEmbedded, startEmbedded } from '../../src/adapters/database/embedded.ts';
import { migrate } from '../../src/adapters/database/migrate.ts';
import { UTC } from '../../src/domain/time/zone.ts';
import { MIGRATIONS } from '../../src/open-database.ts';
import { freshDatabase, type TestDatabase, temporaryFolder } from '../support/database.ts';
import { founded, redrafted, signedByAll, worldOn } from '../support/service-world.ts';
import { type SinkAnswer, type SmtpSink, smtpSink } from '../support/smtp-sink.ts';
import { type TurnaboutProcess, turnaboutProcess } from '../support/turnabout-process.ts';
import { hurry } from './hurry.ts';
import { audit } from './mail-audit.ts';

const MAIL_FROM = 'turnabout@example.com';

type Config = TestDatabase['config'];

/** Ana and Ben have agreed; three weeks are invited to. */
async function seed(config: Config): Promise<void> {
  const world = await worldOn({ config, drop: async () => undefined }, new Date().toISOString());
  const people = [
    await world.person('Ana Duarte', 'Europe/Lisbon'),
    await world.person('Ben Okafor', 'Europe/Berlin'),
  ];
  const id = await founded(world, people);
  await redrafted(world, { id, by: people[0]! }, (terms) => ({
    ...terms,
    anchor: UTC,
    horizon: { weeks: 12, invited: 3 },
  }));
  await signedByAll(world, id, people);
  await world.close();
}

describe('a mail server', () => {
  let database: TestDatabase;
  let running: TurnaboutProcess | undefined;
  let sink: SmtpSink | undefined;

  beforeEach(async () => {
    database = await freshDatabase();
    await seed(database.config);
    await database.pool.query('DELETE FROM notice');
  });

  afterEach(async () => {
    await running?.stop();
    await sink?.stop();
    await database.drop();
  });

  async function start(url: string): Promise<void> {
    const SECRET_KEY = 'a key that is long enough for a test of bad days';
    running = await turnaboutProcess({ DATABASE_URL: database.url, SECRET_KEY, SMTP_URL: url, MAIL_FROM });
  }

  async function problems(): Promise<readonly string[]> {
    const { rows } = await database.pool.query<{ problem: string }>(
      'SELECT DISTINCT problem FROM attendee WHERE problem IS NOT NULL',
    );
    return rows.map(({ problem }) => problem);
  }

  /** Once all six have arrived and are recorded: a message arrives before its record. */
  async function auditOfAll() {
    const sent = 'SELECT FROM attendee WHERE sent_sequence IS NOT NULL';
    await until(
      async () => sink!.received().length >= 6 && ((await database.pool.query(sent)).rowCount ?? 0) >= 6,
    );
    return audit(database.pool, sink!.received(), { invited: 3 });
  }

  it('that is away when the service starts has everything once it is back', async () => {
    const port = await freePort();
    await start(`smtp://127.0.0.1:${port}`);
    await until(async () => (await problems()).length > 0);
    sink = await smtpSink({}, port);
    await hurry(database.pool);
    expect((await auditOfAll()).faults).toEqual([]);
    expect(await problems()).toEqual([]);
  }, 120_000);

  it('that puts off each message once has everything in the end, and nothing twice', async () => {
    const seen = new Set<string>();
    sink = await smtpSink({
      onData: ({ email }) => {
        if (seen.has(email.messageId!)) return undefined;
        seen.add(email.messageId!);
        return { code: 451, text: 'try again later' };
      },
    });
    await start(sink.url);
    await until(async () => seen.size >= 6);
    await hurry(database.pool);
    expect(await auditOfAll()).toMatchObject({ faults: [], repeats: [], messages: 6 });
  }, 120_000);

  it('that puts off one recipient serves the other at once, and this one later', async () => {
    let isFull = true;
    const rcpt = (address: string): SinkAnswer =>
      isFull && address.startsWith('ben') ? { code: 452, text: 'mailbox full, try again later' } : 'accept';
    sink = await smtpSink({ rcpt });
    await start(sink.url);
    await until(async () => sink!.received().length >= 3 && (await problems()).length > 0);
    expect(new Set(sink.received().map(({ to }) => to[0]))).toEqual(new Set(['ana@example.com']));
    isFull = false;
    await hurry(database.pool);
    expect(await auditOfAll()).toMatchObject({ faults: [], repeats: [], messages: 6 });
  }, 120_000);

  it('that refuses one recipient for good serves the other, says why, and is not asked again', async () => {
    let asked = 0;
    const rcpt = (address: string): SinkAnswer => {
      if (!address.startsWith('ben')) return 'accept';
      asked++;
      return { code: 550, text: 'no such mailbox here' };
    };
    sink = await smtpSink({ rcpt });
    await start(sink.url);
    await until(async () => sink!.received().length >= 3 && asked >= 3);
    await hurry(database.pool);
    await sleep(3_000);
    expect(asked).toBe(3);
    expect(sink.received().map(({ to }) => to[0])).toEqual([
      'ana@example.com',
      'ana@example.com',
      'ana@example.com',
    ]);
    expect(await problems()).toEqual([expect.stringContaining('no such mailbox here')]);
  }, 120_000);

  it('that stalls holds up neither the service nor its end, and has everything later', async () => {
    let stalls = true;
    sink = await smtpSink({ onData: () => (stalls ? 'stall' : 'accept') });
    await start(sink.url);
    await until(async () => sink!.received().length > 0);
    const began = performance.now();
    expect((await fetch(new URL('/readyz', running!.url))).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await running!.stop()).toBe(0);
    const stalled = sink.received().length;
    stalls = false;
    await start(sink.url);
    await until(async () => {
      await hurry(database.pool);
      await sleep(4_000);
      return (await audit(database.pool, sink!.received(), { invited: 3 })).faults.length === 0;
    }, 120_000);
    const { repeats } = await audit(database.pool, sink.received(), { invited: 3 });
    expect(repeats.length).toBeLessThanOrEqual(stalled);
  }, 180_000);
});

describe('the database', () => {
  it('dies under the service, is started again, and everybody has everything', async () => {
    const dataDir = await temporaryFolder('bad-day');
    const server = await startEmbedded({ dataDir, say: () => undefined });
    const setUp = connect(server.connection);
    await migrate({ pool: setUp.pool, folder: MIGRATIONS, now: () => new Date() });
    await setUp.close();
    await seed(server.connection);
    await server.stop();
    let kills = 0;
    const sink = await smtpSink({
      onData: async () => {
        if (kills++ === 1) execFileSync('pkill', ['-9', '-f', `postgres -D .*${dataDir.split('/').at(-1)}`]);
        return undefined;
      },
    });
    const running = await turnaboutProcess({ DATA_DIR: dataDir, SMTP_URL: sink.url, MAIL_FROM });
    try {
      await until(async () => new Set(sink.received().map(({ email }) => email.messageId)).size >= 6, 90_000);
      await until(async () => (await fetch(new URL('/readyz', running.url))).status === 200, 60_000);
      const again = await attachEmbedded({ dataDir, say: () => undefined });
      const { pool, close } = connect(again.connection);
      // A claim of what was under way runs out after 45 s; until then each try is one of the twenty that a job has.
      await until(async () => {
        await hurry(pool);
        await sleep(4_000);
        return (await audit(pool, sink.received(), { invited: 3 })).faults.length === 0;
      }, 120_000);
      await close();
      expect(running.said()).toMatch(/database/i);
      expect(await running.stop()).toBe(0);
    } finally {
      await running.kill();
      await sink.stop();
    }
  }, 300_000);
});

async function freePort(): Promise<number> {
  const sink = await smtpSink();
  const port = Number(new URL(sink.url).port);
  await sink.stop();
  return port;
}

async function until(isSo: () => Promise<boolean>, most = 60_000): Promise<void> {
  const end = Date.now() + most;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error('it did not come to that in time');
    await sleep(100);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
