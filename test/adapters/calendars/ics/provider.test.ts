// A calendar at an address that is read again and again, from servers of which any may be hostile.

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkIcsAddress,
  type IcsOutcome,
  type IcsQuery,
  readIcsCalendar,
} from '../../../../src/adapters/calendars/ics/provider.ts';
import {
  emptied,
  type Snapshot,
  sameBusyTime,
  snapshotOf,
} from '../../../../src/domain/calendar/snapshot.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/domain/time/duration.ts';
import { at } from '../../../support/builders.ts';
import { calendarOf, eventOf, YEAR } from '../../../support/calendar-files.ts';
import { zoneOf } from '../../../support/cast.ts';
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

const MONDAY = 'Mon, 04 Jan 2027 08:00:00 GMT';
const FILE = calendarOf(...eventOf('DTSTART:20270105T090000Z', 'DTEND:20270105T100000Z'));
const LOGIN = '<!DOCTYPE html><html><title>Sign in</title></html>';

/** One event a day in January, each under a UID that begins like this. */
function january(days: number, uid: string): string {
  const lines = Array.from({ length: days }, (_, index) => {
    const date = `202701${String(index + 1).padStart(2, '0')}`;
    return eventOf(`UID:${uid}-${index}`, `DTSTART:${date}T090000Z`, `DTEND:${date}T100000Z`);
  });
  return calendarOf(...lines.flat());
}

function asking(line: string): string {
  return calendarOf(line, ...eventOf('DTSTART:20270105T090000Z'));
}

const ANSWERS: Readonly<Record<string, Answer>> = {
  '/plain': gives(FILE),
  '/tag': revalidates(FILE, { etag: '"v1"' }),
  '/weak': revalidates(FILE, { etag: 'W/"v1"' }),
  '/dated': revalidates(FILE, { 'last-modified': MONDAY }),
  '/other-tag-each-time': changesItsTag(FILE),
  '/unchanged-with-body': inTurn(revalidates(FILE, { etag: '"v1"' }), unchangedWithBody(LOGIN)),
  '/patient': revalidates(asking('REFRESH-INTERVAL;VALUE=DURATION:PT6H'), { etag: '"v1"' }),
  '/soon': gives(asking('X-PUBLISHED-TTL:PT1M')),
  '/fresh-for-long': gives(FILE, { 'cache-control': 'max-age=7200' }),
  '/both-waits': gives(asking('REFRESH-INTERVAL:PT3H'), { 'cache-control': 'max-age=7200' }),
  '/fresh-when-unchanged': inTurn(
    revalidates(FILE, { etag: '"v1"' }),
    refuses(304, { 'cache-control': 'max-age=7200' }),
  ),
  '/new-uids': inTurn(gives(january(10, 'first')), gives(january(10, 'second'))),
  '/half-gone': inTurn(gives(january(10, 'a')), gives(january(5, 'a'))),
  '/mostly-gone': inTurn(gives(january(10, 'a')), gives(january(4, 'a'))),
  '/all-cancelled': inTurn(
    gives(january(10, 'a')),
    gives(january(10, 'a').replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:CANCEL')),
  ),
  '/invited': gives(
    calendarOf(...eventOf('DTSTART:20270105T090000', 'ATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com')),
  ),
  '/harmless': gives(calendarOf(...eventOf('UID:odd', 'DTSTART:20280105T090000Z', 'DTEND:soon'))),
  '/loop': sendsOn('/loop'),
  '/to-file': sendsOn('file:///etc/passwd'),
  '/gzip-bomb': packed('gzip', gzipSync(Buffer.alloc(100 * 1024 * 1024))),
  '/slow': trickles(),
  '/silent': () => undefined,
  '/login': gives(LOGIN, { etag: '"login"', 'cache-control': 'max-age=7200' }),
  '/empty': gives(''),
  '/cut-off': gives(FILE.slice(0, -20), { etag: '"cut"' }),
  '/breaks-off': breaksOff(FILE),
  '/unasked': refuses(304),
  '/failed': refuses(500),
  '/failed-for-long': refuses(503, { 'retry-after': '7200' }),
  '/asked-too-often': refuses(429, { 'retry-after': '5' }),
  '/back-on-a-date': refuses(503, { 'retry-after': 'Fri, 01 Jan 2100 00:00:00 GMT' }),
  '/gone': refuses(410),
  '/hidden': gives(
    calendarOf('REFRESH-INTERVAL:PT3H', ...eventOf('UID:odd', 'SUMMARY:Interview', 'DTSTART:someday')),
    { etag: '"hidden"' },
  ),
};

let server: HostileServer;
beforeAll(async () => {
  server = await hostileServer(ANSWERS);
});
afterAll(() => server.close());

const read = (path: string, query: Partial<IcsQuery> = {}): Promise<IcsOutcome> =>
  readIcsCalendar(`${server.origin}${path}`, {
    ...YEAR,
    owner: 'ana@example.com',
    ...server.entrance,
    ...query,
  });

async function goodCopy(path: string, query: Partial<IcsQuery> = {}): Promise<IcsOutcome & { kind: 'read' }> {
  const outcome = await read(path, query);
  if (outcome.kind !== 'read') throw new Error(`${path} is ${outcome.kind}`);
  return outcome;
}

/** The second reading as it follows from the first. */
async function readAgain(path: string): Promise<IcsOutcome> {
  const { validators } = await goodCopy(path);
  return read(path, validators && { validators });
}

/** What is kept of two readings, one after the other. */
async function snapshots(path: string): Promise<[Snapshot, Snapshot]> {
  const [first, second] = [await goodCopy(path), await goodCopy(path)];
  const keptOf = (each: typeof first) =>
    snapshotOf(each.events, { window: YEAR.window, now: at('2027-01-01T00:00:00Z') });
  return [keptOf(first), keptOf(second)];
}

describe('a calendar that is read', () => {
  it('gives its events in the window', async () => {
    const [start, end] = [at('2027-01-05T09:00:00Z'), at('2027-01-05T10:00:00Z')];
    expect(await read('/plain')).toEqual({
      kind: 'read',
      events: [{ uid: 'a', start, end, transparent: false, status: 'confirmed' }],
      problems: [],
      nextIn: HOUR,
    });
    expect(await read('/plain', { window: { start: end, end: YEAR.window.end } })).toMatchObject({
      kind: 'read',
      events: [],
    });
  });
  it('is read in the zone and with the answers of its owner', async () => {
    expect(await read('/invited', { zone: zoneOf('Europe/Berlin') })).toMatchObject({
      events: [{ start: at('2027-01-05T08:00:00Z'), partStat: 'declined' }],
    });
    const { events } = await goodCopy('/invited', { owner: 'ben@example.com' });
    expect(events).toMatchObject([{ start: at('2027-01-05T09:00:00Z') }]);
    expect(events[0]).not.toHaveProperty('partStat');
  });
  it('tells what could not be read where that hides no time', async () => {
    expect(await read('/harmless')).toMatchObject({
      kind: 'read',
      problems: [{ where: 'odd', hidesTime: false }],
    });
  });
  it.each(['/tag', '/weak', '/dated', '/unchanged-with-body'])('is unchanged at %s', async (path) => {
    expect(await readAgain(path)).toEqual({ kind: 'unchanged', nextIn: HOUR });
  });
  it('is read again where its ETag is another each time, and shows no other busy time', async () => {
    expect((await readAgain('/other-tag-each-time')).kind).toBe('read');
    expect(sameBusyTime(...(await snapshots('/other-tag-each-time')))).toBe(true);
  });
  it('whose UIDs are new each time shows no other busy time and is not emptied', async () => {
    const [before, after] = await snapshots('/new-uids');
    expect(after.events.map(({ uid }) => uid)).not.toEqual(before.events.map(({ uid }) => uid));
    expect(sameBusyTime(before, after)).toBe(true);
    expect(emptied(before, after)).toBe(false);
  });
  it.each([
    ['/half-gone', false],
    ['/mostly-gone', true],
    ['/all-cancelled', true],
  ])('is emptied at %s: %s', async (path, expected) => {
    const [before, after] = await snapshots(path);
    expect(sameBusyTime(before, after)).toBe(false);
    expect(emptied(before, after)).toBe(expected);
  });
});

describe('a calendar that cannot be read', () => {
  it.each([
    ['/loop', 'too often'],
    ['/to-file', 'https:// or webcal://'],
    ['/gzip-bomb', 'larger than'],
    ['/login', 'a web page and no calendar'],
    ['/empty', 'it is empty'],
    ['/cut-off', 'it is cut off'],
    ['/breaks-off', 'broke off'],
    ['/unasked', 'answered 304'],
    ['/failed', 'answered 500'],
    ['/gone', 'no calendar at this address'],
  ])('at %s is an outcome with a reason and nothing to be kept', async (path, reason) => {
    expect(await read(path)).toEqual({
      kind: 'unreadable',
      why: expect.stringContaining(reason),
      nextIn: HOUR,
    });
  });
  it.each(['/slow', '/silent'])('at %s is left when the time is over', async (path) => {
    expect(await read(path, { limits: { timeout: 300 } })).toMatchObject({
      kind: 'unreadable',
      why: expect.stringContaining('did not answer in time'),
    });
  });
  it('because a time in it is unknown says which and never its title, and comes again when it wants', async () => {
    const outcome = await read('/hidden');
    expect(outcome).toEqual({
      kind: 'unreadable',
      why: expect.stringMatching(/^a time in it cannot be read \(odd\): /),
      nextIn: 3 * HOUR,
    });
    expect(JSON.stringify(outcome)).not.toContain('Interview');
  });
  it.each(['/etc/passwd', 'ana.ics', 'https://', 'file:///etc/passwd', 'ftp://example.com/a.ics'])(
    'because "%s" is no address on the web',
    async (address) => {
      const { window, zone } = YEAR;
      expect(await readIcsCalendar(address, { window, zone })).toEqual({
        kind: 'unreadable',
        why: expect.stringContaining('https://'),
        nextIn: HOUR,
      });
    },
  );
  it('on this machine is not asked where the entrance is not open', async () => {
    const before = server.requests();
    const { ca } = server.entrance;
    const guard = { ...server.entrance.guard, allowsAddress: () => false };
    expect(await read('/plain', { ca, guard })).toMatchObject({
      kind: 'unreadable',
      why: 'its address is not on the public internet',
    });
    expect(server.requests()).toBe(before);
  });
});

describe('the next reading', () => {
  it.each([
    ['/patient', 6 * HOUR],
    ['/soon', 15 * MINUTE],
    ['/fresh-for-long', 2 * HOUR],
    ['/both-waits', 3 * HOUR],
    ['/failed-for-long', 2 * HOUR],
    ['/asked-too-often', 15 * MINUTE],
    ['/back-on-a-date', DAY],
  ])('after %s is in %d ms', async (path, wait) => {
    expect((await read(path)).nextIn).toBe(wait);
  });
  it('is when the calendar said, though it did not say it again', async () => {
    expect(await readAgain('/patient')).toEqual({ kind: 'unchanged', nextIn: 6 * HOUR });
  });
  it('is when the server says with the news that nothing has changed', async () => {
    expect(await readAgain('/fresh-when-unchanged')).toEqual({ kind: 'unchanged', nextIn: 2 * HOUR });
  });
});

describe('what may be the address of a calendar', () => {
  it.each([
    ['https://example.com/secret.ics', 'https://example.com/secret.ics'],
    [' webcal://example.com/secret.ics ', 'https://example.com/secret.ics'],
  ])('is "%s"', (text, url) => {
    expect(checkIcsAddress(text)).toEqual({ kind: 'address', url, host: 'example.com' });
  });
  it.each([
    ['', 'this is no address: write it as "https://example.com/ana.ics"'],
    ['secret.ics', 'this is no address: write it as "https://example.com/ana.ics"'],
    ['https:/example.com/secret', 'the address is mistyped: write it as "https://example.com/ana.ics"'],
    ['https://', 'the address is mistyped: write it as "https://example.com/ana.ics"'],
    [
      'http://example.com/secret',
      'an address that begins with http:// is not read: write an https or webcal address',
    ],
    [
      'https://example.com:8443/secret',
      'an address with the port 8443 is not read: write one without a port',
    ],
    [
      'https://10.0.0.1/secret',
      'the address is private (10.0.0.1): only calendars on the public internet are read',
    ],
    [
      'https://[64:ff9b::10.0.0.1]/secret',
      'the address is private (64:ff9b::a00:1): only calendars on the public internet are read',
    ],
    [
      'webcal://localhost/secret',
      'the address is private (localhost): only calendars on the public internet are read',
    ],
    [
      `https://example.com/secret${'x'.repeat(2_000)}`,
      'an address has at most 2,000 characters: write it as "https://example.com/ana.ics"',
    ],
  ])('is not "%.40s"', (text, problem) => {
    expect(checkIcsAddress(text)).toEqual({ kind: 'wrong', problem });
  });
});
