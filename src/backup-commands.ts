// `backup` and `restore`: everything that the service keeps, in one file and back.

import { writeBackup } from './adapters/database/backup.ts';
import { forgetSealed } from './adapters/database/key-check.ts';
import { type Restored, readBackup } from './adapters/database/restore.ts';
import { keyIn, layKey } from './adapters/secrets/key-file.ts';
import type { BackupArguments } from './adapters/terminal/arguments.ts';
import { secretsOf } from './build-world.ts';
import { InvalidInput } from './domain/errors.ts';
import type { World } from './flows/world.ts';
import { bringUpToDate, MIGRATIONS, openDatabase } from './open-database.ts';
import { passphraseFor } from './passphrase.ts';
import { readSettings, type Settings } from './settings.ts';

type Say = (sentence: string) => void;

const TERMINAL = { input: process.stdin, output: process.stderr };

export async function backup(typed: BackupArguments, say: Say): Promise<void> {
  const settings = readSettings(process.env);
  const passphrase = await passphraseFor(typed, TERMINAL);
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
  const passphrase = await passphraseFor(typed, TERMINAL);
  const open = await openDatabase(settings, say, 'alone');
  try {
    await bringUpToDate(open);
    const { file: path, replace } = typed;
    const key = keyOf(settings);
    const restored = await readBackup({
      pool: open.connection.pool,
      path,
      passphrase,
      replace,
      folder: MIGRATIONS,
      now: () => new Date(),
      requireKey: key.require,
      within: key.take,
    });
    const removed = await key.settle();
    for (const sentence of aboutRestored(restored, removed)) say(sentence);
  } finally {
    await open.close();
  }
}

/** The key of a backup on its way to become the key of the service, step by step with the rows. */
function keyOf(settings: Settings) {
  const { SECRET_KEY, DATA_DIR } = settings;
  let place = async () => {};
  let removed = 0;
  return {
    require: (secretKey: string | undefined) => {
      if (SECRET_KEY !== undefined && secretKey !== undefined && SECRET_KEY !== secretKey)
        throw new InvalidInput('SECRET_KEY', OTHER_KEY);
    },
    take: async (client: Parameters<typeof forgetSealed>[0], secretKey: string | undefined) => {
      if (secretKey === undefined) removed = await forgetSealed(client, opensWith(await secretsOf(settings)));
      else if (SECRET_KEY === undefined) place = await layKey(DATA_DIR, secretKey);
    },
    /** Gives how many calendars could not be kept. */
    settle: async () => {
      await place();
      return removed;
    },
  };
}

const OTHER_KEY =
  'is set to another key than the backup was made with; nothing was changed. Set it to the one of then, or remove the setting: the key of the backup will then lie in DATA_DIR';

function opensWith({ open }: World['secrets']): (sealed: Uint8Array) => boolean {
  return (sealed) => {
    try {
      open(sealed);
      return true;
    } catch {
      return false;
    }
  };
}

function aboutRestored(restored: Restored, removed: number): string[] {
  const { rows, tables, createdAt, raisedBy, ended } = restored;
  const sentences = [
    `Restored ${rows} rows of ${tables} tables, as they were on ${createdAt.toISOString()}. Every SEQUENCE is raised by ${raisedBy}; everybody signs in anew.`,
    ended === undefined
      ? 'API tokens, feeds, passkeys and identities are those of that day: what was revoked or removed since has to be so again.'
      : `Of API tokens, feeds, passkeys and identities ${ended} were revoked or removed since, and stay so.`,
    'With the next start every coming invitation is mailed again, as changed: what was sent since that day is not known.',
  ];
  if (removed > 0)
    sentences.push(
      `The backup holds no key, so ${removed} calendars could not be read again and were removed: their owners connect them anew.`,
    );
  return sentences;
}
