import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, pendingMigrations } from '../../../src/adapters/database/migrate.ts';
import { DatabaseUnavailable } from '../../../src/domain/errors.ts';
import { emptyDatabase, freshDatabase, type TestDatabase, temporaryFolder } from '../../support/database.ts';

const NOON = new Date('2027-01-04T12:00:00Z');
const now = (): Date => NOON;

const FIRST = 'CREATE TABLE person (id integer PRIMARY KEY);\nINSERT INTO person VALUES (1);\n';
const SECOND = 'ALTER TABLE person ADD COLUMN name text;\n';

let database: TestDatabase;
let folder = '';

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await temporaryFolder('migrations');
});
afterEach(() => database.drop());

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

function run(): Promise<{ readonly applied: string[] }> {
  return migrate({ pool: database.pool, folder, now });
}

async function rowsOf(sql: string): Promise<unknown[]> {
  return (await database.pool.query(sql)).rows;
}

async function refusal(): Promise<DatabaseUnavailable> {
  const error = await run().catch((each: unknown) => each);
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  return error as DatabaseUnavailable;
}

const RECORDS = 'SELECT migration_name FROM _prisma_migrations ORDER BY migration_name';

describe('migrating', () => {
  it('applies what is missing, in the order of the names', async () => {
    await write('0002_name', SECOND);
    await write('0001_begin', FIRST);
    await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
    expect(await pendingMigrations({ pool: database.pool, folder })).toEqual(['0001_begin', '0002_name']);
    expect(await run()).toEqual({ applied: ['0001_begin', '0002_name'] });
    expect(await rowsOf('SELECT * FROM person')).toEqual([{ id: 1, name: null }]);
    expect(await run()).toEqual({ applied: [] });
    await write('0003_more', 'INSERT INTO person VALUES (2)');
    expect(await pendingMigrations({ pool: database.pool, folder })).toEqual(['0003_more']);
    expect(await run()).toEqual({ applied: ['0003_more'] });
  });

  it('is recorded as Prisma records it', async () => {
    await write('0001_begin', FIRST);
    await run();
    expect(await rowsOf('SELECT * FROM _prisma_migrations')).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(FIRST).digest('hex'),
        started_at: NOON,
        finished_at: NOON,
        migration_name: '0001_begin',
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
      },
    ]);
    expect(await rowsOf(COLUMNS)).toEqual(COLUMNS_OF_PRISMA);
  });

  it('goes on where Prisma was', async () => {
    await write('0001_begin', FIRST);
    await write('0002_name', SECOND);
    await database.pool.query(`${PRISMAS_TABLE}; ${FIRST}`);
    const checksum = createHash('sha256').update(FIRST).digest('hex');
    await database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('8a5e4b0e-7d0a-4b52-9a52-0d6f8e8e4d11', $1, now(), '0001_begin', now(), 1)`,
      [checksum],
    );
    expect(await run()).toEqual({ applied: ['0002_name'] });
  });

  it('is done once where two processes begin at once', async () => {
    await write('0001_begin', `${FIRST}SELECT pg_sleep(0.2);`);
    await write('0002_name', SECOND);
    const outcomes = await Promise.all([run(), run(), run()]);
    expect(outcomes.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 2]);
  });

  it('takes a migration for the same whatever git does to the ends of lines', async () => {
    await write('0001_begin', FIRST);
    await run();
    await write('0001_begin', FIRST.replaceAll('\n', '\r\n'));
    expect(await run()).toEqual({ applied: [] });
  });

  it('leaves nothing that a migration has set to whoever has the connection next', async () => {
    await write('0001_begin', "SET search_path = ''; CREATE TABLE public.person (id integer);");
    await run();
    expect(await rowsOf('SHOW search_path')).toEqual([{ search_path: '"$user", public' }]);
  });

  it('passes over what was rolled back', async () => {
    await write('0001_begin', FIRST);
    await database.pool.query(`${PRISMAS_TABLE};
      INSERT INTO _prisma_migrations (id, checksum, migration_name, rolled_back_at) VALUES ('1', 'x', '0001_begin', now())`);
    expect(await run()).toEqual({ applied: ['0001_begin'] });
  });

  it('brings the schema of this code to life', async () => {
    const fresh = await freshDatabase();
    expect((await fresh.pool.query(RECORDS)).rows.length).toBeGreaterThan(0);
    expect((await fresh.pool.query('SELECT count(*)::integer AS people FROM person')).rows).toEqual([
      { people: 0 },
    ]);
    await fresh.drop();
  });
});

describe('migrating is refused', () => {
  it('where an applied migration was changed', async () => {
    await write('0001_begin', FIRST);
    await run();
    await write('0001_begin', `${FIRST}-- A remark.`);
    const { where, message } = await refusal();
    expect(where).toBe('migration 0001_begin');
    expect(message).toContain('was changed after it was applied; put back the file as it was');
  });

  it('where the database is of a newer Turnabout', async () => {
    await write('0001_begin', FIRST);
    await run();
    folder = await temporaryFolder('older');
    expect((await refusal()).message).toContain('the database is of a newer one; start that one');
    expect(await pendingMigrations({ pool: database.pool, folder }).catch((each: Error) => each.name)).toBe(
      'DatabaseUnavailable',
    );
  });

  it('where one was begun and never finished', async () => {
    await write('0001_begin', FIRST);
    const checksum = createHash('sha256').update(FIRST).digest('hex');
    await database.pool.query(`${PRISMAS_TABLE};
      INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', '${checksum}', '0001_begin')`);
    expect((await refusal()).message).toContain('was begun and never finished');
  });

  it('where one cannot be applied, of which nothing is kept, and of those before everything', async () => {
    await write('0001_begin', FIRST);
    await write('0002_wrong', 'CREATE TABLE half (a integer); ALTER TABLE nowhere ADD COLUMN a text;');
    await write('0003_never', SECOND);
    const { where, message } = await refusal();
    expect(where).toBe('migration 0002_wrong');
    expect(message).toBe('cannot be applied: relation "nowhere" does not exist; nothing of it was kept');
    expect(await rowsOf(RECORDS)).toEqual([{ migration_name: '0001_begin' }]);
    expect(await rowsOf("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    await write('0002_wrong', SECOND);
    await write('0003_never', 'SELECT 1');
    expect(await run()).toEqual({ applied: ['0002_wrong', '0003_never'] });
  });

  it('where no database answers', async () => {
    await write('0001_begin', FIRST);
    const { Pool } = (await import('pg')).default;
    const pool = new Pool({ ...database.config, host: folder });
    await expect(migrate({ pool, folder, now })).rejects.toThrow('no database answers there');
    await pool.end();
  });
});

/** As `prisma migrate deploy` makes it (schema-engine, its flavour of PostgreSQL). */
const PRISMAS_TABLE = `
  CREATE TABLE "_prisma_migrations" (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
  )`;

const COLUMNS = `
  SELECT column_name AS name, data_type AS type, is_nullable AS nullable, column_default AS value
  FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY column_name`;

const COLUMNS_OF_PRISMA = [
  { name: 'applied_steps_count', type: 'integer', nullable: 'NO', value: '0' },
  { name: 'checksum', type: 'character varying', nullable: 'NO', value: null },
  { name: 'finished_at', type: 'timestamp with time zone', nullable: 'YES', value: null },
  { name: 'id', type: 'character varying', nullable: 'NO', value: null },
  { name: 'logs', type: 'text', nullable: 'YES', value: null },
  { name: 'migration_name', type: 'character varying', nullable: 'NO', value: null },
  { name: 'rolled_back_at', type: 'timestamp with time zone', nullable: 'YES', value: null },
  { name: 'started_at', type: 'timestamp with time zone', nullable: 'NO', value: 'now()' },
];
