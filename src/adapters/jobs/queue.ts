// Everything that is done later or again and again, by pg-boss on the same database: with retry, backoff, and a place where
// what never succeeded stays visible. Several processes share the work.

import type { Pool } from 'pg';
import {
  fromPrisma,
  type JobWithMetadata,
  PgBoss,
  type PrismaTransactionLike,
  type QueueOptions,
} from 'pg-boss';
import type { Instant } from '../../domain/time/instant.ts';
import type { Job, JobStore } from '../../flows/stores.ts';

type Kind = Job['kind'];

/** Does one job; throws where it is to be tried again. */
export type Work = (job: Job) => Promise<void>;

/** What is done at the start and then again and again, in one process at a time. */
export type Periodic = {
  readonly name: string;
  /** In UTC. */
  readonly cron: string;
  readonly work: () => Promise<void>;
};

/** A job that never succeeded: of what kind, which one, and why its last try failed. */
export type DeadLetter = {
  readonly kind: string;
  readonly job: unknown;
  readonly failedAt: Date;
  readonly why: string;
};

/** The latest first, and how many there are. */
export type DeadLetters = { readonly count: number; readonly latest: readonly DeadLetter[] };

export type Queue = {
  /** Jobs that are put into the queue with the transaction `db`. */
  readonly jobsIn: (db: PrismaTransactionLike) => JobStore;
  readonly work: (doIt: Work, periodic: readonly Periodic[]) => Promise<void>;
  readonly deadLetters: (most: number) => Promise<DeadLetters>;
  /** Undefined, or what keeps jobs from being put and done. */
  readonly check: () => Promise<string | undefined>;
  /** Finishes what is under way, for at most so many milliseconds. */
  readonly stop: (patience: number) => Promise<void>;
};

export type QueueWorld = {
  readonly pool: Pool;
  /** Whether no other process can be at work: then what is under way was left by one that died, and is done anew at once. */
  readonly isAlone: boolean;
  /** Told of what goes wrong: in the queue itself, or in a job, which is then tried again. */
  readonly say: (problem: unknown, job?: string) => void;
};

const DEAD = 'dead-letter';
const LATER = 'later';

/** A worker that dies is noticed after a quarter of a minute without a sign of life, and its job is another's. */
const COMMON: QueueOptions = { heartbeatSeconds: 15, expireInSeconds: 300, deleteAfterSeconds: 24 * 3_600 };

type QueueRules = QueueOptions & { readonly policy: string; readonly deadLetter: string | null };

/** What fails for good stays where it is seen. */
const KEPT = { ...COMMON, deadLetter: DEAD };

/** Of each kind one job for each matter waits and one is under way: a job says where to look, and to look once is enough. */
const QUEUES: Readonly<Record<Kind | typeof LATER, QueueRules>> = {
  run: { ...KEPT, policy: 'stately', retryLimit: 8, retryDelay: 2, retryBackoff: true, retryDelayMax: 600 },
  sync: { ...KEPT, policy: 'stately', retryLimit: 3, retryDelay: 60, retryBackoff: true },
  // Mail servers are down for hours; after some ten of them it is a matter for people.
  send: {
    ...KEPT,
    policy: 'stately',
    retryLimit: 20,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3_600,
  },
  notify: {
    ...KEPT,
    policy: 'stately',
    retryLimit: 20,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3_600,
  },
  [LATER]: {
    ...KEPT,
    policy: 'exclusive',
    retryLimit: 10,
    retryDelay: 5,
    retryBackoff: true,
    retentionSeconds: 400 * 86_400,
  },
};

/** The next time is the next try: a mailbox that is away for a day is one matter, not a thousand dead letters. */
const PERIODIC: QueueRules = { ...COMMON, policy: 'stately', retryLimit: 0, deadLetter: null };

/** Mail is slow and waits on others; runs keep the processor busy. */
const BATCHES: Readonly<Record<Kind | typeof LATER, number>> = {
  run: 5,
  sync: 4,
  send: 20,
  notify: 10,
  later: 50,
};

export async function startQueue({ pool, isAlone, ...world }: QueueWorld): Promise<Queue> {
  let isOver = false;
  // What outlasts the stop was given back to the queue; how it ends without a database is nobody's matter.
  const say: QueueWorld['say'] = (problem, job) => {
    if (!isOver) world.say(problem, job);
  };
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[]) },
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    maintenanceIntervalSeconds: 3_600,
  });
  boss.on('error', (error) => say(errorFrom(error)));
  await boss.start();
  await boss.createQueue(DEAD, { retentionSeconds: 30 * 86_400 });
  for (const [name, rules] of Object.entries(QUEUES)) await makeQueue(boss, name, rules);
  if (isAlone) await resume(pool);
  return {
    jobsIn: (db) => ({ put: (job, at) => put(boss, { job, at }, db) }),
    work: (doIt, periodic) => work({ boss, pool, say }, doIt, periodic),
    deadLetters: (most) => deadLettersIn(pool, most),
    check: () => lackOf(pool),
    stop: async (patience) => {
      await boss.stop({ graceful: true, timeout: patience, close: false });
      isOver = true;
    },
  };
}

/** The queue's own errors come as bare objects, with what the database said about them. */
function errorFrom(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { message } = thrown as { readonly message?: unknown };
  return Object.assign(new Error(typeof message === 'string' ? message : 'unknown'), thrown);
}

/** Without waiting for signs of life that will not come. Of a matter that waits anyway nothing needs to be done twice. */
async function resume(pool: Pool): Promise<void> {
  await pool.query(
    `DELETE FROM pgboss.job a USING pgboss.job b
     WHERE a.state = 'active' AND b.name = a.name AND b.state = 'retry'
       AND coalesce(b.singleton_key, '') = coalesce(a.singleton_key, '')`,
  );
  await pool.query(`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
}

/** Tables that were dropped do not come back before the next start. */
async function lackOf(pool: Pool): Promise<string | undefined> {
  const { rows } = await pool.query(`SELECT to_regclass('pgboss.job_common') AS jobs`);
  return rows[0].jobs === null ? 'the queue is gone from the database: start the service anew' : undefined;
}

type Order = { readonly job: Job; readonly at: Instant | undefined };

async function put(boss: PgBoss, { job, at }: Order, db: PrismaTransactionLike): Promise<void> {
  const { kind, ...data } = job;
  const singletonKey = matterOf(job);
  const options = { db: fromPrisma(db) };
  if (at === undefined) await boss.send(kind, data, { ...options, singletonKey });
  else {
    const key = `${kind} ${singletonKey} ${at}`;
    await boss.send(LATER, job, { ...options, singletonKey: key, startAfter: new Date(at) });
  }
}

/** What a job is about: two about the same are one. */
function matterOf(job: Job): string {
  switch (job.kind) {
    case 'run':
      return job.partnership;
    case 'sync':
      return job.calendar;
    case 'send':
      return `${job.uid} ${job.to}`;
    case 'notify':
      return job.notice;
  }
}

/** What has changed in the rules counts for queues that are there. */
async function makeQueue(boss: PgBoss, name: string, { policy, ...rules }: QueueRules): Promise<void> {
  const { deadLetter, ...others } = rules;
  await boss.createQueue(name, { ...others, policy, ...(deadLetter !== null && { deadLetter }) });
  await boss.updateQueue(name, rules);
}

type Office = { readonly boss: PgBoss } & Pick<QueueWorld, 'pool' | 'say'>;

async function work(office: Office, doIt: Work, periodic: readonly Periodic[]): Promise<void> {
  const { boss } = office;
  await workOn(office, LATER, async ({ data }) => {
    const { kind, ...rest } = data;
    await boss.send(kind, rest, { singletonKey: matterOf(data) });
  });
  for (const kind of ['run', 'sync', 'send', 'notify'] as const)
    await workOn(office, kind, ({ data }) => doIt({ ...data, kind } as Job));
  for (const each of periodic) await repeat(office, each);
}

async function repeat({ boss, say }: Office, { name, cron, work: doIt }: Periodic): Promise<void> {
  await makeQueue(boss, name, PERIODIC);
  await boss.send(name, {}, { singletonKey: 'start' });
  await boss.work(name, { pollingIntervalSeconds: 5 }, async () => {
    await doIt().catch((error: unknown) => {
      say(error, name);
      throw error;
    });
  });
  await boss.schedule(name, cron);
}

/** Each job of a batch succeeds or fails for itself. */
async function workOn(
  { boss, pool, say }: Office,
  name: Kind | typeof LATER,
  doIt: (job: JobWithMetadata<Job>) => Promise<void>,
): Promise<void> {
  const options = {
    batchSize: BATCHES[name],
    burstWhenBatchFull: true,
    pollingIntervalSeconds: 1,
    includeMetadata: true,
    perJobResults: true,
  } as const;
  await boss.work<Job, object, typeof options>(name, options, async (jobs) =>
    Promise.all(
      jobs.map(async (job) => {
        try {
          await doIt(job);
          return { id: job.id, status: 'completed' as const };
        } catch (error) {
          say(error, name);
          // Where even that cannot be asked, it is this job alone that fails.
          if (await waitsAlready(pool, job).catch(() => false))
            return { id: job.id, status: 'completed' as const };
          return { id: job.id, status: 'failed' as const, output: { why: whyOf(error) } };
        }
      }),
    ),
  );
}

/** Whether another job of the same matter has its next try ahead. Only one may: a second would be a dead letter at once. */
async function waitsAlready(
  pool: Pool,
  { name, singletonKey }: Pick<JobWithMetadata, 'name' | 'singletonKey'>,
): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM pgboss.job WHERE name = $1 AND singleton_key = $2 AND state = 'retry'`,
    [name, singletonKey],
  );
  return rows.length > 0;
}

function whyOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown';
}

/** The latest first, and how many there are; none where no queue was ever started. */
export async function deadLettersIn(pool: Pool, most: number): Promise<DeadLetters> {
  const known = await pool.query(`SELECT to_regclass('pgboss.job') AS job`);
  if (known.rows[0].job === null) return { count: 0, latest: [] };
  const { rows } = await pool.query<DeadLetter & { readonly total: number }>(DEAD_LETTERS, [DEAD, most]);
  return { count: rows[0]?.total ?? 0, latest: rows.map(({ total: _, ...letter }) => letter) };
}

/** `why` is ours; pg-boss itself says { message } of an error and { value: { message } } of what took too long. */
const DEAD_LETTERS = `
  SELECT source_name AS kind, data AS job, created_on AS "failedAt", count(*) OVER ()::int AS total,
    coalesce(source_output->>'why', source_output->>'message', source_output->'value'->>'message', 'unknown') AS why
  FROM pgboss.job WHERE name = $1 ORDER BY created_on DESC LIMIT $2`;
