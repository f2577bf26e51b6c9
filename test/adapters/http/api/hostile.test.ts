// Ten thousand hostile requests, made from the document itself: never a 500, and never another's data, neither told nor changed.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PartnerId } from '../../../../src/domain/partner.ts';
import type { Zone } from '../../../../src/domain/time/zone.ts';
import { proposeTime } from '../../../../src/flows/answers/propose-time.ts';
import { connectCalendar } from '../../../../src/flows/calendars/connect-calendar.ts';
import { addLeave, addTravel } from '../../../../src/flows/calendars/plan-days.ts';
import { issueFeed } from '../../../../src/flows/feeds/manage-feeds.ts';
import { invitePartner } from '../../../../src/flows/partnership/invite-partner.ts';
import { occurrencesOf } from '../../../support/agreed.ts';
import { type ApiApp, apiApp, type Caller, NO_LIMITS, NOBODY } from '../../../support/api-app.ts';
import { at, day } from '../../../support/builders.ts';
import { founded, redrafted, signedByAll, signedIn } from '../../../support/service-world.ts';

const REQUESTS = 10_000;
const AT_ONCE = 25;
const SEED = Number(process.env.HOSTILE_SEED ?? 20_270_104);

/** Stands in everything of the partnership that is none of the callers'. */
const CANARY = 'Canary7f3a';

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

type Operation = {
  readonly line: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly body?: Schema;
};

let api: ApiApp;
let callers: readonly Caller[];
let operations: readonly Operation[];
let own: readonly string[];
let others: readonly string[];
/** The others' ids by what a path calls them. */
let aims: Readonly<Record<string, string>>;
let untouched: readonly string[];

beforeAll(async () => {
  api = await apiApp({ limits: NO_LIMITS });
  const [mine, theirs] = [
    await groupCalled('Ana Moss', 'Ben Moss', 'Harbour'),
    await groupCalled(CANARY, `${CANARY}2 X`, CANARY),
  ];
  [own, others, aims] = [mine.ids, theirs.ids, theirs.named];
  const eve = await api.world.person('Eve Moss', 'UTC');
  callers = [
    await api.session(mine.people[0]!),
    await api.token(mine.people[0]!),
    await api.token(mine.people[1]!),
    await api.token(mine.people[1]!, ['answer']),
    await api.token(eve),
    NOBODY,
    { authorization: 'Bearer tat_nothing' },
    { authorization: 'Basic \u00ff' },
    { cookie: 'turnabout=; turnabout=x', 'sec-fetch-site': 'cross-site' },
  ];
  const { body: document } = await api.call(NOBODY, 'GET /openapi.json');
  operations = operationsIn(document);
  untouched = await rowsOfOthers();
  expect(new Set(untouched.map((row) => row.split(' ')[0]))).toEqual(new Set(TABLES));
});

afterAll(() => api.stop());

/**
 * Every row in which one of the others' ids stands, or the id of such a row, as its table and its text. A name is what anybody
 * writes.
 */
async function rowsOfOthers(): Promise<string[]> {
  const { pool } = api.world.connection;
  const { rows: tables } = await pool.query(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const all = tables.map(({ name }) => `SELECT '${name}' AS name, to_jsonb(t) AS row FROM ${name} t`);
  let { rows: left } = await pool.query(all.join(' UNION ALL '));
  // What both have, such as a period, is nobody's.
  const ids = new Set<unknown>([...others, ...Object.values(aims)].filter((id) => !own.includes(id)));
  const theirs: string[] = [];
  for (let found = left; found.length > 0; ) {
    found = left.filter(({ row: { name: _, ...row } }) => Object.values(row).some((value) => ids.has(value)));
    left = left.filter((each) => !found.includes(each));
    for (const { name, row } of found) {
      if (row.id) ids.add(row.id);
      theirs.push(`${name} ${JSON.stringify(row)}`);
    }
  }
  return theirs.sort();
}

/** Those in which the others have something. */
const TABLES = [
  ...['person', 'session', 'api_token', 'leave', 'travel', 'calendar', 'feed', 'notice', 'partnership'],
  ...['membership', 'invitation', 'agreement', 'signature', 'occurrence', 'attendee', 'question'],
  'book_entry',
];

/** A partnership of two with something of everything, and the ids of all of it. */
async function groupCalled(first: string, second: string, called: string) {
  const { world } = api;
  const people = [await world.person(first, 'Europe/Berlin'), await world.person(second, 'America/Lima')];
  const [one, other] = people as [PartnerId, PartnerId];
  const id = await founded(world, people);
  await redrafted(world, { id, by: one }, (terms) => ({ ...terms, name: called }));
  await signedByAll(world, id, people);
  await world.settle();
  const self = signedIn(world, one, 'write');
  const partner = await world.partner(one, id, 'answer');
  const writer = await world.partner(one, id, 'write');
  const address = `https://${called.toLowerCase()}.example.net/x.ics`;
  const [occurrence] = await occurrencesOf(world, id);
  const question = await proposeTime(
    partner,
    { period: '2027-W03', start: at('2027-01-21T17:00:00Z'), because: 'partner' },
    world,
  );
  await redrafted(world, { id, by: other }, (terms) => ({ ...terms, name: `${called} drafted` }));
  const days = { from: day('2027-06-01'), to: day('2027-06-02') };
  await Promise.all([api.session(one), api.token(one)]);
  const named = {
    ...{ partnership: id, person: one, question, uid: occurrence!.item.uid },
    calendar: (await connectCalendar(self, { name: `${called} calendar`, address }, world)).id,
    feed: (await issueFeed(self, { name: `${called} feed`, detail: 'full' }, world)).feed.id,
    leave: (await addLeave(self, days, world)).id,
    travel: (await addTravel(self, { ...days, zone: 'Asia/Tokyo' as Zone }, world)).id,
    invitation: (await invitePartner(writer, `${called.toLowerCase()}@example.net`, world)).id,
    session: await idIn('session', one),
    token: await idIn('api_token', one),
  };
  const { calendar, feed, leave, invitation } = named;
  const ids = [
    ...[id, one, other, question, named.uid, occurrence!.occurrence.period.id],
    ...[calendar, feed, leave, invitation, (await world.database.agreements.draft(id))!.hash],
  ];
  return { people, ids, named };
}

async function idIn(table: string, person: PartnerId): Promise<string> {
  const { pool } = api.world.connection;
  return (await pool.query(`SELECT id FROM ${table} WHERE person_id = $1`, [person])).rows[0].id;
}

function operationsIn(document: {
  paths: Record<string, Record<string, unknown>>;
  components: unknown;
}): Operation[] {
  return Object.entries(document.paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => {
      const { parameters = [], requestBody } = operation as {
        parameters?: { in: string; name: string }[];
        requestBody?: { content: Record<string, { schema: Schema }> };
      };
      const named = (where: string) => parameters.filter((each) => each.in === where).map(({ name }) => name);
      const body = requestBody?.content['application/json']?.schema;
      return {
        line: `${method.toUpperCase()} ${path}`,
        path,
        query: named('query'),
        headers: named('header'),
        ...(body && { body }),
      };
    }),
  );
}

const NASTY = [
  ...['', ' ', '\u0000', '\u0007\u001b[2J', '\u202eevil', '\ud800', '😀'.repeat(30), 'x'.repeat(5_000)],
  ...["' OR 1=1 --", '{{7*7}}', '<script>alert(1)</script>', '../../etc/passwd', '..%2f..%2f', '%', '%00'],
  ...['null', 'undefined', 'NaN', '-0', '1e999', '[object Object]', '__proto__', 'constructor', 'true'],
  ...['2027-02-30', '9999-12-31', '0000-00-00', '2027-W99', '2027-13', '2027-W01', '+275760-09-13T00:00:00Z'],
  ...[
    '2027-01-05T25:00:00Z',
    '2027-01-05T16:00:00+99:99',
    '1970-01-01T00:00:00.0000000001Z',
    '9999-12-31T23:59:59Z',
  ],
  ...[
    'Europe/Berlin',
    'europe/berlin',
    'Etc/GMT+12',
    '+02:00',
    'Mars/Olympus',
    'UTC',
    'Mon-Fri 09:00-17:00',
    'Mon 24:00-24:00',
  ],
  ...[
    'https://127.0.0.1/x.ics',
    'webcal://localhost/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'every 99999',
  ],
];

const nastyText = fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 30 }));

const nastyValue: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e308,
    -1e308,
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
    [],
    {},
    [[]],
    [null],
  ),
  fc.integer({ min: 1, max: 60 }).map((depth) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`)),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'name', 'id', 'toString', ''), fc.constant(1)),
  fc.array(fc.constant('x'), { minLength: 200, maxLength: 600 }),
);

const anId = () => fc.oneof(fc.constantFrom(...own), fc.constantFrom(...others), fc.uuid());

/** Something of the shape that is asked for, in which now and then something is not. */
function likely(schema: Schema): fc.Arbitrary<unknown> {
  const right = rightValue(schema);
  return fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: nastyValue });
}

function rightValue(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(likely));
  if (schema.properties) return objectOf(schema.properties);
  if (schema.items) return fc.array(likely(schema.items), { maxLength: 4 });
  if (schema.format === 'uuid')
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...own.slice(0, 3)) },
      { weight: 1, arbitrary: anId() },
    );
  if (schema.examples)
    return fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...schema.examples) },
      { weight: 1, arbitrary: anId() },
      { weight: 1, arbitrary: nastyText },
    );
  if (schema.type === 'integer') return fc.integer({ min: -5, max: 80 });
  return nastyText;
}

function objectOf(properties: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, likely(each)]));
  const some = fc.record(fields, { requiredKeys: [] });
  const extra = fc.dictionary(nastyText, nastyValue, { maxKeys: 2 });
  return fc.oneof(
    { weight: 12, arbitrary: fc.record(fields) },
    { weight: 2, arbitrary: some },
    { weight: 1, arbitrary: fc.tuple(some, extra).map(([a, b]) => ({ ...a, ...b })) },
  );
}

const JSON_TYPE = 'application/json';

/** The text of a body, and what it is said to be. */
function bodyOf(schema: Schema | undefined): fc.Arbitrary<{ text?: string; type?: string }> {
  const value = schema ? likely(schema) : nastyValue;
  const text = value.map((each) => JSON.stringify(each) ?? '');
  return fc.oneof(
    { weight: 30, arbitrary: text.map((each) => ({ text: each, type: JSON_TYPE })) },
    { weight: 1, arbitrary: text.map((each) => ({ text: each.slice(0, each.length / 2), type: JSON_TYPE })) },
    {
      weight: 1,
      arbitrary: fc.record({
        text: nastyText.map((each) => each.toWellFormed()),
        type: fc.constantFrom(
          'text/plain',
          'application/xml',
          'application/x-www-form-urlencoded',
          'application/json; charset=utf-7',
          JSON_TYPE,
        ),
      }),
    },
    { weight: 1, arbitrary: fc.constant({}) },
  );
}

/** What would change something is aimed at the others' things, one in three times. */
function pathOf(path: string, method: string): fc.Arbitrary<string> {
  const steps = path.split('/').map((step) => {
    if (!step.startsWith('{')) return fc.constant(step);
    const aim = encodeURIComponent(aims[step.slice(1, -1)] ?? '');
    const mine =
      step === '{partnership}' ? fc.constant(own[0]!) : step === '{uid}' ? fc.constant(own[4]!) : anId();
    return fc.oneof(
      { weight: 16, arbitrary: mine.map(encodeURIComponent) },
      { weight: 2, arbitrary: anId().map(encodeURIComponent) },
      { weight: method === 'GET' ? 0 : 10, arbitrary: fc.constant(aim) },
      { weight: 1, arbitrary: nastyText.map((text) => encodeURIComponent(text.toWellFormed())) },
      { weight: 1, arbitrary: fc.constantFrom('..', '%2e%2e', '%ff', '%00', '%', '*', 'null') },
    );
  });
  return fc.tuple(...steps).map((each) => each.join('/'));
}

function queryOf(names: readonly string[]): fc.Arbitrary<string> {
  const pair = fc.tuple(
    fc.constantFrom(...names, 'cursor', 'limit', '__proto__', 'from[]', ''),
    fc.oneof(nastyText, fc.constantFrom('10', '101', 'PjE', 'Pg==', '2027-01-01T00:00:00Z')),
  );
  const few = fc.array(pair, { maxLength: 3 });
  return fc
    .oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: few })
    .map((pairs) =>
      pairs.map((each) => each.map((text) => encodeURIComponent(text.toWellFormed())).join('=')).join('&'),
    );
}

/** What a header can hold at all. */
const headerText = fc.oneof(
  nastyText.map((text) => text.replaceAll(/[^\x20-\x7e\x80-\xff]/g, '')),
  fc.constantFrom('*', '"x"', 'W/"x"', '"', '"a", "b"', '', ','),
);

type Request = {
  readonly caller: number;
  readonly line: string;
  readonly headers: Record<string, string>;
  readonly text?: string;
};

/** Whoever leaves or is erased asks nothing interesting any more, so only strangers try. */
const LAST_WORDS = /departure|erasure/;

function requests(): fc.Arbitrary<Request> {
  return fc.constantFrom(...operations).chain(({ line, path, query, headers, body }) => {
    const method = line.split(' ')[0]!;
    const last = LAST_WORDS.test(path);
    const hasBody = method !== 'GET';
    return fc
      .record({
        caller: last
          ? fc.constantFrom(4, 5, 6)
          : fc.oneof(
              { weight: 12, arbitrary: fc.constantFrom(0, 1, 1, 2, 2, 3, 4) },
              { weight: 1, arbitrary: fc.integer({ min: 5, max: callers.length - 1 }) },
            ),
        path: pathOf(path, method),
        query: queryOf(query),
        sent: hasBody
          ? fc.oneof(
              { weight: body ? 20 : 1, arbitrary: bodyOf(body) },
              { weight: body ? 1 : 5, arbitrary: fc.constant({}) },
            )
          : fc.constant({}),
        extra: fc.dictionary(
          fc.constantFrom(...headers, 'If-None-Match', 'X-Forwarded-For', 'Accept'),
          headerText,
          { maxKeys: 2 },
        ),
      })
      .map(({ caller, path: target, query: asked, sent, extra }) => {
        const { text, type } = sent as { text?: string; type?: string };
        return {
          caller,
          line: `${method} ${target}${asked === '' ? '' : `?${asked}`}`,
          headers: { ...extra, ...(type && { 'content-type': type }) },
          ...(text !== undefined && { text }),
        };
      });
  });
}

async function send({ caller, line, headers, text }: Request) {
  const answer = await api.call(callers[caller]!, line, {
    headers,
    ...(text !== undefined && { body: text }),
  });
  const told = `${answer.text} ${JSON.stringify([...answer.headers])}`;
  return { status: answer.status, told };
}

it(`gives no 500 and nothing of others to ${REQUESTS} hostile requests`, { timeout: 150_000 }, async () => {
  process.stdout.write(`hostile requests with the seed ${SEED} (HOSTILE_SEED)\n`);
  const statuses = new Map<number, number>();
  const batches = fc.array(requests(), { minLength: AT_ONCE, maxLength: AT_ONCE });
  const begun = performance.now();
  await fc.assert(
    fc.asyncProperty(batches, async (batch) => {
      const answers = await Promise.all(batch.map(send));
      for (const [i, { status, told }] of answers.entries()) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500 || told.toLowerCase().includes(CANARY.toLowerCase()))
          throw new Error(`${JSON.stringify(batch[i])} gave ${status} ${told.slice(0, 500)}`);
      }
    }),
    { seed: SEED, numRuns: REQUESTS / AT_ONCE, endOnFailure: true },
  );
  const seconds = (performance.now() - begun) / 1_000;
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries([...statuses].sort()))} in ${seconds.toFixed(0)} s\n`,
  );
  const now = await rowsOfOthers();
  expect({
    gone: untouched.filter((row) => !now.includes(row)),
    came: now.filter((row) => !untouched.includes(row)),
  }).toEqual({ gone: [], came: [] });
  // Else nothing was asked but nonsense.
  for (const status of [200, 201, 204, 401, 403, 404, 409, 412, 415, 422, 428])
    expect([status, statuses.get(status) ?? 0]).toEqual([
      status,
      expect.toSatisfy((count: number) => count > 0),
    ]);
});

it('leaves nothing behind that a run would stumble over', async () => {
  const before = api.log();
  await api.world.settle();
  expect(before).not.toContain('"unexpected"');
  expect((await api.call(callers[1]!, `POST /partnerships/${own[0]}/dry-run`)).status).toBe(200);
});
