// The calendars of a person and how far they are to be believed, and when the person is away or elsewhere.

import { freshnessOf } from '../../domain/calendar/snapshot.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall } from '../../domain/time/zone.ts';
import type { CalendarsView, ShownCalendar } from '../../views/pages/calendars.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import { readPartnership } from '../partnership/read-partnership.ts';
import type { ConnectedCalendar, Database } from '../stores.ts';
import type { World } from '../world.ts';

export async function readOwnCalendars(
  { person }: AuthorizedPerson<'read'>,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<CalendarsView> {
  const now = clock();
  const { zone, region } = (await database.people.byId(person))!;
  return {
    zone,
    region,
    today: dateOfWall(toWall(zone, now)),
    calendars: await calendarsOf(person, now, database),
    leaves: await database.people.leaves(person),
    travels: await database.people.travels(person),
    partnerships: await ownPartnerships(person, database),
  };
}

export async function calendarsOf(
  person: PartnerId,
  now: Instant,
  { calendars }: Pick<Database, 'calendars'>,
): Promise<ShownCalendar[]> {
  const shown: ShownCalendar[] = [];
  for (const calendar of await calendars.of(person)) {
    const { id, name, host, problem, confirmedAt } = calendar;
    const state = stateOf(
      calendar,
      freshnessOf(confirmedAt === undefined ? undefined : { confirmedAt }, now),
    );
    shown.push({
      ...{ id, name, host, state },
      ...(confirmedAt !== undefined && { confirmedAt }),
      ...(problem !== undefined && { problem }),
    });
  }
  return shown;
}

function stateOf(
  { emptiedAt, checkedAt }: ConnectedCalendar,
  freshness: ShownCalendar['state'],
): ShownCalendar['state'] {
  if (emptiedAt !== undefined) return 'emptied';
  return checkedAt === undefined ? 'unread' : freshness;
}

/** Those that the person has not left, by name. */
export async function ownPartnerships(
  person: PartnerId,
  database: Pick<Database, 'agreements' | 'partnerships' | 'people'>,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const own = [];
  for (const id of await database.partnerships.of(person)) {
    const { name } = await readPartnership(id, database);
    own.push({ id, name });
  }
  return own;
}
