// As whom the database runs, and where it lies then.

import { execFileSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readlink, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagedBinaries, programIn } from '../../../src/adapters/database/embedded-binaries.ts';
import { runnableBinaries } from '../../../src/adapters/database/embedded-home.ts';
import { temporaryFolder } from '../../support/database.ts';
import {
  elsewhere,
  isRoot,
  laidDataDir,
  newDataDir,
  ORDINARY,
  postmasterIn,
  query,
  refusal,
  run,
  start,
} from './run-embedded.ts';

/** A data folder in a home of mode 0700. */
async function closedDataDir(): Promise<{ readonly home: string; readonly dataDir: string }> {
  const home = await temporaryFolder('home');
  await chmod(home, 0o700);
  return { home, dataDir: join(home, 'data') };
}

describe.skipIf(!isRoot())('where root starts it, a database', () => {
  it('runs as a user without rights', async () => {
    const dataDir = await laidDataDir();
    const database = await start(dataDir);
    const { pid } = (await postmasterIn(dataDir))!;
    expect((await stat(`/proc/${pid}`)).uid).toBe(ORDINARY);
    expect((await stat(database.where)).uid).toBe(ORDINARY);
    await database.stop();
  });

  it('lies elsewhere where that user cannot enter the data folder, is announced, and is found again', async () => {
    const { home, dataDir } = await closedDataDir();
    const said: string[] = [];
    const first = await start(dataDir, (sentence) => said.push(sentence));
    await query(first.connection, 'CREATE TABLE kept AS SELECT 7 AS a');
    await first.stop();
    expect(dirname(first.where)).toBe(elsewhere());
    expect(await readlink(join(dataDir, 'postgres'))).toBe(first.where);
    expect(said).toEqual([
      expect.stringContaining(`The database lies in ${first.where} and its programs in `),
    ]);
    expect(said[0]).toContain(`because PostgreSQL does not run as root and its user may not enter ${home}.`);
    const second = await start(dataDir);
    expect(await query(second.connection, 'SELECT a FROM kept')).toEqual([7]);
    await second.stop();
  });

  it('is one there as well where two Turnabouts begin at once', async () => {
    const { dataDir } = await closedDataDir();
    const before = await readdir(elsewhere()).catch(() => []);
    const outcomes = await Promise.allSettled([run(dataDir), run(dataDir)]);
    for (const each of outcomes) if (each.status === 'fulfilled') await each.value.stop();
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await readdir(elsewhere())).length).toBe(before.length + 1);
  });

  it('that an ordinary user made runs as that user', async () => {
    const dataDir = await ordinaryDataDir();
    await (await run(dataDir, { uid: ORDINARY })).stop();
    const database = await start(dataDir);
    expect((await stat(`/proc/${(await postmasterIn(dataDir))?.pid}`)).uid).toBe(ORDINARY);
    await database.stop();
  });

  it('of root itself is refused', async () => {
    const dataDir = await newDataDir();
    await mkdir(join(dataDir, 'postgres/base'), { recursive: true });
    const { message } = await refusal(start(dataDir));
    expect(message).toContain(`belongs to the user with the id 0, and PostgreSQL would run as ${ORDINARY}`);
  });

  it('that its user can no longer reach names the folder that was closed', async () => {
    const dataDir = await laidDataDir();
    await chmod(dirname(dataDir), 0o700);
    const { where, message } = await refusal(start(dataDir));
    expect(where).toBe(dirname(dataDir));
    expect(message).toContain('who may not enter this folder; allow it with chmod o+x');
  });
});

describe.skipIf(!isRoot())('programs in a folder that only root can enter', () => {
  it('are copied once to where the other user can run them', async () => {
    const home = await temporaryFolder('home');
    const installed = packagedBinaries();
    for (const part of ['bin', 'lib', 'share'])
      await cp(join(installed.root, part), join(home, part), { recursive: true, verbatimSymlinks: true });
    for (const folder of ['', 'bin', 'share']) await chmod(join(home, folder), 0o700);
    const account = { uid: ORDINARY, gid: ORDINARY };
    const copying = { account, elsewhere: await temporaryFolder('programs') };
    const copy = (): ReturnType<typeof runnableBinaries> =>
      runnableBinaries({ ...installed, root: home }, copying);
    const { binaries, barrier } = await copy();
    expect(barrier).toBe(home);
    const options = { ...account, encoding: 'utf8', cwd: '/' } as const;
    expect(execFileSync(programIn(binaries, 'postgres'), ['--version'], options)).toContain('PostgreSQL) 18');
    const made = await stat(binaries.root);
    expect((await copy()).binaries).toEqual(binaries);
    expect((await stat(binaries.root)).ino).toBe(made.ino);
    expect(await readdir(copying.elsewhere)).toEqual([basename(binaries.root)]);
    await rm(home, { recursive: true });
  });
});

/** A folder of an ordinary user's own. */
async function ordinaryDataDir(): Promise<string> {
  const dataDir = await newDataDir();
  await mkdir(dataDir);
  await chown(dataDir, ORDINARY, ORDINARY);
  return dataDir;
}

describe.skipIf(!isRoot())('where an ordinary user starts it, a database', () => {
  it("lies in the data folder and is that user's", async () => {
    const dataDir = await ordinaryDataDir();
    const running = await run(dataDir, { uid: ORDINARY });
    expect(running.where).toBe(join(dataDir, 'postgres'));
    expect(running.told.map(({ kind }) => kind)).toEqual(['started']);
    expect((await stat(running.where)).uid).toBe(ORDINARY);
    await running.stop();
  });

  it('that belongs to somebody else is refused', async () => {
    const dataDir = await ordinaryDataDir();
    await (await run(dataDir, { uid: ORDINARY })).stop();
    const OTHER = ORDINARY - 1;
    const { message } = await refusal(run(dataDir, { uid: OTHER }));
    expect(message).toContain(
      `belongs to the user with the id ${ORDINARY}, and PostgreSQL would run as ${OTHER}`,
    );
  });

  it('cannot be begun in a folder of somebody else', async () => {
    const dataDir = await newDataDir();
    expect((await refusal(run(dataDir, { uid: ORDINARY }))).message).toContain(
      'this may not be entered or written; set DATA_DIR',
    );
  });
});
