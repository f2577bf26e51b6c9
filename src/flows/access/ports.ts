// What the flows of access need of the world.

import type { Zone } from '../../domain/time/zone.ts';
import type { AccessDatabase, Identity, IssuerKey, Passkey, SignInAttempt } from '../access-stores.ts';
import type { World } from '../world.ts';

/** What a browser is given for `navigator.credentials`, as JSON (W3C Web Authentication 3, 5.1.8 and 5.1.9). */
export type PasskeyOptions = object;

/** Who registers a passkey, and which ones are there already. */
export type PasskeyOwner = {
  readonly person: string;
  readonly email: string;
  readonly name: string;
  readonly passkeys: readonly Passkey[];
};

/** What a browser answered, and the challenge that it had to sign. */
export type PasskeyAnswer = { readonly response: unknown; readonly challenge: string };

/** What is known of a new passkey once its answer was checked. */
export type NewPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports'>;

/** Passkeys: what is asked of a browser, and whether its answer holds. The person must be verified, not only present. */
export type PasskeyCeremony = {
  /** False where browsers refuse passkeys: at a bare number instead of a name, or without https. */
  readonly isPossible: boolean;
  readonly registration: (owner: PasskeyOwner, challenge: string) => Promise<PasskeyOptions>;
  /** Undefined where the answer does not hold. */
  readonly registered: (answer: PasskeyAnswer) => Promise<NewPasskey | undefined>;
  readonly signIn: (challenge: string) => Promise<PasskeyOptions>;
  /** Which passkey the browser says it used; undefined where it says none. */
  readonly credentialOf: (response: unknown) => string | undefined;
  /** The new counter; undefined where the answer does not hold. */
  readonly signedIn: (answer: PasskeyAnswer, passkey: Passkey) => Promise<number | undefined>;
};

/** Where people can sign in besides here. */
export type Issuer = { readonly key: IssuerKey; readonly name: string };

/** Who the issuer says it is. The address is proven only where `isEmailVerified`. */
export type IssuerAnswer = Pick<Identity, 'issuer' | 'subject'> & {
  readonly email?: string;
  readonly isEmailVerified: boolean;
  readonly name?: string;
};

/** Sign-in at issuers (OpenID Connect Core 3.1, authorization code with PKCE). Nothing that they issue is kept. */
export type Issuers = {
  readonly list: readonly Issuer[];
  /** Where the browser is to go. `state` comes back with the answer. Throws ProviderUnavailable. */
  readonly begin: (
    key: IssuerKey,
    state: string,
  ) => Promise<{ readonly address: string; readonly nonce: string; readonly verifier: string }>;
  /** Undefined where the issuer or its answer refuses. Throws ProviderUnavailable. */
  readonly finish: (
    attempt: Pick<SignInAttempt, 'key' | 'nonce' | 'verifier'> & { readonly state: string },
    query: string,
  ) => Promise<IssuerAnswer | undefined>;
};

/** The world, as far as access needs it. */
export type AccessWorld = Pick<World, 'clock' | 'mailer' | 'secrets' | 'links' | 'sender'> & {
  readonly access: AccessDatabase;
  readonly passkeys: PasskeyCeremony;
  readonly issuers: Issuers;
};

/** What a new person says about themselves. */
export type Profile = { readonly name: string; readonly zone: Zone };

/** The text of a form about oneself, as it came in. */
export type ProfileText = { readonly name: string; readonly zone: string };

/** The same with an address. */
export type PersonText = ProfileText & { readonly email: string };
