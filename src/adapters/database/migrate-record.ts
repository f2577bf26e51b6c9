// What migrations there are, what the database has of them, and what one application leaves in its records.

import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { databaseFault, SOMEWHERE } from './postgres-faults.ts';

export type Migration = { readonly name: string; readonly sql: string };

/** A row of Prisma's table that was not rolled back. */
export type Recorded = { readonly name: string; readonly checksum: string; readonly isFinished: boolean };

/** In the order in which they are applied: that of their names. */
export async function migrationsIn(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })),
  );
}

/** Nothing where Prisma's table does not exist yet. */
export async function recordedIn(client: ClientBase): Promise<Recorded[]> {
  const { rows: found } = await client.query("SELECT to_regclass('_prisma_migrations') AS records");
  if (found[0].records === null) return [];
  const { rows } = await client.query<Recorded>(RECORDED);
  return rows;
}

const RECORDED = `
  SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`;

/** What is to be applied; throws DatabaseUnavailable where the records and the folder contradict one another. */
export function pendingOf(migrations: readonly Migration[], recorded: readonly Recorded[]): Migration[] {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, isFinished } of recorded) {
    const migration = byName.get(name);
    if (!migration) throw refusal(name, NEWER);
    if (!isFinished) throw refusal(name, HALF_DONE);
    if (!checksumsOf(migration.sql).includes(checksum)) throw refusal(name, CHANGED);
    byName.delete(name);
  }
  return [...byName.values()];
}

function refusal(name: string, message: string, cause?: unknown): DatabaseUnavailable {
  return new DatabaseUnavailable(`migration ${name}`, message, cause === undefined ? undefined : { cause });
}

const NEWER =
  'the database has this migration and this Turnabout does not, so the database is of a newer one; start that one, or restore a backup of before';

const HALF_DONE =
  'this was begun and never finished, so nobody knows what the database looks like; restore a backup, or mend it by hand and tell with prisma migrate resolve';

const CHANGED =
  'this was changed after it was applied; put back the file as it was, and make changes in a new migration';

/** As Prisma has it: whatever git does to the ends of lines, it is the same migration. The first is what is recorded. */
function checksumsOf(sql: string): string[] {
  return [sql, sql.replaceAll('\r\n', '\n'), sql.replaceAll('\n', '\r\n')].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  );
}

/** Inside a transaction of the caller. What a migration sets for its session ends with it. */
export async function apply(
  client: ClientBase,
  { migration, now }: { readonly migration: Migration; readonly now: () => Date },
): Promise<void> {
  const { name, sql } = migration;
  await client.query(RECORDS);
  const startedAt = now();
  await client.query(sql).catch((error: Error) => {
    throw (
      databaseFault(error, SOMEWHERE) ??
      refusal(name, `cannot be applied: ${error.message}; nothing of it was kept`, error)
    );
  });
  await client.query('RESET ALL');
  await client.query(RECORD, [randomUUID(), checksumsOf(sql)[0], startedAt, now(), name]);
}

/** As Prisma makes it. */
const RECORDS = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

const RECORD = `
  INSERT INTO _prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
  VALUES ($1, $2, $3, $4, $5, 1)`;
