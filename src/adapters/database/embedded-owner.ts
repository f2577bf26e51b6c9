// One Turnabout has a data folder at a time. Whoever holds a lock in the database has it, on a connection of its own, so that
// it ends with the process however that ends; no number of a process can lie about it.

import pg from 'pg';
import type { Connection } from './embedded-listening.ts';

export type Owner = {
  readonly kind: 'owner';
  /** When the connection has ended, by us or not. */
  readonly ended: Promise<void>;
  release(): Promise<void>;
};

/** Somebody else has it: who, as a person would say it. */
export type Taken = { readonly kind: 'taken'; readonly by: string };

/** "turn", and a number for other locks to come. */
const LOCK = [0x7475726e, 1] as const;

/** A killed owner is gone within moments, but not at once. In milliseconds. */
const PATIENCE = 2_000;

export async function takeOwnership(connection: Connection): Promise<Owner | Taken> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    application_name: `${NAME}${process.pid}`,
  });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => undefined);
  const release = (): Promise<void> => client.end().catch(() => undefined);
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${PATIENCE}`);
    await client.query('SELECT pg_advisory_lock($1, $2)', [...LOCK]);
    return { kind: 'owner', ended, release };
  } catch (error) {
    const by = (error as { readonly code?: string }).code === NOT_IN_TIME ? await holder(client) : undefined;
    await release();
    if (by === undefined) throw error;
    return { kind: 'taken', by };
  }
}

const NAME = 'turnabout, process ';

/** SQLSTATE lock_not_available. */
const NOT_IN_TIME = '55P03';

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string; since: Date }>(HOLDER, [...LOCK]);
  const [found] = rows;
  return found
    ? `process ${found.name.slice(NAME.length)}, since ${found.since.toISOString()}`
    : 'a process that just ended';
}

const HOLDER = `
  SELECT application_name AS name, backend_start AS since
  FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2 AND granted`;
