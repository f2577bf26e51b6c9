// The queue on a real database: once each, again where it failed, visible where it failed for good.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Connection, connect } from '../../../src/adapters/database/connection.ts';
import { type Periodic, type Queue, startQueue, type Work } from '../../../src/adapters/jobs/queue.ts';
import { ProviderUnavailable } from '../../../src/domain/errors.ts';
import { instantOf } from '../../../src/domain/time/instant.ts';
import type { Job } from '../../../src/flows/stores.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let connection: Connection;
let queues: Queue[] = [];

beforeEach(async () => {
  queues = [];
  database = await freshDatabase();
  connection = connect(database.config);
});

afterEach(async () => {
  await Promise.all(queues.map((queue) => queue.stop(0)));
  await connection.close();
  await database.drop();
});

async function started({ isAlone = false, said = [] as unknown[] } = {}): Promise<Queue> {
  const { pool } = connection;
  const queue = await startQueue({ pool, isAlone, say: (problem, job) => said.push([job, problem]) });
  queues.push(queue);
  return queue;
}

const sync = (calendar: string): Job => ({ kind: 'sync', calendar });

const put = (queue: Queue, job: Job, at?: Date) =>
  connection.client.$transaction((db) =>
    queue.jobsIn(db).put(job, at === undefined ? undefined : instantOf(at.getTime())),
  );

/** Work that notes what it does. */
function noting(done: Job[]): Work {
  return async (job) => void done.push(job);
}

const failing: Work = async () => {
  throw new ProviderUnavailable('mail.example.com does not answer');
};

type JobRow = { readonly state: string; readonly tries: number; readonly seconds: number };

/** What the queue knows about its jobs, and how far off their next try is. */
async function jobsOf(name: string): Promise<JobRow[]> {
  const { rows } = await database.pool.query<JobRow>(
    `SELECT state::text, retry_count AS tries, extract(epoch FROM start_after - now())::float8 AS seconds
     FROM pgboss.job WHERE name = $1`,
    [name],
  );
  return rows;
}

const soon = { timeout: 20_000, interval: 50 };

/** As if it had failed so often that the next try is the last. */
async function lastTry(): Promise<void> {
  await database.pool.query('UPDATE pgboss.job SET retry_count = retry_limit');
}

describe('a job', () => {
  it('is done once, however often it was asked for while it waited', async () => {
    const queue = await started();
    for (const calendar of ['a', 'b', 'a', 'a']) await put(queue, sync(calendar));
    const done: Job[] = [];
    await queue.work(noting(done), []);
    await vi.waitFor(() => expect(done).toHaveLength(2), soon);
    await vi.waitFor(
      async () =>
        expect((await jobsOf('sync')).map(({ state }) => state)).toEqual(['completed', 'completed']),
      soon,
    );
    expect(done).toEqual(expect.arrayContaining([sync('a'), sync('b')]));
  });

  it('that is asked for while it is under way is done once more', async () => {
    const queue = await started();
    const done: Job[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    await put(queue, sync('a'));
    await queue.work(async (job) => {
      done.push(job);
      await finished;
    }, []);
    await vi.waitFor(() => expect(done).toHaveLength(1), soon);
    await put(queue, sync('a'));
    await put(queue, sync('a'));
    finish();
    await vi.waitFor(() => expect(done).toHaveLength(2), soon);
    expect(await jobsOf('sync')).toHaveLength(2);
  });

  it('is not there when what it is about was not committed', async () => {
    const queue = await started();
    const undone = connection.client.$transaction(async (db) => {
      await queue.jobsIn(db).put(sync('a'));
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await jobsOf('sync')).toEqual([]);
  });

  it('for later waits until then, and is in the queue once', async () => {
    const queue = await started();
    const at = new Date(Date.now() + 2_500);
    for (let k = 0; k < 2; k++) await put(queue, sync('a'), at);
    expect(await jobsOf('later')).toEqual([expect.objectContaining({ state: 'created' })]);
    const done: number[] = [];
    await queue.work(async () => void done.push(Date.now()), []);
    await vi.waitFor(() => expect(done).toHaveLength(1), soon);
    expect(done[0]).toBeGreaterThanOrEqual(at.getTime());
  });
});

describe('a job that fails', () => {
  it('is told of, and tried again after a pause that grows', async () => {
    const said: unknown[] = [];
    const queue = await started({ said });
    await put(queue, { kind: 'run', partnership: 'p', because: 'a new day' });
    await queue.work(failing, []);
    await vi.waitFor(
      async () => expect(await jobsOf('run')).toEqual([expect.objectContaining({ state: 'retry' })]),
      soon,
    );
    const [first] = await jobsOf('run');
    expect(first!.seconds).toBeLessThan(10);
    expect(said[0]).toEqual(['run', expect.any(ProviderUnavailable)]);
    await database.pool.query(
      `UPDATE pgboss.job SET retry_count = 6, start_after = now() WHERE name = 'run'`,
    );
    await vi.waitFor(
      async () =>
        expect(await jobsOf('run')).toEqual([expect.objectContaining({ state: 'retry', tries: 7 })]),
      soon,
    );
    const [later] = await jobsOf('run');
    expect(later!.seconds).toBeGreaterThan(60);
    expect((await queue.deadLetters(1)).count).toBe(0);
  });

  it('while another try of the same matter waits is left to that one', async () => {
    const queue = await started();
    await put(queue, sync('a'));
    await queue.work(failing, []);
    const states = async () => (await jobsOf('sync')).map(({ state }) => state).sort();
    await vi.waitFor(async () => expect(await states()).toEqual(['retry']), soon);
    await put(queue, sync('a'));
    await vi.waitFor(async () => expect(await states()).toEqual(['completed', 'retry']), soon);
    expect((await queue.deadLetters(1)).count).toBe(0);
  });

  it('for good stays visible, with what it was and why', async () => {
    const queue = await started();
    await put(queue, sync('a'));
    await lastTry();
    await queue.work(failing, []);
    await vi.waitFor(async () => expect((await queue.deadLetters(3)).count).toBe(1), soon);
    expect((await queue.deadLetters(3)).latest).toEqual([
      {
        kind: 'sync',
        job: { calendar: 'a' },
        failedAt: expect.any(Date),
        why: 'ProviderUnavailable: mail.example.com does not answer',
      },
    ]);
  });

  it('because it took too long says so, in the words of the queue itself', async () => {
    const queue = await started();
    await put(queue, sync('a'));
    await lastTry();
    await queue.work(failing, []);
    await vi.waitFor(async () => expect((await queue.deadLetters(1)).count).toBe(1), soon);
    for (const output of [{ value: { message: 'job timed out' } }, { message: 'job timed out' }]) {
      await database.pool.query(`UPDATE pgboss.job SET source_output = $1 WHERE name = 'dead-letter'`, [
        output,
      ]);
      expect((await queue.deadLetters(1)).latest[0]!.why).toBe('job timed out');
    }
  });
});

describe('what is done at the start and again and again', () => {
  const periodic = (work: Periodic['work']): Periodic => ({ name: 'inbox', cron: '0 0 1 1 *', work });

  it('is told of where it fails, and is no dead letter: the next time is the next try', async () => {
    const said: unknown[] = [];
    const queue = await started({ said });
    await queue.work(failing, [periodic(() => failing(sync('a')))]);
    await vi.waitFor(
      async () => expect(await jobsOf('inbox')).toEqual([expect.objectContaining({ state: 'failed' })]),
      soon,
    );
    expect(said).toEqual([['inbox', expect.any(ProviderUnavailable)]]);
    expect(await queue.deadLetters(1)).toEqual({ count: 0, latest: [] });
  });
});

describe('several processes', () => {
  it('share the work, and nothing is done twice', async () => {
    const [one, other] = [await started(), await started()];
    const done: Job[] = [];
    const slowly: Work = async (job) => {
      done.push(job);
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const all = Array.from({ length: 40 }, (_, k) => sync(`calendar ${k}`));
    for (const job of all) await put(one, job);
    await Promise.all([one.work(slowly, []), other.work(slowly, [])]);
    await vi.waitFor(
      async () => expect((await jobsOf('sync')).every(({ state }) => state === 'completed')).toBe(true),
      soon,
    );
    expect(done).toHaveLength(all.length);
    expect(new Set(done.map((job) => JSON.stringify(job))).size).toBe(all.length);
  });
});

describe('when the service stops', () => {
  /** A job that is under way until it is told to end. */
  async function underWay(queue: Queue) {
    let end = () => {};
    const ending = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun = false;
    await put(queue, sync('a'));
    await queue.work(async () => {
      begun = true;
      await ending;
    }, []);
    await vi.waitFor(() => expect(begun).toBe(true), soon);
    return { end };
  }

  it('finishes what is under way', async () => {
    const queue = await started();
    const { end } = await underWay(queue);
    const stopped = queue.stop(10_000);
    setTimeout(end, 300);
    await stopped;
    expect(await jobsOf('sync')).toEqual([expect.objectContaining({ state: 'completed' })]);
  });

  it('gives back what lasts longer than its patience', async () => {
    const queue = await started();
    const { end } = await underWay(queue);
    await queue.stop(500);
    expect(await jobsOf('sync')).toEqual([expect.objectContaining({ state: 'retry' })]);
    end();
  });

  it('without a chance to finish, does anew at once what it had begun, where nobody else can be at work', async () => {
    const dead = await started();
    await put(dead, sync('a'));
    await database.pool.query(
      `UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() WHERE name = 'sync'`,
    );
    const done: Job[] = [];
    const next = await started({ isAlone: true });
    await next.work(noting(done), []);
    await vi.waitFor(() => expect(done).toEqual([sync('a')]), { ...soon, timeout: 5_000 });
  });
});

describe('a queue whose tables are gone', () => {
  it('says that it cannot work', async () => {
    const queue = await started();
    expect(await queue.check()).toBeUndefined();
    await database.pool.query('DROP SCHEMA pgboss CASCADE');
    expect(await queue.check()).toMatch(/^the queue is gone/);
  });
});
