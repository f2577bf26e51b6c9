// What the database knows about how the service is doing, for whoever looks after it. Nobody's matters are in it: of a calendar
// the host, of a mail what stood in the way.

import type { Pool } from 'pg';
import { NOTHING_LEFT } from '../../flows/stores.ts';

export type CalendarHealth = {
  readonly host: string;
  readonly confirmedAt: Date | null;
  readonly problem: string | null;
  readonly emptied: boolean;
};

export type Health = {
  /** As in "server_version_num": 180004. */
  readonly version: number;
  readonly now: Date;
  readonly people: number;
  readonly calendars: readonly CalendarHealth[];
  /** Why mails were not delivered, and how many for that reason. */
  readonly undelivered: readonly { readonly why: string; readonly count: number }[];
};

export async function serverOf(pool: Pool): Promise<Pick<Health, 'version' | 'now'>> {
  const { rows } = await pool.query<{ version: number; now: Date }>(
    `SELECT current_setting('server_version_num')::int AS version, clock_timestamp() AS now`,
  );
  return rows[0]!;
}

export async function healthOf(pool: Pool): Promise<Pick<Health, 'people' | 'calendars' | 'undelivered'>> {
  const people = await pool.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM person WHERE erased_at IS NULL',
  );
  const calendars = await pool.query<CalendarHealth>(
    `SELECT host, confirmed_at AS "confirmedAt", problem, emptied_at IS NOT NULL AS emptied
     FROM calendar ORDER BY confirmed_at NULLS FIRST`,
  );
  const undelivered = await pool.query<{ why: string; count: number }>(
    `SELECT problem AS why, count(*)::int AS count
     FROM (SELECT problem FROM attendee WHERE problem IS NOT NULL
           UNION ALL SELECT problem FROM notice WHERE problem IS NOT NULL AND problem <> $1) AS problems
     GROUP BY problem ORDER BY count(*) DESC LIMIT 10`,
    [NOTHING_LEFT],
  );
  return { people: people.rows[0]!.count, calendars: calendars.rows, undelivered: undelivered.rows };
}
