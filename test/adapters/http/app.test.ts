// What every request passes through, and every route by whoever may come.

import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Access, Route } from '../../../src/adapters/http/route.ts';
import { credentialOf } from '../../../src/adapters/http/route.ts';
import { closeOf, serve } from '../../../src/adapters/http/serving.ts';
import { issueToken } from '../../../src/flows/access/keep-tokens.ts';
import { authorizePartner, authorizePerson } from '../../../src/flows/authorized.ts';
import { type AccessApp, accessApp, signedIn, wordsOf } from '../../support/access-app.ts';
import { at } from '../../support/builders.ts';
import type { Client } from '../../support/client.ts';

let app: AccessApp;

/** Stand for what others add: one route of each kind. */
function examples(): readonly Route[] {
  const never = {
    partnerships: { membership: async () => undefined },
    agreements: { named: async () => ({}) },
  };
  return [
    {
      method: 'POST',
      path: '/api/v1/echo',
      name: 'echo',
      access: 'public',
      handle: ({ body }, response) => {
        response.json(body);
      },
    },
    {
      method: 'GET',
      path: '/api/v1/partnerships/:id',
      name: 'partnership',
      access: 'partner',
      handle: async (request, response) => {
        const partnership = String(request.params.id);
        await authorizePartner(credentialOf(request), { partnership, needed: 'read' }, never);
        response.json({});
      },
    },
    {
      method: 'GET',
      path: '/answer/:link',
      name: 'answer',
      access: 'link',
      handle: (request, response) => {
        response.json({ credential: request.credential });
      },
    },
  ];
}

beforeAll(async () => {
  app = await accessApp({ routes: examples, settings: { trustProxy: 1 } });
});

afterAll(() => app.stop());

describe('every route', () => {
  const visitors = ['nobody', 'a session', 'a token', 'a wrong token'] as const;

  async function visitor(
    who: (typeof visitors)[number],
  ): Promise<{ browser: Client; headers: Record<string, string> }> {
    if (who === 'a session') return { browser: await signedIn(app), headers: {} };
    if (who === 'nobody') return { browser: app.browser(), headers: {} };
    await signedIn(app);
    const person = (await app.world.access.people.byEmail('ana@example.com'))!.id;
    const mine = authorizePerson({ kind: 'session', person, session: 'none' }, 'account');
    const { token } = await issueToken(mine, { name: 'Walk', scopes: ['read'], days: 1 }, app.world);
    const authorization = `Bearer ${who === 'a token' ? token : 'tat_wrong'}`;
    return { browser: app.browser(), headers: { authorization } };
  }

  /** What is answered to nobody, by the kind of route; undefined where the route decides. */
  function expected(access: Access, who: (typeof visitors)[number]): number[] | undefined {
    const isKnown = who === 'a session' || who === 'a token';
    if (access === 'operator') return [403];
    if (access === 'link') return [404];
    if (access === 'public' && who === 'a wrong token') return [401];
    if (access === 'person') return isKnown ? (who === 'a token' ? [403] : undefined) : [401];
    if (access === 'partner') return isKnown ? [404] : [401];
    return undefined;
  }

  it.each(visitors)('answers %s as its kind says, and never with an error of ours', async (who) => {
    let { browser, headers } = await visitor(who);
    for (const { method, path, access, name } of app.app.routes) {
      // Some routes sign out.
      if (who === 'a session' && (await browser.get('/account')).status !== 200)
        ({ browser, headers } = await visitor(who));
      const to = path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000');
      const all = { accept: 'application/json', 'sec-fetch-site': 'same-origin', ...headers };
      const { status } = await browser.send(method, to, { headers: all });
      const right = expected(access, who);
      expect(right === undefined || right.includes(status), `${name} gave ${who} ${status}`).toBe(true);
      expect(status, name).toBeLessThan(500);
    }
  });

  it('has a name of its own, and is reached by its own path', async () => {
    const names = app.app.routes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { method, path, name } of app.app.routes) {
      const headers = { accept: 'application/json', 'sec-fetch-site': 'same-origin' };
      const to = path.replace(/:\w+/g, 'x');
      const { headers: answered } = await app.browser().send(method, to, { headers });
      const [line] = app
        .log()
        .split('\n')
        .filter((each) => each.includes(answered.get('x-request-id')!));
      expect(JSON.parse(line!)).toMatchObject({ route: name });
    }
  });
});

describe('an address', () => {
  it('that is none of ours is not there, in words and for programs', async () => {
    const page = await app.browser().get('/nowhere');
    expect([page.status, wordsOf(page).includes('There is no such page.')]).toEqual([404, true]);
    const answer = await app.browser().get('/api/v1/nowhere');
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such address of the API: /api names all that there are.',
    });
  });

  it('that is not written as one says so', async () => {
    const answer = await app.browser().get('/api/v1/partnerships/%ff', { accept: 'application/json' });
    expect([answer.status, (answer.json() as { detail: string }).detail]).toEqual([
      400,
      'In the address a % begins no character of UTF-8.',
    ]);
  });

  it('with another method says which ones it takes', async () => {
    const answer = await app
      .browser()
      .send('DELETE', '/sign-in', { headers: { accept: 'application/json' } });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const options = await app.browser().send('OPTIONS', '/sign-in');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST']);
  });

  it.each([
    '/%ff',
    '/%',
    '/sign-in/confirm/%00',
    '/assets/..%2f..%2fpackage.json',
    '/assets/__proto__',
    '//x',
    '/sign-in?to[]=a&to[b]=c',
  ])('such as %s breaks nothing', async (path) => {
    const { status } = await app
      .browser()
      .get(path.startsWith('//') ? `http://localhost${path}` : path)
      .catch(() => ({ status: 400 }));
    expect(status).toBeLessThan(500);
  });

  it('that needs somebody sends a browser to sign in and back', async () => {
    const answer = await app.browser().get('/account?a=b');
    expect([answer.status, answer.location]).toEqual([303, '/sign-in?to=%2Faccount%3Fa%3Db']);
  });
});

describe('a signed link', () => {
  const claims = { person: 'p', partnership: 'h', matter: 'm', expiresAt: at('2027-02-01T00:00:00Z') };

  it('speaks for its recipient', async () => {
    const link = await app.world.links.sign(claims);
    const { json } = await app.browser().get(`/answer/${link}`);
    expect(json()).toEqual({ credential: { kind: 'link', person: 'p', partnership: 'h', matter: 'm' } });
  });

  it('is not there where it was changed', async () => {
    const link = await app.world.links.sign(claims);
    expect((await app.browser().get(`/answer/${link.slice(0, -2)}`)).status).toBe(404);
  });
});

describe('a body', () => {
  async function echo(body: string, type = 'application/json', headers: Record<string, string> = {}) {
    const all = { 'content-type': type, 'sec-fetch-site': 'same-origin', ...headers };
    const answer = await app.browser().send('POST', '/api/v1/echo', { headers: all, body });
    return [answer.status, (answer.json() as { detail?: string }).detail ?? answer.json()];
  }

  it('of JSON or of a form is read', async () => {
    expect(await echo('{"a":[1]}')).toEqual([200, { a: [1] }]);
    expect(await echo('a=1&b=2', 'application/x-www-form-urlencoded')).toEqual([200, { a: '1', b: '2' }]);
  });

  it('of anything else is refused with what would be right', async () => {
    const advice = 'Send JSON: Content-Type: application/json.';
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'x'])
      expect(await echo('<a/>', type)).toEqual([415, advice]);
    const headers = {
      'content-type': 'text/xml',
      'sec-fetch-site': 'same-origin',
      accept: 'application/json',
    };
    const page = await app.browser().send('POST', '/sign-in', { headers, body: '<a/>' });
    expect(page.json()).toMatchObject({
      status: 415,
      detail: 'Send JSON (application/json) or a form (application/x-www-form-urlencoded).',
    });
    expect(await echo('{}', 'application/json; charset=latin1')).toEqual([
      415,
      'Send it in UTF-8 and without compression.',
    ]);
    expect(await echo('{}', 'application/json', { 'content-encoding': 'gzip' })).toEqual([
      415,
      'Send it in UTF-8 and without compression.',
    ]);
  });

  it.each([
    ['{', 'The body is no JSON from line 1, column 2, on.'],
    ['{"a":', 'The body is no JSON: it ends too early.'],
    ['null', 'The body is no JSON object: send one, such as {"name": "Ana Duarte"}.'],
    ['"text"', 'The body is no JSON object: send one, such as {"name": "Ana Duarte"}.'],
    ['{"a":1}}', 'The body is no JSON from line 1, column 8, on.'],
    ['[1,]', 'The body is no JSON from line 1, column 4, on.'],
    ['{\n  "name": Ana,\n  "zone": "UTC"\n}', 'The body is no JSON from line 2, column 11, on.'],
    [`[${'1,'.repeat(20_000)}x]`, 'The body is no JSON from line 1, column 40002, on.'],
  ])('that is no JSON says where: %.40j', async (body, detail) => {
    expect(await echo(body)).toEqual([400, detail]);
  });

  it('is refused where it is too large, too deep or of too many parts', async () => {
    expect((await echo(JSON.stringify({ a: 'x'.repeat(100 * 1024) })))[0]).toBe(413);
    expect((await echo('['.repeat(21) + ']'.repeat(21)))[0]).toBe(400);
    expect((await echo('['.repeat(50_000) + ']'.repeat(50_000)))[0]).toBe(400);
    expect((await echo('a=1&'.repeat(501), 'application/x-www-form-urlencoded'))[0]).toBe(413);
  });

  it('of a form is in UTF-8', async () => {
    const form = 'application/x-www-form-urlencoded';
    const detail = 'It holds characters that are no text: send UTF-8, and a percent sign as %25.';
    for (const body of ['name=%E9%E9', '%E9=1', 'name=%ED%A0%80', 'name=100%', 'name=%C3'])
      expect(await echo(body, form)).toEqual([400, detail]);
    expect(await echo('name=%C3%A9+%25&b=é', form)).toEqual([200, { name: 'é %', b: 'é' }]);
    expect(await echo('name=%E9', `${form}; charset=iso-8859-1`)).toEqual([200, { name: 'é' }]);
  });

  it('with text that no database keeps is refused', async () => {
    for (const body of ['{"a":"\\u0000"}', '{"a":{"\\u0000":1}}', '{"a":["\\ud800"]}'])
      expect((await echo(body))[0]).toBe(400);
    expect((await echo('a=%00', 'application/x-www-form-urlencoded'))[0]).toBe(400);
  });
});

describe('the headers of a page', () => {
  it('let a browser take nothing from elsewhere, and no script that stands in the page', async () => {
    const { headers, text } = await app.browser().get('/sign-in');
    const policy = headers.get('content-security-policy')!;
    const nonce = /csp-nonce" content="([^"]+)"/.exec(text)![1];
    expect(policy.split(';').sort()).toEqual(
      [
        ...[
          "base-uri 'none'",
          "connect-src 'self'",
          "default-src 'none'",
          "form-action 'self'",
          "frame-ancestors 'none'",
        ],
        ...["img-src 'self' data:", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`],
      ].sort(),
    );
    expect(text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|style="|javascript:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('cache-control')).toBe('no-store');
    expect([headers.get('x-powered-by'), headers.get('etag')]).toEqual([null, null]);
  });

  it('have another nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => (await app.browser().get('/sign-in')).headers.get('content-security-policy')),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('ask for https from then on where the service has it, and not elsewhere', async () => {
    const secure = await accessApp({ settings: { publicUrl: new URL('https://turnabout.example') } });
    expect((await secure.browser().get('/sign-in')).headers.get('strict-transport-security')).toBe(
      'max-age=31536000',
    );
    expect((await app.browser().get('/sign-in')).headers.get('strict-transport-security')).toBeNull();
    await secure.stop();
  });
});

describe('styles and scripts', () => {
  it('are kept for good, since their names change with what is in them', async () => {
    const { text } = await app.browser().get('/sign-in');
    const paths = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
    expect(new Set(paths).size).toBe(4);
    for (const path of paths) {
      expect(path).toMatch(/^\/assets\/\w+-[\w-]{12}\.(css|js|svg)$/);
      const { status, headers } = await app.browser().get(path);
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
      const again = await app.browser().get(path, {
        'if-none-match': headers.get('etag')!,
        'cache-control': 'max-age=0',
      });
      expect([again.status, again.text]).toEqual([304, '']);
    }
  });
});

describe('health', () => {
  it('is alive without a database, and ready only with everything that it needs', async () => {
    const missing: (string | undefined)[] = [undefined];
    const checks = [async () => missing[0], async () => undefined];
    const other = await accessApp({ checks });
    const ready = async () => {
      const answer = await other.browser().get('/readyz');
      return [answer.status, answer.json()];
    };
    expect(await ready()).toEqual([200, { status: 'ready' }]);
    missing[0] = 'the migration 0002_more is not applied';
    expect(await ready()).toEqual([
      503,
      { status: 'not ready', missing: ['the migration 0002_more is not applied'] },
    ]);
    checks[0] = async () => {
      throw new Error('password of the database is wrong');
    };
    expect((await other.browser().get('/healthz')).json()).toEqual({ status: 'alive' });
    await other.stop();
  });

  it('says no more of a check that fails than that it did', async () => {
    const checks = [() => Promise.reject(new Error('postgresql://user:secret@host'))];
    const other = await accessApp({ checks });
    expect((await other.browser().get('/readyz')).json()).toEqual({
      status: 'not ready',
      missing: ['a check failed: look at the log'],
    });
    await other.stop();
  });
});

describe('metrics', () => {
  it('are for this machine, and for whoever has the token', async () => {
    const [open, guarded] = [
      await accessApp(),
      await accessApp({ settings: { metricsToken: 'of-the-operator' } }),
    ];
    await open.browser().get('/sign-in/confirm/secret-token');
    const { status, text } = await open.browser().get('/metrics');
    expect(status).toBe(200);
    expect(text).toContain(
      'turnabout_http_request_seconds_count{route="sign-in-link",method="GET",status="410"} 1',
    );
    expect(text).not.toContain('secret-token');
    const elsewhere = { 'x-forwarded-for': '192.0.2.1' };
    const statuses = [];
    for (const authorization of ['Bearer of-the-operator', 'Bearer wrong', 'of-the-operator'])
      statuses.push((await guarded.browser().get('/metrics', { ...elsewhere, authorization })).status);
    statuses.push((await open.browser().get('/metrics', elsewhere)).status);
    statuses.push(
      (await open.browser().get('/metrics', { ...elsewhere, authorization: 'Bearer undefined' })).status,
    );
    expect(statuses).toEqual([200, 403, 403, 403, 403]);
    await open.stop();
    await guarded.stop();
  });
});

describe('stopping', () => {
  it('answers what is being asked, takes nothing more, and does not wait for idle connections', async () => {
    let finish: () => void = () => {};
    const serving = await serve(
      (_, response) => {
        finish = () => response.end('answered');
      },
      { host: '127.0.0.1', port: 0 },
    );
    const idle = connect(serving.port, '127.0.0.1');
    const answered = new Promise<string>((done) => {
      ask({ port: serving.port, host: '127.0.0.1' }, (response) => {
        response.setEncoding('utf8').once('data', done);
      }).end();
    });
    await new Promise((soon) => setTimeout(soon, 100));
    const closed = serving.close();
    const refused = fetch(`http://127.0.0.1:${serving.port}`).catch(() => 'refused');
    expect(await refused).toBe('refused');
    finish();
    expect(await answered).toBe('answered');
    const start = performance.now();
    await closed;
    expect(performance.now() - start).toBeLessThan(20_000);
    idle.destroy();
  });

  it('does not wait for ever', async () => {
    const server = createServer(() => {});
    const close = closeOf(server, 100);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const cut = fetch(`http://127.0.0.1:${port}`).catch(() => 'cut off');
    await once(server, 'request');
    await close();
    expect(await cut).toBe('cut off');
  });
});
