// The process of a PostgreSQL of our own: found, started, waited for, ended. It lives on if we are killed, and is found again.

import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { type Account, surroundingsFor } from './embedded-account.ts';
import { type Binaries, programIn } from './embedded-binaries.ts';
import { disown, type Postmaster, postmasterOf, runsOn } from './postgres-pid-file.ts';

export type Launch = {
  readonly cluster: string;
  readonly log: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  readonly settings: Readonly<Record<string, string>>;
};

/** In milliseconds; looking is reading one small file. */
const POLL = 10;

/** Recovery after a crash reads again what was written since the last checkpoint, which `max_wal_size` bounds. */
const PATIENCE = 120_000;

/** The PostgreSQL of this data, ready: the one that runs, or a new one. Throws what a new one said when it ended. */
export async function readyPostmaster(launch: Launch): Promise<Postmaster> {
  let child: Child | undefined;
  let said = 'it is not ready after two minutes';
  for await (const found of looks(launch.cluster)) {
    if (found?.isReady) return found;
    if (found || child?.isRunning()) continue;
    if (child) said = await makeWay(child, launch.cluster);
    child = child ? undefined : start(launch);
  }
  throw new Error(said);
}

/** The one that runs, as soon as it is ready; undefined where none runs, or it was about to end. */
export async function runningPostmaster(cluster: string): Promise<Postmaster | undefined> {
  for await (const found of looks(cluster)) if (!found || found.isReady) return found;
  return undefined;
}

async function* looks(cluster: string): AsyncGenerator<Postmaster | undefined> {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await pause(POLL))
    yield await postmasterOf(cluster);
}

type Child = { isRunning(): boolean; words(): Promise<string> };

/** In a group of its own, so that Ctrl-C in a terminal reaches us alone and we end it in order. */
function start({ cluster, log, account, binaries, settings }: Launch): Child {
  const output = openLog(log);
  const begin = fstatSync(output).size;
  const args = [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const stdio = ['ignore', output, output] as const;
  const child = spawn(programIn(binaries, 'postgres'), args, {
    ...surroundingsFor(account),
    detached: true,
    stdio: [...stdio],
  });
  closeSync(output);
  child.unref();
  let failure: Error | undefined;
  child.on('error', (error) => {
    failure = error;
  });
  return {
    isRunning: () => !failure && child.exitCode === null && child.signalCode === null,
    words: async () => failure?.message ?? (await readFile(log)).subarray(begin).toString('utf8'),
  };
}

const LARGEST_LOG = 1024 * 1024;

/** One old log is kept. */
function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG) renameSync(path, `${path}.old`);
  return openSync(path, 'a', 0o600);
}

/** After a start that failed: what it said, if another one may do better; else it is thrown. */
async function makeWay(child: Child, cluster: string): Promise<string> {
  const said = await child.words();
  if (await postmasterOf(cluster)) return said;
  const [, lockFile] = /lock file "(.*)" already exists/.exec(said) ?? [];
  if (lockFile !== undefined) disown(resolve(cluster, lockFile));
  else if (/pre-existing shared memory block/.test(said)) await pause(REMAINS_END);
  else throw new Error(said);
  return said;
}

/** The processes of a killed server end when they notice it; in milliseconds. */
const REMAINS_END = 200;

/** Fast shutdown, then without writing out (recovered at the next start), then by force; in milliseconds of waiting. */
const SIGNALS: readonly (readonly [NodeJS.Signals, number])[] = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
];

/** Ends the PostgreSQL of this data and waits until it is gone. */
export async function endPostmaster(cluster: string, signals = SIGNALS): Promise<void> {
  const found = await postmasterOf(cluster);
  if (!found) return;
  for (const [signal, patience] of signals) {
    signalTo(found.pid, signal);
    for (const end = performance.now() + patience; performance.now() < end; await pause(POLL))
      if (!(await runsOn(cluster, found.pid))) return;
  }
  throw new DatabaseUnavailable(cluster, `PostgreSQL, process ${found.pid}, does not end; end it by hand`);
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
