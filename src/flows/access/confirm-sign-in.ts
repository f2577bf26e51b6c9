// Signing in by a link. Looking at it changes nothing, because mail scanners do; using it does, once. The first sign-in of an
// address makes the person.

import type { PartnerId } from '../../domain/partner.ts';
import type { AccessStores, SignInLink, SignInWay } from '../access-stores.ts';
import type { Person } from '../stores.ts';
import { beginSession } from './begin-session.ts';
import type { AccessWorld, ProfileText } from './ports.ts';
import { profileOf } from './profile.ts';

/** What a link is good for. */
export type LinkView =
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'good';
      readonly email: string;
      /** Absent where the address is new. */
      readonly person?: Person;
      /** What the issuer calls a new person. */
      readonly name?: string;
      /** By what the person signs in from then on as well. */
      readonly joins?: Exclude<SignInWay, 'link' | 'passkey'>;
    };

/** The link, and what the browser holds in which a sign-in elsewhere began. */
export type LinkUse = { readonly token: string; readonly browser?: string | undefined };

export async function lookAtSignIn(use: LinkUse, world: AccessWorld): Promise<LinkView> {
  const { access, clock, secrets } = world;
  const link = await access.signInLinks.byToken(secrets.digest(use.token), clock());
  if (!link) return { kind: 'gone' };
  const person = await access.people.byEmail(link.email);
  const identity = identityOf(link, use, world);
  return {
    kind: 'good',
    email: link.email,
    ...(person && { person }),
    ...(identity && { joins: identity.key, ...(identity.name !== undefined && { name: identity.name }) }),
  };
}

/** A link that is used; `profile` counts where the address is new. */
export type Confirmation = LinkUse & { readonly profile: ProfileText; readonly userAgent: string };

export type SignedIn =
  | { readonly kind: 'gone' }
  | { readonly kind: 'signed-in'; readonly token: string; readonly destination: string };

/** Throws InvalidFields where a new person has said too little; the link stays good. */
export async function confirmSignIn(use: Confirmation, world: AccessWorld): Promise<SignedIn> {
  const { access, clock, secrets } = world;
  const link = await access.signInLinks.byToken(secrets.digest(use.token), clock());
  if (!link) return { kind: 'gone' };
  return access.transaction(async (stores) => {
    await stores.signInLinks.hold(link.email);
    const person =
      (await stores.people.byEmail(link.email))?.id ?? (await newPerson(link, use, { world, stores }));
    if (!(await stores.signInLinks.use(link.id, clock()))) return { kind: 'gone' };
    await attach(link, use, { person, world, stores });
    const start = { person, userAgent: use.userAgent, by: 'link' as const };
    const token = await beginSession(start, world, stores);
    return { kind: 'signed-in', token, destination: link.destination };
  });
}

type Within = { readonly world: AccessWorld; readonly stores: AccessStores };

async function newPerson(
  { email }: SignInLink,
  { profile }: Confirmation,
  { world, stores }: Within,
): Promise<PartnerId> {
  const id = world.secrets.newId() as PartnerId;
  await stores.people.add({ id, email, ...profileOf(profile), region: 'none' }, world.clock());
  return id;
}

async function attach(
  link: SignInLink,
  use: LinkUse,
  { person, world, stores }: Within & { readonly person: PartnerId },
): Promise<void> {
  const identity = identityOf(link, use, world);
  if (!identity) return;
  const { issuer, subject, email } = identity;
  await stores.identities.add({ id: world.secrets.newId(), person, issuer, subject, email }, world.clock());
}

/**
 * Only where the browser is the one in which the sign-in elsewhere began: else whoever begins one with the address of somebody
 * else would come in as them once they follow the link in their own mail.
 */
function identityOf({ identity }: SignInLink, { browser }: LinkUse, { secrets }: AccessWorld) {
  return browser !== undefined && identity?.browser === secrets.digest(browser) ? identity : undefined;
}
