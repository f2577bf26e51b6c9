// Where else somebody can sign in from, and how to be rid of it.

import { NotFound } from '../../domain/errors.ts';
import type { KeptIdentity } from '../access-stores.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { AccessWorld } from './ports.ts';

export function listIdentities(
  { person }: AuthorizedPerson<'account'>,
  { access }: AccessWorld,
): Promise<readonly KeptIdentity[]> {
  return access.identities.of(person);
}

/** Throws NotFound where it is none of theirs. */
export async function removeIdentity(
  { person }: AuthorizedPerson<'account'>,
  id: string,
  { access }: AccessWorld,
): Promise<void> {
  if (!(await access.identities.remove(person, id))) throw new NotFound('way to sign in');
}
