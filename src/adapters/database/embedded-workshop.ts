// A folder is made under another name and moved to its place when it is whole, so that a killed start leaves nothing half
// made there. What a process left in its workshop that is gone is removed by the next one.

import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Lets `make` work in an empty folder beside the place; whatever was not moved out of it is removed afterwards. */
export async function inWorkshop<T>(parent: string, make: (workshop: string) => Promise<T>): Promise<T> {
  await removeLeftovers(parent);
  const workshop = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  try {
    return await make(workshop);
  } finally {
    await remove(workshop);
  }
}

/** Moves a folder to its place; leaves it where it is if somebody else has put something there meanwhile: theirs counts. */
export async function moveUnlessTaken(from: string, place: string): Promise<void> {
  await rename(from, place).catch(unlessTaken);
}

/** Passes over that the place is taken: by a full folder, or by a link. */
export function unlessTaken(error: NodeJS.ErrnoException): void {
  if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(error.code ?? '')) throw error;
}

const PREFIX = 'unfinished-';

/** The name says whose workshop it is. */
async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(join(parent, name));
  }
}

/** An initdb that outlived its Turnabout may still be writing there; it ends as soon as its files are gone. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10 });
}

/** Whether a process of that number lives, whoever's it is. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
