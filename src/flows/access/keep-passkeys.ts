// The passkeys that somebody has, their names, and how to be rid of one.

import { NotFound } from '../../domain/errors.ts';
import type { Passkey } from '../access-stores.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { AccessWorld } from './ports.ts';
import { labelOf } from './profile.ts';

export function listPasskeys(
  { person }: AuthorizedPerson<'account'>,
  { access }: AccessWorld,
): Promise<readonly Passkey[]> {
  return access.passkeys.of(person);
}

/** Throws InvalidFields for the name, NotFound where it is none of theirs. */
export async function renamePasskey(
  { person }: AuthorizedPerson<'account'>,
  { id, name }: Pick<Passkey, 'id' | 'name'>,
  { access }: AccessWorld,
): Promise<void> {
  if (!(await access.passkeys.rename(person, id, labelOf(name)))) throw new NotFound('passkey');
}

/** Throws NotFound where it is none of theirs. */
export async function removePasskey(
  { person }: AuthorizedPerson<'account'>,
  id: string,
  { access }: AccessWorld,
): Promise<void> {
  if (!(await access.passkeys.remove(person, id))) throw new NotFound('passkey');
}
