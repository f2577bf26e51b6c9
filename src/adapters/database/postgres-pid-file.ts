// postmaster.pid, in which a running PostgreSQL tells who it is and where it listens (miscadmin.h, LOCK_FILE_LINE_…).

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type Postmaster = {
  readonly pid: number;
  /** The folder of its socket, or an address. */
  readonly host: string;
  readonly port: number;
  /** "starting" and "stopping" are the others. */
  readonly isReady: boolean;
};

/** The PostgreSQL that runs on this data; undefined where none does, whatever an old file says. */
export async function postmasterOf(cluster: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port, socketFolder, address, , status] = text.split('\n');
  if (!Number(pid) || !(await runsOn(cluster, Number(pid)))) return undefined;
  const host = socketFolder || address || '';
  return { pid: Number(pid), host, port: Number(port), isReady: status?.trim() === 'ready' };
}

/** Whether the process is a PostgreSQL that was started with this data folder: its number may be another's by now. */
export async function runsOn(cluster: string, pid: number): Promise<boolean> {
  return (await commandOf(pid)).includes(`-D ${cluster} `);
}

/** The words of a command line with a space after each; a process that has ended has none. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux')
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ');
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(
    () => ({ stdout: '' }),
  );
  return `${stdout.trim()} `;
}

/**
 * Makes an old lock file harmless, of the data or of the socket, for whose process PostgreSQL would refuse to start: the number
 * is another's by now, or of a process that has ended and that nobody asked about. The number of its parent PostgreSQL takes
 * for an old one. The file is not removed, because by its other lines it sees whether parts of the old server are at work.
 */
export function disown(lockFile: string): void {
  try {
    const [, ...rest] = readFileSync(lockFile, 'utf8').split('\n');
    writeFileSync(lockFile, [process.pid, ...rest].join('\n'), { flag: 'r+' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
