// What is killed is found again: the process, the database, both, at any moment.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { disown } from '../../../src/adapters/database/postgres-pid-file.ts';
import { endPostmaster } from '../../../src/adapters/database/postgres-process.ts';
import {
  begin,
  eventually,
  isRoot,
  laidDataDir,
  newDataDir,
  ORDINARY,
  postmasterIn,
  query,
  run,
  start,
} from './run-embedded.ts';

const TABLE = 'CREATE TABLE kept (a integer)';
const ROW = 'INSERT INTO kept VALUES (1)';
const COUNT = 'SELECT count(*)::integer FROM kept';

describe('a Turnabout that was killed', () => {
  it('left its database running, and the next one takes it over as it is', async () => {
    const dataDir = await laidDataDir();
    const first = await run(dataDir);
    const postmaster = await postmasterIn(dataDir);
    await first.kill();
    const second = await run(dataDir);
    expect(await postmasterIn(dataDir)).toEqual(postmaster);
    expect(second.connection).toEqual(first.connection);
    await second.stop();
    expect(await postmasterIn(dataDir)).toBeUndefined();
  });

  it('is no different from one that left without stopping its database', async () => {
    const dataDir = await laidDataDir();
    await (await run(dataDir)).leave();
    const left = await postmasterIn(dataDir);
    expect(left?.isReady).toBe(true);
    const database = await start(dataDir);
    expect((await postmasterIn(dataDir))?.pid).toBe(left?.pid);
    await database.stop();
  });

  it('while the data was being made, leaves nothing that the next start stumbles over', async () => {
    const dataDir = await newDataDir();
    const { child } = begin(dataDir);
    await eventually(async () => (await readdir(dataDir)).some((name) => name.startsWith('unfinished-')));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const database = await start(dataDir);
    expect(await query(database.connection, 'SELECT 1')).toEqual([1]);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
    await database.stop();
  });
});

describe('a database that was killed', () => {
  it('with its Turnabout has every row that was confirmed, each time anew', async () => {
    const dataDir = await laidDataDir();
    let running = await run(dataDir);
    await query(running.connection, TABLE);
    for (let rows = 1; rows <= 3; rows++) {
      await query(running.connection, ROW);
      await running.kill();
      process.kill((await postmasterIn(dataDir))!.pid, 'SIGKILL');
      running = await run(dataDir);
      expect(await query(running.connection, COUNT)).toEqual([rows]);
    }
    await running.stop();
  });

  it('starts again where the number in its old file is that of another living process by now', async () => {
    const dataDir = await laidDataDir();
    const database = await start(dataDir);
    await query(database.connection, `${TABLE}; ${ROW}`);
    await database.stop();
    const other = spawn('sleep', ['60'], isRoot() ? { uid: ORDINARY } : {});
    const lines = [other.pid, database.where, 1, 5432, database.where, '', '  1 1', 'ready', ''];
    for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock'])
      await writeFile(join(database.where, name), lines.join('\n'));
    const again = await start(dataDir);
    expect(await query(again.connection, COUNT)).toEqual([1]);
    expect(other.exitCode).toBeNull();
    await again.stop();
    other.kill();
  });

  it('alone is brought back while its Turnabout lives, which says so and still owns it', async () => {
    const dataDir = await laidDataDir();
    const said: string[] = [];
    const database = await start(dataDir, (sentence) => said.push(sentence));
    const killed = (await postmasterIn(dataDir))!.pid;
    process.kill(killed, 'SIGKILL');
    await eventually(async () => said.length === 2);
    expect(said).toEqual(['The database ended by itself and is started again.', 'The database is back.']);
    expect((await postmasterIn(dataDir))?.pid).not.toBe(killed);
    expect(await query(database.connection, 'SELECT 1')).toEqual([1]);
    await expect(run(dataDir)).rejects.toThrow(`process ${process.pid}`);
    await database.stop();
    expect(await postmasterIn(dataDir)).toBeUndefined();
  });
});

describe('the end of a database', () => {
  it('comes by force where it does not answer, and loses nothing', async () => {
    const dataDir = await laidDataDir();
    await (await run(dataDir)).leave();
    const { pid, ...where } = (await postmasterIn(dataDir))!;
    process.kill(pid, 'SIGSTOP');
    await endPostmaster(join(dataDir, 'postgres'), [
      ['SIGINT', 50],
      ['SIGQUIT', 50],
      ['SIGKILL', 5_000],
    ]);
    const database = await start(dataDir);
    expect(database.connection).toMatchObject({ host: where.host });
    await database.stop();
  });
});

describe('an old file of a database', () => {
  it('keeps what tells whether parts of the old database are still at work', async () => {
    const dataDir = await laidDataDir();
    const database = await start(dataDir);
    const file = join(database.where, 'postmaster.pid');
    const text = await readFile(file, 'utf8');
    await database.stop();
    await writeFile(file, text);
    disown(file);
    expect(await readFile(file, 'utf8')).toBe(text.replace(/^\d+/, String(process.pid)));
  });
});
