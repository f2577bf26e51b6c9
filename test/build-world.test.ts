// The world of the service as settings make it: what becomes of mail.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Connection, connect } from '../src/adapters/database/connection.ts';
import { clockDrivenJobs } from '../src/adapters/jobs/clock-driven.ts';
import { buildWorld, type RunningWorld, type WorldParts } from '../src/build-world.ts';
import { readSettings } from '../src/settings.ts';
import { mailTo } from './adapters/mail/mails.ts';
import { freshDatabase, type TestDatabase } from './support/database.ts';

let database: TestDatabase;
let connection: Connection;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  connection = connect(database.config);
  folder = mkdtempSync(join(tmpdir(), 'turnabout-'));
});

afterAll(async () => {
  await connection.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

async function worldWith(withoutServer: WorldParts['withoutServer']): Promise<RunningWorld> {
  const world = await buildWorld({
    settings: readSettings({ DATA_DIR: folder }, folder),
    publicUrl: new URL('https://turnabout.example.com'),
    open: { connection, where: 'here', isAlone: true, close: async () => undefined },
    jobsIn: () => clockDrivenJobs(() => world.clock()),
    withoutServer,
  });
  return world;
}

it('mail waits where no server is set and nobody could look at it', async () => {
  const { mailer, unsent } = await worldWith('wait');
  expect(await mailer.send(mailTo())).toMatchObject({ kind: 'no-server' });
  expect(unsent).toBeUndefined();
});

it('mail lies in the outbox where no server is set and it can be looked at there', async () => {
  const { mailer, unsent } = await worldWith('outbox');
  expect(await mailer.send(mailTo())).toMatchObject({ kind: 'accepted' });
  expect(unsent!()).toHaveLength(1);
});
