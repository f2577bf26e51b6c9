// The key of the service where no setting names one: made once, and kept in the data folder for its owner's eyes alone.

import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput } from '../../domain/errors.ts';

/** The file's name in the data folder. */
export const KEY_FILE = 'secret.key';

/** The key in the folder, made where there is none. Two processes that begin at once have the same. */
export async function keyIn(dataDir: string): Promise<string> {
  const path = join(dataDir, KEY_FILE);
  const made = randomBytes(32).toString('base64url');
  await unlessThere(path, () => mkdir(dataDir));
  await unlessThere(path, () => writeFile(path, `${made}\n`, { flag: 'wx', mode: 0o600 }));
  const key = (await readFile(path, 'utf8')).trim();
  if (key.length < 32)
    throw new InvalidInput('SECRET_KEY', `${path} holds no key: remove it, or set SECRET_KEY`);
  return key;
}

/** Whether a key lies there; makes none. */
export async function isKeyIn(dataDir: string): Promise<boolean> {
  return access(join(dataDir, KEY_FILE)).then(
    () => true,
    () => false,
  );
}

async function unlessThere(path: string, make: () => Promise<unknown>): Promise<void> {
  await make().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST')
      throw new InvalidInput('DATA_DIR', `${path} cannot be written: ${error.message}`, { cause: error });
  });
}

/**
 * A key that came with a backup. Where there is none it counts at once, else it lies beside the one that counts until what is
 * returned is called: a process that is killed in between leaves the old data with the old key.
 */
export async function layKey(dataDir: string, key: string): Promise<() => Promise<void>> {
  const path = join(dataDir, KEY_FILE);
  const ready = `${path}.restored`;
  await unlessThere(dataDir, () => mkdir(dataDir));
  await rm(ready, { force: true });
  await unlessThere(ready, () => writeFile(ready, `${key}\n`, { mode: 0o600, flush: true }));
  const place = () => rename(ready, path);
  if (await isKeyIn(dataDir)) return place;
  await place();
  return async () => undefined;
}
