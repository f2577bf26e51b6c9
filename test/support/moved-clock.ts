// Processes whose clock is another than the machine's: the service, and the PostgreSQL that tells its queue what is due.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Connection, startEmbedded } from '../../src/adapters/database/embedded.ts';
import { surroundingsFor } from '../../src/adapters/database/embedded-account.ts';
import { programIn } from '../../src/adapters/database/embedded-binaries.ts';
import { homeIn } from '../../src/adapters/database/embedded-home.ts';
import type { Instant } from '../../src/domain/time/instant.ts';
import { temporaryFolder } from './database.ts';
import type { Peer } from './peers.ts';

export const FAKETIME: Peer = {
  name: 'faketime',
  probe: ['faketime', 'now', 'true'],
  install: 'install the Debian package faketime',
};

/** For a process in which it is `instant` now. The loader finds out what $LIB is. */
export function clockAt(instant: Instant): Readonly<Record<string, string>> {
  const seconds = Math.round((instant - Date.now()) / 1_000);
  return {
    LD_PRELOAD: '/usr/$LIB/faketime/libfaketime.so.1',
    FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
  };
}

export type MovedDatabase = { readonly connection: Connection; readonly stop: () => Promise<void> };

/** A database as `prepare` leaves it, served by a PostgreSQL with the clock of this environment. */
export async function databaseWithClock(
  environment: Readonly<Record<string, string>>,
  prepare: (connection: Connection) => Promise<void>,
): Promise<MovedDatabase> {
  const dataDir = await temporaryFolder('clock');
  const server = await startEmbedded({ dataDir, say: () => undefined });
  await prepare(server.connection);
  await server.stop();
  const { account, binaries, entrance } = await homeIn({ dataDir, elsewhere: dataDir });
  const { env, ...surroundings } = surroundingsFor(account);
  const settings = ['listen_addresses=', `unix_socket_directories=${entrance}`, 'port=5432'];
  const child = spawn(
    programIn(binaries, 'postgres'),
    ['-D', entrance, ...settings.flatMap((each) => ['-c', each])],
    { ...surroundings, env: { ...env, ...environment }, stdio: 'ignore' },
  );
  const gone = once(child, 'exit');
  const connection = { ...server.connection, host: entrance, port: 5432 };
  await untilItAnswers(connection);
  const stop = async () => {
    child.kill('SIGINT');
    await gone;
  };
  return { connection, stop };
}

async function untilItAnswers(connection: Connection): Promise<void> {
  for (let k = 0; k < 300; k++) {
    const client = new pg.Client(connection);
    client.on('error', () => undefined);
    const answers = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (answers) return;
    await pause(100);
  }
  throw new Error('the database with another clock does not answer');
}
