// Puts a backup back into a database, as a whole or not at all.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ClientBase, Pool } from 'pg';
import { InvalidInput } from '../../domain/errors.ts';
import { type BackupContents, contentsOf } from './backup.ts';
import { fileFault } from './backup-file.ts';
import { decryption, kindOf, Sealed } from './backup-sealing.ts';
import { AS_TEXT } from './backup-tables.ts';
import { type Manifest, readKeyLine, readManifestLine } from './backup-text.ts';
import { type Migration, migrationsIn } from './migrate-record.ts';
import { inTransaction, onConnection } from './postgres-transaction.ts';
import { endAccess, noteAccess } from './restore-access.ts';
import { CutOff, Lines } from './restore-lines.ts';
import { fill } from './restore-rows.ts';
import { bringUp, emptyFor, lockFor } from './restore-schema.ts';
import { floorIn } from './sequence-floor.ts';

export type RestoreOptions = {
  readonly pool: Pool;
  readonly path: string;
  readonly passphrase?: string | undefined;
  /** The migrations of this code, as for `migrate`. */
  readonly folder: string;
  readonly now: () => Date;
  /** Whether a database with people in it may be emptied first. */
  readonly replace?: boolean;
  /** Told before anything is changed which key the backup holds; what it throws refuses the restore. */
  readonly requireKey?: (secretKey: string | undefined) => void;
  /** What else is to count with the rows, or not at all. */
  readonly within?: (client: ClientBase, secretKey: string | undefined) => Promise<void>;
};

export type Restored = BackupContents & {
  /** By how much every SEQUENCE was raised. */
  readonly raisedBy: number;
  /** How many tokens, feeds, passkeys and identities count no longer, as before the restore; undefined where nobody was there. */
  readonly ended: number | undefined;
};

/**
 * Throws InvalidInput where the backup cannot be used or the database has people in it, DatabaseUnavailable where the
 * database is at fault. The database is as it was then.
 */
export async function readBackup(options: RestoreOptions): Promise<Restored> {
  const migrations = await migrationsIn(options.folder);
  try {
    const passphrase = await passphraseFor(options);
    return await pipeline(
      createReadStream(options.path),
      decryption(passphrase),
      createGunzip({ chunkSize: CHUNK }),
      (text: AsyncIterable<Buffer>) => restore(new Lines(text), { ...options, migrations }),
    );
  } catch (error) {
    throw refusal(error, options.path) ?? error;
  }
}

/** Bytes of text at a time; rows go on to the database in pieces of about that size. */
const CHUNK = 256 * 1024;

async function passphraseFor({ path, passphrase }: RestoreOptions): Promise<string | undefined> {
  const kind = await kindOf(path);
  if (kind === 'other') throw new InvalidInput(path, NO_BACKUP);
  if (kind === 'packed') return undefined;
  if (passphrase === undefined) throw new InvalidInput(path, 'it is encrypted; give the passphrase of then');
  return passphrase;
}

const NO_BACKUP = 'this is no backup of Turnabout, or one that only a newer Turnabout can read';

type Restoring = RestoreOptions & { readonly migrations: readonly Migration[] };

async function restore(lines: Lines, options: Restoring): Promise<Restored> {
  const manifest = readManifestLine((await lines.next()) ?? '');
  if (!manifest) throw new InvalidInput(options.path, NO_BACKUP);
  const secretKey = manifest.holdsKey ? readKeyLine((await lines.next()) ?? '') : undefined;
  requireKnown(manifest, options);
  options.requireKey?.(secretKey);
  const done = await onConnection(options.pool, (client) =>
    inTransaction(client, () => replaceRows(client, { ...options, manifest, lines, secretKey })),
  );
  return { ...contentsOf(manifest), ...done };
}

type Replacing = Restoring & {
  readonly manifest: Manifest;
  readonly lines: Lines;
  readonly secretKey: string | undefined;
};

async function replaceRows(
  client: ClientBase,
  work: Replacing,
): Promise<Pick<Restored, 'raisedBy' | 'ended'>> {
  await lockFor(client, work);
  await noteAccess(client);
  const floor = await floorIn(client);
  await emptyFor(client, work);
  await client.query(AS_TEXT);
  await fill(client, work);
  const raisedBy = await bringUp(client, { ...work, floor });
  const ended = await endAccess(client, work.now());
  await work.within?.(client, work.secretKey);
  return { raisedBy, ended };
}

function requireKnown(manifest: Manifest, { migrations, path }: Restoring): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = manifest.migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new InvalidInput(
      path,
      `it is of a newer Turnabout (with the migration ${unknown}); restore it with that one`,
    );
}

/** What was wrong with the file, as a sentence; undefined where the fault is another's. */
function refusal(error: unknown, path: string): InvalidInput | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof Sealed && error.isWrongPassphrase)
    return new InvalidInput(path, 'the passphrase is not the one of then', { cause: error });
  const code = 'code' in error ? String(error.code) : '';
  if (error instanceof Sealed || error instanceof CutOff || code.startsWith('Z_'))
    return new InvalidInput(path, DAMAGED, { cause: error });
  if ('severity' in error)
    return new InvalidInput(path, `it does not fit (${error.message}); nothing was changed`, {
      cause: error,
    });
  return fileFault(error, path);
}

const DAMAGED = 'it is damaged or was cut off; nothing was changed. Take another backup';
