// The whole web app on a real database: pages, API and feeds, with the world of the service behind it.

import type { RequestListener } from 'node:http';
import { Registry } from 'prom-client';
import { accessDatabaseOver } from '../../src/adapters/database/stores/access.ts';
import { answerStore } from '../../src/adapters/database/stores/kept-answers.ts';
import { accessRoutes } from '../../src/adapters/http/account/access-routes.ts';
import { apiRoutes } from '../../src/adapters/http/api/api-routes.ts';
import type { ApiWorld } from '../../src/adapters/http/api/operation.ts';
import { type App, buildApp } from '../../src/adapters/http/app.ts';
import { loadAssets } from '../../src/adapters/http/assets.ts';
import { cookiesAt } from '../../src/adapters/http/cookies.ts';
import { type FeedCacheOptions, feedCache } from '../../src/adapters/http/feed-cache.ts';
import { feedRoute, feedsBefore } from '../../src/adapters/http/feeds.ts';
import { type Limits, limitsOver } from '../../src/adapters/http/limits.ts';
import { logTo } from '../../src/adapters/http/logging.ts';
import { navigationFor } from '../../src/adapters/http/pages/navigation.ts';
import { pageRoutes } from '../../src/adapters/http/pages/page-routes.ts';
import { pagesFrom } from '../../src/adapters/http/pages.ts';
import { serve } from '../../src/adapters/http/serving.ts';
import { issuersFrom } from '../../src/adapters/identity/issuers.ts';
import { passkeysAt } from '../../src/adapters/passkeys/ceremony.ts';
import { linksFrom } from '../../src/adapters/secrets/links.ts';
import { secretsFrom } from '../../src/adapters/secrets/secrets.ts';
import type { PartnerId } from '../../src/domain/partner.ts';
import { beginSession } from '../../src/flows/access/begin-session.ts';
import { issueToken } from '../../src/flows/access/keep-tokens.ts';
import { authorizePerson, SCOPES, type Scope } from '../../src/flows/authorized.ts';
import { type ServiceWorld, serviceWorld } from './service-world.ts';

/** Headers by which somebody is known. */
export type Caller = Readonly<Record<string, string>>;

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it as it likes
  readonly body: any;
};

export type Sending = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> };

export type ApiApp = {
  readonly world: ServiceWorld & ApiWorld;
  readonly app: App;
  readonly port: number;
  /** Calls an operation; `path` is below /api/v1 unless it begins with a host's root ("//feeds"). */
  readonly call: (caller: Caller, line: string, sending?: Sending) => Promise<ApiAnswer>;
  /** Any request: a method and a path of the app. */
  readonly request: (caller: Caller, line: string, sending?: Sending) => Promise<ApiAnswer>;
  readonly token: (person: PartnerId, scopes?: readonly Scope[]) => Promise<Caller>;
  readonly session: (person: PartnerId) => Promise<Caller>;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

export type ApiAppOptions = {
  readonly start?: string;
  /** Where a test asks more often than anybody may. */
  readonly limits?: Limits;
  readonly feeds?: Omit<FeedCacheOptions, 'world'>;
  /** Of the log. */
  readonly level?: string;
  /** What becomes of mail, as far as pages say it; an outbox unless said. */
  readonly mail?: 'outbox' | 'sent' | 'nowhere';
};

export const NOBODY: Caller = {};
export const NO_LIMITS: Limits = { spend: async () => undefined };

const SECRET_KEY = 'only-for-tests-0123456789-abcdefghij';

export async function apiApp(options: ApiAppOptions = {}): Promise<ApiApp> {
  const { start, limits: own, feeds, level = 'debug', mail = 'outbox' } = options;
  const service = await serviceWorld(start);
  let listener: RequestListener = () => {};
  const serving = await serve((request, response) => listener(request, response), {
    host: '127.0.0.1',
    port: 0,
  });
  const publicUrl = new URL(`http://localhost:${serving.port}`);
  const world = Object.assign(service, {
    secrets: secretsFrom(SECRET_KEY),
    links: linksFrom({ secretKey: SECRET_KEY, publicUrl, clock: () => service.now }),
    access: accessDatabaseOver(service.connection),
    answers: answerStore(service.connection),
    passkeys: passkeysAt(publicUrl),
    issuers: issuersFrom({ publicUrl, settings: [] }),
  });
  const lines: string[] = [];
  const log = logTo({ level, destination: { write: (line) => void lines.push(line) } });
  const [assets, cookies, registry] = [loadAssets(), cookiesAt(publicUrl), new Registry()];
  const limits = own ?? limitsOver(service.connection.pool);
  const settings = { publicUrl, trustProxy: false, canMail: mail !== 'nowhere' };
  const pages = pagesFrom({ world, assets, cookies, navigation: navigationFor(world) });
  const parts = { world, settings, pages, cookies, limits };
  const cache = feedCache({ world, ...feeds });
  const routes = [
    ...accessRoutes(parts),
    ...pageRoutes({ ...parts, ...(mail === 'outbox' && { outbox: () => world.mails }) }),
    ...apiRoutes({ world, publicUrl, pages }),
    feedRoute({ cache }),
  ];
  const app = buildApp({ ...parts, routes, assets, log, registry, checks: [] });
  listener = feedsBefore(app, { cache, log, registry });
  const request: ApiApp['request'] = async (caller, line, { body, headers = {} } = {}) => {
    const [method, path] = line.split(' ', 2) as [string, string];
    const isText = typeof body === 'string';
    const answer = await fetch(`http://127.0.0.1:${serving.port}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...caller, ...headers },
      body: body === undefined ? null : isText ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : undefined,
    };
  };
  return {
    world,
    app,
    port: serving.port,
    request,
    call: (caller, line, sending) => request(caller, line.replace(' ', ' /api/v1'), sending),
    token: async (person, scopes = SCOPES) => {
      const proof = authorizePerson(world.session(person), 'account');
      const { token } = await issueToken(proof, { name: 'Test', scopes, days: 300 }, world);
      return { authorization: `Bearer ${token}` };
    },
    session: async (person) => {
      const start = { person, userAgent: 'Test', by: 'link' } as const;
      const token = await beginSession(start, world, world.access);
      return { cookie: `turnabout=${token}`, 'sec-fetch-site': 'same-origin' };
    },
    log: () => lines.join(''),
    stop: async () => {
      await serving.close();
      await service.close();
    },
  };
}
