// Puts a file in place of another as a whole: whoever looks sees the old one or the new one, never half of it.

import { randomUUID } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InvalidInput } from '../../domain/errors.ts';
import { type BytesReading, readPlainFile } from './plain-file.ts';

/** Two years of weekly check-ins of twelve partners are a fiftieth of it. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Writes `text` to `path`; throws InvalidInput where that cannot be done, and leaves what was there. */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    await replace(await realpath(path).catch(() => path), text);
  } catch (error) {
    throw new InvalidInput(path, `cannot be written (${reasonOf(error)}); what was there is unchanged`, {
      cause: error,
    });
  }
}

/** The text of the file at `path`; undefined where there is none, InvalidInput where it cannot be read. */
export async function existingText(path: string): Promise<string | undefined> {
  const read = await bytesAt(path);
  if (read === undefined || read.kind === 'bytes') return read?.bytes.toString('utf8');
  throw new InvalidInput(path, `cannot be read (${REASONS[read.kind]}); name another file`);
}

async function bytesAt(path: string): Promise<BytesReading | undefined> {
  try {
    return await readPlainFile(path, MOST_BYTES);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new InvalidInput(path, `cannot be read (${reasonOf(error)})`, { cause: error });
  }
}

/** In the same folder, because a rename is whole only inside one file system. */
async function replace(target: string, text: string): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.tmp`);
  try {
    const mode = await modeOf(target);
    await write(await open(temporary, 'wx', mode), text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function write(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Who may read the file stays as it was. */
async function modeOf(target: string): Promise<number> {
  const known = await stat(target).catch(() => undefined);
  return known ? known.mode & 0o777 : 0o666;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder does not exist',
  EACCES: 'you may not read or write there',
  EISDIR: 'this is a folder',
  ENOTDIR: 'what should be its folder is a file',
  folder: 'this is a folder',
  'no-file': 'this is a pipe or a device',
  ENXIO: 'this is a pipe or a device',
  'too-large': 'it is larger than 16 MiB',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return REASONS[code] ?? code;
}
