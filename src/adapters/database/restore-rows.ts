// The rows of a backup into empty tables. Nothing of the file is run that is not exactly what its manifest makes expect.

import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CLOSING, copyLine, isSequenceLine, type Manifest, OPENING, ROWS_END } from './backup-text.ts';
import { CutOff, type Lines } from './restore-lines.ts';

/** Reads to the end of the file, so that whatever is wrong with it is found before anything counts. */
export async function fill(
  client: ClientBase,
  { manifest, lines }: { readonly manifest: Manifest; readonly lines: Lines },
): Promise<void> {
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  insist((await lines.next()) === OPENING);
  for (const table of manifest.tables) {
    insist((await lines.next()) === copyLine(table));
    const sink = client.query(copyFrom(copyLine(table)));
    await pipeline(lines.rowsUntil(ROWS_END), sink);
    insist(sink.rowCount === table.rows);
  }
  let line = await lines.next();
  for (; line !== undefined && isSequenceLine(line); line = await lines.next()) await client.query(line);
  insist(line === CLOSING);
  insist((await lines.next()) === undefined);
}

function insist(isAsWritten: boolean): void {
  if (!isAsWritten) throw new CutOff();
}
