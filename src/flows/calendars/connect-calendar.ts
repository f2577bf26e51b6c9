// Connects and disconnects calendars of a person. The address is a secret: sealed, and never shown again.

import { Conflict, InvalidFields, NotFound } from '../../domain/errors.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { ConnectedCalendar, Stores } from '../stores.ts';
import { readName, Wrong } from '../words.ts';
import type { World } from '../world.ts';

export type NewCalendar = { readonly name: string; readonly address: string };

type ConnectingWorld = Pick<World, 'clock' | 'database' | 'secrets' | 'checkAddress'>;

/** Nobody keeps more; each is read once an hour. */
const MOST_CALENDARS = 20;

/** Throws InvalidFields for a name or an address that is none. It is looked at for the first time at once. */
export async function connectCalendar(
  { person }: AuthorizedPerson<'write'>,
  calendar: NewCalendar,
  { clock, database, secrets, checkAddress }: ConnectingWorld,
): Promise<ConnectedCalendar> {
  const { name, url, host } = judged(calendar, checkAddress);
  return database.transaction(async (stores) => {
    const known = await stores.calendars.of(person);
    if (known.length >= MOST_CALENDARS)
      throw new Conflict(`you have ${MOST_CALENDARS} calendars connected: disconnect one first`);
    const at = clock();
    const calendar = {
      id: secrets.newId(),
      person,
      kind: 'ics',
      name,
      host,
      failures: 0,
      nextCheckAt: at,
    } as const;
    await stores.calendars.add(calendar, secrets.seal(url));
    await stores.jobs.put({ kind: 'sync', calendar: calendar.id });
    await lookAgain(stores, person, 'calendar connected');
    return calendar;
  });
}

function judged(calendar: NewCalendar, checkAddress: World['checkAddress']) {
  const name = readName(calendar.name);
  const address = checkAddress(calendar.address);
  if (!(name instanceof Wrong) && address.kind === 'address') return { ...address, name };
  throw new InvalidFields([
    ...(name instanceof Wrong ? [{ path: 'name', message: name.problem }] : []),
    ...(address.kind === 'wrong' ? [{ path: 'address', message: address.problem }] : []),
  ]);
}

export async function disconnectCalendar(
  { person }: AuthorizedPerson<'write'>,
  id: string,
  { database }: Pick<World, 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await ownCalendar(stores, person, id);
    await stores.calendars.remove(id);
    await lookAgain(stores, person, 'calendar disconnected');
  });
}

/** Throws NotFound where it is not the person's. */
export async function ownCalendar(
  { calendars }: Pick<Stores, 'calendars'>,
  person: ConnectedCalendar['person'],
  id: string,
): Promise<ConnectedCalendar> {
  const calendar = await calendars.byId(id);
  if (calendar?.person !== person) throw new NotFound('calendar');
  return calendar;
}

/** Every partnership of the person is to be looked at again; in the order of their ids, so that two who do so wait for each other. */
export async function lookAgain(
  { partnerships, jobs }: Pick<Stores, 'partnerships' | 'jobs'>,
  person: ConnectedCalendar['person'],
  because: string,
): Promise<void> {
  for (const partnership of [...(await partnerships.of(person))].sort()) {
    await partnerships.touch(partnership);
    await jobs.put({ kind: 'run', partnership, because });
  }
}
