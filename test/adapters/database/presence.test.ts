// Services on a database of others, and a restore that wants to be alone with it.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aloneAt, type Place, type Presence, presentAt } from '../../../src/adapters/database/presence.ts';
import { openDatabase } from '../../../src/open-database.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let place: Place;
let presences: Presence[];

beforeEach(async () => {
  database = await freshDatabase();
  place = { config: database.config, where: 'db.example.com/turnabout' };
  presences = [];
});

afterEach(async () => {
  await Promise.all(presences.map((each) => each.release()));
  await database.drop();
});

async function present(): Promise<Presence> {
  const presence = await presentAt(place);
  presences.push(presence);
  return presence;
}

it('lets several services work, and nobody be alone while one does', async () => {
  const [one, other] = [await present(), await present()];
  await one.release();
  await expect(aloneAt(place)).rejects.toThrow(
    new RegExp(`^another Turnabout works on it \\(process ${process.pid}, since .*\\); stop every one`),
  );
  await other.release();
  await (await aloneAt(place)).release();
});

it('lets no service begin while a restore is alone', async () => {
  presences.push(await aloneAt(place));
  await expect(presentAt(place)).rejects.toThrow(/^it is being restored/);
});

it('is present again when the connection was cut', async () => {
  await present();
  const { rowCount } = await database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  expect(rowCount).toBe(1);
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query(
      `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
    );
    expect(rows).toHaveLength(1);
  }, 10_000);
});

it('is what opening the database for a service, for a restore and beside them means', async () => {
  const settings = { DATABASE_URL: new URL(database.url), DATA_DIR: 'nowhere' };
  const open = (as: 'owner' | 'alone' | 'beside') => openDatabase(settings, () => undefined, as);
  const restore = await open('alone');
  await expect(open('owner')).rejects.toThrow(/^it is being restored/);
  await restore.close();
  const opened = await open('owner');
  await expect(open('alone')).rejects.toThrow(/^another Turnabout works on it/);
  const beside = await open('beside');
  expect((await beside.connection.pool.query('SELECT 1')).rowCount).toBe(1);
  await beside.close();
  await opened.close();
  await (await open('alone')).close();
});
