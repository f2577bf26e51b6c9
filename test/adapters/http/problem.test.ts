// What becomes of errors: for programs, for people, and in the log.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connect } from '../../../src/adapters/database/connection.ts';
import { inputOf } from '../../../src/adapters/http/input.ts';
import { logTo, scrubbed } from '../../../src/adapters/http/logging.ts';
import {
  ChangedMeanwhile,
  Conflict,
  DatabaseUnavailable,
  Forbidden,
  InvalidFields,
  InvalidInput,
  NotFound,
  ProviderUnavailable,
} from '../../../src/domain/errors.ts';
import { type AccessApp, accessApp, signedIn, wordsOf } from '../../support/access-app.ts';

let app: AccessApp;
let thrown: unknown;

beforeAll(async () => {
  app = await accessApp({
    routes: () =>
      ['/api/v1/throw', '/throw/:secret'].map((path, i) => ({
        method: 'GET',
        path,
        name: `throw-${i}`,
        access: 'public',
        handle: () => {
          throw thrown;
        },
      })),
  });
});

afterAll(() => app.stop());

async function problemOf(error: unknown, headers: Record<string, string> = {}) {
  thrown = error;
  const answer = await app.browser().get('/api/v1/throw', headers);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return {
    ...(answer.json() as { status: number; detail: string; title: string }),
    retry: answer.headers.get('retry-after'),
  };
}

describe('an error', () => {
  const fields = [{ path: 'partners[1].zone', message: 'is no time zone' }];

  it.each<[unknown, number, string]>([
    [new InvalidFields(fields), 422, 'Something in it is to be put right.'],
    [new InvalidInput('PORT', 'is no number'), 422, 'Is no number.'],
    [new NotFound('partnership'), 404, 'There is no such partnership.'],
    [
      new Forbidden('this token lacks the scope "sign": make one that has it'),
      403,
      'This token lacks the scope "sign": make one that has it.',
    ],
    [new Conflict('there is a draft already'), 409, 'There is a draft already.'],
    [
      new ChangedMeanwhile('draft'),
      409,
      'The draft was changed meanwhile: look at it again, then try once more.',
    ],
    [new ProviderUnavailable('the mail server is away'), 503, 'The mail server is away.'],
    [
      new DatabaseUnavailable('/var/lib/secret', 'disk full at /var/lib/secret'),
      503,
      'The database does not answer now: try again in a minute.',
    ],
  ])('of the kind %s is a problem', async (error, status, detail) => {
    expect(await problemOf(error)).toMatchObject({ type: 'about:blank', status, detail });
  });

  it('says which fields are wrong', async () => {
    expect(await problemOf(new InvalidFields(fields))).toMatchObject({
      title: 'Unprocessable Entity',
      errors: fields,
    });
  });

  it('of a change that came with If-Match is a failed precondition', async () => {
    expect((await problemOf(new ChangedMeanwhile('draft'), { 'if-match': '"1"' })).status).toBe(412);
  });

  it('of somebody outside says when to come back', async () => {
    const error = new ProviderUnavailable('away', { retryAfter: 90_000 });
    expect((await problemOf(error)).retry).toBe('90');
  });

  it.each([
    ['the database stops', { meta: { driverAdapterError: { cause: { originalCode: '57P01' } } } }],
    ['it cannot be reached', { cause: { code: 'ECONNREFUSED' } }],
    ['the library says so', { code: 'P1001' }],
    ['its socket is gone', { code: 'ENOENT', message: 'connect ENOENT /data/.s.PGSQL.5432' }],
  ])('of %s passes with time', async (_, about) => {
    const problem = await problemOf(Object.assign(new Error('away'), about));
    expect(problem).toMatchObject({
      status: 503,
      retry: '60',
      detail: 'The database does not answer now: try again in a minute.',
    });
  });

  it.each([
    ['the client', { meta: { driverAdapterError: { cause: { originalCode: '53100' } } } }],
    ['the driver', { code: '53100' }],
    ['plain SQL', { cause: new DatabaseUnavailable('x', 'full', { cause: { code: '53100' } }) }],
  ])('of a full disk, as %s tells it, says so there and in the log', async (_, about) => {
    const before = app.log().length;
    const problem = await problemOf(Object.assign(new Error('could not extend file'), about));
    expect(problem).toMatchObject({
      status: 503,
      retry: '60',
      detail: 'The disk is full here: tell who runs this service, and try again when there is room.',
    });
    expect(app.log().slice(before)).toContain('the disk is full; make room');
  });

  it('of a file that is not there is one of ours', async () => {
    const error = Object.assign(new Error("ENOENT: no such file, open '/x'"), { code: 'ENOENT' });
    expect((await problemOf(error)).status).toBe(500);
  });

  it('of the client where the socket of the database is gone passes with time', async () => {
    const { client, close } = connect({ host: '/nowhere', user: 'a', database: 'a' });
    const error = await client.person.findFirst().catch((each: unknown) => each);
    await close();
    expect(await problemOf(error)).toMatchObject({ status: 503, retry: '60' });
  });

  it('that nobody expected tells nothing but a reference, which stands in the log', async () => {
    const problem = await problemOf(
      new Error('column "secret" of ana@example.com at postgresql://user:pass@host/db'),
    );
    expect(Object.keys(problem).sort()).toEqual(['detail', 'reference', 'retry', 'status', 'title', 'type']);
    expect(problem).toMatchObject({ status: 500, title: 'Internal Server Error' });
    const { reference } = problem as unknown as { reference: string };
    const lines = app
      .log()
      .split('\n')
      .filter((line) => line.includes(reference));
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['unexpected', 'request']);
    expect(lines[0]).toContain('column');
    expect(lines[0]).not.toMatch(/ana@|pass@/);
  });

  it.each(['text', null, undefined, { status: 200 }, Object.assign(new Error('x'), { status: 302 })])(
    'that is %j is one of ours',
    async (error) => {
      expect((await problemOf(error)).status).toBe(500);
    },
  );

  it('is a page for people, in the same words', async () => {
    thrown = new NotFound('partnership');
    const page = await app.browser().get('/throw/x');
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(wordsOf(page)).toContain('There is no such partnership.');
    thrown = new Error('secret');
    const broken = await (await signedIn(app)).get('/throw/x');
    expect(wordsOf(broken)).toMatch(/Something went wrong .* Reference: [\w-]{12}/);
    expect(broken.text).not.toContain('secret');
  });

  it('is a problem for a program that asks for JSON, wherever', async () => {
    thrown = new NotFound('partnership');
    expect((await app.browser().get('/throw/x', { accept: 'application/json' })).json()).toMatchObject({
      status: 404,
    });
  });

  it('is in words alone where the database is gone as well', async () => {
    const other = await accessApp();
    const browser = await signedIn(other);
    await other.database.pool.query('DROP TABLE session CASCADE');
    const page = await browser.get('/account');
    expect([page.status, wordsOf(page).includes('Something went wrong')]).toEqual([500, true]);
    await other.stop();
  });
});

describe('the log', () => {
  it('has one line for each request, with the name of the route and never the path', async () => {
    thrown = new NotFound('thing');
    const answer = await app.browser().get('/throw/secret-of-somebody?email=ana@example.com', {
      authorization: 'Bearer tat_x',
      accept: 'application/json',
    });
    const lines = app
      .log()
      .split('\n')
      .filter((line) => line.includes(answer.headers.get('x-request-id')!));
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0]!);
    expect(line).toMatchObject({ msg: 'request', method: 'GET', route: 'throw-1', status: 401 });
    expect(Object.keys(line).sort()).toEqual([
      'id',
      'level',
      'method',
      'ms',
      'msg',
      'route',
      'status',
      'time',
    ]);
    expect(app.log()).not.toMatch(/secret-of-somebody|tat_x|ana@example/);
  });

  it('hides what is secret by its name, whoever logs it', () => {
    const lines: string[] = [];
    const log = logTo({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    log.info(
      { email: 'ana@example.com', request: { headers: { authorization: 'x1', cookie: 'x2' }, token: 'x3' } },
      'said',
    );
    expect(lines.join('')).not.toMatch(/ana@|x1|x2|x3/);
  });

  it('hides what looks like a secret in an error and in its cause, and keeps what helps', () => {
    const lines: string[] = [];
    const log = logTo({ level: 'info', destination: { write: (line) => void lines.push(line) } });
    const token = 'tat_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';
    const cause = new Error(`no row for ${token}`);
    log.error(
      { err: new Error('mail to ana.duarte@example.com failed at https://h.example/x?key=1', { cause }) },
      'failed',
    );
    expect(lines.join('')).not.toMatch(/ana|h\.example|0123456789abc/);
    expect(lines.join('')).toContain('problem.test.ts');
    expect(scrubbed('PrismaClientKnownRequestError in node_modules')).toBe(
      'PrismaClientKnownRequestError in node_modules',
    );
  });
});

describe('input', () => {
  const schema = z.strictObject({
    name: z.string().max(5),
    count: z.int().min(1).max(3),
    kind: z.enum(['a', 'b']),
    list: z.array(z.object({ id: z.uuid() })).max(2),
    more: z.string().refine((text) => text !== 'no', 'is refused'),
  });

  it('says everything that is wrong in words about each field', () => {
    const wrong = { name: 'abcdef', count: 9, kind: 'c', list: [{ id: '1' }, {}], more: 'no', evil: 1 };
    const problems = () => {
      try {
        return inputOf(schema, wrong);
      } catch (error) {
        return (error as InvalidFields).problems.map(({ path, message }) => `${path} ${message}`.trim());
      }
    };
    expect(problems()).toEqual([
      'name is more than 5 characters',
      'count is more than 3',
      'kind is to be one of a, b',
      'list[0].id is not written as uuid',
      'list[1].id is missing',
      'more is refused',
      'has what nobody knows: evil',
    ]);
  });

  it('that is nothing lacks everything', () => {
    expect(() => inputOf(schema, undefined)).toThrow('name is missing; count is missing');
  });
});
