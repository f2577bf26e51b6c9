// Starts a PostgreSQL of our own from another process, and looks at what runs.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import {
  type Connection,
  type EmbeddedPostgres,
  startEmbedded,
} from '../../../src/adapters/database/embedded.ts';
import { type Postmaster, postmasterOf } from '../../../src/adapters/database/postgres-pid-file.ts';
import { DatabaseUnavailable } from '../../../src/domain/errors.ts';
import { temporaryFolder } from '../../support/database.ts';
import { requireOrSkip } from '../../support/peers.ts';
import type { Told } from './embedded-process.ts';

export type Running = {
  readonly pid: number;
  /** Everything that it told so far. */
  readonly told: readonly Told[];
  readonly connection: Connection;
  readonly where: string;
  /** kill -9. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Ends without stopping the database. */
  leave(): Promise<void>;
};

export type RunOptions = { readonly env?: Record<string, string>; readonly uid?: number };

/** In another process; resolves when it has started, and throws what it was refused with. */
export async function run(dataDir: string, options: RunOptions = {}): Promise<Running> {
  const { child, told, outcome } = begin(dataDir, options);
  const exited = once(child, 'exit');
  const end = async (act: () => unknown): Promise<void> => {
    act();
    await exited;
  };
  const last = await outcome;
  if (last.kind !== 'started') throw new DatabaseUnavailable(last.where, last.message);
  return {
    ...last,
    pid: child.pid ?? 0,
    told,
    kill: () => end(() => child.kill('SIGKILL')),
    stop: () => end(() => child.stdin.end()),
    leave: () => end(() => child.stdin.write('leave')),
  };
}

/** The process as soon as it exists. */
export function begin(dataDir: string, { env = {}, uid }: RunOptions = {}) {
  const account = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [SCRIPT, dataDir, elsewhere()], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    ...account,
  });
  const told: Told[] = [];
  const outcome = new Promise<Exclude<Told, { kind: 'said' }>>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const each = JSON.parse(line) as Told;
      told.push(each);
      if (each.kind !== 'said') resolve(each);
    });
  });
  return { child, told, outcome };
}

const SCRIPT = join(import.meta.dirname, 'embedded-process.ts');

/** Where the tests of a run have what the user that root becomes could not reach. */
export function elsewhere(): string {
  return join(inject('runFolder'), 'elsewhere');
}

/** In this process. */
export function start(
  dataDir: string,
  say: (sentence: string) => void = () => undefined,
): Promise<EmbeddedPostgres> {
  return startEmbedded({ dataDir, elsewhere: elsewhere(), say });
}

/** A path for a data folder that does not exist yet. */
export async function newDataDir(): Promise<string> {
  return join(await temporaryFolder('embedded'), 'data');
}

/** A data folder with a database in it that was stopped; copied, because making one takes a second. */
export async function laidDataDir(): Promise<string> {
  laid ??= newDataDir().then(async (dataDir) => {
    await (await start(dataDir)).stop();
    return dataDir;
  });
  const dataDir = await newDataDir();
  execFileSync('cp', ['-a', await laid, dataDir]);
  return dataDir;
}

let laid: Promise<string> | undefined;

/** The values of the last statement's rows, on a connection of its own. */
export async function query(connection: Connection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const results = [await client.query({ text: sql, rowMode: 'array' })].flat();
    return results.at(-1)?.rows.flat() ?? [];
  } finally {
    await client.end();
  }
}

/** What it is refused with. */
export async function refusal(work: Promise<unknown>): Promise<DatabaseUnavailable> {
  const error = await work.then(
    () => 'nothing was refused',
    (each: unknown) => each,
  );
  if (!(error instanceof DatabaseUnavailable)) throw error;
  return error;
}

export async function postmasterIn(dataDir: string): Promise<Postmaster | undefined> {
  return postmasterOf(join(dataDir, 'postgres'));
}

/** Waits for what comes by itself; a test that waits in vain runs into its own time-out. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look().catch(() => undefined);
    if (seen !== undefined && seen !== false) return seen;
    await pause(20);
  }
}

/** The user `nobody` of Debian, whom root becomes. */
export const ORDINARY = 65534;

export const isRoot = (): boolean =>
  requireOrSkip('root', 'these tests run as root alone', () => process.getuid?.() === 0);

/** Whether small disks can be mounted, to be filled. */
export const canMount = (): boolean =>
  requireOrSkip('tmpfs', 'mounting one takes root and the right to mount', () => {
    const isThere = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt']).status === 0;
    return isThere && spawnSync('umount', ['/mnt']).status === 0;
  });

/** A disk of a few megabytes; the folder is entered by everybody. */
export async function smallDisk(megabytes: number): Promise<string> {
  const folder = await mkdtemp(join(inject('runFolder'), 'disk-'));
  mount(['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]);
  return folder;
}

export function mount(args: readonly string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
}

export function unmount(folder: string): void {
  spawnSync('umount', ['--lazy', folder]);
}
