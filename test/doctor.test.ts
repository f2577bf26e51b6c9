// What `doctor` says, and that it leaves everything as it was.

import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../src/adapters/database/connection.ts';
import { startQueue } from '../src/adapters/jobs/queue.ts';
import { requireSameKey, secretsOf } from '../src/build-world.ts';
import { examine } from '../src/doctor.ts';
import { freshDatabase, type TestDatabase, temporaryFolder } from './support/database.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await temporaryFolder('doctor');
});

afterAll(() => database.drop());

const KEY = 'a key that is long enough for a test of the doctor';

/** Its findings as lines. */
async function findings(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const found = await examine({ DATA_DIR: join(folder, 'data'), ...environment });
  return found.map(({ what, state, text }) => `${state} ${what}: ${text}`);
}

const about = async (what: string, environment: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  (await findings({ DATABASE_URL: database.url, SECRET_KEY: KEY, ...environment })).filter((line) =>
    line.includes(` ${what}: `),
  );

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('where nothing was started', () => {
  it('says so, and makes nothing', async () => {
    const nowhere = join(folder, 'mistyped', 'data');
    const said = await findings({ DATA_DIR: nowhere });
    expect(said).toContainEqual(
      expect.stringContaining(`note data folder: ${nowhere} is not there yet: the first start makes it, `),
    );
    expect(said).toContain(
      `note database: nothing was started here yet: the first start makes one in ${nowhere}`,
    );
    expect(said.filter((line) => line.startsWith('wrong'))).toEqual([]);
    expect(await isThere(join(folder, 'mistyped'))).toBe(false);
  });

  it('says that a folder could not be made', async () => {
    await writeFile(join(folder, 'file'), '');
    const [said] = (await findings({ DATA_DIR: join(folder, 'file', 'data') })).slice(1);
    expect(said).toMatch(/^wrong data folder: .* cannot be used \(ENOTDIR\): set DATA_DIR, or /);
  });
});

describe('the key', () => {
  const environment = { SECRET_KEY: '' };

  it('is not made by looking for it', async () => {
    await mkdir(join(folder, 'data'));
    expect(await about('key', environment)).toEqual([
      `note key: there is none yet: the first start makes one in ${join(folder, 'data')}`,
    ]);
    expect(await about('key')).toEqual(['note key: nothing was sealed with one yet']);
    expect(await isThere(join(folder, 'data', 'secret.key'))).toBe(false);
    expect((await database.pool.query('SELECT FROM instance_fact')).rowCount).toBe(0);
  });

  it('is well where it fits, and missed where something was sealed with it', async () => {
    const connection = connect(database.config);
    const open = { connection, where: 'here', isAlone: false, close: connection.close };
    await requireSameKey(open, await secretsOf({ SECRET_KEY: KEY, DATA_DIR: folder }));
    await open.close();
    expect(await about('key')).toEqual(['well key: is that of SECRET_KEY']);
    expect(await about('key', environment)).toEqual([
      `wrong key: is not in ${join(folder, 'data')}: put secret.key back, or set SECRET_KEY to the key of then`,
    ]);
    expect(await about('key', { SECRET_KEY: KEY.toUpperCase() })).toEqual([
      expect.stringContaining('wrong key: is not the key with which the database at '),
    ]);
  });
});

describe('what has failed', () => {
  it('is named with its reason and with what to do: mails', async () => {
    await database.pool.query(
      `INSERT INTO notice (id, key, kind, email, content, created_at, problem)
       VALUES (gen_random_uuid(), 'k', 'invited', 'ana@example.com', '{}', now(), '550 no such user')`,
    );
    expect(await about('undelivered')).toEqual([
      'wrong undelivered: 1 mails could not be delivered: 550 no such user. Ask whose address that is for another one, or whoever runs the mail server; what changes next is mailed again',
    ]);
  });

  it('is named with its reason and with what to do: jobs, and is no more than a note after a day', async () => {
    const { pool, close } = connect(database.config);
    const queue = await startQueue({ pool, isAlone: false, say: () => undefined });
    await queue.stop(0);
    await pool.query(
      `INSERT INTO pgboss.job (name, data, source_name, source_output, created_on)
       VALUES ('dead-letter', '{"calendar": "c"}', 'sync', '{"why": "it does not answer"}', now())`,
    );
    await close();
    expect(await about('jobs')).toEqual([
      expect.stringMatching(
        /^wrong jobs: 1 have failed for good, the last ones: \S+Z sync: it does not answer\. Put right /,
      ),
    ]);
    await database.pool.query(`UPDATE pgboss.job SET created_on = now() - interval '25 hours'`);
    expect(await about('jobs')).toEqual([expect.stringMatching(/^note jobs: 1 have failed for good/)]);
  });

  it('is named with what to do: mail, mailbox and public address that do not answer, without their passwords', async () => {
    const said = await findings({
      DATABASE_URL: database.url,
      SMTP_URL: 'smtp://ana:s3cret@127.0.0.1:9',
      MAIL_FROM: 'turnabout@example.com',
      IMAP_URL: 'imap://ana:s3cret@127.0.0.1:9',
      PUBLIC_URL: 'http://127.0.0.1:9',
    });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^wrong mail: .*: look at SMTP_URL, and whether that server runs$/),
        expect.stringMatching(/^wrong mailbox: .*: look at IMAP_URL, and whether that server runs$/),
        expect.stringMatching(/^wrong public address: .* does not answer: is the service running/),
      ]),
    );
    expect(said.join()).not.toContain('s3cret');
  });
});
