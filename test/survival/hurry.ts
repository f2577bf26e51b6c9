// Jobs that wait for their next try.

import type { Pool } from 'pg';

/** They are due now: a test has no hours. Each time is one of the tries that a job has. */
export async function hurry(pool: Pool): Promise<void> {
  await pool.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
}
