// Signing in at Google, Microsoft or another issuer. Somebody who is known by issuer and subject comes in; for anybody else the
// address decides, and only where it is proven: by the issuer's word, or by a link that is mailed to it.

import { NotFound } from '../../domain/errors.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Identity, IssuerKey, PendingIdentity, SignInAttempt } from '../access-stores.ts';
import { isEmail } from '../email-address.ts';
import { beginSession } from './begin-session.ts';
import { keepChallenge, TOO_LATE } from './challenge.ts';
import type { SignedIn } from './confirm-sign-in.ts';
import type { AccessWorld, Issuer, IssuerAnswer } from './ports.ts';
import { localPath } from './profile.ts';
import { requestSignIn, signInTokenFor } from './request-sign-in.ts';

export type Departure = {
  readonly issuer: string;
  readonly destination?: string | undefined;
  /** What this browser holds and no other. */
  readonly browser: string;
};

/** Where the browser is to go. Throws NotFound for an issuer that is not set up, ProviderUnavailable where it does not answer. */
export async function leaveForIssuer(
  { issuer, destination, browser }: Departure,
  world: AccessWorld,
): Promise<string> {
  const { key } = issuerOf(issuer, world);
  const state = world.secrets.newId();
  const { address, nonce, verifier } = await world.issuers.begin(key, state);
  const attempt = { key, nonce, verifier, browser: world.secrets.digest(browser) };
  const challenge = {
    purpose: 'sign-in-elsewhere',
    ...attempt,
    destination: localPath(destination),
  } as const;
  await keepChallenge(state, challenge, world);
  return address;
}

function issuerOf(key: string, { issuers }: AccessWorld): Issuer {
  const found = issuers.list.find((each) => each.key === key);
  if (!found) throw new NotFound('way to sign in');
  return found;
}

/** A browser that comes back: `state` and `query` as the issuer gave them to it. */
export type Return = {
  readonly issuer: string;
  readonly state: string;
  readonly query: string;
  readonly browser?: string | undefined;
  readonly userAgent: string;
};

export type ReturnOutcome =
  | Extract<SignedIn, { kind: 'signed-in' }>
  /** The address is proven and new: the token of a link at which the person says who they are. */
  | { readonly kind: 'new'; readonly token: string }
  /** The address is not proven: a link is mailed to it. */
  | { readonly kind: 'mailed'; readonly email: string }
  | { readonly kind: 'refused'; readonly why: string };

/** Throws NotFound and ProviderUnavailable as `leaveForIssuer` does. */
export async function returnFromIssuer(back: Return, world: AccessWorld): Promise<ReturnOutcome> {
  const { key, name } = issuerOf(back.issuer, world);
  const attempt = await attemptOf(back, key, world);
  if (!attempt) return { kind: 'refused', why: TOO_LATE };
  const answer = await world.issuers.finish({ ...attempt, state: back.state }, back.query);
  if (!answer) return { kind: 'refused', why: `${name} did not sign you in: try again, or sign in by mail` };
  const known = await world.access.identities.find(answer.issuer, answer.subject);
  if (known) return signIn(known.person, { attempt, back, world });
  return meet(answer, name, { attempt, back, world });
}

/** Undefined where it is not this very browser that began it, at this very issuer. */
async function attemptOf(
  { state, browser }: Return,
  key: IssuerKey,
  { access, clock, secrets }: AccessWorld,
): Promise<SignInAttempt | undefined> {
  const attempt = await access.challenges.take(state, 'sign-in-elsewhere', clock());
  const isOurs = browser !== undefined && attempt?.browser === secrets.digest(browser) && attempt.key === key;
  return isOurs ? attempt : undefined;
}

type Visit = { readonly attempt: SignInAttempt; readonly back: Return; readonly world: AccessWorld };

async function signIn(person: PartnerId, { attempt, back, world }: Visit) {
  const start = { person, userAgent: back.userAgent, by: attempt.key };
  const token = await beginSession(start, world, world.access);
  return { kind: 'signed-in', token, destination: attempt.destination } as const;
}

/** Somebody whom the issuer knows and we do not. */
async function meet(answer: IssuerAnswer, name: string, visit: Visit): Promise<ReturnOutcome> {
  const email = answer.email?.trim().toLowerCase() ?? '';
  if (!isEmail(email))
    return { kind: 'refused', why: `${name} did not tell us an e-mail address: sign in by mail instead` };
  const { attempt, world } = visit;
  const identity = pendingOf({ ...answer, email }, attempt);
  const request = { email, destination: attempt.destination, identity };
  if (!answer.isEmailVerified) {
    await requestSignIn(request, world);
    return { kind: 'mailed', email };
  }
  const person = await world.access.people.byEmail(email);
  if (!person) return { kind: 'new', token: await signInTokenFor(request, world) };
  await attach(identity, person.id, world);
  return signIn(person.id, visit);
}

function pendingOf(
  { issuer, subject, email, name }: IssuerAnswer & Identity,
  { key, browser }: SignInAttempt,
): PendingIdentity {
  return { issuer, subject, email, key, browser, ...(name !== undefined && { name }) };
}

async function attach(
  { issuer, subject, email }: Identity,
  person: PartnerId,
  { access, clock, secrets }: AccessWorld,
): Promise<void> {
  await access.identities.add({ id: secrets.newId(), person, issuer, subject, email }, clock());
}
