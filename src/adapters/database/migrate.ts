// Brings a database to the schema of this code, in Prisma's layout and in Prisma's records, so that `prisma migrate deploy`
// may go on where we were, and we where it was.

import type { Pool } from 'pg';
import { apply, migrationsIn, pendingOf, recordedIn } from './migrate-record.ts';
import { inTransaction, onConnection } from './postgres-transaction.ts';

export type MigrateOptions = {
  readonly pool: Pool;
  /** With a folder `NNNN_name` for each migration, and `migration.sql` in it. */
  readonly folder: string;
  readonly now: () => Date;
};

/**
 * Applies what is missing, in order, each as a whole or not at all; gives the names. Throws DatabaseUnavailable where what
 * was applied before is not what the folder says.
 */
export async function migrate({
  pool,
  folder,
  now,
}: MigrateOptions): Promise<{ readonly applied: string[] }> {
  const migrations = await migrationsIn(folder);
  return onConnection(pool, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const pending = pendingOf(migrations, await recordedIn(client));
    for (const migration of pending) await inTransaction(client, () => apply(client, { migration, now }));
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    return { applied: pending.map(({ name }) => name) };
  });
}

/** The names of what `migrate` would apply, for whoever wants to know it only. Throws as it does. */
export async function pendingMigrations({ pool, folder }: Omit<MigrateOptions, 'now'>): Promise<string[]> {
  const migrations = await migrationsIn(folder);
  return onConnection(pool, async (client) =>
    pendingOf(migrations, await recordedIn(client)).map(({ name }) => name),
  );
}

/** The lock of `prisma migrate` (its documentation, "Advisory locking"). */
export const MIGRATION_LOCK = 72707369;
