// Where a PostgreSQL of our own lies: `postgres` in the data folder. Where root starts it and the user that it becomes cannot
// enter the data folder (a home of mode 0700), it lies elsewhere and `postgres` is a link; so do the programs.

import { chmod, cp, mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { type Account, accountFor, barrierTo } from './embedded-account.ts';
import { type Binaries, packagedBinaries } from './embedded-binaries.ts';
import { inWorkshop, moveUnlessTaken } from './embedded-workshop.ts';

export type Home = {
  /** The data folder of Turnabout. */
  readonly folder: string;
  /** `postgres` in it: PostgreSQL's data folder, a link to it, or nothing yet. */
  readonly entrance: string;
  /** The folder in which new data is laid: the data folder, or elsewhere. */
  readonly parent: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
  /** The folder that keeps data or programs from lying where they would. */
  readonly barrier: string | undefined;
};

export type HomeOptions = {
  readonly dataDir: string;
  /** For what the user that root becomes cannot reach. */
  readonly elsewhere: string;
};

/** Makes the data folder where there is none, and copies the programs where they cannot be reached. */
export async function homeIn({ dataDir, elsewhere }: HomeOptions): Promise<Home> {
  await makeFolder(dataDir);
  const folder = await realpath(dataDir);
  const entrance = join(folder, 'postgres');
  const account = await accountFor(entrance);
  const barrier = await barrierTo(folder, account);
  if (barrier !== undefined) await prepare(elsewhere, account);
  const programs = await runnableBinaries(packagedBinaries(), { account, elsewhere });
  return {
    folder,
    entrance,
    parent: barrier === undefined ? folder : elsewhere,
    account,
    binaries: programs.binaries,
    barrier: barrier ?? programs.barrier,
  };
}

/** Node's recursive mkdir hides why on a disk that is read-only, and goes round for ever in /proc (Node 24.21). */
async function makeFolder(path: string): Promise<void> {
  const make = () =>
    mkdir(path).catch(async (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST' || !(await stat(path)).isDirectory()) throw cause;
    });
  await make().catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' || dirname(path) === path) throw cause;
    await makeFolder(dirname(path));
    await make();
  });
}

async function prepare(elsewhere: string, account: Account | undefined): Promise<void> {
  if (await mkdir(elsewhere, { recursive: true })) await chmod(elsewhere, 0o755);
  const barrier = await barrierTo(elsewhere, account);
  if (barrier !== undefined) throw new DatabaseUnavailable(barrier, ALSO_CLOSED);
}

const ALSO_CLOSED =
  'PostgreSQL does not run as root, and its user may enter neither the data folder nor this one; allow it with chmod o+x';

type Reach = { readonly account: Account | undefined; readonly elsewhere: string };

/** The programs where the account can run them: as installed, or a copy, made once per version for all data folders. */
export async function runnableBinaries(
  binaries: Binaries,
  { account, elsewhere }: Reach,
): Promise<{ readonly binaries: Binaries; readonly barrier: string | undefined }> {
  const barrier = await barrierTo(join(binaries.root, 'bin'), account);
  if (barrier === undefined) return { binaries, barrier };
  const root = join(elsewhere, `programs-${binaries.version}`);
  await prepare(elsewhere, account);
  await inWorkshop(elsewhere, async (workshop) => {
    const copy = join(workshop, 'programs');
    if ((await readdir(elsewhere)).includes(basename(root))) return;
    await cp(binaries.root, copy, { recursive: true, verbatimSymlinks: true });
    await openToAll(copy);
    await moveUnlessTaken(copy, root);
  });
  return { binaries: { ...binaries, root }, barrier };
}

/** What was installed under a strict umask would be closed here as well. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isOpened = entry.isDirectory() || entry.parentPath.endsWith('/bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isOpened ? 0o755 : 0o644);
  }
}
