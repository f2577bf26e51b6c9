// Where the database listens when its own folder will not do.

import { mkdir, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newDataDir, query, run, start } from './run-embedded.ts';

/** A socket's path has about a hundred bytes, and this has more. */
const LONG =
  'a-folder-with-a-long-name-for-a-partnership-over-many-time-zones/that-keeps-its-data-in-a-deep-place';

describe('a data folder whose path is too long for a socket', () => {
  it('has its socket in a closed folder for temporary files, which goes with the database', async () => {
    const database = await start(join(await newDataDir(), LONG));
    const { host } = database.connection;
    expect(dirname(host)).toBe(tmpdir());
    expect((await stat(host)).mode & 0o777).toBe(0o700);
    expect(await query(database.connection, 'SHOW listen_addresses')).toEqual(['']);
    await database.stop();
    expect(await readdir(tmpdir())).not.toContain(host.slice(tmpdir().length + 1));
  });

  it('has a port of this machine alone where that path is too long as well, also for who takes it over', async () => {
    const dataDir = join(await newDataDir(), LONG);
    const temporary = join(await newDataDir(), LONG);
    await mkdir(temporary, { recursive: true });
    const first = await run(dataDir, { env: { TMPDIR: temporary } });
    expect(first.connection.host).toBe('127.0.0.1');
    expect(await query(first.connection, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    await first.kill();
    const second = await run(dataDir);
    expect(second.connection).toEqual(first.connection);
    await second.stop();
  });
});
