// What there is to keep: the tables of the schema `public` but Prisma's records, which the code brings itself.

import type { ClientBase } from 'pg';
import { type BackupTable, quoted } from './backup-text.ts';

export type FoundTable = Omit<BackupTable, 'rows'> & {
  /** Which tables must be filled before. */
  readonly needs: readonly string[];
};

/** In the order in which they can be filled; throws where there is none. */
export async function tablesOf(client: ClientBase): Promise<FoundTable[]> {
  const { rows } = await client.query<FoundTable>(TABLES);
  const ordered: FoundTable[] = [];
  for (let left = rows; left.length > 0; left = left.filter((table) => !ordered.includes(table))) {
    const names = new Set(left.map(({ name }) => name));
    const ready = left.filter(({ needs }) => !needs.some((name) => names.has(name)));
    if (ready.length === 0)
      throw new Error(`no order to fill these: ${[...names]}; let a constraint be deferrable`);
    ordered.push(...ready);
  }
  return ordered;
}

/** Whether the schema of this database has come as far as that table. */
export async function isTable(client: ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS found', [quoted(name)]);
  return rows[0].found;
}

/** Without generated columns and tables of extensions. A constraint that can be deferred asks for no order. */
const TABLES = `
  SELECT relname::text AS name,
    ARRAY(
      SELECT attname::text FROM pg_attribute
      WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
    ) AS columns,
    ARRAY(
      SELECT needed.relname::text FROM pg_constraint JOIN pg_class needed ON needed.oid = confrelid
      WHERE conrelid = t.oid AND confrelid <> t.oid AND contype = 'f' AND NOT condeferrable
    ) AS needs
  FROM pg_class t
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = t.oid AND deptype = 'e')
  ORDER BY relname`;

/** With the next value of each that was used. */
export async function sequencesOf(
  client: ClientBase,
): Promise<{ readonly name: string; readonly next: string }[]> {
  const { rows } = await client.query(SEQUENCES);
  return rows;
}

const SEQUENCES = `
  SELECT sequencename::text AS name, (last_value::numeric + increment_by)::text AS next
  FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`;

/** How values are written as text, whatever the server is set to; and a slow disk is no reason to break off. */
export const AS_TEXT = `
  SET LOCAL client_encoding = 'UTF8';
  SET LOCAL datestyle = 'ISO';
  SET LOCAL intervalstyle = 'postgres';
  SET LOCAL timezone = 'UTC';
  SET LOCAL extra_float_digits = 1;
  SET LOCAL statement_timeout = 0;
  SET LOCAL idle_in_transaction_session_timeout = 0`;
