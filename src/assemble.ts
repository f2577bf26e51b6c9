// What works on an open database, put together: the world, its jobs and the web app.

import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { accessRoutes } from './adapters/http/account/access-routes.ts';
import { apiRoutes } from './adapters/http/api/api-routes.ts';
import { buildApp } from './adapters/http/app.ts';
import { loadAssets } from './adapters/http/assets.ts';
import { cookiesAt } from './adapters/http/cookies.ts';
import { isDatabaseAway } from './adapters/http/database-away.ts';
import { feedCache } from './adapters/http/feed-cache.ts';
import { feedRoute, feedsBefore } from './adapters/http/feeds.ts';
import type { HttpSettings } from './adapters/http/http-settings.ts';
import { limitsOver } from './adapters/http/limits.ts';
import { navigationFor } from './adapters/http/pages/navigation.ts';
import { pageRoutes } from './adapters/http/pages/page-routes.ts';
import { pagesFrom } from './adapters/http/pages.ts';
import { type Periodic, type Queue, startQueue } from './adapters/jobs/queue.ts';
import { buildWorld, type RunningWorld, type WorldParts } from './build-world.ts';
import { ProviderUnavailable } from './domain/errors.ts';
import { firstPersonLink } from './flows/access/begin-as-first.ts';
import { forgetExpired } from './flows/access/forget-expired.ts';
import { doJob } from './flows/do-job.ts';
import { readInbox } from './flows/inbox/read-inbox.ts';
import { keepTimetable } from './flows/run/keep-timetable.ts';
import type { OpenDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

export type Assembly = {
  readonly world: RunningWorld;
  readonly app: RequestListener;
  /** Begins to work on jobs; gives where the first person comes in, while nobody is here and no mail can be sent. */
  readonly begin: () => Promise<string | undefined>;
  /** Finishes what is under way, for a while. */
  readonly close: () => Promise<void>;
};

export type AssemblyParts = Omit<WorldParts, 'jobsIn' | 'withoutServer'> & { readonly log: Logger };

/** Milliseconds for what is under way when the service stops, and after which mail servers are not waited for. */
const PATIENCE = 10_000;
const PATIENCE_WITH_MAIL = 5_000;

/** Throws InvalidInput where settings do not fit the database; nothing is left running then. */
export async function assemble({
  settings,
  publicUrl,
  open,
  log,
  instead,
}: AssemblyParts): Promise<Assembly> {
  const queue = await startQueue({
    pool: open.connection.pool,
    isAlone: open.isAlone,
    say: (error, job) => report(log, error, job),
  });
  try {
    const { jobsIn } = queue;
    const withoutServer = showsOutbox(settings, publicUrl) ? 'outbox' : 'wait';
    const parts = { settings, publicUrl, open, jobsIn, withoutServer } as const;
    const world = await buildWorld({ ...parts, ...(instead && { instead }) });
    return {
      world,
      app: buildWeb({ settings, publicUrl, world, open, queue, log }),
      begin: async () => {
        if (open.isAlone) await releaseClaims(world);
        await queue.work((job) => doJob(job, world), periodicOf(world));
        return settings.SMTP_URL ? undefined : firstPersonLink(world);
      },
      close: async () => {
        const late = setTimeout(world.close, PATIENCE_WITH_MAIL);
        await queue.stop(PATIENCE);
        clearTimeout(late);
        world.close();
      },
    };
  } catch (error) {
    await queue.stop(0);
    throw error;
  }
}

type WebParts = {
  readonly settings: Settings;
  readonly publicUrl: URL;
  readonly world: RunningWorld;
  readonly open: OpenDatabase;
  readonly queue: Queue;
  readonly log: Logger;
};

function buildWeb({ settings, publicUrl, world, open, queue, log }: WebParts): RequestListener {
  const assets = loadAssets();
  const cookies = cookiesAt(publicUrl);
  const limits = limitsOver(open.connection.pool);
  const registry = registryOf(queue);
  const http = httpSettings(settings, publicUrl, world);
  const pages = pagesFrom({ world, assets, cookies, navigation: navigationFor(world) });
  const cache = feedCache({ world });
  const parts = { world, settings: http, pages, cookies, limits };
  const app = buildApp({
    ...parts,
    assets,
    registry,
    log,
    checks: [() => databaseAnswers(open), queue.check],
    routes: [
      ...accessRoutes(parts),
      ...pageRoutes({ ...parts, ...(world.unsent && { outbox: world.unsent }) }),
      ...apiRoutes({ world, publicUrl, pages }),
      feedRoute({ cache }),
    ],
  });
  return feedsBefore(app, { cache, log, registry });
}

function registryOf(queue: Queue): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'turnabout_dead_letters',
    help: 'Jobs that have failed for good.',
    registers: [registry],
    async collect() {
      this.set((await queue.deadLetters(1)).count);
    },
  });
  return registry;
}

/** Mails hold links to sign in: they are shown where only this machine can ask for them, while the service is only tried. */
export function showsOutbox(
  { NODE_ENV, HOST }: Pick<Settings, 'NODE_ENV' | 'HOST'>,
  { hostname }: URL,
): boolean {
  return NODE_ENV !== 'production' && [HOST, hostname].every((name) => LOOPBACK.includes(name));
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

function httpSettings(
  { SMTP_URL, TRUST_PROXY, METRICS_TOKEN }: Settings,
  publicUrl: URL,
  { unsent }: RunningWorld,
): HttpSettings {
  return {
    publicUrl,
    trustProxy: TRUST_PROXY ?? false,
    canMail: SMTP_URL !== undefined || unsent !== undefined,
    ...(METRICS_TOKEN !== undefined && { metricsToken: METRICS_TOKEN }),
  };
}

async function databaseAnswers({ connection }: OpenDatabase): Promise<string | undefined> {
  try {
    await connection.pool.query('SELECT 1');
    return undefined;
  } catch {
    return 'the database does not answer';
  }
}

/** Whoever was mailing something died: what they held may be sent again at once. */
async function releaseClaims({ database }: RunningWorld): Promise<void> {
  await database.occurrences.releaseAll();
  await database.notices.releaseAll();
}

function periodicOf(world: RunningWorld): Periodic[] {
  const { mailroom } = world;
  const timetable = async () => {
    await keepTimetable(world);
    await forgetExpired(world);
  };
  return [
    { name: 'timetable', cron: '*/5 * * * *', work: timetable },
    ...(mailroom
      ? [{ name: 'inbox', cron: '* * * * *', work: async () => void (await readInbox(mailroom, world)) }]
      : []),
  ];
}

/** What passes by itself is no error: a mail server that is away, a database that is started again. */
function report(log: Logger, error: unknown, job?: string): void {
  if (error instanceof ProviderUnavailable)
    log.warn({ job, why: error.message }, 'a job waits for another try');
  else if (isDatabaseAway(error)) log.warn({ job }, 'the database is away; a job waits for it');
  else log.error({ job, err: error }, 'a job failed');
}
