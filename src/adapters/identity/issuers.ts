// Sign-in at issuers of OpenID Connect, by the library openid-client: authorization code with PKCE, `state`, `nonce`, and `iss`
// where the issuer gives it (RFC 9207). Tokens of the issuer are read and dropped.

import * as oidc from 'openid-client';
import { z } from 'zod';
import { ProviderUnavailable } from '../../domain/errors.ts';
import type { Issuer, IssuerAnswer, Issuers } from '../../flows/access/ports.ts';
import type { IssuerKey } from '../../flows/access-stores.ts';

/** One issuer as it is set up. */
export type IssuerSettings = Issuer & {
  readonly address: URL;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type IssuersOptions = {
  readonly publicUrl: URL;
  readonly settings: readonly IssuerSettings[];
  /** For tests alone: issuers on this machine may be reached without TLS. */
  readonly withoutTlsOnLoopback?: true;
};

/** Where Google stands; it says itself whether an address is proven. */
export const GOOGLE: Pick<IssuerSettings, 'key' | 'name' | 'address'> = {
  key: 'google',
  name: 'Google',
  address: new URL('https://accounts.google.com'),
};

/** Where Microsoft stands for accounts of every kind. It never says that an address is proven, so a link is mailed to it. */
export const MICROSOFT: Pick<IssuerSettings, 'key' | 'name' | 'address'> = {
  key: 'microsoft',
  name: 'Microsoft',
  address: new URL('https://login.microsoftonline.com/common/v2.0'),
};

export function issuersFrom(options: IssuersOptions): Issuers {
  const { settings, publicUrl } = options;
  const configurationOf = configurations(options);
  const redirectTo = (key: IssuerKey) => new URL(`/sign-in/with/${key}/callback`, publicUrl);
  return {
    list: settings.map(({ key, name }) => ({ key, name })),
    begin: async (key, state) => {
      const verifier = oidc.randomPKCECodeVerifier();
      const nonce = oidc.randomNonce();
      const address = oidc.buildAuthorizationUrl(await configurationOf(key), {
        redirect_uri: redirectTo(key).href,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { address: address.href, nonce, verifier };
    },
    finish: async ({ key, state, nonce, verifier }, query) => {
      const back = redirectTo(key);
      back.search = query;
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
      const tokens = await answered(oidc.authorizationCodeGrant(await configurationOf(key), back, checks));
      return tokens && answerOf(tokens.claims());
    },
  };
}

/** What the issuer publishes about itself is asked for once, and again where that failed. */
function configurations({ settings, withoutTlsOnLoopback }: IssuersOptions) {
  const known = new Map<IssuerKey, Promise<oidc.Configuration>>();
  return (key: IssuerKey): Promise<oidc.Configuration> => {
    const issuer = settings.find((each) => each.key === key)!;
    const found = known.get(key) ?? discovered(issuer, withoutTlsOnLoopback);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
}

/** In seconds. */
const TIMEOUT = 10;

async function discovered(
  { address, clientId, clientSecret, name }: IssuerSettings,
  withoutTlsOnLoopback: true | undefined,
): Promise<oidc.Configuration> {
  const isAllowed = withoutTlsOnLoopback && address.hostname === '127.0.0.1';
  // The signature of the ID token is checked as well, although TLS already says whose word it is.
  const execute = [oidc.enableNonRepudiationChecks, ...(isAllowed ? [oidc.allowInsecureRequests] : [])];
  const options = { timeout: TIMEOUT, execute };
  const secret = secretBy(clientSecret);
  return oidc.discovery(address, clientId, undefined, secret, options).catch((cause: unknown) => {
    throw new ProviderUnavailable(`${name} does not answer now: try again, or sign in by mail`, { cause });
  });
}

/** In the way that the issuer names; where it names none, by HTTP Basic (OpenID Connect Discovery 3). */
function secretBy(clientSecret: string): oidc.ClientAuth {
  return (server, ...rest) => {
    const isPost = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    const auth = isPost ? oidc.ClientSecretPost(clientSecret) : oidc.ClientSecretBasic(clientSecret);
    return auth(server, ...rest);
  };
}

/** Undefined where the issuer or the answer refuses; throws ProviderUnavailable where the issuer cannot be reached. */
async function answered<T>(grant: Promise<T>): Promise<T | undefined> {
  try {
    return await grant;
  } catch (cause) {
    if (isRefusal(cause)) return undefined;
    throw new ProviderUnavailable('the issuer does not answer now: try again, or sign in by mail', { cause });
  }
}

/** Everything that the library found wrong; what it could not fetch at all has another class. */
function isRefusal(error: unknown): boolean {
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return true;
  return error instanceof oidc.ClientError && error.code !== 'OAUTH_TIMEOUT';
}

const claims = z.object({
  iss: z.string().max(500),
  sub: z.string().min(1).max(255),
  email: z.string().optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().max(100).optional().catch(undefined),
});

function answerOf(given: unknown): IssuerAnswer | undefined {
  const read = claims.safeParse(given);
  if (!read.success) return undefined;
  const { iss, sub, email, email_verified, name } = read.data;
  return {
    issuer: iss,
    subject: sub,
    isEmailVerified: email_verified === true,
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
  };
}
