// A passphrase at a terminal: asked for twice where it will be needed again, and never seen.

import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { InvalidInput } from '../src/domain/errors.ts';
import { passphraseFor } from '../src/passphrase.ts';

/** Somebody at a terminal who answers each question with the next of these. */
async function asked(command: 'backup' | 'restore', answers: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: vi.fn() });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  let seen = '';
  const left = [...answers];
  output.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    if (text.endsWith(': ')) setImmediate(() => input.write(`${left.shift()}\r`));
  });
  const outcome = await passphraseFor({ command, file: 'f', replace: false }, { input, output }).catch(
    (error: unknown) => error,
  );
  return { outcome, seen, left, raw: input.setRawMode.mock.calls };
}

it('of a new backup is asked for twice, and not shown', async () => {
  const { outcome, seen, left, raw } = await asked('backup', ['four words', 'four words']);
  expect(outcome).toBe('four words');
  expect(left).toEqual([]);
  expect(seen).toBe('Passphrase (none: not encrypted, without the key): \nThe same again: \n');
  expect(raw).toEqual([[true], [false], [true], [false]]);
});

it('that is not the same twice is refused', async () => {
  const { outcome } = await asked('backup', ['four words', 'for words']);
  expect(outcome).toBeInstanceOf(InvalidInput);
});

it('that is broken off with Ctrl-C or Ctrl-D is none at all', async () => {
  for (const key of ['\x03', '\x04'])
    expect((await asked('restore', [key])).outcome).toEqual(
      new InvalidInput('passphrase', 'none was typed; nothing was done'),
    );
});

it('may be none, which is asked for once', async () => {
  expect(await asked('backup', [''])).toMatchObject({ outcome: undefined, left: [] });
});

it('of a backup that is there is asked for once', async () => {
  const { outcome, seen } = await asked('restore', ['four words']);
  expect(outcome).toBe('four words');
  expect(seen).toBe('Passphrase (none: the file is not encrypted): \n');
});

it('is asked of nobody where nobody is at a terminal', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  expect(await passphraseFor({ command: 'backup', file: 'f', replace: false }, { input, output })).toBe(
    undefined,
  );
});
