// A person's days off, journeys and own settings: theirs alone, and no matter of any agreement.

import { Conflict, InvalidFields, InvalidInput, NotFound } from '../../domain/errors.ts';
import type { Travel } from '../../domain/partner.ts';
import type { DateRange } from '../../domain/time/plain-date.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { toWall, UTC } from '../../domain/time/zone.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { Kept, Person } from '../stores.ts';
import type { World } from '../world.ts';
import { lookAgain } from './connect-calendar.ts';

type PlanningWorld = Pick<World, 'database' | 'secrets'>;

/** Nobody plans more ahead. */
const MOST_DAYS = 500;

/** Throws InvalidFields for a range that ends before it begins. */
export async function addLeave(
  { person }: AuthorizedPerson<'write'>,
  leave: DateRange,
  { database, secrets }: PlanningWorld,
): Promise<Kept<DateRange>> {
  refuseBackward(leave);
  const kept = { ...leave, id: secrets.newId() };
  await database.transaction(async (stores) => {
    if ((await stores.people.leaves(person)).length >= MOST_DAYS)
      throw new Conflict(`more than ${MOST_DAYS} absences are not kept`);
    await stores.people.addLeave(person, kept);
    await lookAgain(stores, person, 'leave');
  });
  return kept;
}

/** Throws Conflict where it overlaps another journey, InvalidFields for one that ends before it begins. */
export async function addTravel(
  { person }: AuthorizedPerson<'write'>,
  travel: Travel,
  { database, secrets }: PlanningWorld,
): Promise<Kept<Travel>> {
  refuseBackward(travel);
  const kept = { ...travel, id: secrets.newId() };
  await database.transaction(async (stores) => {
    if ((await stores.people.travels(person)).length >= MOST_DAYS)
      throw new Conflict(`more than ${MOST_DAYS} journeys are not kept`);
    await stores.people.addTravel(person, kept);
    await lookAgain(stores, person, 'journey');
  });
  return kept;
}

function refuseBackward({ from, to }: DateRange): void {
  if (to < from)
    throw new InvalidFields([{ path: 'to', message: 'is before the first day: exchange the two' }]);
}

/** Removes a day off or a journey; throws NotFound where the person has none of that id. */
export async function removeDays(
  { person }: AuthorizedPerson<'write'>,
  id: string,
  { database }: Pick<World, 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    if (!(await stores.people.removeDays(person, id))) throw new NotFound('absence or journey');
    await lookAgain(stores, person, 'days');
  });
}

/** Name, home zone, region. Throws InvalidFields for a region that nobody knows. */
export async function changePerson(
  { person }: AuthorizedPerson<'write'>,
  changes: Partial<Pick<Person, 'name' | 'zone' | 'region'>>,
  { clock, database, publicHolidays }: Pick<World, 'clock' | 'database' | 'publicHolidays'>,
): Promise<void> {
  const { region } = changes;
  const message = region === undefined ? undefined : await regionProblem(region, { clock, publicHolidays });
  if (message !== undefined) throw new InvalidFields([{ path: 'region', message }]);
  await database.transaction(async (stores) => {
    await stores.people.change(person, changes);
    // All-day events are days of the owner's zone.
    if (changes.zone !== undefined)
      for (const { id } of await stores.calendars.of(person)) await stores.calendars.lookSoon(id, clock());
    await lookAgain(stores, person, 'person');
  });
}

/** What is wrong with a region that nobody knows: no run of a partnership may find that out later. */
export async function regionProblem(
  region: string,
  { clock, publicHolidays }: Pick<World, 'clock' | 'publicHolidays'>,
): Promise<string | undefined> {
  if (region === 'none') return undefined;
  const today = dateOfWall(toWall(UTC, clock()));
  try {
    await publicHolidays(region, { from: today, to: today });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
}
