// A database of its own for a test, on the PostgreSQL that all tests of a run share.

import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';
import type { Connection } from '../../src/adapters/database/embedded.ts';

export type TestDatabase = {
  readonly pool: pg.Pool;
  readonly config: Connection;
  /** For what wants a DATABASE_URL. */
  readonly url: string;
  /** Closes the pool and removes the database, whoever else is connected. */
  drop(): Promise<void>;
};

/** With the schema, and without rows. */
export function freshDatabase(): Promise<TestDatabase> {
  return copyOf('turnabout');
}

/** Without anything. */
export function emptyDatabase(): Promise<TestDatabase> {
  return copyOf('template0');
}

async function copyOf(template: string): Promise<TestDatabase> {
  const server = await sharedServer();
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await command(server, `CREATE DATABASE ${database} TEMPLATE ${template}`);
  const config = { ...server, database };
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  return {
    pool,
    config,
    url: urlOf(config),
    async drop() {
      await pool.end();
      await command(server, `DROP DATABASE ${database} WITH (FORCE)`);
    },
  };
}

/** A folder that is removed after the run, with every PostgreSQL in it; everybody may enter it. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(inject('runFolder'), `${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

/** A socket's folder cannot stand where a URL has its host. */
export function urlOf({ host, port, user, password, database }: Connection): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`;
}

async function sharedServer(): Promise<Connection> {
  const answer = JSON.parse(await text(connect(inject('databaseDoor'))));
  if (answer.error) throw new Error(`the database of the tests does not start: ${answer.error}`);
  return answer.connection;
}

/** In the one database that is neither copied nor removed. */
async function command(server: Connection, sql: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
