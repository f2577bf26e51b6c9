// Small schemas with everything that makes a backup hard, and databases that have them.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../../src/adapters/database/migrate.ts';
import { emptyDatabase, type TestDatabase, temporaryFolder } from '../../support/database.ts';

export const NOON = new Date('2027-01-04T12:00:00.000Z');
export const now = (): Date => NOON;

/**
 * References against the alphabet, to itself and in a circle; generated and identity columns, sequences, names that need
 * quotes, rows that a migration brings, and triggers that forbid what a restore must do.
 */
const HARD = `
  CREATE EXTENSION btree_gist;
  CREATE TABLE person (id uuid PRIMARY KEY, name text NOT NULL);
  CREATE TABLE agreement (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author uuid NOT NULL REFERENCES person,
    before integer REFERENCES agreement,
    last_reply integer
  );
  CREATE TABLE reply (
    number serial PRIMARY KEY,
    agreement integer NOT NULL REFERENCES agreement,
    "select" text
  );
  ALTER TABLE agreement ADD FOREIGN KEY (last_reply) REFERENCES reply DEFERRABLE;
  CREATE TABLE occurrence (
    id uuid PRIMARY KEY,
    sequence integer NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    during tstzrange GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED,
    EXCLUDE USING gist (during WITH &&)
  );
  CREATE TABLE "Sample ""text""" (
    "a b" text, bytes bytea, list text[], json jsonb, duration interval, ratio double precision, day date
  );
  CREATE TABLE weekday (name text PRIMARY KEY);
  INSERT INTO weekday VALUES ('Monday'), ('Tuesday');
  CREATE SEQUENCE counter INCREMENT BY 5;
  CREATE FUNCTION forbid() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'this is not done'; END $$;
  CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON reply FOR EACH ROW EXECUTE FUNCTION forbid();
  CREATE TRIGGER past BEFORE INSERT ON occurrence FOR EACH ROW
    WHEN (NEW.starts_at < '2027-01-01') EXECUTE FUNCTION forbid();
`;

/** Rows whose text looks like the marks of a backup, values that have several spellings, and nothing at all. */
const ROWS = `
  INSERT INTO person VALUES ('00000000-0000-4000-8000-000000000001', 'Ana'), ('00000000-0000-4000-8000-000000000002', 'Mei');
  INSERT INTO agreement (author) SELECT id FROM person;
  UPDATE agreement SET before = 1 WHERE number = 2;
  INSERT INTO reply (agreement, "select") VALUES (1, 'yes'), (2, 'no');
  UPDATE agreement SET last_reply = number;
  SELECT nextval('counter'), nextval('counter');
  ALTER TABLE occurrence DISABLE TRIGGER past;
  INSERT INTO occurrence (id, sequence, starts_at, ends_at) VALUES
    ('00000000-0000-4000-8000-000000000003', 4, '2026-11-01 09:00+01', '2026-11-01 09:30+01');
  ALTER TABLE occurrence ENABLE TRIGGER past;
  INSERT INTO "Sample ""text""" VALUES
    (E'\\\\.', '\\x00ff5c2e0a', ARRAY['a,b', '"', NULL, '\\.'], '{"a": "\\n"}', '1 mon -2 days', 0.1, '2027-02-28'),
    (E'two\\nlines\\twith a tab\\r\\nand\\n\\\\.\\nCOMMIT; -- end of backup', '', '{}', 'null', '0', 'NaN', 'infinity'),
    ('\\N', NULL, NULL, NULL, NULL, '-Infinity', NULL),
    ('', NULL, NULL, '"𝄞 ümlaut"', '-1 year 3.000001 seconds', 1e-300, '0044-03-15 BC');
  INSERT INTO weekday VALUES ('Sunday');
`;

export type World = { readonly database: TestDatabase; readonly folder: string };

export type Migrations = Readonly<Record<string, string>>;

/** A database with the migrations applied, and the folder with them. */
export async function world(migrations: Migrations = { '0001_hard': HARD }): Promise<World> {
  const folder = await migrationFolder(migrations);
  const database = await emptyDatabase();
  await migrate({ pool: database.pool, folder, now });
  return { database, folder };
}

export async function fullWorld(): Promise<World> {
  const full = await world();
  await full.database.pool.query(ROWS);
  return full;
}

export async function migrationFolder(migrations: Migrations): Promise<string> {
  const folder = await temporaryFolder('migrations');
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

/** Every row of every table as text, by which two databases are compared. */
export async function contentsOf({ pool }: TestDatabase): Promise<Record<string, string[]>> {
  const { rows: tables } = await pool.query(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY relname`,
  );
  const contents: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await pool.query(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
}
