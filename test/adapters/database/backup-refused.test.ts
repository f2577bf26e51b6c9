// Backups that are not put back, after which the database is as it was; and those that need the schema moved.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeBackup } from '../../../src/adapters/database/backup.ts';
import { migrate } from '../../../src/adapters/database/migrate.ts';
import { type Restored, type RestoreOptions, readBackup } from '../../../src/adapters/database/restore.ts';
import { InvalidInput } from '../../../src/domain/errors.ts';
import { emptyDatabase, temporaryFolder } from '../../support/database.ts';
import { contentsOf, fullWorld, migrationFolder, now, type World, world } from './backup-world.ts';

const PASSPHRASE = 'four words nobody guesses';

let source: World;
let target: World;
let folder = '';
let packed: Buffer;
let sealed: Buffer;
let before: unknown;

/** The target has rows of its own, by which it is seen that nothing of it was touched. */
beforeAll(async () => {
  source = await fullWorld();
  target = await fullWorld();
  folder = await temporaryFolder('backups');
  packed = await backup('packed');
  sealed = await backup('sealed', PASSPHRASE);
  await target.database.pool.query(`INSERT INTO weekday VALUES ('Friday')`);
  before = await everythingIn(target);
});
afterAll(async () => {
  await source.database.drop();
  await target.database.drop();
});
afterEach(async () => {
  expect(await everythingIn(target)).toEqual(before);
});

/** A sequence is no part of a transaction, so it is looked at as well. */
async function everythingIn({ database }: World): Promise<unknown> {
  const { rows } = await database.pool.query('SELECT sequencename, last_value FROM pg_sequences ORDER BY 1');
  return [await contentsOf(database), rows];
}

async function backup(name: string, passphrase?: string): Promise<Buffer> {
  const path = join(folder, name);
  await writeBackup({ pool: source.database.pool, path, passphrase, now });
  return readFile(path);
}

function restore(path: string, options: Partial<RestoreOptions> = {}): Promise<Restored> {
  const { database, folder: migrations } = target;
  return readBackup({ pool: database.pool, folder: migrations, path, now, replace: true, ...options });
}

/** The sentence with which such a file is refused. */
async function refusal(content: Uint8Array, options: Partial<RestoreOptions> = {}): Promise<string> {
  const path = join(folder, 'wrong');
  await writeFile(path, content);
  const error = await restore(path, options).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).message;
}

const DAMAGED = 'it is damaged or was cut off; nothing was changed. Take another backup';

/** A sound file around a text that was tampered with. */
function tampered(change: (text: string) => string): Buffer {
  const text = gunzipSync(packed).toString();
  const changed = change(text);
  expect(changed).not.toBe(text);
  return gzipSync(changed);
}

describe('a backup is refused', () => {
  it.each([0.3, 0.9, 1])('where it was cut off at %f of its length', async (part) => {
    expect(await refusal(packed.subarray(0, packed.length * part - 1))).toBe(DAMAGED);
    expect(await refusal(sealed.subarray(0, sealed.length * part - 1), { passphrase: PASSPHRASE })).toBe(
      DAMAGED,
    );
  });

  it.each([0.5, 0.99])('where a bit has flipped at %f of its length', async (part) => {
    for (const [file, passphrase] of [
      [packed, undefined],
      [sealed, PASSPHRASE],
    ] as const) {
      const copy = Buffer.from(file);
      copy[Math.floor(copy.length * part)]! ^= 1;
      expect(await refusal(copy, { passphrase })).toBe(DAMAGED);
    }
  });

  it.each([
    ['a row is missing', (text: string) => text.replace(/\n[^\n]*\tMei\n/, '\n')],
    [
      'a row is too much',
      (text: string) => text.replace('\tMei\n', '\tMei\n00000000-0000-4000-8000-000000000009\tEve\n'),
    ],
    ['the end is missing', (text: string) => text.replace(/COMMIT;[^\n]*\n$/, '')],
    ['something follows the end', (text: string) => `${text}DROP TABLE person;\n`],
    [
      'a statement was slipped in',
      (text: string) => text.replace('COPY "weekday"', 'DROP TABLE reply;\nCOPY "weekday"'),
    ],
    ['another table is named', (text: string) => text.replace('COPY "weekday"', 'COPY "_prisma_migrations"')],
  ])('where %s', async (_, change) => {
    expect(await refusal(tampered(change))).toBe(DAMAGED);
  });

  it('where a row breaks a rule of the database, found before or at the end', async () => {
    const cases = [
      (text: string) => text.replace('\tMonday', '').replace('Monday\n', 'Tuesday\n'),
      (text: string) => text.replace(/\n2\tno|\n2\t2\tno/, '\n2\t7\tno'),
    ];
    for (const change of cases)
      expect(await refusal(tampered(change))).toMatch(
        /^it does not fit \(.*(unique|foreign key).*\); nothing was changed$/,
      );
  });

  it('where the passphrase is another, or none is given', async () => {
    expect(await refusal(sealed, { passphrase: 'something else' })).toBe(
      'the passphrase is not the one of then',
    );
    expect(await refusal(sealed)).toBe('it is encrypted; give the passphrase of then');
  });

  it('where it is none', async () => {
    const none = 'this is no backup of Turnabout, or one that only a newer Turnabout can read';
    expect(await refusal(Buffer.from(''))).toBe(none);
    expect(await refusal(Buffer.from('SELECT 1;\n'))).toBe(none);
    expect(await refusal(gzipSync('SELECT 1;\n'))).toBe(none);
    expect(await refusal(gzipSync(''))).toBe(none);
    expect(await refusal(tampered((text) => text.replace('"format":1', '"format":2')))).toBe(none);
    await mkdir(join(folder, 'folder'));
    await expect(restore(join(folder, 'folder'))).rejects.toThrow('this is a folder');
    await expect(restore(join(folder, 'missing'))).rejects.toThrow('there is no such file or folder');
  });

  it('where it is of a newer Turnabout', async () => {
    expect(await refusal(packed, { folder: await migrationFolder({}) })).toBe(
      'it is of a newer Turnabout (with the migration 0001_hard); restore it with that one',
    );
  });

  it('where its tables are not those of the database', async () => {
    const change = (text: string): string => text.replace('"name":"weekday"', '"name":"weekend"');
    expect(await refusal(tampered(change))).toBe(
      'its tables are not those of the database; nothing was changed',
    );
  });

  it('where there are people in the database, unless they are to be replaced', async () => {
    const error = await restore(join(folder, 'packed'), { replace: false }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({
      where: 'database',
      message: expect.stringContaining('there are people in it'),
    });
  });
});

const OLD = { '0001_old': `CREATE TABLE person (id integer, name text); CREATE TABLE gone (a integer)` };
const NEW = {
  ...OLD,
  '0002_new': `
    ALTER TABLE person ADD COLUMN greeting text;
    UPDATE person SET greeting = 'Dear ' || name;
    ALTER TABLE person ALTER COLUMN greeting SET NOT NULL;
    DROP TABLE gone`,
};

describe('a backup of an older Turnabout', () => {
  const path = async (): Promise<string> => {
    const old = await world(OLD);
    await old.database.pool.query(`INSERT INTO person VALUES (1, 'Ana'); INSERT INTO gone VALUES (1)`);
    await writeBackup({ pool: old.database.pool, path: join(folder, 'old'), now });
    await old.database.drop();
    return join(folder, 'old');
  };

  it.each(['that is empty', 'of now', 'of now with people'])(
    'is brought up to the schema of now in a database %s',
    async (which) => {
      const migrations = await migrationFolder(NEW);
      const database = await emptyDatabase();
      if (which !== 'that is empty') await migrate({ pool: database.pool, folder: migrations, now });
      if (which.endsWith('people')) await database.pool.query(`INSERT INTO person VALUES (2, 'Mei', 'Hi')`);
      const options = { pool: database.pool, path: await path(), folder: migrations, now, replace: true };
      expect(await readBackup(options)).toMatchObject({ tables: 2, rows: 2 });
      expect(await contentsOf(database)).toEqual({ person: ['(1,Ana,"Dear Ana")'] });
      expect(await migrate({ pool: database.pool, folder: migrations, now })).toEqual({ applied: [] });
      await database.drop();
    },
  );

  it('is refused as a whole where a later migration cannot be applied to it', async () => {
    const migrations = await migrationFolder({
      ...OLD,
      '0002_wrong': 'ALTER TABLE person ADD COLUMN age integer NOT NULL',
    });
    const database = await emptyDatabase();
    await expect(
      readBackup({ pool: database.pool, path: await path(), folder: migrations, now }),
    ).rejects.toThrow('cannot be applied');
    expect(await contentsOf(database)).toEqual({});
    await database.drop();
  });
});
