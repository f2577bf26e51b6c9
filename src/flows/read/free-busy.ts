// When a partner is busy, for the others with whom they have signed: whoever asks is told the same.

import { type Freshness, freshnessOf } from '../../domain/calendar/snapshot.ts';
import { InvalidFields } from '../../domain/errors.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { DAY } from '../../domain/time/duration.ts';
import { formatInstant, type Instant, instantOf } from '../../domain/time/instant.ts';
import { type Interval, intersect, union } from '../../domain/time/interval.ts';
import type { DateRange } from '../../domain/time/plain-date.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall, UTC } from '../../domain/time/zone.ts';
import { spanOf } from '../../domain/whereabouts.ts';
import type { FreeBusy } from '../../views/resources/free-busy.ts';
import { type AuthorizedPartner, requireLookAt } from '../authorized.ts';
import type { ConnectedCalendar, Person } from '../stores.ts';
import type { World } from '../world.ts';

type ReadingWorld = Pick<World, 'clock' | 'database' | 'publicHolidays'>;

/** Of whom, and when. */
export type FreeBusyQuery = { readonly person: PartnerId; readonly window: Interval };

/** Milliseconds that may be asked for at once. */
const LONGEST = 62 * DAY;

/**
 * Throws NotFound where the other is no partner here, Forbidden where one of the two has not signed, InvalidFields for a window that is
 * empty or longer than 62 days.
 */
export async function readFreeBusy(
  partner: AuthorizedPartner<'see'>,
  { person: id, window }: FreeBusyQuery,
  world: ReadingWorld,
): Promise<FreeBusy> {
  refuseWindow(window);
  const { database } = world;
  await requireLookAt(partner, id, database);
  const person = (await database.people.byId(id))!;
  const taken = [
    ...(await database.calendars.busy(id, window)),
    ...(await database.occurrences.elsewhere(id, partner.partnership, window)),
    ...(await awayIn(person, window, world)),
  ];
  return {
    person: id,
    window,
    busy: intersect(union(taken), [window]),
    ...beliefIn(await database.calendars.of(id), world.clock()),
  };
}

function refuseWindow({ start, end }: Interval): void {
  const wrong = (path: string, message: string) => new InvalidFields([{ path, message }]);
  const from = `${formatInstant(start)}, where what is asked for begins`;
  if (end <= start)
    throw wrong('to', `is not after ${from}: ask for a later one, or send an earlier \`from\``);
  if (end - start > LONGEST) throw wrong('to', `is more than 62 days after ${from}: ask for less at once`);
}

/** Days off and public holidays are told as busy, so that nobody sees which is which. */
async function awayIn(
  { id, zone, region }: Person,
  window: Interval,
  { database, publicHolidays }: ReadingWorld,
): Promise<Interval[]> {
  const days = { from: dateOfWall(toWall(UTC, window.start)), to: dateOfWall(toWall(UTC, window.end)) };
  const holidays: readonly DateRange[] = region === 'none' ? [] : await publicHolidays(region, days);
  return [...(await database.people.leaves(id)), ...holidays].map((each) => spanOf(zone, each));
}

/** All calendars together are believed as far as the one that is known worst. */
function beliefIn(
  calendars: readonly ConnectedCalendar[],
  now: Instant,
): Pick<FreeBusy, 'freshness' | 'confirmedAt'> {
  if (calendars.length === 0) return { freshness: 'none' };
  if (calendars.some(({ emptiedAt, confirmedAt }) => emptiedAt !== undefined || confirmedAt === undefined))
    return { freshness: 'unknown' };
  const confirmedAt = instantOf(Math.min(...calendars.map((each) => each.confirmedAt!)));
  const freshness: Freshness = freshnessOf({ confirmedAt }, now);
  return { freshness, confirmedAt };
}
