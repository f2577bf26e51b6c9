// Signing in with a passkey, without a name or an address: the authenticator knows whose it is.

import { Forbidden } from '../../domain/errors.ts';
import type { Passkey } from '../access-stores.ts';
import { beginSession } from './begin-session.ts';
import { keepChallenge, TOO_LATE } from './challenge.ts';
import type { SignedIn } from './confirm-sign-in.ts';
import type { AccessWorld } from './ports.ts';
import { localPath } from './profile.ts';
import type { PasskeyQuestion, PasskeyReply } from './register-passkey.ts';

export async function startPasskeySignIn(world: AccessWorld): Promise<PasskeyQuestion> {
  const [id, challenge] = [world.secrets.newId(), world.secrets.newToken()];
  await keepChallenge(id, { purpose: 'use-passkey', challenge }, world);
  return { challenge: id, options: await world.passkeys.signIn(challenge) };
}

export type PasskeySignIn = PasskeyReply & {
  readonly destination?: string | undefined;
  readonly userAgent: string;
};

/** Throws Forbidden where the answer does not hold, with the same words whether the passkey is known or not. */
export async function signInWithPasskey(
  { challenge, response, destination, userAgent }: PasskeySignIn,
  world: AccessWorld,
): Promise<Extract<SignedIn, { kind: 'signed-in' }>> {
  const { access, clock } = world;
  const asked = await access.challenges.take(challenge, 'use-passkey', clock());
  if (!asked) throw new Forbidden(TOO_LATE);
  const passkey = await checked(response, asked.challenge, world);
  if (!passkey) throw new Forbidden('this passkey could not be checked: try again, or sign in by mail');
  const token = await beginSession({ person: passkey.person, userAgent, by: 'passkey' }, world, access);
  return { kind: 'signed-in', token, destination: localPath(destination) };
}

async function checked(
  response: unknown,
  challenge: string,
  { access, clock, passkeys }: AccessWorld,
): Promise<Passkey | undefined> {
  const credential = passkeys.credentialOf(response);
  const passkey = credential === undefined ? undefined : await access.passkeys.byCredential(credential);
  if (!passkey) return undefined;
  const counter = await passkeys.signedIn({ response, challenge }, passkey);
  if (counter === undefined || !(await access.passkeys.used(passkey.id, clock(), counter))) return undefined;
  return passkey;
}
