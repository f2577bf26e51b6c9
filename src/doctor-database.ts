// What `doctor` finds in the database. Nobody's matters are told.

import { isEmbeddedIn } from './adapters/database/embedded.ts';
import { type CalendarHealth, healthOf, serverOf } from './adapters/database/health.ts';
import { isSealed } from './adapters/database/key-check.ts';
import { pendingMigrations } from './adapters/database/migrate.ts';
import { deadLettersIn } from './adapters/jobs/queue.ts';
import { isKeyIn, KEY_FILE } from './adapters/secrets/key-file.ts';
import { requireSameKey, secretsOf } from './build-world.ts';
import { freshnessOf } from './domain/calendar/snapshot.ts';
import { DatabaseUnavailable, InvalidInput } from './domain/errors.ts';
import { DAY } from './domain/time/duration.ts';
import { instantOf } from './domain/time/instant.ts';
import { type Finding, note, well, wrong } from './finding.ts';
import { MIGRATIONS, type OpenDatabase, openDatabase } from './open-database.ts';
import type { Settings } from './settings.ts';

/** Opens what is there; where nothing is, nothing is made. */
export async function inspectDatabase(settings: Settings): Promise<Finding[]> {
  const { DATABASE_URL, DATA_DIR } = settings;
  if (!DATABASE_URL && !(await isEmbeddedIn(DATA_DIR)))
    return [note('database', `nothing was started here yet: the first start makes one in ${DATA_DIR}`)];
  let open: OpenDatabase | undefined;
  try {
    open = await openDatabase(settings, () => undefined, 'beside');
    return await inDatabase(settings, open);
  } catch (error) {
    const advice = DATABASE_URL ? ': look at DATABASE_URL, and whether that server runs' : '';
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
    found.push(wrong('undelivered', `${count} mails could not be delivered: ${why}. ${UNDELIVERED}`));
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
  const { SECRET_KEY, DATA_DIR } = settings;
  if (!SECRET_KEY && !(await isKeyIn(DATA_DIR)))
    return (await isSealed(open.connection.pool))
      ? wrong('key', `is not in ${DATA_DIR}: put ${KEY_FILE} back, or set SECRET_KEY to the key of then`)
      : note('key', `there is none yet: the first start makes one in ${DATA_DIR}`);
  if (!(await isSealed(open.connection.pool))) return note('key', 'nothing was sealed with one yet');
  try {
    await requireSameKey(open, await secretsOf(settings));
    return well(
      'key',
      SECRET_KEY ? 'is that of SECRET_KEY' : `is kept in ${DATA_DIR}: a backup with a passphrase holds it`,
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

const UNDELIVERED =
  'Ask whose address that is for another one, or whoever runs the mail server; what changes next is mailed again';

async function jobs({ connection }: OpenDatabase): Promise<Finding[]> {
  const { count, latest } = await deadLettersIn(connection.pool, 3);
  const [last] = latest;
  if (!last) return [well('jobs', 'none has failed for good')];
  const which = latest
    .map(({ kind, why, failedAt }) => `${failedAt.toISOString().slice(0, 16)}Z ${kind}: ${why}`)
    .join('; ');
  const text = `${count} have failed for good, the last ones: ${which}. ${DEAD_LETTERS}`;
  return [Date.now() - last.failedAt.getTime() < DAY ? wrong('jobs', text) : note('jobs', text)];
}

const DEAD_LETTERS =
  'Put right what they name; what is still due is asked for again within a day, and these lines go after 30';
