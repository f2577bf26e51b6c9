// Calendars from files and from the web, of which any may be hostile.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../src/adapters/calendars/ics/events.ts';
import { type LoadingOptions, loadCalendar } from '../../../../src/adapters/calendars/ics/fetch.ts';
import { PUBLIC_INTERNET } from '../../../../src/adapters/calendars/ics/guard.ts';
import { LOADING_LIMITS } from '../../../../src/adapters/calendars/ics/limits.ts';
import type { Validators } from '../../../../src/adapters/calendars/ics/validators.ts';
import { download } from '../../../../src/adapters/calendars/ics/web.ts';
import { CalendarUnreadable } from '../../../../src/domain/errors.ts';
import { calendarOf, eventOf, YEAR } from '../../../support/calendar-files.ts';
import {
  type Answer,
  breaksOff,
  changesItsTag,
  gives,
  type HostileServer,
  hostileServer,
  inTurn,
  packed,
  refuses,
  revalidates,
  sendsOn,
  trickles,
  unchangedWithBody,
} from '../../../support/hostile-server.ts';

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

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': gives(FILE),
  '/gzip': packed('gzip', gzipSync(FILE)),
  '/deflate': packed('deflate', deflateSync(FILE)),
  '/brotli': packed('br', brotliCompressSync(FILE)),
  '/moved': sendsOn('/plain', 301),
  '/webcal': (request, response) => sendsOn(`webcal://${request.headers.host}/plain`)(request, response),
  '/loop': sendsOn('/loop'),
  '/to-private': sendsOn('https://10.0.0.1/secret'),
  '/to-metadata': sendsOn('https://169.254.169.254/secret'),
  '/to-http': sendsOn('http://example.com/secret'),
  '/to-port': sendsOn('https://example.com:22/secret'),
  '/to-file': sendsOn('file:///etc/passwd'),
  '/to-nowhere': sendsOn('https://'),
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
  '/slow': trickles(),
  '/broken': breaksOff('BEGIN:VCALENDAR'),
  '/html': gives('<html>Sign in</html>'),
  '/truncated': gives(FILE.slice(0, -20)),
  '/empty': gives(''),
  '/no-content': refuses(204),
  '/forbidden': refuses(403),
  '/gone': refuses(410),
  '/failed': refuses(500),
};

describe('a server', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await hostileServer(ANSWERS);
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
    ['/to-nowhere', 'answered 302'],
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
    expect(performance.now() - started).toBeLessThan(20_000);
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

const MONDAY = 'Mon, 04 Jan 2027 08:00:00 GMT';
const CHANGED = calendarOf(...eventOf('DTSTART:20270105T100000Z'));

const KEPT_ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': gives(FILE),
  '/tag': revalidates(FILE, { etag: '"v1"' }),
  '/weak': revalidates(FILE, { etag: 'W/"v1"' }),
  '/dated': revalidates(FILE, { 'last-modified': MONDAY }),
  '/both': revalidates(FILE, { etag: '"v1"', 'last-modified': MONDAY }),
  '/other-tag-each-time': changesItsTag(FILE),
  '/edited': inTurn(revalidates(FILE, { etag: '"v1"' }), revalidates(CHANGED, { etag: '"v2"' })),
  '/long-tag': revalidates(FILE, { etag: `"${'x'.repeat(10_000)}"`, 'last-modified': MONDAY }),
  '/foreign-tag': revalidates(FILE, { etag: '"\u00e9"' }),
  '/tag-with-body': inTurn(revalidates(FILE, { etag: '"v1"' }), unchangedWithBody(FILE)),
  '/never-changes': refuses(304),
  '/never-changes-with-body': unchangedWithBody(FILE),
  '/moved': sendsOn('/tag', 301),
  '/wanders': inTurn(sendsOn('/tag'), sendsOn('/dated')),
};

describe('a calendar of which a copy is kept', () => {
  let server: HostileServer;
  beforeAll(async () => {
    server = await hostileServer(KEPT_ANSWERS);
  });
  afterAll(() => server.close());

  const fetched = async (path: string, validators?: Validators) =>
    download(new URL(`${server.origin}${path}`), {
      limits: LOADING_LIMITS,
      ...server.entrance,
      ...(validators && { validators }),
    });
  const validatorsAt = async (path: string): Promise<Validators> => {
    const answer = await fetched(path);
    if (answer.kind !== 'body' || !answer.validators) throw new Error(`${path} gave no validators`);
    return answer.validators;
  };
  const conditionsAt = (path: string): (string | undefined)[] => {
    const headers = server.headersAt(path);
    return [headers['if-none-match'], headers['if-modified-since']];
  };

  it.each([
    ['/tag', ['"v1"', undefined]],
    ['/weak', ['W/"v1"', undefined]],
    ['/dated', [undefined, MONDAY]],
    ['/both', ['"v1"', MONDAY]],
  ])('is asked for with what %s gave, as it was given, and is unchanged', async (path, conditions) => {
    const validators = await validatorsAt(path);
    expect(conditionsAt(path)).toEqual([undefined, undefined]);
    expect((await fetched(path, validators)).kind).toBe('unchanged');
    expect(conditionsAt(path)).toEqual(conditions);
  });

  it('comes whole where its ETag is another each time', async () => {
    const first = await validatorsAt('/other-tag-each-time');
    expect(await fetched('/other-tag-each-time', first)).toMatchObject({
      kind: 'body',
      bytes: Buffer.from(FILE),
    });
  });

  it('comes whole with new validators when it has changed', async () => {
    const first = await validatorsAt('/edited');
    expect(await fetched('/edited', first)).toMatchObject({
      kind: 'body',
      bytes: Buffer.from(CHANGED),
      validators: { etag: '"v2"' },
    });
  });

  it('is unchanged although a body comes with the 304', async () => {
    const validators = await validatorsAt('/tag-with-body');
    expect((await fetched('/tag-with-body', validators)).kind).toBe('unchanged');
  });

  it('has no validators where the server gives none', async () => {
    expect(await fetched('/plain')).toMatchObject({ kind: 'body', validators: undefined });
  });

  it('has no ETag where that is too long to be sent each time', async () => {
    expect(await validatorsAt('/long-tag')).toEqual({
      givenBy: expect.stringMatching(/^[0-9a-f]{64}$/),
      lastModified: MONDAY,
    });
  });

  it('has no ETag where that could not be sent back', async () => {
    expect(await fetched('/foreign-tag')).toMatchObject({ kind: 'body', validators: undefined });
  });

  it.each(['/never-changes', '/never-changes-with-body'])(
    'is refused at %s, which says "unchanged" though nobody asked',
    async (path) => {
      await expect(fetched(path)).rejects.toThrow(/^it answered 304 instead of a calendar/);
    },
  );

  it('is never asked for with the validators of another address', async () => {
    const validators = await validatorsAt('/tag');
    expect(await fetched('/both', validators)).toMatchObject({ kind: 'body' });
    expect(conditionsAt('/both')).toEqual([undefined, undefined]);
    await expect(fetched('/never-changes', validators)).rejects.toThrow('answered 304');
  });

  it('that was sent on is asked for with validators at the last address alone', async () => {
    const validators = await validatorsAt('/moved');
    expect((await fetched('/moved', validators)).kind).toBe('unchanged');
    expect(conditionsAt('/moved')).toEqual([undefined, undefined]);
    expect(conditionsAt('/tag')).toEqual(['"v1"', undefined]);
  });

  it('comes whole when it is sent on to elsewhere than last time', async () => {
    const validators = await validatorsAt('/wanders');
    expect(await fetched('/wanders', validators)).toMatchObject({
      kind: 'body',
      validators: { lastModified: MONDAY },
    });
    expect(conditionsAt('/dated')).toEqual([undefined, undefined]);
  });

  it('keeps no address in its validators, which is a secret', async () => {
    expect(JSON.stringify(await validatorsAt('/both'))).not.toMatch(/localhost|both/);
  });
});
