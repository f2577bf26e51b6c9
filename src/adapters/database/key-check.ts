// The text that was sealed with the key of the service when the database was new, by which a wrong key is noticed.

import type { ClientBase, Pool } from 'pg';

const FACT = "name = 'key-check'";

export async function isSealed(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query(`SELECT FROM instance_fact WHERE ${FACT}`);
  return rows.length > 0;
}

/** With another key than that of then nobody could read the addresses of calendars: they go. Gives how many. */
export async function forgetSealed(
  client: ClientBase,
  fits: (sealed: Uint8Array) => boolean,
): Promise<number> {
  const { rows } = await client.query<{ value: string }>(`SELECT value FROM instance_fact WHERE ${FACT}`);
  if (rows.every(({ value }) => fits(Buffer.from(value, 'base64')))) return 0;
  await client.query(`DELETE FROM instance_fact WHERE ${FACT}`);
  const { rowCount } = await client.query('DELETE FROM calendar');
  return rowCount ?? 0;
}
