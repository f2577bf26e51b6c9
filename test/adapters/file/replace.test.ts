import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPartnershipFile } from '../../../src/adapters/file/partnership.ts';
import { existingText } from '../../../src/adapters/file/replace.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'turnabout-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the file that is to be replaced', () => {
  it('is read where there is one', async () => {
    await writeFile(join(folder, 'a.ics'), 'BEGIN:é');
    expect(await existingText(join(folder, 'a.ics'))).toBe('BEGIN:é');
    expect(await existingText(join(folder, 'none.ics'))).toBeUndefined();
  });

  it('is refused where it is a folder', () =>
    expect(existingText(folder)).rejects.toThrow('cannot be read (this is a folder); name another file'));

  it('is refused where it is too large', async () => {
    await writeFile(join(folder, 'large.ics'), '');
    await truncate(join(folder, 'large.ics'), 16 * 1024 * 1024 + 1);
    await expect(existingText(join(folder, 'large.ics'))).rejects.toThrow('it is larger than 16 MiB');
  });
});

describe.skipIf(process.platform === 'win32')('a pipe that nobody writes to', () => {
  const pipe = (): string => {
    const path = join(folder, 'pipe');
    if (!existsSync(path)) execFileSync('mkfifo', [path]);
    return path;
  };

  it('is no partnership file', async () => {
    expect(await readPartnershipFile(pipe())).toEqual({
      kind: 'wrong',
      problems: [{ where: pipe(), field: '', message: 'this is a pipe or a device; name a file' }],
    });
  });

  it('is no calendar file to write', () =>
    expect(existingText(pipe())).rejects.toThrow(
      'cannot be read (this is a pipe or a device); name another file',
    ));

  it.skipIf(!existsSync('/dev/full'))('is refused as a device is', () =>
    expect(existingText('/dev/full')).rejects.toThrow('cannot be read (this is a pipe or a device)'),
  );
});
