// The SEQUENCE with which new occurrences begin: 0, and higher after a restore, because the UID of an occurrence follows from its
// period, and what was sent between backup and restore is not known any more (RFC 5546 2.1.4).

import type { ClientBase } from 'pg';
import { isTable } from './backup-tables.ts';

/** Its name among the facts that an instance knows about itself. */
export const FLOOR = 'sequence-floor';

/** 0 where nothing was ever restored. */
export async function floorIn(client: ClientBase): Promise<number> {
  if (!(await isTable(client, 'instance_fact'))) return 0;
  const { rows } = await client.query<{ value: string }>('SELECT value FROM instance_fact WHERE name = $1', [
    FLOOR,
  ]);
  return Number(rows[0]?.value ?? 0);
}

export async function putFloor(client: ClientBase, floor: number): Promise<void> {
  if (!(await isTable(client, 'instance_fact'))) return;
  await client.query(
    'INSERT INTO instance_fact VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [FLOOR, String(floor)],
  );
}
