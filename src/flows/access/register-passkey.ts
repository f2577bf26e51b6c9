// Registering a passkey: a challenge is given, signed by the browser's authenticator, and checked once.

import { Forbidden, NotFound } from '../../domain/errors.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import { keepChallenge, TOO_LATE } from './challenge.ts';
import type { AccessWorld, PasskeyOptions } from './ports.ts';
import { labelOf } from './profile.ts';

/** What the browser is given, and the id by which its answer names the challenge. */
export type PasskeyQuestion = { readonly challenge: string; readonly options: PasskeyOptions };

export async function startPasskey(
  { person }: AuthorizedPerson<'account'>,
  world: AccessWorld,
): Promise<PasskeyQuestion> {
  const { access, passkeys, secrets } = world;
  const found = await access.people.byId(person);
  if (found?.email === undefined) throw new NotFound('person');
  const owner = { person, email: found.email, name: found.name, passkeys: await access.passkeys.of(person) };
  const [id, challenge] = [secrets.newId(), secrets.newToken()];
  await keepChallenge(id, { purpose: 'register-passkey', person, challenge }, world);
  return { challenge: id, options: await passkeys.registration(owner, challenge) };
}

export type PasskeyReply = {
  readonly challenge: string;
  readonly response: unknown;
};

/** Throws Forbidden where the answer does not hold, InvalidFields for the name, Conflict where the passkey is there already. */
export async function addPasskey(
  { person }: AuthorizedPerson<'account'>,
  reply: PasskeyReply & { readonly name: string },
  { access, clock, passkeys, secrets }: AccessWorld,
): Promise<void> {
  const name = labelOf(reply.name);
  const asked = await access.challenges.take(reply.challenge, 'register-passkey', clock());
  if (asked?.person !== person) throw new Forbidden(TOO_LATE);
  const passkey = await passkeys.registered({ response: reply.response, challenge: asked.challenge });
  if (!passkey) throw new Forbidden('this passkey could not be checked: try again, or use another one');
  await access.passkeys.add({ id: secrets.newId(), person, name, createdAt: clock(), ...passkey });
}
