// A PostgreSQL of our own: made, started, shared, stopped.

import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attachEmbedded, type EmbeddedPostgres } from '../../../src/adapters/database/embedded.ts';
import { laidDataDir, newDataDir, postmasterIn, query, refusal, run, start } from './run-embedded.ts';

const say = (): void => undefined;

describe('a database of our own', () => {
  let dataDir = '';
  let database: EmbeddedPostgres;
  beforeAll(async () => {
    dataDir = await newDataDir();
    database = await start(dataDir);
  });
  afterAll(() => database.stop());

  it('is a PostgreSQL 18 that writes through to the disk', async () => {
    expect(await query(database.connection, 'SHOW server_version_num')).toEqual([
      expect.stringMatching(/^18/),
    ]);
    expect(await query(database.connection, 'SHOW fsync')).toEqual(['on']);
  });

  it('sorts alike on every machine', async () => {
    const locale = `SELECT datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding)
      FROM pg_database WHERE datname = current_database()`;
    expect(await query(database.connection, locale)).toEqual(['b C.UTF-8 UTF8']);
  });

  it('lies in the data folder, closed to everybody else', async () => {
    expect(database.where).toBe(join(dataDir, 'postgres'));
    expect((await stat(database.where)).mode & 0o777).toBe(0o700);
    expect((await stat(join(database.where, 'turnabout.password'))).mode & 0o777).toBe(0o600);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('listens on a socket in a closed folder and nowhere else', async () => {
    expect(database.connection.host).toBe(database.where);
    expect(await query(database.connection, 'SHOW listen_addresses')).toEqual(['']);
  });

  it('wants its password', async () => {
    const stranger = { ...database.connection, password: 'guess' };
    await expect(query(stranger, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(
      await query(
        database.connection,
        `SELECT rolpassword LIKE 'SCRAM-SHA-256$%' FROM pg_authid WHERE rolname = current_user`,
      ),
    ).toEqual([true]);
  });

  it('writes nothing of anybody into its log', async () => {
    const secret = `INSERT INTO nowhere VALUES ('ana@example.com')`;
    await expect(query(database.connection, secret)).rejects.toThrow('does not exist');
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toMatch(/example|nowhere/);
  });
});

describe('one database after another', () => {
  it('keeps what was written, under the same password', async () => {
    const dataDir = await newDataDir();
    const first = await start(dataDir);
    await query(first.connection, 'CREATE TABLE kept (a integer); INSERT INTO kept VALUES (7)');
    await first.stop();
    expect(await postmasterIn(dataDir)).toBeUndefined();
    const second = await start(dataDir);
    expect(await query(second.connection, 'SELECT a FROM kept')).toEqual([7]);
    expect(second.connection).toEqual(first.connection);
    await Promise.all([second.stop(), second.stop()]);
  });
});

describe('a second Turnabout on the same data folder', () => {
  it('is refused and told which process has it', async () => {
    const dataDir = await laidDataDir();
    const first = await run(dataDir);
    const { where, message } = await refusal(run(dataDir));
    expect(where).toBe(first.where);
    expect(message).toMatch(
      new RegExp(`^another Turnabout has it \\(process ${first.pid}, since .*\\); stop that one first`),
    );
    await first.stop();
    const next = await run(dataDir);
    await next.stop();
  });

  it('is refused where both begin with an empty folder at once, and one goes on', async () => {
    const dataDir = await newDataDir();
    const outcomes = await Promise.allSettled([run(dataDir), run(dataDir)]);
    const started = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(started.length).toBe(1);
    expect(await query(started[0]!.connection, 'SELECT 1')).toEqual([1]);
    await started[0]!.stop();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });
});

describe('a command', () => {
  it('uses the database of a running service and leaves it running', async () => {
    const dataDir = await laidDataDir();
    const service = await start(dataDir);
    const command = await attachEmbedded({ dataDir, say });
    expect(command.isOwner).toBe(false);
    expect(command.connection).toEqual(service.connection);
    await command.stop();
    expect(await query(service.connection, 'SELECT 1')).toEqual([1]);
    await service.stop();
  });

  it('starts the database where no service runs, and stops it afterwards', async () => {
    const dataDir = await newDataDir();
    const command = await attachEmbedded({ dataDir, say });
    expect(command.isOwner).toBe(true);
    expect(await query(command.connection, 'SELECT 1')).toEqual([1]);
    await command.stop();
    expect(await postmasterIn(dataDir)).toBeUndefined();
  });
});
