// What is wrong with a set-up, and what to do about it. Looks, and changes nothing.

import { access, constants, statfs } from 'node:fs/promises';
import { makeFolder } from './adapters/database/embedded-home.ts';
import { type CalendarHealth, healthOf, serverOf } from './adapters/database/health.ts';
import { pendingMigrations } from './adapters/database/migrate.ts';
import { deadLettersIn } from './adapters/jobs/queue.ts';
import { imapInbox } from './adapters/mail/inbox.ts';
import { mailboxOf } from './adapters/mail/mailbox.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { requireSameKey, secretsOf } from './build-world.ts';
import { freshnessOf } from './domain/calendar/snapshot.ts';
import { DatabaseUnavailable, InvalidInput } from './domain/errors.ts';
import { instantOf } from './domain/time/instant.ts';
import { MIGRATIONS, type OpenDatabase, openDatabase } from './open-database.ts';
import { readSettings, type Settings } from './settings.ts';

/** One thing that was looked at. What is not `well` says what to do. */
export type Finding = {
  readonly what: string;
  readonly state: 'well' | 'note' | 'wrong';
  readonly text: string;
};

export async function examine(environment: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  let settings: Settings;
  try {
    settings = readSettings(environment);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split('\n').map((text) => wrong('settings', text));
  }
  return [
    well('settings', 'are read and understood'),
    await dataFolder(settings),
    ...(await database(settings)),
    await mail(settings),
    await mailbox(settings),
    await publicAddress(settings),
  ];
}

const well = (what: string, text: string): Finding => ({ what, state: 'well', text });
const note = (what: string, text: string): Finding => ({ what, state: 'note', text });
const wrong = (what: string, text: string): Finding => ({ what, state: 'wrong', text });

/** Bytes that should be free: a PostgreSQL that finds none stops. */
const ENOUGH = 500 * 1024 * 1024;

async function dataFolder({ DATA_DIR }: Settings): Promise<Finding> {
  try {
    await makeFolder(DATA_DIR);
    await access(DATA_DIR, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(DATA_DIR);
    const free = `${Math.floor((bavail * bsize) / 2 ** 20)} MB are free`;
    if (bavail * bsize >= ENOUGH) return well('data folder', `${DATA_DIR} can be written, ${free}`);
    return wrong('data folder', `only ${free} at ${DATA_DIR}: make room before the database stops`);
  } catch (error) {
    return wrong(
      'data folder',
      `${DATA_DIR} cannot be used (${codeOf(error)}): set DATA_DIR, or give yourself the right to write there`,
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

async function database(settings: Settings): Promise<Finding[]> {
  let open: OpenDatabase | undefined;
  try {
    open = await openDatabase(settings, () => undefined, 'beside');
    return await inDatabase(settings, open);
  } catch (error) {
    const advice = settings.DATABASE_URL ? ': look at DATABASE_URL, and whether that server runs' : '';
    const text =
      error instanceof DatabaseUnavailable || error instanceof InvalidInput
        ? error.message
        : `it does not answer${advice}`;
    return [wrong('database', text)];
  } finally {
    await open?.close();
  }
}

async function inDatabase(settings: Settings, open: OpenDatabase): Promise<Finding[]> {
  const { pool } = open.connection;
  const { version, now } = await serverOf(pool);
  const found = [databaseVersion(version, open.where), clock(now)];
  const pending = await pendingMigrations({ pool, folder: MIGRATIONS });
  if (pending.length > 0) {
    found.push(note('migrations', `${pending.join(', ')} will be applied at the next start`));
    return found;
  }
  found.push(well('migrations', 'are applied'), await key(settings, open));
  const { people, calendars, undelivered } = await healthOf(pool);
  found.push(
    people === 0
      ? note('people', 'nobody is here yet: start the service and sign in')
      : well('people', `${people} have an account`),
  );
  found.push(...calendarFindings(calendars));
  for (const { why, count } of undelivered)
    found.push(wrong('undelivered', `${count} mails could not be delivered: ${why}`));
  found.push(...(await jobs(open)));
  return found;
}

/** What the migrations need: ranges, generated columns and exclusions as of version 15. */
function databaseVersion(version: number, where: string): Finding {
  const major = Math.floor(version / 10_000);
  if (major >= 15) return well('database', `PostgreSQL ${major} at ${where} answers`);
  return wrong('database', `PostgreSQL ${major} at ${where} is too old: 15 or newer is needed`);
}

/** Seconds between two clocks beyond which deadlines and links become wrong. */
const APART = 5;

function clock(now: Date): Finding {
  const apart = Math.abs(now.getTime() - Date.now()) / 1_000;
  const zones = `time zones are those of ${process.versions.tz}`;
  if (apart <= APART) return well('clock', `agrees with that of the database; ${zones}`);
  return wrong(
    'clock',
    `differs from that of the database by ${Math.round(apart)} s: set both by NTP; ${zones}`,
  );
}

async function key(settings: Settings, open: OpenDatabase): Promise<Finding> {
  try {
    await requireSameKey(open, await secretsOf(settings));
    return well(
      'key',
      settings.SECRET_KEY
        ? 'is that of SECRET_KEY'
        : `is kept in ${settings.DATA_DIR}: a backup with a passphrase holds it`,
    );
  } catch (error) {
    if (error instanceof InvalidInput) return wrong('key', error.message);
    throw error;
  }
}

function calendarFindings(calendars: readonly CalendarHealth[]): Finding[] {
  const now = instantOf(Date.now());
  const troubled = calendars.flatMap(({ host, confirmedAt, problem, emptied }) => {
    const read = confirmedAt && { confirmedAt: instantOf(confirmedAt.getTime()) };
    const freshness = freshnessOf(read ?? undefined, now);
    if (emptied)
      return [wrong('calendar', `${host}: more than half of it is gone; its owner has to confirm that`)];
    if (freshness === 'fresh') return [];
    const since = confirmedAt ? `not read since ${confirmedAt.toISOString().slice(0, 16)}Z` : 'never read';
    const why = problem ? `: ${problem}` : '';
    return [
      freshness === 'stale'
        ? note('calendar', `${host}: ${since}${why}`)
        : wrong('calendar', `${host}: unknown, ${since}${why}`),
    ];
  });
  const fresh = calendars.length - troubled.length;
  return [
    ...(fresh > 0 ? [well('calendars', `${fresh} of ${calendars.length} are fresh`)] : []),
    ...troubled,
  ];
}

async function jobs({ connection }: OpenDatabase): Promise<Finding[]> {
  const { count, latest } = await deadLettersIn(connection.pool, 3);
  if (count === 0) return [well('jobs', 'none has failed for good')];
  const last = latest.map(({ why, failedAt }) => `${failedAt.toISOString().slice(0, 16)}Z ${why}`).join('; ');
  return [wrong('jobs', `${count} have failed for good, the last ones: ${last}`)];
}

async function mail({ SMTP_URL, MAIL_FROM }: Settings): Promise<Finding> {
  if (!SMTP_URL || !MAIL_FROM)
    return note('mail', 'SMTP_URL is not set: nothing is sent; in development mails are at /outbox');
  try {
    const mailer = smtpMailer({ url: SMTP_URL.href, from: mailboxOf(MAIL_FROM, 'MAIL_FROM') });
    const readiness = await mailer.check();
    mailer.close();
    return readiness.kind === 'ready'
      ? well('mail', `${SMTP_URL.host} takes mail`)
      : wrong('mail', readiness.why);
  } catch (error) {
    if (error instanceof InvalidInput) return wrong('mail', `MAIL_FROM ${error.message}`);
    throw error;
  }
}

async function mailbox({ IMAP_URL, MAIL_AUTHORITY }: Settings): Promise<Finding> {
  if (!IMAP_URL)
    return note(
      'mailbox',
      'IMAP_URL is not set: answers of calendar programs are not read; the links in mails work',
    );
  const inbox = imapInbox({
    url: IMAP_URL.href,
    ...(MAIL_AUTHORITY !== undefined && { authority: MAIL_AUTHORITY }),
  });
  const readiness = await inbox.check();
  inbox.close();
  return readiness.kind === 'ready'
    ? well('mailbox', `${IMAP_URL.host} can be read`)
    : wrong('mailbox', readiness.why);
}

async function publicAddress({ PUBLIC_URL, PORT }: Settings): Promise<Finding> {
  const what = 'public address';
  if (!PUBLIC_URL)
    return note(
      what,
      `PUBLIC_URL is not set: links in mails lead to http://localhost:${PORT}, which works on this machine alone`,
    );
  const health = new URL('/healthz', PUBLIC_URL);
  const answer = await fetch(health, { signal: AbortSignal.timeout(10_000), redirect: 'manual' }).catch(
    () => undefined,
  );
  if (!answer)
    return wrong(
      what,
      `${PUBLIC_URL.origin} does not answer: is the service running, and the proxy in front of it?`,
    );
  if (answer.status !== 200)
    return wrong(
      what,
      `${health.href} answers ${answer.status} instead of 200: the proxy in front leads elsewhere`,
    );
  if (PUBLIC_URL.protocol === 'http:' && PUBLIC_URL.hostname !== 'localhost')
    return note(
      what,
      `${PUBLIC_URL.origin} answers, without https: passkeys are not possible, and cookies can be read on the way`,
    );
  return well(what, `${PUBLIC_URL.origin} answers`);
}
