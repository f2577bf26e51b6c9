// The first person, where nobody can be mailed a link yet: a link that the start prints, good until somebody is here, it is
// used, or the service starts again.

import type { PartnerId } from '../../domain/partner.ts';
import { beginSession } from './begin-session.ts';
import type { SignedIn } from './confirm-sign-in.ts';
import type { AccessWorld, PersonText } from './ports.ts';
import { personOf } from './profile.ts';

/** Undefined where somebody is here already. */
export async function firstPersonLink({ access, secrets, links }: AccessWorld): Promise<string | undefined> {
  if (await access.firstLink.isAnybodyHere()) return undefined;
  const token = secrets.newToken();
  await access.firstLink.put(secrets.digest(token));
  return links.page(`/first/${token}`);
}

export async function isFirstLink(token: string, { access, secrets }: AccessWorld): Promise<boolean> {
  return (
    (await access.firstLink.isCurrent(secrets.digest(token))) && !(await access.firstLink.isAnybodyHere())
  );
}

export type FirstPerson = {
  readonly token: string;
  readonly person: PersonText;
  readonly userAgent: string;
};

/** Throws InvalidFields; the link stays good then. */
export async function beginAsFirst(first: FirstPerson, world: AccessWorld): Promise<SignedIn> {
  const { access, secrets, clock } = world;
  const about = personOf(first.person);
  return access.transaction(async (stores) => {
    const isUsed = await stores.firstLink.use(secrets.digest(first.token));
    if (!isUsed || (await stores.firstLink.isAnybodyHere())) return { kind: 'gone' };
    const person = secrets.newId() as PartnerId;
    await stores.people.add({ id: person, ...about, region: 'none' }, clock());
    const token = await beginSession({ person, userAgent: first.userAgent, by: 'link' }, world, stores);
    return { kind: 'signed-in', token, destination: '/' };
  });
}
