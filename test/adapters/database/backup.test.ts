// A backup, and what comes back from it.

import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackupOptions, writeBackup } from '../../../src/adapters/database/backup.ts';
import { type RestoreOptions, readBackup } from '../../../src/adapters/database/restore.ts';
import { DatabaseUnavailable, InvalidInput } from '../../../src/domain/errors.ts';
import { freshDatabase, type TestDatabase, temporaryFolder } from '../../support/database.ts';
import { available } from '../../support/peers.ts';
import { contentsOf, fullWorld, NOON, now, type World, world } from './backup-world.ts';
import { canMount, eventually, smallDisk, unmount } from './run-embedded.ts';

const PASSPHRASE = 'four words nobody guesses';
const KEY = 'c2VjcmV0LWtleQ==';

let full: World;
let blank: World;
let folder = '';

beforeAll(async () => {
  full = await fullWorld();
  blank = await world();
  folder = await temporaryFolder('backups');
});
afterAll(async () => {
  await full.database.drop();
  await blank.database.drop();
});

async function backup(name: string, options: Partial<BackupOptions> = {}): Promise<string> {
  const path = join(folder, name);
  await writeBackup({ pool: full.database.pool, path, now, ...options });
  return path;
}

function restore(path: string, options: Partial<RestoreOptions> = {}): ReturnType<typeof readBackup> {
  return readBackup({
    pool: blank.database.pool,
    folder: blank.folder,
    path,
    now,
    replace: true,
    ...options,
  });
}

describe('a backup', () => {
  it('tells what it holds', async () => {
    const path = join(folder, 'told');
    const told = { tables: 6, rows: 14, holdsKey: false, createdAt: NOON };
    expect(await writeBackup({ pool: full.database.pool, path, now })).toEqual(told);
    expect(await restore(path)).toMatchObject(told);
  });

  it('brings every value back as it was, and raises every SEQUENCE by 100', async () => {
    await restore(await backup('whole'));
    const { occurrence, ...rest } = await contentsOf(blank.database);
    const { occurrence: before, ...expected } = await contentsOf(full.database);
    expect(rest).toEqual(expected);
    expect(occurrence).toEqual(before?.map((row) => row.replace(',4,', ',104,')));
  });

  it('lets numbers go on where they were', async () => {
    await restore(await backup('numbers'));
    const { rows } = await blank.database.pool.query(
      `INSERT INTO agreement (author) SELECT id FROM person WHERE name = 'Ana' RETURNING number, nextval('counter')`,
    );
    expect(rows).toEqual([{ number: 3, nextval: '11' }]);
  });

  it('leaves triggers on', async () => {
    await restore(await backup('triggers'));
    await expect(blank.database.pool.query('DELETE FROM reply')).rejects.toThrow('this is not done');
  });

  it('can be read by its owner alone', async () => {
    expect((await stat(await backup('closed'))).mode & 0o777).toBe(0o600);
  });

  it('is text with a manifest in its first line', async () => {
    const text = gunzipSync(await readFile(await backup('text'))).toString();
    const [first = '', ...lines] = text.split('\n');
    expect(first).toMatch(/^-- turnabout-backup \{/);
    expect(JSON.parse(first.replace('-- turnabout-backup ', ''))).toMatchObject({
      format: 1,
      createdAt: NOON.toISOString(),
      migrations: ['0001_hard'],
      holdsKey: false,
      tables: expect.arrayContaining([{ name: 'person', columns: ['id', 'name'], rows: 2 }]),
    });
    const begin = lines.indexOf('COPY "person" ("id", "name") FROM stdin;');
    expect(lines.slice(begin + 1, begin + 4)).toEqual([
      '00000000-0000-4000-8000-000000000001\tAna',
      '00000000-0000-4000-8000-000000000002\tMei',
      '\\.',
    ]);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const locking = await full.database.pool.connect();
    await locking.query('BEGIN; LOCK TABLE weekday IN ACCESS EXCLUSIVE MODE');
    const writing = backup('moment');
    await eventually(() => isWaiting(full.database));
    await full.database.pool.query(`INSERT INTO person VALUES (gen_random_uuid(), 'Zoe')`);
    await locking.query('COMMIT');
    locking.release();
    await restore(await writing);
    await full.database.pool.query(`DELETE FROM person WHERE name = 'Zoe'`);
    expect((await contentsOf(blank.database)).person).toEqual((await contentsOf(full.database)).person);
  });

  it('of the schema of this code comes back into it', async () => {
    const from = await freshDatabase();
    const to = await freshDatabase();
    await from.pool.query(
      `INSERT INTO person (id, email, name, zone, created_at) VALUES (gen_random_uuid(), 'ana@example.com', 'Ana', 'Europe/Berlin', $1)`,
      [NOON],
    );
    const path = join(folder, 'real');
    await writeBackup({ pool: from.pool, path, now });
    await readBackup({ pool: to.pool, path, folder: MIGRATIONS, now });
    const { instance_fact: facts, ...rows } = await contentsOf(to);
    expect({ ...rows, instance_fact: [] }).toEqual(await contentsOf(from));
    expect(facts).toEqual(['(sequence-floor,100)']);
    await from.drop();
    await to.drop();
  });
});

const MIGRATIONS = join(import.meta.dirname, '../../../prisma/migrations');

async function isWaiting({ pool }: TestDatabase): Promise<true | undefined> {
  const { rows } = await pool.query(WAITING);
  return rows.length > 0 ? true : undefined;
}

const WAITING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('a backup with a passphrase', () => {
  it('is encrypted, holds the key, and gives it back', async () => {
    const path = await backup('sealed', { passphrase: PASSPHRASE, secretKey: KEY });
    expect((await readFile(path)).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const keys: unknown[] = [];
    const back = await restore(path, {
      passphrase: PASSPHRASE,
      requireKey: (key) => void keys.push(key),
      within: async (_, key) => void keys.push(key),
    });
    expect(back).toMatchObject({ holdsKey: true, rows: 14 });
    expect(keys).toEqual([KEY, KEY]);
    expect((await contentsOf(blank.database)).person).toEqual((await contentsOf(full.database)).person);
  });

  it('holds no key where there is none', async () => {
    const path = await backup('keyless', { passphrase: PASSPHRASE });
    const keys: unknown[] = [];
    await restore(path, { passphrase: PASSPHRASE, requireKey: (key) => void keys.push(key) });
    expect(keys).toEqual([undefined]);
  });
});

describe('a backup without a passphrase', () => {
  it('leaves the key out', async () => {
    const path = await backup('open', { secretKey: KEY });
    expect(gunzipSync(await readFile(path)).toString()).not.toContain(KEY);
    expect(await restore(path)).toMatchObject({ holdsKey: false });
  });
});

describe('a backup that cannot be written', () => {
  const failure = (path: string): Promise<unknown> =>
    writeBackup({ pool: full.database.pool, path, now }).catch((error: unknown) => error);

  it('is refused with the reason', async () => {
    expect(await failure(join(folder, 'nowhere/file'))).toEqual(
      new InvalidInput(join(folder, 'nowhere/file'), 'there is no such file or folder'),
    );
    expect(await failure(folder)).toEqual(new InvalidInput(folder, 'this is a folder; name a file'));
  });

  it.skipIf(!canMount())('because the disk is full leaves the one before', async () => {
    const disk = await smallDisk(1);
    const path = join(disk, 'backup');
    await writeFile(path, Buffer.alloc(1024 * 1024 - 8 * 1024, 'x'));
    const noise = await world({ '0001_noise': NOISE });
    const error = await writeBackup({ pool: noise.database.pool, path, now }).catch((each: unknown) => each);
    expect(error).toEqual(new InvalidInput(path, 'the disk is full; what was there is unchanged'));
    expect(await readdir(disk)).toEqual(['backup']);
    expect((await stat(path)).size).toBe(1024 * 1024 - 8 * 1024);
    unmount(disk);
    await noise.database.drop();
  });

  it('because the database goes away leaves the one before', async () => {
    const path = join(folder, 'interrupted');
    await writeFile(path, 'the one before');
    const locking = await full.database.pool.connect();
    await locking.query('BEGIN; LOCK TABLE weekday IN ACCESS EXCLUSIVE MODE');
    const failing = failure(path);
    await eventually(() => isWaiting(full.database));
    await locking.query(`SELECT pg_terminate_backend(pid) FROM (${WAITING}) waiting`);
    expect(await failing).toBeInstanceOf(DatabaseUnavailable);
    await locking.query('ROLLBACK');
    locking.release();
    expect(await readFile(path, 'utf8')).toBe('the one before');
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

const NOISE = `CREATE TABLE noise AS SELECT md5(i::text) AS a FROM generate_series(1, 10000) i`;

const AGE = { name: 'age', probe: ['age', '--version'], install: 'apt-get install age' } as const;
const SCRIPT = {
  name: 'script',
  probe: ['script', '--version'],
  install: 'apt-get install bsdutils',
} as const;

describe.skipIf(!(available(AGE) && available(SCRIPT)))('the program age', () => {
  it('opens a backup with the passphrase', async () => {
    const path = await backup('for-age', { passphrase: PASSPHRASE, secretKey: KEY });
    const { status } = spawnSync('script', ['-qec', `age -d -o '${path}.gz' '${path}'`, '/dev/null'], {
      input: `${PASSPHRASE}\n`,
    });
    expect(status).toBe(0);
    const text = gunzipSync(await readFile(`${path}.gz`)).toString();
    expect(text).toContain(`\n-- secret-key ${KEY}\n`);
    expect(text.endsWith('\nCOMMIT; -- end of backup\n')).toBe(true);
  });
});

const PSQL = {
  name: 'psql',
  probe: ['psql', '--version'],
  install: 'apt-get install postgresql-client',
} as const;

describe.skipIf(!available(PSQL))('the program psql', () => {
  it('can run the text of a backup on the tables of then', async () => {
    const from = await world({ '0001_plain': PLAIN });
    const to = await world({ '0001_plain': PLAIN });
    await from.database.pool.query(PLAIN_ROWS);
    const path = join(folder, 'for-psql');
    await writeBackup({ pool: from.database.pool, path, now });
    const input = gunzipSync(await readFile(path));
    const { status, stderr } = spawnSync('psql', ['-v', 'ON_ERROR_STOP=1', '-q', to.database.url], { input });
    expect([status, stderr.toString()]).toEqual([0, '']);
    expect(await contentsOf(to.database)).toEqual(await contentsOf(from.database));
    await from.database.drop();
    await to.database.drop();
  });
});

const PLAIN = `
  CREATE TABLE person (id integer PRIMARY KEY, name text, friend integer REFERENCES person);
  CREATE TABLE letter (number serial, sender integer REFERENCES person DEFERRABLE)`;

const PLAIN_ROWS = `
  INSERT INTO person VALUES (1, E'\\\\.\\n\\t', NULL), (2, 'ümlaut', 1);
  INSERT INTO letter (sender) VALUES (2), (1)`;
