// Calendars from files and from the web, of which any may be hostile.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../src/adapters/calendars/ics/events.ts';
import { type LoadingOptions, loadCalendar } from '../../../../src/adapters/calendars/ics/fetch.ts';
import { PUBLIC_INTERNET } from '../../../../src/adapters/calendars/ics/guard.ts';
import { CalendarUnreadable } from '../../../../src/domain/errors.ts';
import { calendarOf, eventOf, YEAR } from '../../../support/calendar-files.ts';
import { type HostileServer, hostileServer } from '../../../support/hostile-server.ts';

const FILE = calendarOf(...eventOf('DTSTART:20270105T090000Z'));
const MEGABYTE = 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'turnabout-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function refusal(source: string, options: Partial<LoadingOptions> = {}): Promise<CalendarUnreadable> {
  const error = await loadCalendar(source, { folder, ...options }).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(CalendarUnreadable);
  return error as CalendarUnreadable;
}

describe('a file', () => {
  it('is read from its folder', async () => {
    writeFileSync(join(folder, 'ana.ics'), FILE);
    expect(Buffer.from(await loadCalendar('ana.ics', { folder })).toString()).toBe(FILE);
  });
  it('that is missing, a folder or a device is refused with a sentence', async () => {
    expect((await refusal('none.ics')).message).toBe('there is no such file');
    expect((await refusal('.')).message).toContain('it is no file');
    expect((await refusal('/dev/zero')).message).toContain('it is no file');
  });
  it('that is a pipe nobody writes to does not hang', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.ics')]);
    expect((await refusal('pipe.ics')).message).toContain('it is no file');
  });
  it('that is too large is refused', async () => {
    writeFileSync(join(folder, 'large.ics'), 'x'.repeat(2_000));
    expect((await refusal('large.ics', { limits: { bytes: 1_000 } })).message).toContain('larger than');
  });
});

describe('an address that is refused before anybody is asked', () => {
  it.each([
    ['http://example.com/secret.ics', 'https only'],
    ['ftp://example.com/secret.ics', 'https:// or webcal://'],
    ['file:///etc/passwd', 'https:// or webcal://'],
    ['https://', 'no web address'],
    ['https://example.com:8443/secret.ics', 'names a port'],
    ['https://localhost/secret.ics', 'not on the public internet'],
    ['https://127.0.0.1/secret.ics', 'not on the public internet'],
    ['https://2130706433/secret.ics', 'not on the public internet'],
    ['https://0x7f.1/secret.ics', 'not on the public internet'],
    ['https://0177.0.0.1/secret.ics', 'not on the public internet'],
    ['https://[::1]/secret.ics', 'not on the public internet'],
    ['https://[::ffff:127.0.0.1]/secret.ics', 'not on the public internet'],
    ['https://[64:ff9b::10.0.0.1]/secret.ics', 'not on the public internet'],
    ['webcal://169.254.169.254/secret.ics', 'not on the public internet'],
  ])('%s', async (source, sentence) => {
    const error = await refusal(source);
    expect(error.message).toContain(sentence);
    expect(`${error.calendar} ${error.message}`).not.toContain('secret');
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const packed =
  (encoding: string, body: Uint8Array): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  };

const to =
  (location: string, status = 302): Answer =>
  (_, response) => {
    response.writeHead(status, { location }).end();
  };

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': (_, response) => response.end(FILE),
  '/gzip': packed('gzip', gzipSync(FILE)),
  '/deflate': packed('deflate', deflateSync(FILE)),
  '/brotli': packed('br', brotliCompressSync(FILE)),
  '/moved': to('/plain', 301),
  '/webcal': (request, response) => to(`webcal://${request.headers.host}/plain`)(request, response),
  '/loop': to('/loop'),
  '/to-private': to('https://10.0.0.1/secret'),
  '/to-metadata': to('https://169.254.169.254/secret'),
  '/to-http': to('http://example.com/secret'),
  '/to-port': to('https://example.com:22/secret'),
  '/to-file': to('file:///etc/passwd'),
  '/gzip-bomb': packed('gzip', gzipSync(Buffer.alloc(200 * MEGABYTE))),
  '/brotli-bomb': packed('br', brotliCompressSync(Buffer.alloc(200 * MEGABYTE))),
  '/twice-packed': packed('gzip, gzip', gzipSync(gzipSync(FILE))),
  '/no-gzip': packed('gzip', Buffer.from(FILE)),
  '/cut-gzip': packed('gzip', gzipSync(FILE).subarray(0, 60)),
  '/promised': (_, response) => response.writeHead(200, { 'content-length': 200 * MEGABYTE }).write('BEGIN'),
  '/endless': (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(MEGABYTE, 'x')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  '/silent': () => undefined,
  '/slow': (_, response) => {
    const timer = setInterval(() => response.write('X'), 20);
    response.on('close', () => clearInterval(timer));
  },
  '/broken': (_, response) => {
    response.writeHead(200, { 'content-length': 1_000 }).write('BEGIN:VCALENDAR');
    setTimeout(() => response.destroy(), 20);
  },
  '/html': (_, response) => response.end('<html>Sign in</html>'),
  '/truncated': (_, response) => response.end(FILE.slice(0, -20)),
  '/empty': (_, response) => response.end(),
  '/no-content': (_, response) => response.writeHead(204).end(),
  '/forbidden': (_, response) => response.writeHead(403).end(),
  '/gone': (_, response) => response.writeHead(410).end(),
  '/failed': (_, response) => response.writeHead(500).end('stack trace'),
};

describe('a server', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await hostileServer((request, response) => ANSWERS[request.url ?? '']?.(request, response));
  });
  afterAll(() => server.close());

  const load = (path: string, limits: LoadingOptions['limits'] = {}) =>
    loadCalendar(`${server.origin}${path}`, { folder, limits, ...server.entrance });
  const refused = (path: string, limits: LoadingOptions['limits'] = {}) =>
    refusal(`${server.origin}${path}`, { limits, ...server.entrance });

  it.each(['/plain', '/gzip', '/deflate', '/brotli', '/moved', '/webcal'])(
    'gives a calendar by %s',
    async (path) => {
      expect(Buffer.from(await load(path)).toString()).toBe(FILE);
    },
  );

  it.each([
    ['/loop', 'too often'],
    ['/to-private', 'not on the public internet'],
    ['/to-metadata', 'not on the public internet'],
    ['/to-http', 'https only'],
    ['/to-port', 'names a port'],
    ['/to-file', 'https:// or webcal://'],
    ['/gzip-bomb', 'larger than'],
    ['/brotli-bomb', 'larger than'],
    ['/promised', 'larger than'],
    ['/endless', 'larger than'],
    ['/twice-packed', 'packed in a way'],
    ['/no-gzip', 'broke off'],
    ['/cut-gzip', 'broke off'],
    ['/broken', 'broke off'],
    ['/no-content', 'answered 204'],
    ['/forbidden', 'may not be read'],
    ['/gone', 'no calendar at this address'],
    ['/failed', 'answered 500'],
  ])('is left at %s', async (path, sentence) => {
    const error = await refused(path);
    expect(error.message).toContain(sentence);
    expect(`${error.calendar} ${error.message}`).not.toMatch(/secret|10\.0\.0\.1\/|stack trace|:\d{4,}/);
  });

  it.each(['/silent', '/slow'])('that is %s is left when the time is over', async (path) => {
    const started = performance.now();
    expect((await refused(path, { timeout: 300 })).message).toContain('did not answer in time');
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is followed five times and no more', async () => {
    const before = server.requests();
    await refused('/loop');
    expect(server.requests() - before).toBe(6);
  });

  it.each(['/html', '/truncated', '/empty'])(
    'that answers %s gives no calendar to the reader',
    async (path) => {
      const bytes = await load(path);
      expect(() => readCalendar(bytes, YEAR)).toThrow(CalendarUnreadable);
    },
  );

  it('with a certificate that nobody vouches for is not read', async () => {
    const { guard } = server.entrance;
    expect((await refusal(`${server.origin}/plain`, { guard })).message).toContain('no secure connection');
  });

  it('on this machine is not asked without the entrance, by name or by address', async () => {
    const { ca } = server.entrance;
    const guard = { ...PUBLIC_INTERNET, allowsPort: () => true };
    const before = server.requests();
    for (const origin of [server.origin, server.origin.replace('localhost', '127.0.0.1')])
      expect((await refusal(`${origin}/plain`, { ca, guard })).message).toContain(
        'not on the public internet',
      );
    expect(server.requests()).toBe(before);
  });
});
