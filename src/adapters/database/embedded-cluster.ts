// The data of a PostgreSQL of our own: made by initdb as a whole or not at all, and recognised before it is used.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chown,
  lstat,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { barrierTo, surroundingsFor } from './embedded-account.ts';
import { majorOf, programIn } from './embedded-binaries.ts';
import type { Home } from './embedded-home.ts';
import { inWorkshop, moveUnlessTaken, unlessTaken } from './embedded-workshop.ts';

/** The superuser of a server that belongs to Turnabout alone. */
export const USER = 'turnabout';

export const DATABASE = 'turnabout';

const run = promisify(execFile);

/** The data folder, free of links; made where there is none. */
export async function clusterIn(home: Home): Promise<string> {
  if (await isVacant(home.entrance)) await lay(home);
  const cluster = await realpath(home.entrance).catch((cause: unknown) => {
    throw new DatabaseUnavailable(home.entrance, GONE, { cause });
  });
  await requireUsable(cluster, home);
  return cluster;
}

const GONE = 'what this link leads to is gone; put the data back, or remove the link to begin anew';

/** Of the user, for scram-sha-256. It lies with the data, so that whoever moves one moves both. */
export async function passwordOf(cluster: string): Promise<string> {
  return readFile(join(cluster, PASSWORD), 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? new DatabaseUnavailable(join(cluster, PASSWORD), NO_PASSWORD, { cause })
      : cause;
  });
}

const PASSWORD = 'turnabout.password';

const NO_PASSWORD =
  'the password of the database is gone; put it back from a copy, or restore a backup into a new DATA_DIR';

/** An empty folder is no data either: somebody made it beforehand. What cannot be read is somebody's data. */
export async function isVacant(entrance: string): Promise<boolean> {
  const found = await lstat(entrance).catch(() => undefined);
  if (!found?.isDirectory()) return !found;
  const names = await readdir(entrance).catch(() => undefined);
  return names?.length === 0;
}

/** Two processes may do this at once: the data of one of them comes to stand there, and both go on with it. */
async function lay(home: Home): Promise<void> {
  await inWorkshop(home.parent, async (workshop) => {
    const data = join(workshop, 'postgres');
    await initialise(data, { ...home, workshop });
    if (home.parent === home.folder) await moveUnlessTaken(data, home.entrance);
    else await layElsewhere(data, { ...home, name: basename(workshop).replace(/.*-/, 'data-') });
  });
}

async function layElsewhere(
  data: string,
  { parent, entrance, name }: Home & { readonly name: string },
): Promise<void> {
  const place = join(parent, name);
  await rename(data, place);
  await rmdir(entrance).catch(() => undefined);
  await symlink(place, entrance).catch(async (error: NodeJS.ErrnoException) => {
    await rm(place, { recursive: true });
    unlessTaken(error);
  });
}

/** The builtin locale sorts alike on every machine and for ever, whatever the system's libraries become. */
async function initialise(data: string, home: Home & { readonly workshop: string }): Promise<void> {
  const { account, binaries, workshop } = home;
  const password = join(workshop, 'password');
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) for (const path of [workshop, password]) await chown(path, account.uid, account.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = [`--username=${USER}`, `--pwfile=${password}`, '--auth=scram-sha-256'];
  const args = [`--pgdata=${data}`, '--no-instructions', ...access, ...locale];
  const surroundings = surroundingsFor(account);
  await run(programIn(binaries, 'initdb'), args, surroundings);
  const single = ['--single', '-D', data, '-c', 'exit_on_error=on', 'postgres'];
  const making = run(programIn(binaries, 'postgres'), single, surroundings);
  making.child.stdin?.end(`CREATE DATABASE ${DATABASE};\n`);
  await making;
  await rename(password, join(data, PASSWORD));
}

async function requireUsable(cluster: string, { account, binaries }: Home): Promise<void> {
  const uid = account?.uid ?? process.getuid?.();
  const { uid: owner } = await stat(cluster);
  if (owner !== uid) throw new DatabaseUnavailable(cluster, belongsToAnother(owner, uid));
  const barrier = await barrierTo(cluster, account);
  if (barrier !== undefined) throw new DatabaseUnavailable(barrier, mayNotEnter(owner));
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((cause: unknown) => {
    throw new DatabaseUnavailable(cluster, NO_DATA, { cause });
  });
  if (version.trim() !== majorOf(binaries))
    throw new DatabaseUnavailable(cluster, otherVersion(version.trim(), majorOf(binaries)));
}

const NO_DATA = 'this is no data folder of PostgreSQL; move it away, or set DATA_DIR to another folder';

function belongsToAnother(owner: number, uid: number | undefined): string {
  return `this belongs to the user with the id ${owner}, and PostgreSQL would run as ${uid}; start Turnabout as its owner, or give it away with chown -R`;
}

function mayNotEnter(owner: number): string {
  return `PostgreSQL runs as the user with the id ${owner}, who may not enter this folder; allow it with chmod o+x`;
}

function otherVersion(found: string, brought: string): string {
  return `the data is of PostgreSQL ${found}, and this Turnabout brings ${brought}; write a backup with the Turnabout that made it, and restore that into a new DATA_DIR`;
}
