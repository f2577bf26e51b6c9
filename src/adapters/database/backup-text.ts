// The text of a backup. People can read it and psql can run it: comments, COPY with its rows, and a transaction around it all.

import { z } from 'zod';

const TABLE = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
});

const MANIFEST = z.strictObject({
  /** Of this text; a later Turnabout may write another. */
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** What was applied to the database, in order. */
  migrations: z.array(z.string()),
  /** In the order in which they can be filled. */
  tables: z.array(TABLE),
  /** Whether the key is in it, which encrypts what the database keeps secret. */
  holdsKey: z.boolean(),
});

export type BackupTable = z.infer<typeof TABLE>;
export type Manifest = z.infer<typeof MANIFEST>;

const MANIFEST_MARK = '-- turnabout-backup ';

export function manifestLine(manifest: Manifest): string {
  return MANIFEST_MARK + JSON.stringify(manifest);
}

/** Undefined where this is no first line of a backup that we can read. */
export function readManifestLine(line: string): Manifest | undefined {
  if (!line.startsWith(MANIFEST_MARK)) return undefined;
  try {
    return MANIFEST.parse(JSON.parse(line.slice(MANIFEST_MARK.length)));
  } catch {
    return undefined;
  }
}

const KEY_MARK = '-- secret-key ';

export function keyLine(secretKey: string): string {
  return KEY_MARK + secretKey;
}

export function readKeyLine(line: string): string | undefined {
  return line.startsWith(KEY_MARK) ? line.slice(KEY_MARK.length) : undefined;
}

/** For psql; we do this ourselves. */
export const OPENING = "BEGIN; SET client_encoding = 'UTF8'; SET CONSTRAINTS ALL DEFERRED;";

/** Before the rows of a table, which end with `ROWS_END`. */
export function copyLine(table: BackupTable): string {
  return `COPY ${columnsOf(table)} FROM stdin;`;
}

/** What gives those rows. */
export function copyOut(table: BackupTable): string {
  return `COPY ${columnsOf(table)} TO STDOUT`;
}

function columnsOf({ name, columns }: BackupTable): string {
  return `${quoted(name)} (${columns.map(quoted).join(', ')})`;
}

/** No row looks like this, because a backslash in a row is doubled. */
export const ROWS_END = '\\.';

/** The next value, which a rollback takes back, as it does not with `setval`. */
export function sequenceLine(name: string, next: string): string {
  return `ALTER SEQUENCE ${quoted(name)} RESTART WITH ${next};`;
}

export function isSequenceLine(line: string): boolean {
  return /^ALTER SEQUENCE "([^"]|"")+" RESTART WITH -?\d+;$/.test(line);
}

/** What is missing here was cut off. */
export const CLOSING = 'COMMIT; -- end of backup';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
