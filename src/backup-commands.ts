// `backup` and `restore`: everything that the service keeps, in one file and back.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { writeBackup } from './adapters/database/backup.ts';
import { readBackup } from './adapters/database/restore.ts';
import { keyIn, putKey } from './adapters/secrets/key-file.ts';
import type { BackupArguments } from './adapters/terminal/arguments.ts';
import { requireSameKey, secretsOf } from './build-world.ts';
import { InvalidInput } from './domain/errors.ts';
import { bringUpToDate, MIGRATIONS, type OpenDatabase, openDatabase } from './open-database.ts';
import { readSettings, type Settings } from './settings.ts';

type Say = (sentence: string) => void;

export async function backup(typed: BackupArguments, say: Say): Promise<void> {
  const settings = readSettings(process.env);
  const passphrase = await passphraseFor(typed);
  const open = await openDatabase(settings, say, 'beside');
  try {
    const secretKey = settings.SECRET_KEY ?? (await keyIn(settings.DATA_DIR));
    const { pool } = open.connection;
    const contents = await writeBackup({
      pool,
      path: typed.file,
      passphrase,
      secretKey,
      now: () => new Date(),
    });
    say(
      `${typed.file} holds ${contents.rows} rows of ${contents.tables} tables${contents.holdsKey ? ', and the key' : ''}.`,
    );
    if (!contents.holdsKey)
      say(
        'It is not encrypted and holds no key: once it is restored elsewhere, calendars have to be connected anew. Give a passphrase for that.',
      );
  } finally {
    await open.close();
  }
}

export async function restore(typed: BackupArguments, say: Say): Promise<void> {
  const settings = readSettings(process.env);
  const passphrase = await passphraseFor(typed);
  // As its owner: not while the service is running.
  const open = await openDatabase(settings, say);
  try {
    await bringUpToDate(open);
    const { pool } = open.connection;
    const { file: path, replace } = typed;
    const { secretKey, rows, tables, createdAt } = await readBackup({
      pool,
      path,
      passphrase,
      replace,
      folder: MIGRATIONS,
      now: () => new Date(),
    });
    say(
      `Restored ${rows} rows of ${tables} tables, as they were on ${createdAt.toISOString()}. Every SEQUENCE is raised by 100; everybody signs in anew.`,
    );
    await forgetPassing(open);
    await takeKey({ settings, open, secretKey }, say);
  } finally {
    await open.close();
  }
}

/** What was revoked since must not come back to life, and jobs are asked for anew by whatever is due. */
async function forgetPassing({ connection: { client } }: OpenDatabase): Promise<void> {
  await client.session.deleteMany({});
  await client.signInLink.deleteMany({});
  await client.challenge.deleteMany({});
  await client.rateLimit.deleteMany({});
  await client.idempotentAnswer.deleteMany({});
  await client.$executeRaw`DROP SCHEMA IF EXISTS pgboss CASCADE`;
}

type Keys = {
  readonly settings: Settings;
  readonly open: OpenDatabase;
  readonly secretKey: string | undefined;
};

/** The key that came along counts from now on; without one that fits, what was sealed cannot be opened again. */
async function takeKey({ settings, open, secretKey }: Keys, say: Say): Promise<void> {
  if (secretKey !== undefined && settings.SECRET_KEY === undefined)
    await putKey(settings.DATA_DIR, secretKey);
  if (secretKey !== undefined && settings.SECRET_KEY !== undefined && settings.SECRET_KEY !== secretKey)
    say(
      'SECRET_KEY is set to another key than the backup was made with: set it to the one of then, or remove the setting.',
    );
  try {
    await requireSameKey(open, await secretsOf(settings));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    if (secretKey !== undefined) return;
    const { client } = open.connection;
    const { count } = await client.calendar.deleteMany({});
    await client.instanceFact.deleteMany({ where: { name: 'key-check' } });
    say(
      `The backup holds no key, so ${count} calendars could not be read again and were removed: their owners connect them anew.`,
    );
  }
}

/** From the file, or asked for at a terminal; none otherwise. */
async function passphraseFor({ command, passphraseFile }: BackupArguments): Promise<string | undefined> {
  if (passphraseFile !== undefined) {
    const text = await readFile(passphraseFile, 'utf8').catch((cause: unknown) => {
      throw new InvalidInput('--passphrase-file', `${passphraseFile} cannot be read`, { cause });
    });
    const [line = ''] = text.split(/\r?\n/);
    if (line === '')
      throw new InvalidInput(
        '--passphrase-file',
        `the first line of ${passphraseFile} is empty: write the passphrase there`,
      );
    return line;
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const question =
    command === 'backup'
      ? 'Passphrase (none: not encrypted, without the key): '
      : 'Passphrase (none: the file is not encrypted): ';
  const line = await terminal.question(question);
  terminal.close();
  return line === '' ? undefined : line;
}
