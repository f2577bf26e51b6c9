// The passphrase of a backup: the first line of a file, or typed at a terminal without being seen.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import type { BackupArguments } from './adapters/terminal/arguments.ts';
import { InvalidInput } from './domain/errors.ts';

/** Where somebody types, and where they are asked. */
export type Terminal = {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
};

/** Undefined where none is wanted, or where nobody can be asked. */
export async function passphraseFor(
  { command, passphraseFile }: BackupArguments,
  terminal: Terminal,
): Promise<string | undefined> {
  if (passphraseFile !== undefined) return firstLineOf(passphraseFile);
  if (!terminal.input.isTTY || !terminal.output.isTTY) return undefined;
  return command === 'backup' ? twice(terminal) : once(terminal, OF_THEN);
}

async function firstLineOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InvalidInput('--passphrase-file', `${path} cannot be read`, { cause });
  });
  const [line = ''] = text.split(/\r?\n/);
  if (line === '')
    throw new InvalidInput(
      '--passphrase-file',
      `the first line of ${path} is empty: write the passphrase there`,
    );
  return line;
}

const NEW = 'Passphrase (none: not encrypted, without the key): ';
const AGAIN = 'The same again: ';
const OF_THEN = 'Passphrase (none: the file is not encrypted): ';

/** What was mistyped unseen would close the backup for ever. */
async function twice(terminal: Terminal): Promise<string | undefined> {
  const typed = await once(terminal, NEW);
  if (typed !== undefined && (await once(terminal, AGAIN)) !== typed)
    throw new InvalidInput('passphrase', 'the two are not the same; nothing was done');
  return typed;
}

/** readline writes what is typed, so it writes to nowhere. Ctrl-C and Ctrl-D close it. */
async function once({ input, output }: Terminal, question: string): Promise<string | undefined> {
  output.write(question);
  const nowhere = new Writable({ write: (_, __, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    lines.once('close', () => reject(new InvalidInput('passphrase', 'none was typed; nothing was done')));
  }).finally(() => {
    lines.close();
    output.write('\n');
  });
  return line === '' ? undefined : line;
}
