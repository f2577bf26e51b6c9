// Runs the command line as somebody types it, in a folder of its own.

import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

const CLI = join(import.meta.dirname, '../../src/cli.ts');

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

type Options = {
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
};

export function run(args: readonly string[], { folder, env = {}, script = CLI }: Options): Promise<Ran> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...surroundings } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: folder,
      env: { ...surroundings, ...env },
    });
    const read = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      read.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      read.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...read }));
  });
}

/** A folder with these files for the tests of one file. */
export function folderWith(files: Readonly<Record<string, string>>): { readonly path: () => string } {
  let path = '';
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'turnabout-cli-'));
    for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  });
  afterAll(() => rm(path, { recursive: true, force: true }));
  return { path: () => path };
}
