// What is kept of how people come in. Of every token only the SHA-256 is kept. Times are parameters: no store reads a clock.

import type { PartnerId } from '../domain/partner.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Scope } from './authorized.ts';
import type { PersonStore } from './stores.ts';

/** The kinds of issuers that know somebody (OpenID Connect): two by name, and one of the operator's choice. */
export type IssuerKey = 'google' | 'microsoft' | 'oidc';

/** By what somebody signed in. */
export type SignInWay = 'link' | 'passkey' | IssuerKey;

/** A browser in which somebody is signed in. */
export type Session = {
  readonly id: string;
  readonly person: PartnerId;
  readonly createdAt: Instant;
  /** When its token was replaced by a new one. */
  readonly rotatedAt: Instant;
  /** To the minute. */
  readonly seenAt: Instant;
  readonly expiresAt: Instant;
  /** What the browser calls itself, at most 300 characters. */
  readonly userAgent: string;
  readonly signedInBy: SignInWay;
};

/** A session by one of its two tokens: the `current` one, or the one before it. */
export type FoundSession = { readonly session: Session; readonly token: 'current' | 'previous' };

/** Sessions. */
export type SessionStore = {
  readonly add: (session: Session, tokenHash: string) => Promise<void>;
  readonly byToken: (tokenHash: string) => Promise<FoundSession | undefined>;
  /** False where `from` is not the current token any more. */
  readonly rotate: (
    id: string,
    tokens: { readonly from: string; readonly to: string },
    at: Pick<Session, 'rotatedAt' | 'expiresAt'>,
  ) => Promise<boolean>;
  readonly seen: (id: string, at: Pick<Session, 'seenAt' | 'expiresAt'>) => Promise<void>;
  /** Those that have not expired, the last used first. */
  readonly of: (person: PartnerId, now: Instant) => Promise<readonly Session[]>;
  /** False where the person has no such session. */
  readonly end: (person: PartnerId, id: string) => Promise<boolean>;
  /** How many were ended. */
  readonly endOthers: (person: PartnerId, kept: string) => Promise<number>;
};

/** Who somebody is at an issuer; `subject` is theirs for good, the address may change (OpenID Connect Core 5.7). */
export type Identity = {
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
};

/** An identity that waits until its address is confirmed in the browser that asked for it. */
export type PendingIdentity = Identity & {
  readonly key: IssuerKey;
  /** What the issuer calls the person. */
  readonly name?: string;
  /** SHA-256 of what that browser holds. */
  readonly browser: string;
};

/** A link by which an address is confirmed, once. */
export type SignInLink = {
  readonly id: string;
  readonly email: string;
  /** A path of ours, to go to afterwards. */
  readonly destination: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly identity?: PendingIdentity;
};

/** Links by which somebody signs in. */
export type SignInLinkStore = {
  readonly add: (link: SignInLink, tokenHash: string) => Promise<void>;
  /** How many of the address can still be used. */
  readonly live: (email: string, now: Instant) => Promise<number>;
  /** Undefined where it was used or has expired. */
  readonly byToken: (tokenHash: string, now: Instant) => Promise<SignInLink | undefined>;
  /** False where it was used before. */
  readonly use: (id: string, at: Instant) => Promise<boolean>;
  /** Whatever else is done with the address by `hold` waits until this transaction ends. */
  readonly hold: (email: string) => Promise<void>;
};

/** A passkey (W3C Web Authentication). */
export type Passkey = {
  readonly id: string;
  readonly person: PartnerId;
  /** What the authenticator calls it, as base64url. */
  readonly credentialId: string;
  /** As COSE (RFC 9052). */
  readonly publicKey: Uint8Array;
  /** How often it signed, where the authenticator counts; else 0. */
  readonly counter: number;
  /** How it can be reached ("internal", "usb"), for the browser's convenience. */
  readonly transports: readonly string[];
  readonly name: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

/** Passkeys. */
export type PasskeyStore = {
  /** Throws Conflict where it is registered already. */
  readonly add: (passkey: Passkey) => Promise<void>;
  readonly of: (person: PartnerId) => Promise<readonly Passkey[]>;
  readonly byCredential: (credentialId: string) => Promise<Passkey | undefined>;
  /** False where it was used with a higher counter meanwhile. */
  readonly used: (id: string, at: Instant, counter: number) => Promise<boolean>;
  readonly rename: (person: PartnerId, id: string, name: string) => Promise<boolean>;
  readonly remove: (person: PartnerId, id: string) => Promise<boolean>;
};

/** A question to an authenticator or an issuer, to be answered once. */
export type Challenge =
  | { readonly purpose: 'register-passkey'; readonly person: PartnerId; readonly challenge: string }
  | { readonly purpose: 'use-passkey'; readonly challenge: string }
  | ({ readonly purpose: 'sign-in-elsewhere' } & SignInAttempt);

/** What a sign-in at an issuer began with. */
export type SignInAttempt = {
  readonly key: IssuerKey;
  readonly nonce: string;
  /** Of PKCE (RFC 7636 4.1). */
  readonly verifier: string;
  readonly destination: string;
  /** SHA-256 of what the browser holds that began it. */
  readonly browser: string;
};

/** Challenges. */
export type ChallengeStore = {
  readonly add: (
    id: string,
    challenge: Challenge,
    times: { readonly createdAt: Instant; readonly expiresAt: Instant },
  ) => Promise<void>;
  /** Gives it and removes it; undefined where there is none or it has expired. */
  readonly take: <Purpose extends Challenge['purpose']>(
    id: string,
    purpose: Purpose,
    now: Instant,
  ) => Promise<Extract<Challenge, { purpose: Purpose }> | undefined>;
};

/** An identity with the id by which it is removed. */
export type KeptIdentity = Identity & { readonly id: string; readonly person: PartnerId };

/** Who people are elsewhere. */
export type IdentityStore = {
  /** Nothing where it is known already. */
  readonly add: (identity: KeptIdentity, at: Instant) => Promise<void>;
  readonly find: (issuer: string, subject: string) => Promise<KeptIdentity | undefined>;
  readonly of: (person: PartnerId) => Promise<readonly KeptIdentity[]>;
  readonly remove: (person: PartnerId, id: string) => Promise<boolean>;
};

/** A token for programs. */
export type ApiToken = {
  readonly id: string;
  readonly person: PartnerId;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** To the minute. */
  readonly usedAt?: Instant;
};

/** Tokens for programs that are neither revoked nor expired. */
export type ApiTokenStore = {
  readonly add: (token: ApiToken, tokenHash: string) => Promise<void>;
  readonly byToken: (tokenHash: string, now: Instant) => Promise<ApiToken | undefined>;
  readonly of: (person: PartnerId, now: Instant) => Promise<readonly ApiToken[]>;
  readonly used: (id: string, at: Instant) => Promise<void>;
  readonly revoke: (person: PartnerId, id: string, at: Instant) => Promise<boolean>;
};

/** The one link by which the first person comes in where no mail can be sent. */
export type FirstLinkStore = {
  /** Replaces the one before. */
  readonly put: (tokenHash: string) => Promise<void>;
  readonly isCurrent: (tokenHash: string) => Promise<boolean>;
  /** Removes it; false where it is not the current one. */
  readonly use: (tokenHash: string) => Promise<boolean>;
  readonly isAnybodyHere: () => Promise<boolean>;
};

/** Everything that is kept of how people come in. */
export type AccessStores = {
  readonly people: PersonStore;
  readonly sessions: SessionStore;
  readonly signInLinks: SignInLinkStore;
  readonly passkeys: PasskeyStore;
  readonly challenges: ChallengeStore;
  readonly identities: IdentityStore;
  readonly apiTokens: ApiTokenStore;
  readonly firstLink: FirstLinkStore;
};

/** The stores, and a way to change several of them together or none. Nothing outside is awaited inside `work`. */
export type AccessDatabase = AccessStores & {
  readonly transaction: <T>(work: (stores: AccessStores) => Promise<T>) => Promise<T>;
  /** Removes what can be of no use any more. */
  readonly forget: (before: Instant) => Promise<void>;
};
