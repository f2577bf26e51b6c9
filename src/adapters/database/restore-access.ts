// Who comes in after a restore: nobody by what was given back, used up, revoked or removed since the backup.

import type { ClientBase } from 'pg';
import { isTable } from './backup-tables.ts';

type Access = {
  readonly table: string;
  /** Which rows open a door. */
  readonly live: string;
  /** How one that does no longer is closed; $1 is now. */
  readonly end: string;
};

/** What lasts and opens a door. Each row has an `id` and a `person_id`. */
const ACCESS: readonly Access[] = [
  { table: 'api_token', live: 'revoked_at IS NULL', end: 'UPDATE api_token SET revoked_at = $1' },
  { table: 'feed', live: 'revoked_at IS NULL', end: 'UPDATE feed SET revoked_at = $1' },
  { table: 'passkey', live: 'true', end: 'DELETE FROM passkey' },
  { table: 'identity', live: 'true', end: 'DELETE FROM identity' },
];

/** What lasts for a while only, and answers that were given since. */
const PASSING = ['session', 'sign_in_link', 'challenge', 'rate_limit', 'idempotent_answer'];

/** Before the rows of now go: who is known, and what opens a door for them. */
export async function noteAccess(client: ClientBase): Promise<void> {
  await client.query('CREATE TEMP TABLE replaced (what text, id text) ON COMMIT DROP');
  for (const { table, live } of [{ table: 'person', live: 'true' }, ...ACCESS])
    if (await isTable(client, table))
      await client.query(`INSERT INTO replaced SELECT '${table}', id::text FROM ${table} WHERE ${live}`);
}

/**
 * With the rows of then: everybody signs in anew, every partnership is due to run, jobs are asked for anew, and what opened no
 * door any more opens none, where its owner was known. Gives how many these are; undefined where nobody was known.
 */
export async function endAccess(client: ClientBase, now: Date): Promise<number | undefined> {
  for (const table of PASSING) if (await isTable(client, table)) await client.query(`DELETE FROM ${table}`);
  await client.query('DROP SCHEMA IF EXISTS pgboss CASCADE');
  if (await isTable(client, 'partnership')) await client.query('UPDATE partnership SET ran_at = NULL');
  const { rowCount: known } = await client.query(`SELECT FROM replaced WHERE what = 'person' LIMIT 1`);
  if (!known) return undefined;
  let ended = 0;
  for (const access of ACCESS)
    if (await isTable(client, access.table)) ended += await endOf(client, { ...access, now });
  return ended;
}

type Ending = Access & { readonly now: Date };

async function endOf(client: ClientBase, { table, live, end, now }: Ending): Promise<number> {
  const { rowCount } = await client.query(
    `${end} WHERE ${live} AND id::text NOT IN (SELECT id FROM replaced WHERE what = '${table}')
     AND person_id::text IN (SELECT id FROM replaced WHERE what = 'person')`,
    end.includes('$1') ? [now] : [],
  );
  return rowCount ?? 0;
}
