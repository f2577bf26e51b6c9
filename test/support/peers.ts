// Independent implementations and data that tests are held against. Where one is missing its tests are skipped and
// say so; with CI=true its absence is a failure, so that nothing is left out unnoticed where it matters.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program of others: `probe` is a command that exits with 0 where it is there and works. */
export type Peer = {
  readonly name: string;
  readonly probe: readonly [string, ...string[]];
  /** What a person runs to get it. */
  readonly install: string;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

const verdicts = new Map<string, boolean>();

/**
 * Whether the peer can be used: for `describe.skipIf(!available(peer))`. Says once why it is skipped; throws with CI=true.
 */
export function available(peer: Peer): boolean {
  const [command, ...args] = peer.probe;
  return requireOrSkip(peer.name, `${peer.probe.join(' ')} fails; ${peer.install}`, () => {
    return spawnSync(command, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;
  });
}

/** Whether the folder `../shared/<name>` with the material of other projects is there; otherwise as `available`. */
export function sharedAvailable(name: string): boolean {
  const path = sharedPath(name);
  return requireOrSkip(`shared/${name}`, `${path} is missing`, () => existsSync(path));
}

/** The path of a file or folder under `../shared`, seen from the root of the repository. */
export function sharedPath(...parts: readonly string[]): string {
  return [root.replace(/\/$/, ''), '..', 'shared', ...parts].join('/');
}

/** What `isThere` says, asked once per name; with CI=true an absence throws, else it is said on standard error. */
export function requireOrSkip(name: string, reason: string, isThere: () => boolean): boolean {
  const known = verdicts.get(name);
  if (known !== undefined) return known;
  const there = isThere();
  if (!there && process.env.CI === 'true') throw new Error(`${name} is required with CI=true: ${reason}`);
  if (!there) process.stderr.write(`skipped: ${name} (${reason})\n`);
  verdicts.set(name, there);
  return there;
}
