// One PostgreSQL for all tests of a run, started when the first test asks for it. Tests run in processes of their own, so they
// ask through a socket. What is left when the run ends, however it ends, the watchdog removes.

import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EmbeddedPostgres } from '../../src/adapters/database/embedded.ts';
import { watchdog } from './watchdog.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Removed after the run, with every PostgreSQL whose data lies in it. */
    readonly runFolder: string;
    /** The socket at which the database is asked for. */
    readonly databaseDoor: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'turnabout-run-'));
  await chmod(folder, 0o755);
  const guard = watchdog(folder);
  let database: Promise<EmbeddedPostgres> | undefined;
  const door = createServer((asking) => {
    database ??= databaseIn(folder);
    database.then(
      ({ connection }) => asking.end(JSON.stringify({ connection })),
      (error: Error) => asking.end(JSON.stringify({ error: error.message })),
    );
  });
  const address = join(folder, 'door.sock');
  await once(door.listen(address), 'listening');
  project.provide('runFolder', folder);
  project.provide('databaseDoor', address);
  return async () => {
    door.close();
    await database?.then(
      (each) => each.stop(),
      () => undefined,
    );
    await guard.end();
  };
}

/** Nothing of a test's data is to survive a loss of power. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** Its first database has the schema and no rows: the others are copies of it. A run that asks for none loads nothing. */
async function databaseIn(folder: string): Promise<EmbeddedPostgres> {
  const { startEmbedded } = await import('../../src/adapters/database/embedded.ts');
  const { migrate } = await import('../../src/adapters/database/migrate.ts');
  const { Pool } = (await import('pg')).default;
  const database = await startEmbedded({
    dataDir: join(folder, 'shared'),
    elsewhere: join(folder, 'elsewhere'),
    say: () => undefined,
    settings: SETTINGS,
  });
  const pool = new Pool(database.connection);
  await migrate({ pool, folder: MIGRATIONS, now: () => new Date() });
  await pool.end();
  return database;
}

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');
