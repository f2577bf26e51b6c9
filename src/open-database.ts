// The database of the service: a PostgreSQL of its own, or the one that DATABASE_URL names; at the schema of this code.

import { fileURLToPath } from 'node:url';
import { type Connection, connect } from './adapters/database/connection.ts';
import { attachEmbedded, startEmbedded } from './adapters/database/embedded.ts';
import { migrate } from './adapters/database/migrate.ts';
import { databaseFault } from './adapters/database/postgres-faults.ts';
import type { Settings } from './settings.ts';

/** The migrations of this code. */
export const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

/** `where` is safe to show. */
export type OpenDatabase = {
  readonly connection: Connection;
  readonly where: string;
  /** Whether nobody else can be connected to it. */
  readonly isAlone: boolean;
  readonly close: () => Promise<void>;
};

/** Of what is kept for a while nothing has to survive a loss of power. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

type Say = (sentence: string) => void;

/** Throws DatabaseUnavailable with what to do. `beside`: for a command that may run beside the service; `for a while`: for what is thrown away. */
export async function openDatabase(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  say: Say,
  as: 'owner' | 'beside' | 'for a while' = 'owner',
): Promise<OpenDatabase> {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = settings;
  if (url) {
    const connection = connect({ connectionString: url.href });
    return { connection, where: `${url.hostname}${url.pathname}`, isAlone: false, close: connection.close };
  }
  const server =
    as === 'beside'
      ? await attachEmbedded({ dataDir, say })
      : await startEmbedded({ dataDir, say, ...(as === 'for a while' && { settings: CARELESS }) });
  const connection = connect(server.connection);
  return {
    connection,
    where: server.where,
    isAlone: server.isOwner,
    close: async () => {
      await connection.close();
      await server.stop();
    },
  };
}

/** Applies what is missing, and gives its names. */
export async function bringUpToDate({ connection, where }: OpenDatabase): Promise<readonly string[]> {
  try {
    const { applied } = await migrate({ pool: connection.pool, folder: MIGRATIONS, now: () => new Date() });
    return applied;
  } catch (error) {
    throw databaseFault(error, where) ?? error;
  }
}
