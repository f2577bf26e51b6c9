// The database before and after its rows come back: emptied with the schema of then, and brought up to the schema of now.

import type { ClientBase } from 'pg';
import { InvalidInput } from '../../domain/errors.ts';
import { tablesOf } from './backup-tables.ts';
import { type Manifest, quoted } from './backup-text.ts';
import { MIGRATION_LOCK } from './migrate.ts';
import { apply, type Migration, pendingOf, recordedIn } from './migrate-record.ts';
import { floorIn, putFloor } from './sequence-floor.ts';

export type SchemaWork = {
  readonly manifest: Manifest;
  readonly migrations: readonly Migration[];
  readonly now: () => Date;
  readonly path: string;
  readonly replace?: boolean;
};

/** Nobody else migrates, reads or writes until the transaction ends. */
export async function lockFor(client: ClientBase, { replace }: SchemaWork): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  if (!replace) await requireNobody(client);
}

/** Triggers are off: rows come back as they were. */
export async function emptyFor(client: ClientBase, work: SchemaWork): Promise<void> {
  await layDown(client, work);
  const tables = await tablesOf(client);
  if (shapeOf(tables) !== shapeOf(work.manifest.tables)) throw new InvalidInput(work.path, OTHER_TABLES);
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  const names = tables.map(({ name }) => quoted(name));
  if (names.length > 0) await client.query(`TRUNCATE ${names.join(', ')} RESTART IDENTITY`);
}

const OTHER_TABLES = 'its tables are not those of the database; nothing was changed';

async function requireNobody(client: ClientBase): Promise<void> {
  const { rows: found } = await client.query("SELECT to_regclass('person') AS person");
  if (found[0].person === null) return;
  await client.query('LOCK TABLE person IN ACCESS EXCLUSIVE MODE');
  const { rows } = await client.query('SELECT FROM person LIMIT 1');
  if (rows.length > 0) throw new InvalidInput('database', SOMEBODY);
}

const SOMEBODY =
  'there are people in it; nothing was changed. Restore into a new DATA_DIR, or add --replace, and all of it goes';

/** Where the database is further than the backup, its schema is made anew. */
async function layDown(client: ClientBase, { manifest, migrations, now }: SchemaWork): Promise<void> {
  const recorded = await recordedIn(client);
  pendingOf(migrations, recorded);
  const isFurther = recorded.some(({ name }) => !manifest.migrations.includes(name));
  if (isFurther) await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  const there = new Set(isFurther ? [] : recorded.map(({ name }) => name));
  for (const migration of migrations)
    if (manifest.migrations.includes(migration.name) && !there.has(migration.name))
      await apply(client, { migration, now });
}

/** The names of tables and columns, whatever their order. */
function shapeOf(tables: readonly { readonly name: string; readonly columns: readonly string[] }[]): string {
  return JSON.stringify(tables.map(({ name, columns }) => [name, ...[...columns].sort()]).sort());
}

type Raising = SchemaWork & {
  /** The SEQUENCE with which new occurrences began before the restore. */
  readonly floor: number;
};

/**
 * With the rows in place: every SEQUENCE beyond what was sent since the backup, triggers on, and the migrations since. Gives by
 * how much SEQUENCE was raised.
 */
export async function bringUp(client: ClientBase, work: Raising): Promise<number> {
  const { manifest, migrations, now } = work;
  const raisedBy = await raiseSequences(client, work);
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const { name } of manifest.tables)
    await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  const pending = pendingOf(migrations, await recordedIn(client));
  for (const migration of pending) await apply(client, { migration, now });
  return raisedBy;
}

/** Those that are there, and those that will begin: what was first sent since the backup comes into being a second time. */
async function raiseSequences(client: ClientBase, { manifest, floor }: Raising): Promise<number> {
  const occurrence = manifest.tables.find(({ name }) => name === 'occurrence');
  if (!occurrence?.columns.includes('sequence')) return 0;
  const floorThen = await floorIn(client);
  const floorNow = Math.max(floor, floorThen) + RAISED_BY;
  await client.query('UPDATE occurrence SET sequence = sequence + $1', [floorNow - floorThen]);
  await putFloor(client, floorNow);
  return floorNow - floorThen;
}

/** More revisions than an occurrence has in its life, or a calendar would take the next message for an old one. */
const RAISED_BY = 100;
