// The database of the service: a PostgreSQL of its own, or the one that DATABASE_URL names; at the schema of this code.

import { fileURLToPath } from 'node:url';
import { type Connection, connect } from './adapters/database/connection.ts';
import {
  type AttachedPostgres,
  attachEmbedded,
  type EmbeddedOptions,
  isEmbeddedIn,
  startEmbedded,
} from './adapters/database/embedded.ts';
import { migrate } from './adapters/database/migrate.ts';
import { databaseFault } from './adapters/database/postgres-faults.ts';
import { aloneAt, presentAt } from './adapters/database/presence.ts';
import { InvalidInput } from './domain/errors.ts';
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

/**
 * `owner` is the service; `alone` a command that no service may run beside; `beside` one that runs beside it and makes nothing;
 * `for a while` is for what is thrown away.
 */
export type OpenAs = 'owner' | 'alone' | 'beside' | 'for a while';

type Where = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/** Throws DatabaseUnavailable and InvalidInput with what to do. */
export async function openDatabase(
  { DATABASE_URL, DATA_DIR }: Where,
  say: Say,
  as: OpenAs = 'owner',
): Promise<OpenDatabase> {
  return DATABASE_URL ? openOfOthers(DATABASE_URL, as) : openOwn({ dataDir: DATA_DIR, say }, as);
}

async function openOfOthers(url: URL, as: OpenAs): Promise<OpenDatabase> {
  const config = { connectionString: url.href };
  const where = `${url.hostname}${url.pathname}`;
  const presence = await PRESENCES[as]?.({ config, where });
  const connection = connect(config);
  const close = async () => {
    await connection.close();
    await presence?.release();
  };
  return { connection, where, isAlone: false, close };
}

/** A service is present until it ends; what runs beside it does not stand in the way of a restore. */
const PRESENCES: Partial<Record<OpenAs, typeof presentAt>> = { owner: presentAt, alone: aloneAt };

/** Its owner is alone with it anyway. */
async function openOwn(options: EmbeddedOptions, as: OpenAs): Promise<OpenDatabase> {
  const server = await embeddedFor(options, as);
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

async function embeddedFor(options: EmbeddedOptions, as: OpenAs): Promise<AttachedPostgres> {
  if (as === 'for a while') return startEmbedded({ ...options, settings: CARELESS });
  if (as !== 'beside') return startEmbedded(options);
  if (await isEmbeddedIn(options.dataDir)) return attachEmbedded(options);
  throw new InvalidInput('DATA_DIR', `${options.dataDir} holds no database: nothing was started there yet`);
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
