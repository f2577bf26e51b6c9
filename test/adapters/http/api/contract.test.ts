// Every operation of the document is called, once as it is meant and in its refusals, and every answer is held against the document.

import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../src/domain/time/duration.ts';
import { formatInstant, plus } from '../../../../src/domain/time/instant.ts';
import { type Agreed, agreed, occurrencesOf } from '../../../support/agreed.ts';
import {
  type ApiAnswer,
  type ApiApp,
  apiApp,
  type Caller,
  NO_LIMITS,
  NOBODY,
  type Sending,
} from '../../../support/api-app.ts';
import { at } from '../../../support/builders.ts';

let api: ApiApp;
let group: Agreed;
let ana: Caller;
let ben: Caller;
let signedIn: Caller;
let document: Document;
let p: string;

type Schema = {
  readonly type?: string | readonly string[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { name: string; in: string; schema: Schema }[];
  readonly requestBody?: { content: { 'application/json': { schema: Schema } } };
  readonly responses: Record<string, { headers?: Record<string, unknown> }>;
};

type Document = { readonly paths: Record<string, Record<string, Operation>> };

function operationsIn({ paths }: Document) {
  return Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
  );
}

function operationOf(id: string): Operation {
  return operationsIn(document).find(({ operation }) => operation.operationId === id)!.operation;
}

/** Every text of a request, by its path. */
function sentTexts({ parameters = [], requestBody }: Operation): [string, Schema][] {
  const sent = requestBody ? textsIn(requestBody.content['application/json'].schema, 'body') : [];
  return [
    ...parameters.flatMap(({ name, in: where, schema }) => textsIn(schema, `${where}.${name}`)),
    ...sent,
  ];
}

function textsIn(schema: Schema, path: string): [string, Schema][] {
  const { type = [], properties = {}, items, anyOf = [] } = schema;
  return [
    ...([type].flat().includes('string') ? [[path, schema] satisfies [string, Schema]] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => textsIn(inner, `${path}.${name}`)),
    ...(items ? textsIn(items, `${path}[]`) : []),
    ...anyOf.flatMap((each) => textsIn(each, path)),
  ];
}

function isDescribed(schema: Schema): boolean {
  return ['examples', 'enum', 'const', 'format', 'pattern'].some((key) => key in schema);
}

const called = new Map<string, Set<number>>();
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

beforeAll(async () => {
  api = await apiApp({ limits: NO_LIMITS });
  group = await agreed(api.world);
  await api.world.settle();
  [ana, ben] = [await api.token(group.ana), await api.token(group.ben)];
  signedIn = await api.session(group.ana);
  p = `/partnerships/${group.id}`;
  document = (await api.call(NOBODY, 'GET /openapi.json')).body;
  ajv.addSchema({ ...document, $id: 'api' });
});

afterAll(() => api.stop());

/** Calls an operation, and holds its answer against the document. */
async function call(caller: Caller, line: string, sending?: Sending): Promise<ApiAnswer> {
  const answer = await api.call(caller, line, sending);
  const { id, path, method } = operationFor(line);
  called.set(id, (called.get(id) ?? new Set()).add(answer.status));
  expect(
    differencesFromDocument(answer, { path, method }),
    `${line} → ${answer.status} ${answer.text}`,
  ).toEqual([]);
  return answer;
}

function operationFor(line: string) {
  const [method = '', target = ''] = line.split(' ');
  const steps = target.split('?')[0]!.split('/');
  const found = Object.entries(document.paths).flatMap(([path, operations]) => {
    const own = path.split('/');
    const isSame =
      own.length === steps.length && own.every((step, i) => step.startsWith('{') || step === steps[i]);
    const operation = operations[method.toLowerCase()];
    return isSame && operation ? [{ path, method: method.toLowerCase(), id: operation.operationId }] : [];
  });
  const best = found.sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  if (!best) throw new Error(`no operation for ${line}`);
  return best;
}

type Place = { readonly path: string; readonly method: string };

function differencesFromDocument(
  { status, headers, body, text }: ApiAnswer,
  { path, method }: Place,
): string[] {
  const pointer = ['paths', path, method, 'responses', String(status)];
  const response = at_(document, pointer) as
    | { content?: Record<string, unknown>; headers?: Record<string, { required?: boolean }> }
    | undefined;
  if (!response) return [`${status} is not in the document`];
  const told = Object.entries(response.headers ?? {});
  const missing = told.filter(([name, { required }]) => required && !headers.has(name)).map(([name]) => name);
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (!response.content) return [...missing, ...(text === '' ? [] : ['it has a body'])];
  if (!(type in response.content)) return [`it is ${type}`];
  const reference = [...pointer, 'content', type, 'schema'].map(escaped).join('/');
  const validate = ajv.compile({ $ref: `api#/${reference}` });
  return validate(body)
    ? missing
    : [...missing, ...validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`)];
}

function at_(value: unknown, pointer: readonly string[]): unknown {
  return pointer.reduce((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

function escaped(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const paths = (answer: ApiAnswer) => (answer.body.errors as { path: string }[]).map(({ path }) => path);

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as Record<string, unknown>);
    expect(result).toMatchObject({ valid: true });
  });

  it('declares each operation once, with words for people', () => {
    const operations = Object.values(document.paths).flatMap((each) => Object.values(each));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { summary } of operations) expect(summary.length).toBeGreaterThan(3);
  });

  it('says of every text that is sent how it is written', () => {
    const unsaid = operationsIn(document).flatMap(({ operation }) =>
      sentTexts(operation)
        .filter(([, schema]) => !isDescribed(schema))
        .map(([path]) => `${operation.operationId}: ${path}`),
    );
    expect(unsaid).toEqual([]);
    const [, duration] = sentTexts(operationOf('putDraft')).find(([path]) => path.endsWith('.duration'))!;
    expect(duration).toMatchObject({ examples: ['30m'], description: expect.stringContaining('quarters') });
    const [, limit] = Object.entries(operationOf('listTokens').parameters!).find(
      ([, { name }]) => name === 'limit',
    )!;
    expect(limit.schema).toEqual({
      ...{ type: 'integer', minimum: 1, maximum: 100, default: 50, examples: [50] },
      description: 'How many entries, 1 to 100.',
    });
  });

  it('names the headers of requests and answers, and every refusal', () => {
    const headersOf = (id: string) =>
      (operationOf(id).parameters ?? []).flatMap(({ in: where, name }) => (where === 'header' ? [name] : []));
    expect(headersOf('getDraft')).toEqual(['If-None-Match']);
    expect(headersOf('putDraft')).toEqual(['If-Match', 'If-None-Match']);
    expect(Object.keys(operationOf('withdrawDraft').responses)).toEqual(
      expect.arrayContaining(['413', '415']),
    );
    const made = operationOf('startPartnership').responses;
    expect(Object.keys(made['201']!.headers!)).toEqual(['Location', 'Idempotent-Replayed']);
    for (const status of ['429', '503']) expect(Object.keys(made[status]!.headers!)).toEqual(['Retry-After']);
    const key = operationOf('startPartnership').parameters!.find(({ name }) => name === 'Idempotency-Key')!;
    expect(new RegExp(key.schema.pattern!).test('two words')).toBe(false);
  });

  it('has a page for people, which names every operation', async () => {
    const { status, text } = await api.request(NOBODY, 'GET /api');
    expect(status).toBe(200);
    for (const operations of Object.values(document.paths))
      for (const { operationId } of Object.values(operations)) expect(text).toContain(`id="${operationId}"`);
  });
});

describe('you', () => {
  it('are told who you are, and can change it', async () => {
    expect((await call(ana, 'GET /me')).body).toMatchObject({ name: 'Ana Duarte', email: 'ana@example.com' });
    const changed = await call(ana, 'PATCH /me', { body: { name: 'Ana D.', region: 'us-ca' } });
    expect(changed.body).toMatchObject({ name: 'Ana D.', zone: 'America/Los_Angeles', region: 'US-CA' });
    await call(ana, 'PATCH /me', { body: { name: 'Ana Duarte', region: 'none' } });
  });

  it('are told what is wrong, where, and what would be right', async () => {
    const wrong = await call(ana, 'PATCH /me', {
      body: { name: '', zone: 'Berlin', regoin: 'DE', whatever: 1 },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors).toEqual(
      expect.arrayContaining([
        { path: 'name', message: 'is empty: write a name' },
        { path: 'zone', message: '"Berlin" is no time zone: did you mean "Europe/Berlin"?' },
        { path: 'regoin', message: 'nothing reads this: did you mean "region"?' },
        { path: 'whatever', message: 'nothing reads this: send name, zone, region' },
      ]),
    );
    const alone = await call(ana, 'PATCH /me', { body: { region: 'XX' } });
    expect(paths(alone)).toEqual(['region']);
    const both = await call(ana, 'PATCH /me', { body: { zone: 'Europe/Lisbn', region: 'xx' } });
    expect(paths(both)).toEqual(['zone', 'region']);
    expect(both.body.errors[1]).toEqual(alone.body.errors[0]);
    for (const region of ['Germany', 7, 'none', 'US-CA']) {
      const found = paths(await call(ana, 'PATCH /me', { body: { zone: 'Europe/Lisbn', region } }));
      expect(found).toEqual(region === 'Germany' || region === 7 ? ['zone', 'region'] : ['zone']);
    }
    expect((await call(ana, 'PATCH /me', { body: [] })).status).toBe(422);
    expect((await call(ana, 'PATCH /me', { body: '{"name":' })).status).toBe(400);
    const form = { body: 'name=Ana', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    expect((await call(ana, 'PATCH /me', form)).status).toBe(415);
    expect((await call(ana, 'PATCH /me', { body: { name: 'a'.repeat(200_000) } })).status).toBe(413);
  });

  it('take days off and journeys, a page at a time', async () => {
    for (const [kind, more] of [
      ['leaves', {}],
      ['travels', { zone: 'Europe/London' }],
    ] as const) {
      const made: string[] = [];
      for (const [from, to] of [
        ['2027-08-02', '2027-08-04'],
        ['2027-07-01', '2027-07-09'],
        ['2027-09-01', '2027-09-01'],
      ])
        made.push((await call(ana, `POST /me/${kind}`, { body: { from, to, ...more } })).body.id);
      const first = await call(ana, `GET /me/${kind}?limit=2`);
      expect(first.body.items.map(({ from }: { from: string }) => from)).toEqual([
        '2027-07-01',
        '2027-08-02',
      ]);
      const second = await call(ana, `GET /me/${kind}?limit=2&cursor=${first.body.next}`);
      expect(second.body).toMatchObject({ items: [{ from: '2027-09-01' }], next: null });
      expect(paths(await call(ana, `GET /me/${kind}?limit=0&cursor=x&page=2`)).sort()).toEqual([
        'cursor',
        'limit',
        'page',
      ]);
      expect(paths(await call(ana, `GET /me/${kind}?limit=1&limit=2`))).toEqual(['limit']);
      const wrong = await call(ana, `POST /me/${kind}`, {
        body: { from: '2027-02-30', to: '2027-02-01', ...more },
      });
      expect(paths(wrong)).toEqual(['from']);
      const backward = await call(ana, `POST /me/${kind}`, {
        body: { from: '2027-03-02', to: '2027-03-01', ...more },
      });
      expect(paths(backward)).toEqual(['to']);
      const one = kind === 'leaves' ? 'leave' : 'travel';
      expect(one).toBeTruthy();
      for (const id of made) expect((await call(ana, `DELETE /me/${kind}/${id}`)).status).toBe(204);
      expect((await call(ana, `DELETE /me/${kind}/${made[0]}`)).status).toBe(404);
      expect((await call(ana, `DELETE /me/${kind}/nonsense`)).status).toBe(404);
    }
  });

  it('are in one zone on one day', async () => {
    const body = { from: '2027-10-01', to: '2027-10-05', zone: 'Asia/Tokyo' };
    await call(ana, 'POST /me/travels', { body });
    expect((await call(ana, 'POST /me/travels', { body })).status).toBe(409);
  });

  it('take along what is kept, signed in alone', async () => {
    const { status, body, text } = await call(signedIn, 'GET /me/export');
    expect(status).toBe(200);
    expect(body.partnerships).toHaveLength(1);
    expect(text).not.toContain('ben@example.com');
    expect((await call(ana, 'GET /me/export')).status).toBe(403);
  });
});

describe('calendars and feeds', () => {
  it('are connected, looked at, confirmed and disconnected', async () => {
    const address = 'https://calendars.example.net/secret.ics';
    const { status, body } = await call(ana, 'POST /calendars', { body: { name: 'Work', address } });
    expect([status, body.state, body.host]).toEqual([201, 'unread', 'calendars.example.net']);
    expect((await call(ana, `POST /calendars/${body.id}/check`)).status).toBe(202);
    expect((await call(ana, `POST /calendars/${body.id}/confirmation`)).status).toBe(200);
    const listed = await call(ana, 'GET /calendars');
    expect(listed.body.items).toHaveLength(1);
    expect(listed.text).not.toContain('secret.ics');
    expect(paths(await call(ana, 'POST /calendars', { body: { name: 'Work', address: 'ana.ics' } }))).toEqual(
      ['address'],
    );
    const wrong = await call(ana, 'POST /calendars', { body: { name: '', address: 'ana.ics' } });
    expect(paths(wrong)).toEqual(['name', 'address']);
    const unnamed = { name: '', address: 'https://calendars.example.net/other.ics' };
    expect(paths(await call(ana, 'POST /calendars', { body: unnamed }))).toEqual(['name']);
    expect((await call(ben, `POST /calendars/${body.id}/check`)).status).toBe(404);
    expect((await call(ben, `POST /calendars/${body.id}/confirmation`)).status).toBe(404);
    expect((await call(ben, `DELETE /calendars/${body.id}`)).status).toBe(404);
    expect((await call(ana, `DELETE /calendars/${body.id}`)).status).toBe(204);
  });

  it('are issued with an address that is told once', async () => {
    const body = { name: 'Phone', detail: 'busy', partnership: group.id };
    const made = await call(ana, 'POST /feeds', { body });
    expect(made.status).toBe(201);
    const path = new URL(made.body.address).pathname;
    expect((await api.request(NOBODY, `GET ${path}`)).status).toBe(200);
    expect((await call(ana, 'GET /feeds')).text).not.toContain(path);
    expect(
      (await call(ana, 'POST /feeds', { body: { name: 'X', partnership: crypto.randomUUID() } })).status,
    ).toBe(404);
    expect(paths(await call(ana, 'POST /feeds', { body: { name: 'X', detail: 'all' } }))).toEqual(['detail']);
    expect((await call(ben, `DELETE /feeds/${made.body.feed.id}`)).status).toBe(404);
    expect((await call(ana, `DELETE /feeds/${made.body.feed.id}`)).status).toBe(204);
  });
});

describe('access', () => {
  it('is managed by who is signed in, and by no token', async () => {
    const made = await call(signedIn, 'POST /tokens', {
      body: { name: 'Script', scopes: ['read'], days: 30 },
    });
    expect(made.body.token).toMatch(/^tat_/);
    expect(made.body.expiresAt).toBe(formatInstant(plus(api.world.now, 30 * DAY)));
    const tokens = await call(signedIn, 'GET /tokens');
    const own = tokens.body.items.find(({ name }: { name: string }) => name === 'Script');
    expect(made.body.id).toBe(own.id);
    expect((await call(signedIn, `DELETE /tokens/${own.id}`)).status).toBe(204);
    expect((await call(signedIn, `DELETE /tokens/${own.id}`)).status).toBe(404);
    const sessions = await call(signedIn, 'GET /sessions');
    expect(sessions.body.items).toMatchObject([{ isThisOne: true }]);
    expect((await call(signedIn, `DELETE /sessions/${crypto.randomUUID()}`)).status).toBe(404);
    const second = await api.session(group.ana);
    const [{ id }] = (await call(second, 'GET /sessions')).body.items.filter(
      ({ isThisOne }: { isThisOne: boolean }) => isThisOne,
    );
    expect((await call(signedIn, `DELETE /sessions/${id}`)).status).toBe(204);
    expect((await call(second, 'GET /sessions')).status).toBe(401);
    for (const line of ['GET /tokens', 'GET /sessions', 'POST /tokens', `DELETE /tokens/${own.id}`])
      expect((await call(ana, line, line.startsWith('POST') ? { body: {} } : {})).status).toBe(403);
    const wrong = await call(signedIn, 'POST /tokens', {
      body: { name: 'X', scopes: ['everything'], days: 1000 },
    });
    expect(paths(wrong)).toEqual(['scopes[0]', 'days']);
  });
});

describe('a partnership', () => {
  it('is begun, shown, and left', async () => {
    const made = await call(ana, 'POST /partnerships', { body: { name: 'Quay', anchor: 'Europe/Lisbon' } });
    expect(made.status).toBe(201);
    const own = `/partnerships/${made.body.id}`;
    expect(made.headers.get('location')).toBe(`/api/v1${own}`);
    expect((await call(ana, `GET ${own}`)).body).toMatchObject({ agreement: 'none', draft: 'open' });
    expect((await call(ana, 'GET /partnerships')).body.items).toHaveLength(2);
    expect((await call(ana, `GET ${own}/agreement`)).status).toBe(404);
    expect((await call(ana, `GET ${own}/draft/preview`)).body).toEqual({ plan: null });
    expect((await call(ben, `GET ${own}`)).status).toBe(404);
    expect((await call(ana, `POST ${own}/departure`)).status).toBe(204);
    expect((await call(ana, `GET ${own}`)).status).toBe(404);
    const wrong = await call(ana, 'POST /partnerships', { body: { anchor: 'Mars' } });
    expect(paths(wrong).sort()).toEqual(['anchor', 'name']);
    expect(wrong.body.errors).toContainEqual({
      path: 'name',
      message: 'is missing: send a text such as "Harbour"',
    });
  });

  it('is one to which others are invited', async () => {
    const made = await call(ana, `POST ${p}/invitations`, { body: { email: 'Chiara@Example.com' } });
    expect(made.body).toMatchObject({ email: 'chiara@example.com', invitedBy: group.ana });
    expect((await call(ben, `GET ${p}/invitations`)).body.items).toHaveLength(1);
    expect((await call(ben, `POST ${p}/invitations`, { body: { email: 'chiara@example.com' } })).status).toBe(
      409,
    );
    expect(paths(await call(ben, `POST ${p}/invitations`, { body: { email: 'chiara' } }))).toEqual(['email']);
    expect((await call(ben, `DELETE ${p}/invitations/${made.body.id}`)).status).toBe(204);
    expect((await call(ben, `DELETE ${p}/invitations/${made.body.id}`)).status).toBe(404);
  });

  it('shows the partners to each other', async () => {
    const { body } = await call(ben, `GET ${p}`);
    expect(body.partners).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Ana Duarte', email: 'ana@example.com', leftAt: null }),
        expect.objectContaining({ name: 'Ben Okafor', email: 'ben@example.com', leftAt: null }),
      ]),
    );
  });

  it('shows when a partner is busy, in the same bytes to all, and not a word more', async () => {
    const day = { from: '2027-12-24', to: '2027-12-26' };
    await call(ana, 'POST /me/leaves', { body: day });
    const query = 'from=2027-12-20T00:00:00Z&to=2027-12-31T00:00:00Z';
    const [own, others] = [
      await call(ana, `GET ${p}/partners/${group.ana}/free-busy?${query}`),
      await call(ben, `GET ${p}/partners/${group.ana}/free-busy?${query}`),
    ];
    expect(own.text).toBe(others.text);
    expect(others.body.busy).toEqual([{ start: '2027-12-24T08:00:00Z', end: '2027-12-27T08:00:00Z' }]);
    expect((await call(ben, `GET ${p}/partners/${group.ana}/free-busy`)).status).toBe(200);
    expect((await call(ben, `GET ${p}/partners/${crypto.randomUUID()}/free-busy`)).status).toBe(404);
    const far = await call(
      ben,
      `GET ${p}/partners/${group.ana}/free-busy?from=2027-01-01T00:00:00Z&to=2028-01-01T00:00:00Z`,
    );
    expect(paths(far)).toEqual(['to']);
    const refusal = async (asked: string) =>
      (await call(ben, `GET ${p}/partners/${group.ana}/free-busy?${asked}`)).body.errors;
    expect(await refusal('to=2026-01-05T00:00:00Z')).toEqual([
      { path: 'to', message: expect.stringMatching(/^is not after 20\S+Z, where what is asked for begins/) },
    ]);
    expect(await refusal('from=2027-01-05T00:00:00Z&to=2027-01-04T00:00:00Z')).toEqual([
      { path: 'to', message: 'is before 2027-01-05T00:00:00Z: exchange the two' },
    ]);
  });
});

describe('the agreement', () => {
  it('is drafted, compared, previewed, signed, and can be withdrawn', async () => {
    const before = await call(ana, `GET ${p}/agreement`);
    expect(before.body).toMatchObject({ version: 1, next: null });
    expect((await call(ana, `GET ${p}/draft`)).status).toBe(404);
    const terms = { ...before.body.terms, name: 'Quay' };
    expect((await call(ana, `PUT ${p}/draft`, { body: terms })).status).toBe(428);
    const opened = await call(ana, `PUT ${p}/draft`, { body: terms, headers: { 'if-none-match': '*' } });
    expect([opened.status, opened.body.version, opened.body.missing]).toEqual([
      200,
      2,
      [group.ana, group.ben],
    ]);
    const etag = opened.headers.get('etag')!;
    expect(etag).toBe(`"${opened.body.hash}"`);
    const shown = await call(ben, `GET ${p}/draft`);
    expect([shown.headers.get('etag'), shown.body.terms]).toEqual([etag, terms]);
    expect((await call(ben, `GET ${p}/draft`, { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect((await call(ben, `GET ${p}/draft/differences`)).body.items).toEqual([
      { what: 'name', person: null, before: 'Harbour', after: 'Quay' },
    ]);
    expect((await call(ben, `GET ${p}/draft/preview`)).body.plan.occurrences.length).toBeGreaterThan(5);
    await changesOfTwo(terms, etag);
    const stale = { body: { hash: opened.body.hash } };
    expect((await call(ana, `POST ${p}/draft/signatures`, stale)).status).toBe(409);
    const { hash } = (await call(ana, `GET ${p}/draft`)).body;
    const sign = (who: Caller) => call(who, `POST ${p}/draft/signatures`, { body: { hash } });
    expect((await sign(ana)).body).toEqual({ outcome: 'waiting' });
    expect((await sign(ben)).body).toEqual({ outcome: 'in-force' });
    expect((await call(ana, `GET ${p}/agreement`)).body).toMatchObject({ version: 2, next: null });
    const versions = await call(ana, `GET ${p}/agreements?limit=1`);
    expect(versions.body).toMatchObject({ items: [{ version: 2, end: 'signed' }] });
    const next = await call(ana, `GET ${p}/agreements?limit=1&cursor=${versions.body.next}`);
    expect(next.body).toMatchObject({ items: [{ version: 1, end: 'signed' }], next: null });
  });

  async function changesOfTwo(terms: object, etag: string) {
    const quay = { ...terms, horizon: { weeks: 26, invited: 12 } };
    const tag = { 'if-match': etag };
    expect(
      (await call(ben, `PUT ${p}/draft`, { body: quay, headers: { 'if-none-match': '*' } })).status,
    ).toBe(412);
    const changed = await call(ben, `PUT ${p}/draft`, { body: quay, headers: tag });
    expect(changed.status).toBe(200);
    const late = await call(ana, `PUT ${p}/draft`, { body: terms, headers: tag });
    expect([late.status, late.body.detail]).toEqual([
      412,
      'The draft was changed meanwhile: look at it again, then try once more.',
    ]);
    expect((await call(ana, `DELETE ${p}/draft`, { headers: tag })).status).toBe(412);
    const now = changed.headers.get('etag')!;
    for (const sent of [now.slice(1, -1), `W/${now}`, `${now}, W/${now}`, `${now} ${now}`, '"', '']) {
      const headers = { 'if-match': sent };
      const unread = await call(ana, `PUT ${p}/draft`, { body: terms, headers });
      expect([sent, unread.status]).toEqual([sent, 400]);
      expect(unread.body.detail).toContain('is written in quotes, as the ETag was given');
      expect((await call(ana, `DELETE ${p}/draft`, { headers })).status).toBe(400);
    }
    const several = { body: quay, headers: { 'if-match': `${etag} , ${now}` } };
    expect((await call(ben, `PUT ${p}/draft`, several)).status).toBe(200);
    expect((await call(ana, `DELETE ${p}/draft`)).status).toBe(428);
  }

  it('is drafted with everything that is wrong told at once', async () => {
    const { terms } = (await call(ana, `GET ${p}/agreement`)).body;
    const [first, second] = terms.partners;
    const wrong = {
      ...terms,
      anchor: 'Nowhere',
      horizon: { weeks: 3, invited: '12' },
      partners: [{ ...first, zone: 5, comfortable: ['9 to 5'] }, second, { ...second, id: 'x', hours: 40 }],
      checkin: {},
    };
    const answer = await call(ana, `PUT ${p}/draft`, { body: wrong, headers: { 'if-none-match': '*' } });
    expect(paths(answer).sort()).toEqual([
      'anchor',
      'checkin',
      'horizon.invited',
      'horizon.weeks',
      'partners[0].comfortable',
      'partners[0].zone',
      'partners[2].hours',
      'partners[2].id',
    ]);
    const together = { ...terms, name: 'Two', partners: [first, first] };
    const twice = await call(ana, `PUT ${p}/draft`, { body: together, headers: { 'if-none-match': '*' } });
    expect(paths(twice)).toEqual(['partners[1].id']);
  });

  it('warns of whom a draft leaves out', async () => {
    const { terms } = (await call(ana, `GET ${p}/agreement`)).body;
    const body = { ...terms, partners: terms.partners.filter(({ id }: { id: string }) => id === group.ana) };
    const left = await call(ana, `PUT ${p}/draft`, { body, headers: { 'if-none-match': '*' } });
    expect(left.body.warnings).toContain(
      'Ben Okafor is left out: with these terms in force they are no partner any more',
    );
    await call(ana, `DELETE ${p}/draft`, { headers: { 'if-match': left.headers.get('etag')! } });
  });

  it('whose draft is withdrawn stays', async () => {
    const { terms } = (await call(ana, `GET ${p}/agreement`)).body;
    const body = { ...terms, name: 'Pier' };
    const { headers } = await call(ana, `PUT ${p}/draft`, { body, headers: { 'if-none-match': '*' } });
    const tag = { 'if-match': headers.get('etag')! };
    expect((await call(ben, `DELETE ${p}/draft`, { headers: tag })).status).toBe(204);
    expect((await call(ben, `DELETE ${p}/draft`, { headers: tag })).status).toBe(404);
    for (const rest of ['draft', 'draft/differences', 'draft/preview'])
      expect((await call(ben, `GET ${p}/${rest}`)).status).toBe(404);
    const unsigned = await call(ben, `POST ${p}/draft/signatures`, { body: { hash: 'x' } });
    expect(unsigned.status).toBe(404);
  });
});

describe('check-ins', () => {
  it('are listed a page at a time, and shown with everything behind them', async () => {
    const first = await call(ana, `GET ${p}/occurrences?limit=5`);
    expect(first.body.items).toHaveLength(5);
    const rest = await call(ana, `GET ${p}/occurrences?cursor=${first.body.next}`);
    expect(rest.body.items.length).toBeGreaterThan(5);
    const some = await call(ana, `GET ${p}/occurrences?from=2027-01-11T00:00:00Z&to=2027-01-18T00:00:00Z`);
    expect(some.body.items).toMatchObject([{ period: '2027-W02', status: 'confirmed' }]);
    const { uid } = some.body.items[0];
    const { body } = await call(ana, `GET ${p}/occurrences/${encodeURIComponent(uid)}`);
    expect(body.choice.ruledOut.length).toBeGreaterThan(0);
    expect(body.ledger.after).toHaveLength(2);
    expect((await call(ana, `GET ${p}/occurrences/nothing@turnabout`)).status).toBe(404);
    expect(paths(await call(ana, `GET ${p}/occurrences?from=yesterday`))).toEqual(['from']);
    const backward = await call(
      ana,
      `GET ${p}/occurrences?from=2027-01-18T00:00:00Z&to=2026-01-11T00:00:00Z`,
    );
    expect(backward.body.errors).toEqual([
      { path: 'to', message: 'is before 2027-01-18T00:00:00Z: exchange the two' },
    ]);
  });

  it('are answered, and led by who wants to', async () => {
    const [, , third] = await occurrencesOf(api.world, group.id);
    const own = `${p}/occurrences/${encodeURIComponent(third!.item.uid)}`;
    const answered = await call(ben, `POST ${own}/answer`, { body: { partStat: 'accepted' } });
    expect(answered.body.answers).toContainEqual({ person: group.ben, partStat: 'accepted' });
    expect((await call(ben, `POST ${own}/host`)).body.host).toBe(group.ben);
    expect(paths(await call(ben, `POST ${own}/answer`, { body: { partStat: 'maybe' } }))).toEqual([
      'partStat',
    ]);
    expect(
      (await call(ben, `POST ${p}/occurrences/x/answer`, { body: { partStat: 'accepted' } })).status,
    ).toBe(404);
    expect((await call(ben, `POST ${p}/occurrences/x/host`)).status).toBe(404);
    await call(ben, `POST ${own}/answer`, { body: { partStat: 'declined' } });
    expect((await call(ben, `POST ${own}/host`)).status).toBe(409);
    await call(ben, `POST ${own}/answer`, { body: { partStat: 'accepted' } });
  });

  it('are proposed for another time, exchanged, and taken over; the others reply', async () => {
    const proposal = { period: '2027-W02', start: '2027-01-14T18:00:00Z' };
    const asked = await call(ana, `POST ${p}/proposals`, { body: proposal });
    expect(asked.body).toMatchObject({ kind: 'time', about: 'partner', of: group.ana, asks: [group.ben] });
    expect(
      (await call(ben, `POST ${p}/proposals`, { body: { ...proposal, start: '2027-01-14T19:00:00Z' } }))
        .status,
    ).toBe(409);
    expect(paths(await call(ana, `POST ${p}/proposals`, { body: { period: 'W2', start: 'soon' } }))).toEqual([
      'period',
      'start',
    ]);
    expect((await call(ana, `GET ${p}/questions`)).body.items).toHaveLength(1);
    const reply = `${p}/questions/${asked.body.id}/reply`;
    expect((await call(ana, `POST ${reply}`, { body: { answer: 'yes' } })).status).toBe(404);
    expect((await call(ben, `POST ${reply}`, { body: { answer: 'no' } })).body).toMatchObject({
      outcome: 'refused',
    });
    expect((await call(ben, `POST ${reply}`, { body: { answer: 'yes' } })).status).toBe(409);
    expect(paths(await call(ben, `POST ${reply}`, { body: { answer: 'perhaps' } }))).toEqual(['answer']);
    await api.world.settle();
    const turns = await turnsOf();
    const swap = { own: turns.ana.at(-1), other: turns.ben.at(-1) };
    const swapped = await call(ana, `POST ${p}/swaps`, { body: swap });
    expect(swapped.body).toMatchObject({ kind: 'swap', about: 'swap', asks: [group.ben] });
    expect(
      paths(await call(ana, `POST ${p}/swaps`, { body: { own: turns.ben[0], other: turns.ana[0] } })),
    ).toEqual(['own']);
    const taken = await call(ana, `POST ${p}/volunteers`, { body: { period: turns.ben.at(-2) } });
    expect(taken.body).toMatchObject({ kind: 'time', about: 'volunteer', asks: [group.ben] });
    expect(paths(await call(ana, `POST ${p}/volunteers`, { body: { period: '2031-W01' } }))).toEqual([
      'period',
    ]);
  });

  async function turnsOf() {
    const all = await occurrencesOf(api.world, group.id);
    const coming = all.filter(({ item }) => item.start > at('2027-01-18T00:00:00Z'));
    const most = (who: string) =>
      coming
        .filter(({ occurrence: { burdens } }) =>
          [...burdens].every(([id, points]) => id === who || points < burdens.get(who as typeof id)!),
        )
        .map(({ occurrence }) => occurrence.period.id);
    return { ana: most(group.ana), ben: most(group.ben) };
  }
});

describe('ledger, record and runs', () => {
  it('follow from the entries, which a correction joins', async () => {
    const [first] = await occurrencesOf(api.world, group.id);
    await api.world.wait(plus(first!.item.end, HOUR));
    const ledger = await call(ana, `GET ${p}/ledger?limit=2`);
    expect(ledger.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['joined', 'joined']);
    const rest = await call(ana, `GET ${p}/ledger?cursor=${ledger.body.next}`);
    expect(rest.body.items).toMatchObject([
      { kind: 'closing', closing: { outcome: 'held', period: '2027-W01' } },
    ]);
    expect((await call(ana, `GET ${p}/record`)).body).toMatchObject({ held: 1, streak: 1, next: null });
    const twice = { period: '2027-W01', present: [group.ana, group.ana.toUpperCase()] };
    expect(paths(await call(ana, `POST ${p}/attendance`, { body: twice }))).toEqual(['present[1]']);
    const seen = { period: '2027-W01', present: [group.ana], corrects: rest.body.items[0].number };
    expect((await call(ana, `POST ${p}/attendance`, { body: seen })).status).toBe(204);
    const late = await call(ben, `POST ${p}/attendance`, { body: { ...seen, present: [group.ben] } });
    expect([late.status, late.body.detail]).toEqual([
      409,
      'The attendance was changed meanwhile: look at it again, then try once more.',
    ]);
    const body = { period: '2027-W01', present: [group.ana] };
    expect((await call(ana, `POST ${p}/attendance`, { body })).status).toBe(204);
    expect((await call(ana, `GET ${p}/record`)).body).toMatchObject({ held: 0, missed: 1 });
    expect((await call(ana, `POST ${p}/attendance`, { body: { ...body, period: '2027-W40' } })).status).toBe(
      404,
    );
    const stranger = { period: '2027-W01', present: [crypto.randomUUID()] };
    expect(paths(await call(ana, `POST ${p}/attendance`, { body: stranger }))).toEqual(['present']);
  });

  it('go on under the version that counts, while the next one waits for its day', async () => {
    const { terms } = (await call(ana, `GET ${p}/agreement`)).body;
    const body = { ...terms, name: 'Mole' };
    const { hash } = (await call(ana, `PUT ${p}/draft`, { body, headers: { 'if-none-match': '*' } })).body;
    for (const who of [ana, ben]) await call(who, `POST ${p}/draft/signatures`, { body: { hash } });
    expect((await call(ana, `GET ${p}/agreement`)).body).toMatchObject({ version: 2, next: 5 });
  });

  it('are asked for, and shown dry as they will be executed', async () => {
    expect((await call(ana, `POST ${p}/runs`)).status).toBe(202);
    const dry = await call(ana, `POST ${p}/dry-run`);
    expect(dry.status).toBe(200);
    expect(dry.body.actions).toBeInstanceOf(Array);
  });
});

describe('everything', () => {
  it('is refused to nobody, to strangers, and to tokens that lack the scope', async () => {
    const eve = await api.token(await api.world.person('Eve Moss', 'UTC'));
    const readOnly = await api.token(group.ana, ['read']);
    const answerOnly = await api.token(group.ana, ['answer']);
    for (const [path, operations] of Object.entries(document.paths))
      for (const method of Object.keys(operations)) {
        const line = `${method.toUpperCase()} ${filled(path)}`;
        const sending = method === 'post' || method === 'put' || method === 'patch' ? { body: {} } : {};
        const unknown = await call(NOBODY, line, sending);
        expect([unknown.status, unknown.body.detail]).toEqual([401, expect.stringContaining('Bearer tat_')]);
        if (path.startsWith('/partnerships/{')) expect((await call(eve, line, sending)).status).toBe(404);
        const lacking = method === 'get' || path.endsWith('dry-run') ? answerOnly : readOnly;
        expect((await call(lacking, line, sending)).status).toBe(403);
        const wrong = await call(signedIn, `${line}?nonsense=1`, sending);
        expect([wrong.status, paths(wrong)]).toEqual([422, expect.arrayContaining(['nonsense'])]);
      }
  });

  it('was called as it is meant at least once', () => {
    const missing = Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .filter(({ operationId }) => ![...(called.get(operationId) ?? [])].some((status) => status < 300))
      .map(({ operationId }) => operationId);
    expect(missing).toEqual(['eraseSelf']);
  });

  it('was refused at least once in each way that the document names, but for what passes by itself', () => {
    const untold = Object.values(document.paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ operationId, responses }) =>
        Object.keys(responses)
          .map(Number)
          .filter((status) => [404, 412, 422, 428].includes(status) && !called.get(operationId)!.has(status))
          .map((status) => `${operationId} ${status}`),
      );
    expect(untold).toEqual([]);
  });

  it('ends with oneself', async () => {
    const erased = await call(signedIn, 'POST /me/erasure', { body: { name: 'A former partner' } });
    expect(erased.status).toBe(204);
    expect((await call(signedIn, 'GET /me')).status).toBe(401);
    expect((await call(ben, `GET ${p}`)).body.partners).toContainEqual(
      expect.objectContaining({ name: 'A former partner', email: null }),
    );
  });
});

function filled(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'partnership' ? group.id : name === 'uid' ? 'nothing@turnabout' : crypto.randomUUID(),
  );
}
