// What happens where an independent implementation is missing.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { available, requireOrSkip, sharedPath } from './peers.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('a peer that is missing', () => {
  it('is skipped and says so once', () => {
    vi.stubEnv('CI', '');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const peer = { name: 'nothing', probe: ['no-such-program'], install: 'it does not exist' } as const;
    expect([available(peer), available(peer)]).toEqual([false, false]);
    expect(said.mock.calls).toEqual([['skipped: nothing (no-such-program fails; it does not exist)\n']]);
  });

  it('is a failure with CI=true', () => {
    vi.stubEnv('CI', 'true');
    expect(() => requireOrSkip('a thing', 'it is not there', () => false)).toThrow(
      'a thing is required with CI=true: it is not there',
    );
  });
});

describe('a peer that is there', () => {
  it('is available', () => {
    expect(available({ name: 'node', probe: [process.execPath, '--version'], install: '' })).toBe(true);
  });
});

describe('shared material', () => {
  it('lies beside the repository', () => {
    expect(sharedPath('interop/README.md')).toMatch(/\/\.\.\/shared\/interop\/README\.md$/);
  });
});
