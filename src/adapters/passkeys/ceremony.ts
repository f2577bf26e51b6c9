// Passkeys by the library @simplewebauthn/server (W3C Web Authentication Level 3).

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import ipaddr from 'ipaddr.js';
import type { NewPasskey, PasskeyAnswer, PasskeyCeremony, PasskeyOwner } from '../../flows/access/ports.ts';
import type { Passkey } from '../../flows/access-stores.ts';
import { authenticationResponse, registrationResponse } from './responses.ts';

/** What the person sees as the name of the place for which the passkey is. */
const OUR_NAME = 'Turnabout';

/** As long as the challenge is good. */
const TIMEOUT = 5 * 60 * 1_000;

/** Not "preferred": a passkey alone signs in, so it must be more than something that was found on a desk. */
const VERIFICATION = 'required';

/** EdDSA, ES256 and RS256, which every authenticator knows one of (RFC 9053 2, RFC 8812 2). */
const ALGORITHMS = [-8, -7, -257];

/** A large package, for which an idle service has no use. */
const library = () => import('@simplewebauthn/server');

export function passkeysAt(publicUrl: URL): PasskeyCeremony {
  const place = { expectedOrigin: publicUrl.origin, expectedRPID: publicUrl.hostname };
  return {
    isPossible: isPossibleAt(publicUrl),
    registration: (owner, challenge) => registrationOptions(owner, challenge, publicUrl.hostname),
    registered: (answer) => registered(answer, place),
    signIn: async (challenge) =>
      (await library()).generateAuthenticationOptions({
        rpID: publicUrl.hostname,
        challenge: bytesOf(challenge),
        userVerification: VERIFICATION,
        timeout: TIMEOUT,
      }),
    credentialOf: (response) => authenticationResponse.safeParse(response).data?.id,
    signedIn: (answer, passkey) => signedIn(answer, passkey, place),
  };
}

/** Browsers want a name (5.1.3 step 7) and a secure context, which http is at localhost alone. */
function isPossibleAt({ protocol, hostname }: URL): boolean {
  if (ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) return false;
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

type Place = { readonly expectedOrigin: string; readonly expectedRPID: string };

async function registrationOptions(
  { person, email, name, passkeys }: PasskeyOwner,
  challenge: string,
  rpID: string,
) {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: OUR_NAME,
    rpID,
    userID: new TextEncoder().encode(person),
    userName: email,
    userDisplayName: name,
    challenge: bytesOf(challenge),
    timeout: TIMEOUT,
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: VERIFICATION },
  });
}

async function registered(
  { response, challenge }: PasskeyAnswer,
  place: Place,
): Promise<NewPasskey | undefined> {
  const read = registrationResponse.safeParse(response);
  if (!read.success) return undefined;
  const given = read.data as RegistrationResponseJSON;
  const rules = { supportedAlgorithmIDs: ALGORITHMS, requireUserVerification: true };
  const options = { response: given, expectedChallenge: challenge, ...place, ...rules };
  const { verifyRegistrationResponse } = await library();
  const { registrationInfo } = await holds(verifyRegistrationResponse(options));
  if (!registrationInfo) return undefined;
  const { id, publicKey, counter } = registrationInfo.credential;
  return { credentialId: id, publicKey, counter, transports: given.response.transports ?? [] };
}

/** The counter must have risen, where there is one (7.2 step 22): else the passkey was copied. */
async function signedIn(
  { response, challenge }: PasskeyAnswer,
  passkey: Passkey,
  place: Place,
): Promise<number | undefined> {
  const read = authenticationResponse.safeParse(response);
  if (!read.success) return undefined;
  const given = read.data as AuthenticationResponseJSON;
  if (given.response.userHandle && textOf(given.response.userHandle) !== passkey.person) return undefined;
  const { verifyAuthenticationResponse } = await library();
  const { authenticationInfo } = await holds(
    verifyAuthenticationResponse({
      response: given,
      expectedChallenge: challenge,
      ...place,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    }),
  );
  return authenticationInfo?.newCounter;
}

/** The library throws where an answer is not well-formed and where it is wrong; to whoever asks that is the same. */
async function holds<T extends { readonly verified: boolean }>(
  verification: Promise<T>,
): Promise<Partial<T>> {
  const result: T | undefined = await verification.catch(() => undefined);
  return result?.verified ? result : {};
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}

function textOf(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('utf8');
}
