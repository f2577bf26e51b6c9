// Why a PostgreSQL of our own did not come up, from what its programs and the disk say.

import { statfs } from 'node:fs/promises';
import { DatabaseUnavailable } from '../../domain/errors.ts';

/**
 * A failed call of the system (its code) or a failed program (its output) as DatabaseUnavailable. On a full disk PostgreSQL
 * often cannot even write down why it ended, so where nobody says anything the disk is asked.
 */
export async function embeddedFault(cause: unknown, where: string): Promise<DatabaseUnavailable> {
  if (cause instanceof DatabaseUnavailable) return cause;
  const said = wordsOf(cause);
  const known = SENTENCES.find(([pattern]) => pattern.test(said))?.[1];
  const sentence = known ?? ((await isFull(where)) ? DISK_FULL : `PostgreSQL says: ${faultIn(said)}`);
  return new DatabaseUnavailable(where, sentence, { cause });
}

const DISK_FULL = 'the disk is full; make room and start again. Nothing that was confirmed is lost';

/** By the code of the system, or the words of PostgreSQL and of the C library. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|Check free disk space/, DISK_FULL],
  [
    /spawn \S+ E|shared librar|Exec format error/,
    'its programs do not run on this machine; run npm ci again, or set DATABASE_URL',
  ],
  [/EROFS|Read-only file system/, 'the disk is read-only; set DATA_DIR to a folder that can be written'],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted/,
    'this may not be entered or written; set DATA_DIR to a folder of the user who starts Turnabout',
  ],
  [/EEXIST|ENOTDIR|Not a directory/, 'something that is no folder is in the way; set DATA_DIR to a folder'],
  [/ENOENT/, 'this folder cannot be made; set DATA_DIR to one that can'],
  [
    /could not look up effective user ID/,
    'the user who starts Turnabout has no name, and PostgreSQL wants one; add it to /etc/passwd, or set DATABASE_URL',
  ],
  [
    /pre-existing shared memory block/,
    'parts of an earlier PostgreSQL are still at work here; end them, or restart the machine',
  ],
  [
    /could not (map|create|resize) .*shared memory|Cannot allocate memory|ENOMEM/,
    'the machine has too little memory for PostgreSQL',
  ],
];

/** Of a failed program its error output says more than the message. */
function wordsOf(cause: unknown): string {
  if (typeof cause === 'string') return cause;
  if (!(cause instanceof Error)) return String(cause);
  const { code, stderr } = cause as { readonly code?: unknown; readonly stderr?: unknown };
  return `${code ?? ''} ${stderr ? stderr : cause.message}`;
}

/** The last line that tells of a fault, without the time before it. */
function faultIn(said: string): string {
  const lines = said.trim().split('\n');
  const told = lines.findLast((line) => /(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? '';
  return told.replace(/^.*?(FATAL|PANIC|error): +/, '');
}

/** A megabyte is no room for PostgreSQL, and what is left to root is left to root alone. */
const TOO_LITTLE = 1024 * 1024;

async function isFull(path: string): Promise<boolean> {
  const disk = await statfs(path).catch(() => undefined);
  return disk !== undefined && disk.bavail * disk.bsize < TOO_LITTLE;
}
