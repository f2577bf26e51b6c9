// Puts a file in place of another when it is whole, for what is too large to be held.

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { InvalidInput } from '../../domain/errors.ts';

/**
 * Lets `fill` write a file that only its owner may read. Throws InvalidInput where the disk or the folder is at fault; what
 * was there is unchanged then.
 */
export async function replaceWith(path: string, fill: (sink: Writable) => Promise<void>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    await fill(createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileFault(error, path) ?? error;
  }
}

/** What is wrong with a file, by the system's code; undefined where the fault is another's. */
export function fileFault(error: unknown, path: string): InvalidInput | undefined {
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code];
  return reason === undefined ? undefined : new InvalidInput(path, reason, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you may not read or write there',
  EPERM: 'you may not write there',
  EISDIR: 'this is a folder; name a file',
  ENOTDIR: 'what should be its folder is a file',
  ENOSPC: 'the disk is full; what was there is unchanged',
  EDQUOT: 'the disk is full for this user; what was there is unchanged',
  EROFS: 'the disk is read-only',
  EIO: 'the disk is defective',
};
