// Backups of more than one would hold in memory, and what breaks them off in the midst of a table.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeBackup } from '../../../src/adapters/database/backup.ts';
import { readBackup } from '../../../src/adapters/database/restore.ts';
import { temporaryFolder } from '../../support/database.ts';
import { now, type World, world } from './backup-world.ts';
import { eventually, refusal } from './run-embedded.ts';

const MEGABYTES = 165;

let large: World;
let folder = '';
let path = '';

/** Small on the disk, because it is one text again and again. */
beforeAll(async () => {
  large = await world({ '0001_large': 'CREATE TABLE large (a text)' });
  await large.database.pool.query(
    `INSERT INTO large SELECT repeat('many words ', 100000) FROM generate_series(1, ${MEGABYTES / 1.1})`,
  );
  folder = await temporaryFolder('backups');
  path = join(folder, 'large');
});
afterAll(() => large.database.drop());

const backup = (name = 'large'): Promise<unknown> =>
  writeBackup({ pool: large.database.pool, path: join(folder, name), now });

const restore = (): Promise<unknown> =>
  readBackup({ pool: large.database.pool, path, folder: large.folder, now });

async function megabytesThere(): Promise<number> {
  const { rows } = await large.database.pool.query('SELECT sum(length(a))::float8 / 1e6 AS there FROM large');
  return rows[0].there;
}

it('a backup of much and its return do not take much memory', async () => {
  expect(await megabytesFor(backup)).toBeLessThan(MEGABYTES / 2);
  await large.database.pool.query('TRUNCATE large');
  expect(await megabytesFor(restore)).toBeLessThan(MEGABYTES / 2);
  expect(await megabytesThere()).toBe(MEGABYTES);
});

/** By how much memory grows at most while the work is done. */
async function megabytesFor(work: () => Promise<unknown>): Promise<number> {
  const used = (): number => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const before = used();
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, used() - before);
  }, 5);
  await work().finally(() => clearInterval(looking));
  return most / 1e6;
}

it('a backup that the database breaks off among the rows leaves no file', async () => {
  const [{ message }] = await Promise.all([refusal(backup('broken')), breakOff('TO STDOUT')]);
  expect(message).toContain('the database has stopped');
  expect(await readdir(folder)).toEqual(['large']);
});

it('a restore that the database breaks off among the rows leaves the rows that were there', async () => {
  const [{ message }] = await Promise.all([refusal(restore()), breakOff('FROM stdin;')]);
  expect(message).toContain('the database has stopped');
  expect(await megabytesThere()).toBe(MEGABYTES);
});

/** Ends the connection on which such a COPY runs. */
async function breakOff(copying: string): Promise<void> {
  await eventually(async () => {
    const { rowCount } = await large.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE $1`,
      [`COPY%${copying}`],
    );
    return rowCount === 1 ? true : undefined;
  });
}
