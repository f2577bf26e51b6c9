// The one place that decides access. A flow asks for a proof that its caller may do what it does; proofs are made here alone.

import { Forbidden, NotFound } from '../domain/errors.ts';
import type { PartnerId } from '../domain/partner.ts';
import { type Instant, instantOf } from '../domain/time/instant.ts';
import type { AgreementStore, PartnershipStore } from './stores.ts';

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

/**
 * Where a member of a partnership stands. `signed`: the version in force names them. `founding`: none is in force yet, and no
 * draft leaves them out. `newcomer`: the open draft alone names them. `outside`: neither does.
 */
export type Standing = 'signed' | 'founding' | 'newcomer' | 'outside';

/** The scope that a token needs, and where a member has to stand. */
type Grant = { readonly scope: Scope; readonly to: readonly Standing[] };

const PARTNERS = ['signed', 'founding'] as const;
const DRAFTED = [...PARTNERS, 'newcomer'] as const;
const MEMBERS = [...DRAFTED, 'outside'] as const;

const GRANTS = {
  /** What it is called, and the names of its members. */
  see: { scope: 'read', to: MEMBERS },
  leave: { scope: 'sign', to: MEMBERS },
  'see-draft': { scope: 'read', to: DRAFTED },
  /** To change what the draft says of oneself. */
  adjust: { scope: 'write', to: DRAFTED },
  sign: { scope: 'sign', to: DRAFTED },
  read: { scope: 'read', to: PARTNERS },
  answer: { scope: 'answer', to: PARTNERS },
  write: { scope: 'write', to: PARTNERS },
  /** When others are busy: only those know who have signed together. */
  'see-busy': { scope: 'read', to: ['signed'] },
} as const satisfies Readonly<Record<string, Grant>>;

/** What may be needed in a partnership: what a scope is called is for its partners, the rest for more of its members or fewer. */
export type PartnerPermission = keyof typeof GRANTS;

/** A member who may do what `Needed` says in one partnership, which they have not left. */
export type AuthorizedPartner<Needed extends PartnerPermission = PartnerPermission> = {
  readonly person: PartnerId;
  readonly partnership: string;
  readonly standing: Standing;
  readonly credential: Credential;
  readonly [proof]: Needed;
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
export type PartnerRequest<Needed extends PartnerPermission> = {
  readonly partnership: string;
  readonly needed: Needed;
  readonly matter?: string;
};

/** What standing is told from. */
export type StandingStores = {
  readonly partnerships: Pick<PartnershipStore, 'membership'>;
  readonly agreements: Pick<AgreementStore, 'named'>;
};

/**
 * The proof that the credential and the standing allow `needed` in the partnership. Throws NotFound where there is none, or where
 * the person is none of its members or has left: strangers do not learn what exists. Throws Forbidden with what would be needed.
 */
export async function authorizePartner<Needed extends PartnerPermission>(
  credential: Credential,
  { partnership, needed, matter }: PartnerRequest<Needed>,
  stores: StandingStores,
): Promise<AuthorizedPartner<Needed>> {
  const standing = await standingOf(partnership, credential.person, stores);
  if (!standing) throw new NotFound('partnership');
  const scope = scopeOf(needed);
  if (credential.kind === 'link') {
    if (credential.partnership !== partnership || credential.matter !== matter || needed !== 'answer')
      throw new NotFound('partnership');
  } else if (!allows(credential, scope)) throw new Forbidden(refusalOf(credential, scope));
  const member = { person: credential.person, partnership, standing, credential } as AuthorizedPartner;
  return requirePermission(member, needed);
}

/** The scope that a token needs for it. */
export function scopeOf(needed: PartnerPermission): Scope {
  return GRANTS[needed].scope;
}

/** The proof that a member's standing allows this as well, or undefined. That their token may was seen when they came. */
export function may<Needed extends PartnerPermission>(
  partner: AuthorizedPartner,
  needed: Needed,
): AuthorizedPartner<Needed> | undefined {
  const { to }: Grant = GRANTS[needed];
  return to.includes(partner.standing) ? (partner as AuthorizedPartner<Needed>) : undefined;
}

/** The same for what a flow cannot do without; throws Forbidden. */
export function requirePermission<Needed extends PartnerPermission>(
  partner: AuthorizedPartner,
  needed: Needed,
): AuthorizedPartner<Needed> {
  const proven = may(partner, needed);
  if (!proven) throw new Forbidden(BEFORE[partner.standing]);
  return proven;
}

const BEFORE: Readonly<Record<Standing, string>> = {
  signed: 'this is not for those who have signed',
  founding: 'this is among those who have signed: it comes when all have',
  newcomer:
    'until all have signed a version that names you, you may see the draft, change your own hours in it, and sign it',
  outside: 'neither the agreement nor a draft names you: ask a partner to draft a version with you in it',
};

/**
 * That a member may know when `other` is busy: everybody of themselves, and those who have signed of each other. Throws NotFound
 * where there is no such member, Forbidden where one of the two has not signed.
 */
export async function requireLookAt(
  partner: AuthorizedPartner<'see'>,
  other: PartnerId,
  stores: StandingStores,
): Promise<void> {
  if (other === partner.person) return;
  requirePermission(partner, 'see-busy');
  const standing = await standingOf(partner.partnership, other, stores);
  if (!standing) throw new NotFound('partner');
  if (standing !== 'signed')
    throw new Forbidden('they have not signed yet: until then nobody sees when they are busy');
}

/**
 * Until when what is common in a partnership is somebody's to take along: for ever for its partners, up to their leaving for whoever
 * was one. Undefined for those who never signed.
 */
export async function sightUntil(
  partnership: string,
  person: PartnerId,
  stores: StandingStores & { readonly agreements: Pick<AgreementStore, 'inForce'> },
): Promise<Instant | undefined> {
  const standing = await standingOf(partnership, person, stores);
  if (standing) return PARTNERS.some((each) => each === standing) ? FOR_EVER : undefined;
  const signed = await stores.agreements.inForce(partnership);
  const wasPartner = signed.some(({ terms }) => terms.partners.some(({ id }) => id === person));
  return wasPartner ? (await stores.partnerships.membership(partnership, person))?.leftAt : undefined;
}

const FOR_EVER = instantOf(Number.MAX_SAFE_INTEGER);

/** Undefined for somebody who is no member, or has left. */
async function standingOf(
  partnership: string,
  person: PartnerId,
  { partnerships, agreements }: StandingStores,
): Promise<Standing | undefined> {
  const membership = await partnerships.membership(partnership, person);
  if (!membership || membership.leftAt !== undefined) return undefined;
  const { inForce, draft } = await agreements.named(partnership);
  if (inForce?.has(person)) return 'signed';
  if (draft ? !draft.has(person) : inForce) return 'outside';
  return inForce ? 'newcomer' : 'founding';
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
