// A PostgreSQL of our own, for whom no DATABASE_URL is set: it lies in the data folder, is started with us and stopped with us.
// One that a killed process left running is taken over, never fought.

import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { clusterIn, DATABASE, isVacant, passwordOf, USER } from './embedded-cluster.ts';
import { embeddedFault } from './embedded-faults.ts';
import { type Home, homeIn } from './embedded-home.ts';
import { keep } from './embedded-keeping.ts';
import {
  type Connection,
  type Listening,
  leave,
  listeningFor,
  listeningSettings,
} from './embedded-listening.ts';
import { type Owner, takeOwnership } from './embedded-owner.ts';
import { isPassing } from './postgres-faults.ts';
import { endPostmaster, type Launch, readyPostmaster, runningPostmaster } from './postgres-process.ts';

export type { Connection } from './embedded-listening.ts';

/** A PostgreSQL of our own that runs. */
export type AttachedPostgres = {
  readonly connection: Connection;
  /** The folder of its data. */
  readonly where: string;
  /** Whether it is ours to stop. */
  readonly isOwner: boolean;
  /** Ends it where it is ours, else does nothing; resolves when it is gone. */
  stop(): Promise<void>;
};

export type EmbeddedPostgres = AttachedPostgres & { readonly isOwner: true };

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** Told what a person should know, a sentence at a time. */
  readonly say: (sentence: string) => void;
  /** Where data and programs lie that the user root becomes could not reach. */
  readonly elsewhere?: string;
  /** Further settings of the server, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
};

/** Starts it, or takes over one that runs without an owner; throws DatabaseUnavailable where another Turnabout has it. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  return explained(options.dataDir, async () => {
    const home = await homeIn({ elsewhere: ELSEWHERE, ...options });
    const cluster = await clusterIn(home);
    const displaced = displacement(home, cluster);
    if (displaced !== undefined) options.say(displaced);
    return explained(cluster, () => startIn(home, { ...options, cluster }));
  });
}

/** For a command beside a running service: uses what runs without owning it, or starts it for as long as it takes. */
export async function attachEmbedded(options: EmbeddedOptions): Promise<AttachedPostgres> {
  return explained(options.dataDir, async () => {
    const cluster = await realpath(join(options.dataDir, 'postgres')).catch(() => undefined);
    const running = cluster && (await runningPostmaster(cluster));
    if (!running) return startEmbedded(options);
    const connection = connectionTo(running, await passwordOf(cluster));
    return { connection, where: cluster, isOwner: false, stop: async () => undefined };
  });
}

/** Whether the data folder holds one, running or not; makes nothing. */
export async function isEmbeddedIn(dataDir: string): Promise<boolean> {
  return !(await isVacant(join(dataDir, 'postgres')));
}

const ELSEWHERE = '/var/lib/turnabout';

async function explained<T>(where: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw await embeddedFault(cause, where);
  }
}

/** Where things lie that would lie elsewhere if they could; undefined where all is in its place. */
function displacement({ folder, binaries, barrier }: Home, cluster: string): string | undefined {
  if (barrier !== undefined)
    return `The database lies in ${cluster} and its programs in ${binaries.root}, because PostgreSQL does not run as root and its user may not enter ${barrier}.`;
  return dirname(cluster) === folder ? undefined : `The database lies in ${cluster}.`;
}

type Starting = EmbeddedOptions & { readonly cluster: string };

async function startIn(home: Home, { cluster, say, settings }: Starting): Promise<EmbeddedPostgres> {
  const listening = (await runningPostmaster(cluster)) ?? (await listeningFor(cluster, home.account));
  const connection = connectionTo(listening, await passwordOf(cluster));
  const launch = {
    ...home,
    cluster,
    log: join(home.folder, 'postgres.log'),
    settings: { ...SETTINGS, ...settings, ...listeningSettings(listening) },
  };
  const own = (): Promise<Owner> => explained(cluster, () => owned(launch, connection));
  const keeping = keep(await own(), { again: own, say });
  const stop = async (): Promise<void> => {
    await keeping.stop(() => endPostmaster(cluster));
    await leave(listening, cluster);
  };
  return { connection, where: cluster, isOwner: true, stop: once(stop) };
}

/** Of the log, what concerns the server and nobody's data. The rest is small, because partners are few. */
const SETTINGS = {
  shared_buffers: '32MB',
  max_connections: '30',
  max_wal_size: '256MB',
  io_method: 'sync',
  fsync: 'on',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

function connectionTo({ host, port }: Listening, password: string): Connection {
  return { host, port, user: USER, password, database: DATABASE, ssl: false };
}

/** Tried again while what was found is about to end, or recovers from the end of one of its processes. */
async function owned(launch: Launch, connection: Connection): Promise<Owner> {
  for (let tries = MOST_TRIES; ; tries--) {
    await readyPostmaster(launch);
    const outcome = await takeOwnership(connection).catch((error: unknown) => {
      if (tries === 0 || !isPassing(error)) throw error;
    });
    if (outcome?.kind === 'held') return outcome;
    if (outcome?.kind === 'taken')
      throw new DatabaseUnavailable(
        launch.cluster,
        `another Turnabout has it (${outcome.by}); ${WHAT_TO_DO}`,
      );
    await pause(BETWEEN_TRIES);
  }
}

/** A minute, in milliseconds. */
const BETWEEN_TRIES = 100;
const MOST_TRIES = 600;

const WHAT_TO_DO = 'stop that one first, or give this one a DATA_DIR of its own';

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
