// Where somebody is signed in, and how to end it.

import { NotFound } from '../../domain/errors.ts';
import type { Session } from '../access-stores.ts';
import type { AuthorizedPerson, Credential } from '../authorized.ts';
import type { AccessWorld } from './ports.ts';

/** A session, and whether it is the one from which is asked, which comes first. */
export type ListedSession = Session & { readonly isThisOne: boolean };

export async function listSessions(
  { person, credential }: AuthorizedPerson<'account'>,
  { access, clock }: AccessWorld,
): Promise<readonly ListedSession[]> {
  const sessions = await access.sessions.of(person, clock());
  const listed = sessions.map((each) => ({ ...each, isThisOne: each.id === sessionOf(credential) }));
  return listed.toSorted((a, b) => Number(b.isThisOne) - Number(a.isThisOne));
}

/** Ends one session of the person. Throws NotFound where it is none of theirs. */
export async function revokeSession(
  { person }: AuthorizedPerson<'account'>,
  id: string,
  { access }: AccessWorld,
): Promise<void> {
  if (!(await access.sessions.end(person, id))) throw new NotFound('session');
}

/** Ends all sessions of the person but this one, and says how many they were. */
export async function revokeOtherSessions(
  { person, credential }: AuthorizedPerson<'account'>,
  { access }: AccessWorld,
): Promise<number> {
  return access.sessions.endOthers(person, sessionOf(credential) ?? '');
}

/** Ends the session that a credential is of; a second time it does nothing. */
export async function signOut(credential: Credential, { access }: AccessWorld): Promise<void> {
  if (credential.kind === 'session') await access.sessions.end(credential.person, credential.session);
}

function sessionOf(credential: Credential): string | undefined {
  return credential.kind === 'session' ? credential.session : undefined;
}
