// The service as a process with its own PostgreSQL in a folder of its own, and what both need.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type Served = {
  readonly url: string;
  /** Milliseconds from the start of the process to the first answer that it is ready. */
  readonly readyAfter: number;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
};

/** Through npm, or by a Node that is not the one of the bench. */
export type How = { readonly npm?: boolean; readonly node?: string };

/** Runs `npm start`, or what it runs without npm, and waits until it is ready. */
export async function served(
  environment: Readonly<Record<string, string>>,
  { npm = false, node = process.execPath }: How = {},
): Promise<Served> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = '' } = process.env;
  const [program, ...given] = npm ? ['npm', 'start', '--silent'] : await startCommand(node);
  const begun = performance.now();
  const child = spawn(program!, given, {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', LOG_LEVEL: 'error', PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while ((await fetch(`${url}/readyz`).catch(() => undefined))?.status !== 200) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`);
    await pause(20);
  }
  const readyAfter = performance.now() - begun;
  return { url, readyAfter, process: child, stop: () => allEnded(child) };
}

/** npm is gone sooner than what it started. */
async function allEnded(child: ChildProcess): Promise<void> {
  const family = await descendantsOf(child.pid!);
  await ended(child);
  while (family.some((pid) => existsSync(`/proc/${pid}`))) await pause(20);
}

async function descendantsOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

/** What the script "start" runs, by this Node. */
async function startCommand(node: string): Promise<readonly string[]> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const [, , ...rest] = scripts.start.split(' ');
  return [node, ...rest];
}

/** SIGTERM, and waits until it is gone. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Proportional set size of a process and of all that it started, in bytes (Linux alone). */
export async function memoryOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const own = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1_024;
  const children = await Promise.all((await childrenOf(pid)).map(memoryOf));
  return own + children.reduce((sum, each) => sum + each, 0);
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.join(' ').trim().split(/\s+/).filter(Boolean).map(Number);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A folder that is gone after the work; a PostgreSQL in it may be another user's. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'turnabout-bench-'));
  await chmod(folder, 0o755);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
