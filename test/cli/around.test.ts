// The commands around the service, as somebody types them: serve, doctor, backup, restore.

import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/adapters/database/connection.ts';
import { attachEmbedded } from '../../src/adapters/database/embedded.ts';
import { temporaryFolder } from '../support/database.ts';
import { founded, signedByAll, worldOn } from '../support/service-world.ts';
import { turnaboutProcess } from '../support/turnabout-process.ts';
import { type Ran, run } from './run.ts';

let folder: string;

/** In an environment of its own: what is set where tests run counts nothing. */
function turnabout(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const none = { DATABASE_URL: '', SMTP_URL: '', MAIL_FROM: '', SECRET_KEY: '', PUBLIC_URL: '', PORT: '0' };
  return run(args, { folder, env: { ...none, DATA_DIR: join(folder, 'data'), ...env } });
}

describe('serve', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('serve');
  });

  it('says which setting is wrong, and starts nothing', async () => {
    const { code, stdout, stderr } = await turnabout(['serve'], { PORT: '99999', LOG_LEVEL: 'loud' });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('wrong: settings: PORT write a port from 0 to 65535\n');
    expect(stderr).toContain('wrong: settings: LOG_LEVEL is no level');
  });

  it('says that its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await turnabout(['serve'], { PORT: String(port) });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`wrong: PORT: ${port} is in use by another program: name a free one`);
  });

  it('says that a server of others does not answer', async () => {
    const env = { DATABASE_URL: 'postgresql://nobody:s3cret@127.0.0.1:9/nothing' };
    const { code, stderr } = await turnabout(['serve'], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^wrong: 127\.0\.0\.1\/nothing: /m);
    expect(stderr).not.toContain('s3cret');
  });

  it('refuses the database of another key', async () => {
    expect((await start()).code).toBe(0);
    const env = { SECRET_KEY: 'quite another key than the one that lies in the folder' };
    const { code, stderr } = await turnabout(['serve'], env);
    expect(code).toBe(1);
    expect(stderr).toContain('wrong: SECRET_KEY: is not the key with which the database at ');
  });
});

/** Starts the service in the folder, does something with it, and stops it. */
async function start(work: (url: string) => Promise<void> = async () => undefined) {
  const service = await turnaboutProcess({ DATA_DIR: join(folder, 'data') });
  await work(service.url);
  return { code: await service.stop(), said: service.said() };
}

describe('doctor', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('doctor');
  });

  it('names the settings that are wrong', async () => {
    const { code, stdout } = await turnabout(['doctor'], { PORT: '99999' });
    expect(code).toBe(2);
    expect(stdout).toContain('wrong  settings: PORT write a port from 0 to 65535');
  });

  it('looks at a set-up where nothing was ever started', async () => {
    const { code, stdout } = await turnabout(['doctor']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^note {3}database: nothing was started here yet: /m);
    expect(stdout).toMatch(/^note {3}mail: SMTP_URL is not set/m);
  });

  it('looks beside a running service, at its database, its people and its calendars', async () => {
    await start(async () => {
      await inDatabase(async (pool) => {
        await pool.query(
          `INSERT INTO person (id, name, email, zone, region, created_at)
           VALUES (gen_random_uuid(), 'Ana Duarte', 'ana@example.com', 'Europe/Lisbon', 'none', now())`,
        );
        await pool.query(
          `INSERT INTO calendar (id, person_id, kind, name, sealed_address, host, created_at, next_check_at, problem)
           SELECT gen_random_uuid(), id, 'ics', 'Work', 'sealed', 'calendars.example.com', now(), 'infinity', 'it does not answer'
           FROM person`,
        );
      });
      const { code, stdout } = await turnabout(['doctor']);
      expect(stdout).toMatch(/^well {3}migrations: are applied$/m);
      expect(stdout).toMatch(/^well {3}clock: /m);
      expect(stdout).toMatch(/^well {3}key: is kept in /m);
      expect(stdout).toMatch(/^well {3}people: 1 have an account$/m);
      expect(stdout).toMatch(
        /^wrong {2}calendar: calendars\.example\.com: unknown, never read: it does not answer$/m,
      );
      expect(code).toBe(2);
    });
  });
});

type Pool = ReturnType<typeof connect>['pool'];

async function inDatabase<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  const server = await attachEmbedded({ dataDir: join(folder, 'data'), say: () => undefined });
  const { pool, close } = connect(server.connection);
  try {
    return await work(pool);
  } finally {
    await close();
    await server.stop();
  }
}

describe('backup and restore', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('backup');
    await writeFile(join(folder, 'passphrase'), 'a passphrase for tests\n');
    await start();
    await seed();
  });

  const sequences = () =>
    inDatabase(async (pool) => {
      const { rows } = await pool.query<{ uid: string; sequence: number }>(
        'SELECT uid, sequence FROM occurrence ORDER BY uid',
      );
      return rows;
    });

  it('bring everything back elsewhere, key included, every SEQUENCE raised by 100', async () => {
    const before = await sequences();
    expect(before).toHaveLength(12);
    const made = await turnabout(['backup', 'all.age', '--passphrase-file', 'passphrase']);
    expect(made.stderr).toMatch(/all\.age holds \d+ rows of \d+ tables, and the key\./);
    expect(made.code).toBe(0);
    await rm(join(folder, 'data'), { recursive: true });
    const back = await turnabout(['restore', 'all.age', '--passphrase-file', 'passphrase']);
    expect(back.stderr).toMatch(/Restored \d+ rows/);
    expect(back.code).toBe(0);
    expect(await sequences()).toEqual(before.map(({ uid, sequence }) => ({ uid, sequence: sequence + 100 })));
    const { code } = await start(async (url) => {
      expect((await fetch(new URL('/readyz', url))).status).toBe(200);
    });
    expect(code).toBe(0);
  });

  it('without a passphrase leave the key out, say so, and calendars are to be connected anew', async () => {
    const made = await turnabout(['backup', 'open.txt']);
    expect(made.stderr).toContain('It is not encrypted and holds no key');
    await rm(join(folder, 'data'), { recursive: true });
    const back = await turnabout(['restore', 'open.txt']);
    expect(back.stderr).toContain('The backup holds no key, so 1 calendars could not be read again');
    expect(back.code).toBe(0);
    expect((await start()).code).toBe(0);
  });

  it('do not overwrite what is there, unless that is asked for', async () => {
    const refused = await turnabout(['restore', 'all.age', '--passphrase-file', 'passphrase']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^wrong: /m);
    const replaced = await turnabout(['restore', 'all.age', '--replace', '--passphrase-file', 'passphrase']);
    expect(replaced.code).toBe(0);
  });

  it('are refused with a passphrase file that is not there', async () => {
    const { code, stderr } = await turnabout(['backup', 'x.age', '--passphrase-file', 'nowhere']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nowhere cannot be read')]);
  });

  it('refuse to restore under a running service', async () => {
    await start(async () => {
      const { code, stderr } = await turnabout([
        'restore',
        'all.age',
        '--replace',
        '--passphrase-file',
        'passphrase',
      ]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('wrong: ')]);
    });
  });
});

describe('sign-in-link', () => {
  beforeAll(async () => {
    folder = await temporaryFolder('link');
    await start();
    await seed();
  });

  it('lets somebody in who has an account, once, while the service runs', async () => {
    await start(async (url) => {
      const env = { PUBLIC_URL: url.replace(/\/$/, '') };
      const { code, stdout } = await turnabout(['sign-in-link', 'Ana@example.com'], env);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^http:.*\/sign-in\/confirm\/[\w-]+\n$/);
      const confirm = () =>
        fetch(stdout.trim(), {
          method: 'POST',
          redirect: 'manual',
          headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
        });
      expect((await fetch(stdout.trim())).status).toBe(200);
      const entered = await confirm();
      expect([entered.status, entered.headers.get('set-cookie')]).toEqual([
        303,
        expect.stringContaining('turnabout'),
      ]);
      expect((await confirm()).status).toBe(410);
    });
  });

  it('is for nobody without an account', async () => {
    const { code, stdout, stderr } = await turnabout(['sign-in-link', 'eve@example.com']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('wrong: eve@example.com: nobody has an account by this address');
    const none = await turnabout(['sign-in-link', 'eve']);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('eve is no e-mail address')]);
  });
});

/** A partnership that is under way, and a calendar. */
async function seed(): Promise<void> {
  const server = await attachEmbedded({ dataDir: join(folder, 'data'), say: () => undefined });
  const world = await worldOn(
    { config: server.connection, drop: () => server.stop() },
    new Date().toISOString(),
  );
  const people = [
    await world.person('Ana Duarte', 'Europe/Lisbon'),
    await world.person('Ben Okafor', 'Europe/Berlin'),
  ];
  const id = await founded(world, people);
  await signedByAll(world, id, people);
  await world.settle();
  await world.connection.pool.query(
    `INSERT INTO calendar (id, person_id, kind, name, sealed_address, host, created_at, next_check_at)
     VALUES (gen_random_uuid(), $1, 'ics', 'Work', 'sealed', 'calendars.example.com', now(), 'infinity')`,
    [people[0]],
  );
  await world.close();
}
