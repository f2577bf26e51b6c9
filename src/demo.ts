// `npm run demo`: the service with a partnership that is under way. The weeks before today go by in a few seconds, through the same
// flows as in truth, on a clock that is moved; then the service starts on what they left. Nothing is sent and nothing outside is asked.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logTo } from './adapters/http/logging.ts';
import { clockDrivenJobs } from './adapters/jobs/clock-driven.ts';
import { buildWorld } from './build-world.ts';
import { readExample } from './demo-calendars.ts';
import { liveThrough } from './demo-story.ts';
import { DAY } from './domain/time/duration.ts';
import { type Instant, instantOf, plus } from './domain/time/instant.ts';
import { mondayOf } from './domain/time/plain-date.ts';
import { dateOfWall } from './domain/time/wall-time.ts';
import { startOfDay, toWall, UTC } from './domain/time/zone.ts';
import { signInLinkFor } from './flows/access/request-sign-in.ts';
import { doJob } from './flows/do-job.ts';
import { stopAsked } from './main.ts';
import { bringUpToDate, openDatabase } from './open-database.ts';
import { readSettings, type Settings } from './settings.ts';
import { listen, startTurnabout } from './start.ts';

/** So many weeks have gone by when the demonstration begins. */
const WEEKS = 9;

/** Runs until it is stopped, and forgets everything then. */
export async function demonstrate(say: (sentence: string) => void): Promise<number> {
  const stopping = new AbortController();
  const stopped = stopAsked().then(() => stopping.abort());
  const folder = await mkdtemp(join(tmpdir(), 'turnabout-demo-'));
  // So that the database may enter it where root runs this.
  await chmod(folder, 0o711);
  const { PORT = '0', HOST, LOG_LEVEL = 'warn' } = process.env;
  const settings = readSettings({ PORT, ...(HOST && { HOST }), LOG_LEVEL, DATA_DIR: folder }, folder);
  try {
    await tryPort(settings);
    const since = plus(startOfThisWeek(), -7 * WEEKS * DAY);
    say(`${WEEKS} weeks go by …`);
    if ((await prepare({ settings, since, say, stop: stopping.signal })) === 'stopped') return 0;
    const log = logTo({ level: settings.LOG_LEVEL });
    const running = await startTurnabout({
      settings,
      log,
      say,
      instead: { readAddress: readExample(since) },
    });
    const link = await signInLinkFor({ email: 'ana@example.com' }, running.world);
    say(`Turnabout is at ${running.url.href}, with Ana, Lukas and Mei ${WEEKS} weeks into their agreement.`);
    say(`Come in as Ana: ${link}`);
    await stopped;
    await running.stop();
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nobody waits for weeks to go by, to be told then that the port is taken. */
async function tryPort(settings: Settings): Promise<void> {
  const front = await listen(settings);
  await front.close();
}

function startOfThisWeek(): Instant {
  return startOfDay(UTC, mondayOf(dateOfWall(toWall(UTC, instantOf(Date.now())))));
}

type Preparation = {
  readonly settings: Settings;
  readonly since: Instant;
  readonly say: (sentence: string) => void;
  readonly stop: AbortSignal;
};

/** Ends early once a stop is asked for: whatever that interrupts fails because of it. */
async function prepare(preparation: Preparation): Promise<'prepared' | 'stopped'> {
  try {
    await liveThroughWeeks(preparation);
    return 'prepared';
  } catch (error) {
    if (preparation.stop.aborted) return 'stopped';
    throw error;
  }
}

async function liveThroughWeeks({ settings, since, say, stop }: Preparation): Promise<void> {
  const open = await openDatabase(settings, say, 'for a while');
  try {
    await bringUpToDate(open);
    const today = instantOf(Date.now());
    let now = since;
    let told = 0;
    const clock = () => now;
    const jobs = clockDrivenJobs(clock);
    const world = await buildWorld({
      settings,
      publicUrl: new URL('http://localhost'),
      open,
      jobsIn: () => jobs,
      withoutServer: 'outbox',
      instead: { clock, readAddress: readExample(since) },
    });
    try {
      await liveThrough({
        world,
        settle: () => jobs.settle((job) => doJob(job, world)),
        until: today,
        pass: (to) => {
          stop.throwIfAborted();
          now = to;
          if (now < plus(since, 7 * (told + 1) * DAY)) return;
          told += 1;
          say(`Week ${told} of ${WEEKS} has gone by.`);
        },
      });
      stop.throwIfAborted();
    } finally {
      world.close();
    }
  } finally {
    await open.close();
  }
}
