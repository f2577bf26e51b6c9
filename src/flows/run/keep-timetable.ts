// What time alone brings: every partnership once a day, when the day begins in its anchor zone; calendars that are due; drafts
// that lapse; mails that were left behind.

import { HOUR, MINUTE } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall, type Zone } from '../../domain/time/zone.ts';
import { lapseDrafts } from '../partnership/lapse-drafts.ts';
import type { World } from '../world.ts';

/** Asks for what is due; asking twice is asking once. */
export async function keepTimetable(world: Pick<World, 'clock' | 'database' | 'secrets'>): Promise<void> {
  const { clock, database } = world;
  const now = clock();
  for (const { id, ranAt, anchor } of await database.partnerships.running()) {
    if (isRunDue(ranAt, anchor, now))
      await database.jobs.put({ kind: 'run', partnership: id, because: 'a new day' });
  }
  for (const calendar of await database.calendars.due(now))
    await database.jobs.put({ kind: 'sync', calendar });
  for (const notice of await database.notices.waiting(plus(now, -LEFT_BEHIND)))
    await database.jobs.put({ kind: 'notify', notice });
  await lapseDrafts(world);
}

/** A mail that nobody has sent for so long has lost its job, or waits for its next try; both are harmless to ask for again. */
const LEFT_BEHIND = 15 * MINUTE;

/** A day of the anchor zone has begun since the last run, so that on Mondays the horizon grows by the week that it then reaches. */
export function isRunDue(ranAt: Instant | undefined, anchor: Zone, now: Instant): boolean {
  if (ranAt === undefined) return true;
  const dateAt = (instant: Instant) => dateOfWall(toWall(anchor, instant));
  return dateAt(ranAt) < dateAt(now) || now - ranAt > 25 * HOUR;
}
