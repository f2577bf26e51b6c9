// Who may read the mail that was not sent: it holds links to sign in.

import { describe, expect, it } from 'vitest';
import { showsOutbox } from '../src/assemble.ts';

const LOCAL = new URL('http://localhost:3000');

describe('the outbox', () => {
  it.each([
    ['127.0.0.1', 'http://localhost:3000'],
    ['localhost', 'http://127.0.0.1:3000'],
    ['::1', 'http://[::1]:3000'],
  ])('is shown where the service listens on %s and is called %s', (HOST, url) => {
    expect(showsOutbox({ NODE_ENV: 'development', HOST }, new URL(url))).toBe(true);
  });

  it.each(['0.0.0.0', '::', '192.168.1.20', 'turnabout.example.com'])(
    'is not shown where others can reach the service on %s',
    (HOST) => {
      expect(showsOutbox({ NODE_ENV: 'development', HOST }, LOCAL)).toBe(false);
    },
  );

  it('is not shown under a public address, nor in production', () => {
    const HOST = '127.0.0.1';
    expect(showsOutbox({ NODE_ENV: 'development', HOST }, new URL('https://turnabout.example.com'))).toBe(
      false,
    );
    expect(showsOutbox({ NODE_ENV: 'production', HOST }, LOCAL)).toBe(false);
  });
});
