// The command in the README is the one that continuous integration runs.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

const TESTS = 'npm ci && npm run check';

describe('the command that passes the tests', () => {
  it.each(['README.md', '.ci/run'])('stands on a line of its own in %s', (file) => {
    expect(readFileSync(join(ROOT, file), 'utf8').split('\n')).toContain(TESTS);
  });

  it('ends .ci/run, so that its result is the result', () => {
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8').trimEnd().split('\n').at(-1)).toBe(TESTS);
  });

  it('can be started as .ci/run', () => {
    expect(statSync(join(ROOT, '.ci/run')).mode & 0o111).toBe(0o111);
  });
});
