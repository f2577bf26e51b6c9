// The one place that decides access. A flow asks for a proof that its caller may do what it does; proofs are made here alone.

import { Forbidden, NotFound } from '../domain/errors.ts';
import type { PartnerId } from '../domain/partner.ts';
import type { PartnershipStore } from './stores.ts';

/** What a token may be used for. A session may do everything, and alone manages tokens, sessions and passkeys. */
export type Scope = 'read' | 'answer' | 'write' | 'sign';

/** All scopes, from least to most. */
export const SCOPES: readonly Scope[] = ['read', 'answer', 'write', 'sign'];

/** Who somebody is known to be, and by what. A credential is made where its secret was checked. */
export type Credential =
  | { readonly kind: 'session'; readonly person: PartnerId; readonly session: string }
  | {
      readonly kind: 'token';
      readonly person: PartnerId;
      readonly token: string;
      readonly scopes: readonly Scope[];
    }
  /** A signed link in a mail: it speaks for its recipient, about one matter. */
  | {
      readonly kind: 'link';
      readonly person: PartnerId;
      readonly partnership: string;
      readonly matter: string;
    };

declare const proof: unique symbol;

/** What may be needed: a scope, or an account of one's own, which only a session may change. */
export type Permission = Scope | 'account';

/** A person who may do what `Needed` says with what is theirs. */
export type AuthorizedPerson<Needed extends Permission = Permission> = {
  readonly person: PartnerId;
  readonly credential: Credential;
  readonly [proof]: Needed;
};

/** A partner who may do what `Needed` says in one partnership, which they have not left. */
export type AuthorizedPartner<Needed extends Scope = Scope> = AuthorizedPerson<Needed> & {
  readonly partnership: string;
};

/** The proof that the credential allows `needed`; throws Forbidden with what would be needed. */
export function authorizePerson<Needed extends Permission>(
  credential: Credential,
  needed: Needed,
): AuthorizedPerson<Needed> {
  if (!allows(credential, needed)) throw new Forbidden(refusalOf(credential, needed));
  return { person: credential.person, credential } as AuthorizedPerson<Needed>;
}

/** What somebody wants to do in a partnership; `matter` is what a link in a mail would have to be about. */
export type PartnerRequest<Needed extends Scope> = {
  readonly partnership: string;
  readonly needed: Needed;
  readonly matter?: string;
};

/**
 * The proof that the credential allows `needed` in the partnership. Throws NotFound where there is none, or where the person is
 * none of its partners or has left: strangers do not learn what exists.
 */
export async function authorizePartner<Needed extends Scope>(
  credential: Credential,
  { partnership, needed, matter }: PartnerRequest<Needed>,
  { partnerships }: { readonly partnerships: Pick<PartnershipStore, 'membership'> },
): Promise<AuthorizedPartner<Needed>> {
  const membership = await partnerships.membership(partnership, credential.person);
  if (!membership || membership.leftAt !== undefined) throw new NotFound('partnership');
  if (credential.kind === 'link') {
    if (credential.partnership !== partnership || credential.matter !== matter || needed !== 'answer')
      throw new NotFound('partnership');
  } else if (!allows(credential, needed)) throw new Forbidden(refusalOf(credential, needed));
  return { person: credential.person, partnership, credential } as AuthorizedPartner<Needed>;
}

function allows(credential: Credential, needed: Permission): boolean {
  if (credential.kind === 'session') return true;
  if (credential.kind === 'link' || needed === 'account') return false;
  return credential.scopes.includes(needed);
}

function refusalOf(credential: Credential, needed: Permission): string {
  if (needed === 'account') return 'this is done on the pages, signed in; no token may do it';
  if (credential.kind === 'link') return 'this link is for answering alone: sign in for everything else';
  return `this token lacks the scope "${needed}": make one that has it`;
}
