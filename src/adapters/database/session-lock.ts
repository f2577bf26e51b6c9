// An advisory lock on a connection of its own, so that it ends with the process however that ends; no number of a process can
// lie about it.

import pg from 'pg';

export type Held = {
  readonly kind: 'held';
  /** When the connection has ended, by us or not. */
  readonly ended: Promise<void>;
  release(): Promise<void>;
};

/** Somebody else has it: who, as a person would say it. */
export type Taken = { readonly kind: 'taken'; readonly by: string };

export type Lock = {
  /** Which of ours: 1 is the data folder, 2 is work on a database of others. */
  readonly number: 1 | 2;
  /** `shared` with everybody who has it shared; `alone` with nobody. */
  readonly as: 'shared' | 'alone';
};

/** "turn": the first half of every lock of ours. */
const OURS = 0x7475726e;

/** A killed holder is gone within moments, but not at once. In milliseconds. */
const PATIENCE = 2_000;

/** The lock in the database of the connection. */
export async function takeLock(config: pg.ClientConfig, { number, as }: Lock): Promise<Held | Taken> {
  const client = new pg.Client({ ...config, application_name: `${NAME}${process.pid}` });
  const ended = new Promise<void>((resolve) => client.once('end', resolve));
  client.on('error', () => undefined);
  const release = (): Promise<void> => client.end().catch(() => undefined);
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${PATIENCE}`);
    await client.query(TAKE[as], [OURS, number]);
    return { kind: 'held', ended, release };
  } catch (error) {
    const isLate = (error as { readonly code?: string }).code === NOT_IN_TIME;
    const by = isLate ? await holder(client, number) : undefined;
    await release();
    if (by === undefined) throw error;
    return { kind: 'taken', by };
  }
}

const TAKE = {
  shared: 'SELECT pg_advisory_lock_shared($1, $2)',
  alone: 'SELECT pg_advisory_lock($1, $2)',
};

const NAME = 'turnabout, process ';

/** SQLSTATE lock_not_available. */
const NOT_IN_TIME = '55P03';

async function holder(client: pg.Client, number: Lock['number']): Promise<string> {
  const { rows } = await client.query<{ name: string; since: Date }>(HOLDER, [OURS, number]);
  const [found] = rows;
  return found
    ? `process ${found.name.slice(NAME.length)}, since ${found.since.toISOString()}`
    : 'a process that just ended';
}

const HOLDER = `
  SELECT application_name AS name, backend_start AS since
  FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2 AND granted
    AND datname = current_database()
  ORDER BY backend_start`;
