// What answers while the service starts, before there is a database or a program to ask.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../src/start.ts';
import { freshDatabase } from './support/database.ts';

let front: Awaited<ReturnType<typeof listen>>;

beforeEach(async () => {
  front = await listen({ PORT: 0, HOST: '127.0.0.1' });
});

afterEach(() => front.close());

async function asked(path: string) {
  const answer = await fetch(`http://127.0.0.1:${front.port}${path}`);
  return { answer, type: answer.headers.get('content-type'), text: await answer.text() };
}

describe('while the service starts', () => {
  it('it lives', async () => {
    const { answer, type, text } = await asked('/healthz');
    expect([answer.status, type, JSON.parse(text)]).toEqual([200, 'application/json', { status: 'alive' }]);
  });

  it('programs are told to come again, in their own form', async () => {
    const { answer, type, text } = await asked('/api/v1/me?fields=all');
    expect([answer.status, type]).toEqual([503, 'application/problem+json']);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(JSON.parse(text)).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Turnabout is starting.',
    });
  });

  it('people are told so in a sentence, and nothing is ready', async () => {
    for (const path of ['/', '/api', '/readyz', '//']) {
      const { answer, type, text } = await asked(path);
      expect([answer.status, type, text]).toEqual([503, 'text/plain', 'Turnabout is starting.\n']);
    }
  });

  it('the program answers as soon as it is there', async () => {
    front.answerWith((_, response) => response.end('here'));
    expect((await asked('/')).text).toBe('here');
  });

  it('a port that is taken is told at once', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port: PORT } = other.address() as AddressInfo;
    await expect(listen({ PORT, HOST: '127.0.0.1' })).rejects.toThrow('is in use by another program');
    other.close();
  });
});

describe('npm start', () => {
  it.each(['npm', 'npm and all that it started'])('ends well where %s is told to stop', async (whom) => {
    const database = await freshDatabase();
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: '0',
        DATABASE_URL: database.url,
        SECRET_KEY: 'k'.repeat(32),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    npm.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('Turnabout is at')) process.kill(whom === 'npm' ? npm.pid! : -npm.pid!, 'SIGINT');
    });
    // What npm started writes to the same place: it is closed when all of them have ended.
    const [code] = await once(npm, 'close');
    expect([code, said]).toEqual([0, expect.stringContaining('Stopping.')]);
    await database.drop();
  });
});
