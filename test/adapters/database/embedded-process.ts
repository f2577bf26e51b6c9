// A Turnabout as far as its database goes, in a process that a test can kill. It tells on standard output what becomes of its
// start, stops in order at the end of its standard input, and leaves without stopping where it reads "leave".

import { type EmbeddedPostgres, startEmbedded } from '../../../src/adapters/database/embedded.ts';
import { DatabaseUnavailable } from '../../../src/domain/errors.ts';

export type Told =
  | { readonly kind: 'said'; readonly sentence: string }
  | { readonly kind: 'started'; readonly where: string; readonly connection: EmbeddedPostgres['connection'] }
  | { readonly kind: 'refused'; readonly where: string; readonly message: string };

const [dataDir = '', elsewhere = ''] = process.argv.slice(2);

try {
  const say = (sentence: string): void => tell({ kind: 'said', sentence });
  const database = await startEmbedded({ dataDir, elsewhere, say });
  tell({ kind: 'started', where: database.where, connection: database.connection });
  process.stdin.on('data', () => process.exit());
  process.stdin.on('end', () => database.stop());
} catch (error) {
  if (!(error instanceof DatabaseUnavailable)) throw error;
  tell({ kind: 'refused', where: error.where, message: error.message });
}

function tell(told: Told): void {
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
