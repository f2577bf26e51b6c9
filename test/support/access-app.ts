// The web app with everything by which people come in, on a database of its own, with a clock that a test moves.

import type { RequestListener } from 'node:http';
import { Registry } from 'prom-client';
import { connect } from '../../src/adapters/database/connection.ts';
import { accessDatabaseOver } from '../../src/adapters/database/stores/access.ts';
import { accessRoutes } from '../../src/adapters/http/account/access-routes.ts';
import { type App, buildApp } from '../../src/adapters/http/app.ts';
import { loadAssets } from '../../src/adapters/http/assets.ts';
import { cookiesAt } from '../../src/adapters/http/cookies.ts';
import type { Check } from '../../src/adapters/http/health.ts';
import type { HttpSettings } from '../../src/adapters/http/http-settings.ts';
import { limitsOver } from '../../src/adapters/http/limits.ts';
import { logTo } from '../../src/adapters/http/logging.ts';
import { pagesFrom } from '../../src/adapters/http/pages.ts';
import type { Route } from '../../src/adapters/http/route.ts';
import { serve } from '../../src/adapters/http/serving.ts';
import { type IssuerSettings, issuersFrom } from '../../src/adapters/identity/issuers.ts';
import { outboxMailer } from '../../src/adapters/mail/outbox.ts';
import { passkeysAt } from '../../src/adapters/passkeys/ceremony.ts';
import { linksFrom } from '../../src/adapters/secrets/links.ts';
import { secretsFrom } from '../../src/adapters/secrets/secrets.ts';
import { type Instant, plus } from '../../src/domain/time/instant.ts';
import type { AccessWorld } from '../../src/flows/access/ports.ts';
import type { Mailer, OutgoingMail } from '../../src/flows/mail-ports.ts';
import { at } from './builders.ts';
import { type Answer, type Client, clientAt } from './client.ts';
import { freshDatabase, type TestDatabase } from './database.ts';

export type AccessApp = {
  readonly app: App;
  readonly world: AccessWorld;
  readonly database: TestDatabase;
  /** Where it is, as it knows it. */
  readonly url: string;
  /** A browser at it; where a proxy is believed, each with an address of its own, so that none is kept out by what others did. */
  readonly browser: () => Client;
  readonly mails: () => readonly OutgoingMail[];
  /** The lines of the log, as text. */
  readonly log: () => string;
  readonly later: (milliseconds: number) => void;
  readonly now: () => Instant;
  readonly stop: () => Promise<void>;
};

export type AccessAppOptions = {
  readonly issuers?: readonly IssuerSettings[];
  readonly routes?: (world: AccessWorld) => readonly Route[];
  /** May depend on the port that was found. */
  readonly settings?: Partial<HttpSettings> | ((port: number) => Partial<HttpSettings>);
  readonly mailer?: Mailer;
  readonly checks?: readonly Check[];
};

/** A key for tests alone. */
export const SECRET_KEY = 'only-for-tests-0123456789-abcdefghij';

export async function accessApp(options: AccessAppOptions = {}): Promise<AccessApp> {
  const database = await freshDatabase();
  const connection = connect(database.config);
  let now = at('2027-01-04T09:00:00Z');
  let listener: RequestListener = () => {};
  const serving = await serve((request, response) => listener(request, response), {
    host: '127.0.0.1',
    port: 0,
  });
  const here = `http://localhost:${serving.port}`;
  const settings: HttpSettings = {
    publicUrl: new URL(here),
    trustProxy: false,
    canMail: true,
    ...(typeof options.settings === 'function' ? options.settings(serving.port) : options.settings),
  };
  const outbox = outboxMailer();
  const { publicUrl } = settings;
  const world: AccessWorld = {
    clock: () => now,
    mailer: options.mailer ?? outbox,
    secrets: secretsFrom(SECRET_KEY),
    links: linksFrom({ secretKey: SECRET_KEY, publicUrl, clock: () => now }),
    sender: { mailbox: { name: 'Turnabout', email: 'turnabout@example.com' }, domain: 'example.com' },
    access: accessDatabaseOver(connection),
    passkeys: passkeysAt(publicUrl),
    issuers: issuersFrom({ publicUrl, settings: options.issuers ?? [], withoutTlsOnLoopback: true }),
  };
  const lines: string[] = [];
  let browsers = 0;
  const log = logTo({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const [assets, cookies] = [loadAssets(), cookiesAt(publicUrl)];
  const pages = pagesFrom({ world, assets, cookies });
  const limits = limitsOver(connection.pool);
  const routes = [
    ...accessRoutes({ world, settings, pages, cookies, limits }),
    ...(options.routes?.(world) ?? []),
  ];
  const parts = { world, settings, routes, assets, cookies, limits, pages, log };
  const app = buildApp({ ...parts, registry: new Registry(), checks: options.checks ?? [] });
  listener = app;
  return {
    app,
    world,
    database,
    url: here,
    browser: () => {
      const from = settings.trustProxy === false ? {} : { 'x-forwarded-for': `10.0.0.${++browsers}` };
      return clientAt(`http://127.0.0.1:${serving.port}`, from);
    },
    mails: outbox.messages,
    log: () => lines.join(''),
    later: (milliseconds) => {
      now = plus(now, milliseconds);
    },
    now: () => now,
    stop: async () => {
      await serving.close();
      await connection.close();
      await database.drop();
    },
  };
}

/** The path of the last link that was mailed to somebody. */
export function mailedLink(app: AccessApp, email: string): string {
  const mail = app.mails().findLast(({ to }) => to.email === email);
  const [address] = /https?:\/\/\S+\/sign-in\/confirm\/\S+/.exec(mail?.text ?? '') ?? [];
  if (!address) throw new Error(`no link was mailed to ${email}`);
  return new URL(address).pathname;
}

export const PROFILES = {
  ana: { email: 'ana@example.com', name: 'Ana Duarte', zone: 'America/Los_Angeles' },
  ben: { email: 'ben@example.com', name: 'Ben Okafor', zone: 'Europe/Berlin' },
} as const;

/** A browser in which somebody has signed in by a mailed link. */
export async function signedIn(
  app: AccessApp,
  who: keyof typeof PROFILES = 'ana',
  browser = app.browser(),
): Promise<Client> {
  const { email, name, zone } = PROFILES[who];
  // Straight from the flow, because the page counts how often it is asked.
  const { signInTokenFor } = await import('../../src/flows/access/request-sign-in.ts');
  const token = await signInTokenFor({ email }, app.world);
  const answer = await browser.post(`/sign-in/confirm/${token}`, { name, zone });
  if (answer.status !== 303) throw new Error(`signing in gave ${answer.status}: ${answer.text}`);
  return browser;
}

/** What a page shows, without its tags. */
export function wordsOf({ text }: Answer): string {
  return text
    .replace(/<(head|datalist)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}
