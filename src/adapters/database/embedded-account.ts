// As whom PostgreSQL runs: it refuses to run as root, so root starts it as a user without rights.

import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseUnavailable } from '../../domain/errors.ts';

export type Account = { readonly uid: number; readonly gid: number };

/**
 * Whom to become: nobody in particular unless we are root, else the owner of the data where there is some already, else the
 * user `nobody`.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

async function nobody(): Promise<Account> {
  const users = await readFile('/etc/passwd', 'utf8');
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(users) ?? [];
  if (uid === undefined || gid === undefined) throw new DatabaseUnavailable('/etc/passwd', NO_NOBODY);
  return { uid: Number(uid), gid: Number(gid) };
}

const NO_NOBODY =
  'PostgreSQL does not run as root, and there is no user "nobody"; start Turnabout as another user, or set DATABASE_URL';

/** The first folder on the way to `path`, itself included, that the account may not enter; undefined where it gets there. */
export async function barrierTo(path: string, account: Account | undefined): Promise<string | undefined> {
  if (!account) return undefined;
  const folders = [path];
  while (dirname(folders[0]!) !== folders[0]) folders.unshift(dirname(folders[0]!));
  for (const folder of folders) if (!(await mayEnter(folder, account))) return folder;
  return undefined;
}

async function mayEnter(folder: string, { uid, gid }: Account): Promise<boolean> {
  const { mode, uid: owner, gid: group } = await stat(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  return (mode & (group === gid ? 0o010 : 0o001)) !== 0;
}

/** How its programs are started: in English, in no folder of ours, with nothing of our environment. */
export function surroundingsFor(account: Account | undefined): Surroundings {
  return { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, ...account };
}

export type Surroundings = Partial<Account> & { readonly cwd: string; readonly env: Record<string, string> };
