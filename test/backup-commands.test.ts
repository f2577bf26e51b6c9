// `backup` and `restore` on a database of others: what comes back, what does not, and in which order.

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../src/adapters/database/connection.ts';
import { startQueue } from '../src/adapters/jobs/queue.ts';
import { layKey } from '../src/adapters/secrets/key-file.ts';
import type { BackupArguments } from '../src/adapters/terminal/arguments.ts';
import { backup, restore } from '../src/backup-commands.ts';
import { requireSameKey, secretsOf } from '../src/build-world.ts';
import { InvalidInput } from '../src/domain/errors.ts';
import { freshDatabase, type TestDatabase, temporaryFolder } from './support/database.ts';

const KEY = 'the key that the service had when the backup was made';
const OTHER = 'quite another key than the one of the backup, and as long';

let before: TestDatabase;
let place: TestDatabase;
let folder: string;
let sealed: BackupArguments;
let open: BackupArguments;

const typed = (file: string, more: Partial<BackupArguments> = {}): BackupArguments => ({
  command: 'restore',
  file: join(folder, file),
  replace: false,
  ...more,
});

function environment(database: TestDatabase, more: Readonly<Record<string, string>> = {}): void {
  const none = { SMTP_URL: '', MAIL_FROM: '', IMAP_URL: '', PUBLIC_URL: '', PORT: '', SECRET_KEY: '' };
  const all = { ...none, DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), ...more };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
}

/** Somebody with two tokens, a feed, a passkey, an identity and a calendar, who is signed in. */
const ANA = `
  INSERT INTO person (id, email, name, zone, created_at)
    VALUES ('aaaaaaaa-0000-4000-8000-000000000000', 'ana@example.com', 'Ana', 'UTC', now());
  INSERT INTO api_token (id, person_id, name, token_hash, scopes, created_at, expires_at)
    SELECT gen_random_uuid(), id, name, name, '{read}', now(), now() + interval '1 year'
    FROM (SELECT id, unnest('{kept,lost}'::text[]) AS name FROM person) AS tokens;
  INSERT INTO feed (id, person_id, name, token_hash, detail, created_at) SELECT gen_random_uuid(), id, 'old', 'old', 'full', now() FROM person;
  INSERT INTO passkey (id, person_id, credential_id, public_key, counter, transports, name, created_at)
    SELECT gen_random_uuid(), id, 'stolen', '', 0, '{}', 'phone', now() FROM person;
  INSERT INTO identity SELECT gen_random_uuid(), id, 'https://login.example.com', 'ana', 'ana@example.com', now() FROM person;
  INSERT INTO session (id, person_id, token_hash, created_at, rotated_at, seen_at, expires_at, user_agent, signed_in_by)
    SELECT gen_random_uuid(), id, 's', now(), now(), now(), now() + interval '1 day', '', 'link' FROM person;
  INSERT INTO calendar (id, person_id, kind, name, sealed_address, host, created_at, next_check_at)
    SELECT gen_random_uuid(), id, 'ics', 'Work', 'sealed', 'calendars.example.com', now(), 'infinity' FROM person;`;

beforeAll(async () => {
  folder = await temporaryFolder('backup-commands');
  before = await freshDatabase();
  await before.pool.query(ANA);
  const connection = connect(before.config);
  const here = { connection, where: 'here', isAlone: false, close: connection.close };
  await requireSameKey(here, await secretsOf({ SECRET_KEY: KEY, DATA_DIR: folder }));
  await connection.close();
  const passphraseFile = join(folder, 'passphrase');
  await writeFile(passphraseFile, 'four words nobody guesses\n');
  sealed = typed('sealed', { passphraseFile });
  open = typed('open');
  environment(before, { SECRET_KEY: KEY });
  for (const each of [sealed, open]) await backup({ ...each, command: 'backup' }, () => undefined);
});

beforeEach(async () => {
  place = await freshDatabase();
  await mkdir(join(folder, 'data'), { recursive: true });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await place.drop();
});

afterAll(() => before.drop());

/** Restores into the place, and gives what is said. */
async function restored(what: BackupArguments): Promise<string[]> {
  const said: string[] = [];
  await restore(what, (sentence) => said.push(sentence));
  return said;
}

async function column<T>(sql: string): Promise<T[]> {
  const { rows } = await place.pool.query({ text: sql, rowMode: 'array' });
  return rows.map(([value]) => value);
}

describe('the key of a backup', () => {
  it('lies in the data folder, and nobody is signed in, before it is said that all is restored', async () => {
    const dataDir = join(folder, 'new');
    environment(place, { DATA_DIR: dataDir });
    let said = '';
    await restore(sealed, (sentence) => {
      if (sentence.startsWith('Restored')) said = readFileSync(join(dataDir, 'secret.key'), 'utf8');
    });
    expect(said).toBe(`${KEY}\n`);
    expect((await stat(join(dataDir, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect(await column('SELECT name FROM person')).toEqual(['Ana']);
    expect(await column('SELECT token_hash FROM session')).toEqual([]);
  });

  it('is asked for before anything is changed, where SECRET_KEY is set to another', async () => {
    environment(place, { SECRET_KEY: OTHER });
    const error = await restored(sealed).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(InvalidInput);
    expect(error).toMatchObject({
      where: 'SECRET_KEY',
      message: expect.stringContaining('nothing was changed'),
    });
    expect(await column('SELECT name FROM person')).toEqual([]);
    expect(existsSync(join(folder, 'data', 'secret.key'))).toBe(false);
    environment(place);
    await restored(sealed);
    expect(await readFile(join(folder, 'data', 'secret.key'), 'utf8')).toBe(`${KEY}\n`);
  });

  it('that is set already stays where it is', async () => {
    environment(place, { SECRET_KEY: KEY, DATA_DIR: join(folder, 'untouched') });
    await restored(sealed);
    expect(existsSync(join(folder, 'untouched'))).toBe(false);
    expect(await column('SELECT name FROM calendar')).toEqual(['Work']);
  });

  it('that is not in it and is another now takes the calendars along', async () => {
    environment(place, { SECRET_KEY: OTHER });
    expect(await restored(open)).toContainEqual(
      expect.stringContaining('1 calendars could not be read again'),
    );
    expect(await column('SELECT name FROM calendar')).toEqual([]);
    expect(await column(`SELECT name FROM instance_fact WHERE name = 'key-check'`)).toEqual([]);
  });

  it('that is not in it and is the same now keeps them', async () => {
    environment(place, { SECRET_KEY: KEY });
    await restored(open);
    expect(await column('SELECT name FROM calendar')).toEqual(['Work']);
  });

  it('replaces another one only when it is told to', async () => {
    const dataDir = join(folder, 'replaced');
    await (await layKey(dataDir, OTHER))();
    const place = await layKey(dataDir, KEY);
    expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe(`${OTHER}\n`);
    await place();
    expect(await readFile(join(dataDir, 'secret.key'), 'utf8')).toBe(`${KEY}\n`);
  });
});

describe('what was revoked or removed since the backup', () => {
  beforeEach(() => environment(place, { SECRET_KEY: KEY }));

  it('stays so where the database is replaced', async () => {
    await restored(open);
    await place.pool.query(
      `UPDATE api_token SET revoked_at = now() WHERE name = 'lost'; DELETE FROM feed; DELETE FROM passkey; DELETE FROM identity`,
    );
    const said = await restored({ ...open, replace: true });
    expect(said).toContain(
      'Of API tokens, feeds, passkeys and identities 4 were revoked or removed since, and stay so.',
    );
    expect(await column('SELECT name FROM api_token WHERE revoked_at IS NULL')).toEqual(['kept']);
    expect(await column('SELECT name FROM feed WHERE revoked_at IS NULL')).toEqual([]);
    expect(await column('SELECT name FROM passkey')).toEqual([]);
    expect(await column('SELECT subject FROM identity')).toEqual([]);
  });

  it('is not known where nobody was there, which is said', async () => {
    const said = await restored(open);
    expect(said).toContainEqual(expect.stringContaining('are those of that day'));
    expect(await column('SELECT name FROM api_token WHERE revoked_at IS NULL ORDER BY 1')).toEqual([
      'kept',
      'lost',
    ]);
    expect(await column('SELECT name FROM passkey')).toEqual(['phone']);
  });

  it('is not known of those who were not there', async () => {
    await place.pool.query(ANA.split(';')[0]!.replace(/aaaaaaaa/, 'bbbbbbbb'));
    await restored({ ...open, replace: true });
    expect(await column('SELECT name FROM api_token WHERE revoked_at IS NULL ORDER BY 1')).toEqual([
      'kept',
      'lost',
    ]);
  });
});

describe('a restore', () => {
  it('says that invitations are mailed again', async () => {
    environment(place, { SECRET_KEY: KEY });
    expect(await restored(open)).toContainEqual(
      expect.stringContaining('every coming invitation is mailed again'),
    );
  });

  it('over people is refused with the option that allows it', async () => {
    environment(place, { SECRET_KEY: KEY });
    await restored(open);
    await expect(restored(open)).rejects.toThrow('add --replace');
  });

  it('is refused while a service works on the database, whose jobs stay', async () => {
    environment(place, { SECRET_KEY: KEY });
    const { presentAt } = await import('../src/adapters/database/presence.ts');
    const service = await presentAt({ config: place.config, where: 'here' });
    const connection = connect(place.config);
    const queue = await startQueue({ pool: connection.pool, isAlone: false, say: () => undefined });
    await expect(restored({ ...open, replace: true })).rejects.toThrow(/^another Turnabout works on it/);
    expect(await queue.check()).toBeUndefined();
    await queue.stop(0);
    await connection.close();
    await service.release();
    await restored({ ...open, replace: true });
    expect(await column(`SELECT 1 FROM pg_namespace WHERE nspname = 'pgboss'`)).toEqual([]);
  });
});
