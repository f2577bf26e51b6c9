// What /readyz of the assembled service looks at.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { logTo } from '../src/adapters/http/logging.ts';
import { assemble } from '../src/assemble.ts';
import { openDatabase } from '../src/open-database.ts';
import { readSettings } from '../src/settings.ts';
import { freshDatabase } from './support/database.ts';

it('the service is ready until its queue is gone', async () => {
  const database = await freshDatabase();
  const settings = readSettings({
    DATABASE_URL: database.url,
    SECRET_KEY: 'a key that is long enough for a test of readiness',
  });
  const open = await openDatabase(settings, () => undefined);
  const assembly = await assemble({
    settings,
    publicUrl: new URL('http://localhost:3000'),
    open,
    log: logTo({ level: 'silent' }),
  });
  const server = createServer(assembly.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const readiness = async () => {
    const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`);
    return [answer.status, await answer.json()];
  };
  expect(await readiness()).toEqual([200, { status: 'ready' }]);
  await database.pool.query('ALTER SCHEMA pgboss RENAME TO elsewhere');
  expect(await readiness()).toEqual([
    503,
    { status: 'not ready', missing: ['the queue is gone from the database: start the service anew'] },
  ]);
  await database.pool.query('ALTER SCHEMA elsewhere RENAME TO pgboss');
  server.close();
  await assembly.close();
  await open.close();
  await database.drop();
});
