// The service as a process of its own, started and killed like any other.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/turnabout.mjs', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

export type TurnaboutProcess = {
  readonly process: ChildProcess;
  readonly url: string;
  /** Everything that it has said on standard error. */
  readonly said: () => string;
  /** SIGKILL, and waits until it is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; gives the exit code. */
  readonly stop: () => Promise<number | null>;
};

/** Resolves when it says where it is; rejects with what it said where it ends before. */
export async function turnaboutProcess(
  environment: Readonly<Record<string, string>>,
): Promise<TurnaboutProcess> {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const child = spawn(NODE, [PROGRAM, 'serve'], {
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const gone = once(child, 'exit');
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  gone.finally(() => process.off('exit', killed));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', () => {
      const found = /Turnabout is at (\S+)/.exec(text);
      if (found) resolve(found[1]!);
    });
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${text}`)));
  });
  return {
    process: child,
    url,
    said: () => text,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await gone;
      return code as number | null;
    },
  };
}
