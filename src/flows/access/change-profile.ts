// What somebody is called, and where they are at home.

import { NotFound } from '../../domain/errors.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { Person } from '../stores.ts';
import type { AccessWorld, ProfileText } from './ports.ts';
import { profileOf } from './profile.ts';

export async function readProfile(
  { person }: AuthorizedPerson<'account'>,
  { access }: AccessWorld,
): Promise<Person> {
  const found = await access.people.byId(person);
  if (!found) throw new NotFound('person');
  return found;
}

/** Throws InvalidFields. Plans take it up with their next run. */
export async function changeProfile(
  { person }: AuthorizedPerson<'account'>,
  text: ProfileText,
  { access }: Pick<AccessWorld, 'access'>,
): Promise<void> {
  await access.people.change(person, profileOf(text));
}
