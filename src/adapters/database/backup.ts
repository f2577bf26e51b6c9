// Writes what is in the database into one file. COPY does it, because the server of our own brings no pg_dump.

import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ClientBase, Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { replaceWith } from './backup-file.ts';
import { encryption } from './backup-sealing.ts';
import { AS_TEXT, sequencesOf, tablesOf } from './backup-tables.ts';
import {
  CLOSING,
  copyLine,
  copyOut,
  keyLine,
  type Manifest,
  manifestLine,
  OPENING,
  quoted,
  ROWS_END,
  sequenceLine,
} from './backup-text.ts';
import { recordedIn } from './migrate-record.ts';
import { inTransaction, onConnection } from './postgres-transaction.ts';

export type BackupOptions = {
  readonly pool: Pool;
  /** A file that is there already is replaced when the new one is whole. */
  readonly path: string;
  /** Encrypts the file; without one the key is left out. */
  readonly passphrase?: string | undefined;
  readonly secretKey?: string | undefined;
  readonly now: () => Date;
};

/** What a backup holds. */
export type BackupContents = {
  readonly tables: number;
  readonly rows: number;
  readonly holdsKey: boolean;
  readonly createdAt: Date;
};

/** All tables as they were at one moment. Throws InvalidInput where the file cannot be written. */
export async function writeBackup(options: BackupOptions): Promise<BackupContents> {
  return onConnection(options.pool, (client) => inTransaction(client, () => write(client, options)));
}

async function write(client: ClientBase, options: BackupOptions): Promise<BackupContents> {
  const { path, passphrase, secretKey, now } = options;
  const key = passphrase === undefined ? undefined : secretKey;
  await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  await client.query(AS_TEXT);
  const about = { createdAt: now().toISOString(), holdsKey: key !== undefined };
  const manifest = await manifestOf(client, about);
  await replaceWith(path, (sink) =>
    pipeline(textOf(client, { manifest, key }), createGzip(), encryption(passphrase), sink),
  );
  return contentsOf(manifest);
}

async function manifestOf(
  client: ClientBase,
  about: Pick<Manifest, 'createdAt' | 'holdsKey'>,
): Promise<Manifest> {
  const recorded = await recordedIn(client);
  const tables: Manifest['tables'] = [];
  for (const { name, columns } of await tablesOf(client)) {
    const { rows } = await client.query(`SELECT count(*) AS rows FROM ${quoted(name)}`);
    tables.push({ name, columns, rows: Number(rows[0].rows) });
  }
  const migrations = recorded.filter(({ isFinished }) => isFinished).map(({ name }) => name);
  return { format: 1, ...about, migrations, tables };
}

type Text = { readonly manifest: Manifest; readonly key: string | undefined };

async function* textOf(client: ClientBase, { manifest, key }: Text): AsyncGenerator<string | Uint8Array> {
  yield `${manifestLine(manifest)}\n`;
  if (key !== undefined) yield `${keyLine(key)}\n`;
  yield `${OPENING}\n`;
  for (const table of manifest.tables) {
    yield `${copyLine(table)}\n`;
    yield* client.query(copyTo(copyOut(table)));
    yield `${ROWS_END}\n`;
  }
  for (const { name, next } of await sequencesOf(client)) yield `${sequenceLine(name, next)}\n`;
  yield `${CLOSING}\n`;
}

export function contentsOf({ tables, holdsKey, createdAt }: Manifest): BackupContents {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { tables: tables.length, rows, holdsKey, createdAt: new Date(createdAt) };
}
