// Addresses of our pages, and signed tokens in them that speak for their recipient about one matter (JWT, RFC 7519).

import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { SECOND } from '../../domain/time/duration.ts';
import { instantOf } from '../../domain/time/instant.ts';
import type { Clock } from '../../flows/ports.ts';
import type { LinkClaims, Links } from '../../flows/world.ts';
import { keyFor } from './secrets.ts';

export type LinkSettings = {
  readonly secretKey: string;
  readonly publicUrl: URL;
  readonly clock: Clock;
};

const ALGORITHM = 'HS256';

/** Says that a token is a link of ours, and no other kind of token that may come to be signed. */
const TYPE = 'turnabout-link';

export function linksFrom({ secretKey, publicUrl, clock }: LinkSettings): Links {
  const key = keyFor(secretKey, 'links');
  return {
    page: (path) => new URL(path, publicUrl).href,
    sign: (claims) => sign(claims, key),
    verify: (link) => verify(link, key, new Date(clock())),
  };
}

/** Without the time of issue, so that it is the same for the same claims. */
function sign({ person, partnership, matter, expiresAt }: LinkClaims, key: Uint8Array): Promise<string> {
  return new SignJWT({ in: partnership, on: matter })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setSubject(person)
    .setExpirationTime(Math.floor(expiresAt / SECOND))
    .sign(key);
}

async function verify(link: string, key: Uint8Array, now: Date): Promise<LinkClaims | undefined> {
  const options = { algorithms: [ALGORITHM], typ: TYPE, currentDate: now };
  const verified = await jwtVerify(link, key, options).catch(() => undefined);
  const claims = payload.safeParse(verified?.payload);
  if (!claims.success) return undefined;
  const { sub, in: partnership, on: matter, exp } = claims.data;
  return { person: sub, partnership, matter, expiresAt: instantOf(exp * SECOND) };
}

const payload = z.object({ sub: z.string(), in: z.string(), on: z.string(), exp: z.int() });
