// Work on a connection of its own. Where it fails the connection is closed, and with it ends what was under way: a
// transaction, a lock, a COPY in the midst of its rows.

import type { ClientBase, Pool, PoolClient } from 'pg';
import { databaseFault, SOMEWHERE } from './postgres-faults.ts';

/** Throws DatabaseUnavailable where the database is at fault. */
export async function onConnection<T>(pool: Pool, work: (client: ClientBase) => Promise<T>): Promise<T> {
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    client.on('error', alsoToldByTheQuery);
    const result = await work(client);
    client.off('error', alsoToldByTheQuery);
    client.release();
    return result;
  } catch (error) {
    client?.release(true);
    throw databaseFault(error, SOMEWHERE) ?? error;
  }
}

/** A connection that breaks tells it as an event too, which would end the process if nobody listened. */
function alsoToldByTheQuery(): void {}

/** Commits what `work` did; on a connection that is closed where it fails, as that of `onConnection` is. */
export async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  const result = await work();
  await client.query('COMMIT');
  return result;
}
