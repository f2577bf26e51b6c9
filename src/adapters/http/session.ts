// Who asks: by the cookie of a session, by a bearer token (RFC 6750), or by a signed link. Found out once for each request.

import type { Request, Response } from 'express';
import { NotFound } from '../../domain/errors.ts';
import { SESSION_LIFE, useSession } from '../../flows/access/begin-session.ts';
import { useToken } from '../../flows/access/keep-tokens.ts';
import type { AccessWorld } from '../../flows/access/ports.ts';
import type { Credential } from '../../flows/authorized.ts';
import type { Cookies } from './cookies.ts';
import { clientOf, type Limits } from './limits.ts';
import { parameter, type Route, SignInNeeded } from './route.ts';

export type Identification = {
  readonly world: AccessWorld;
  readonly cookies: Cookies;
  readonly limits: Limits;
};

/** Puts `credential` on the request. Throws SignInNeeded, and NotFound for a link that is none. */
export async function identify(
  request: Request,
  response: Response,
  { route, ...by }: Identification & { readonly route: Route },
): Promise<void> {
  if (['anonymous', 'feed', 'operator'].includes(route.access)) return;
  const credential =
    route.access === 'link' ? await linkOf(request, by) : await visitorOf(request, response, by);
  if (credential) request.credential = credential;
  else if (route.access !== 'public') throw new SignInNeeded(wayInto(route));
}

/** Programs come in by a token, people by a page. */
function wayInto({ path }: Route): string {
  if (!path.startsWith('/api/')) return 'sign in first';
  return 'sign in first, or send a token of your account page: Authorization: Bearer tat_…';
}

async function linkOf(request: Request, { world, limits }: Identification): Promise<Credential> {
  const claims = await world.links.verify(parameter(request, 'link'));
  if (!claims) return wrong(request, limits, new NotFound('link, or it has expired'));
  const { person, partnership, matter } = claims;
  return { kind: 'link', person: person as Credential['person'], partnership, matter };
}

async function visitorOf(
  request: Request,
  response: Response,
  by: Identification,
): Promise<Credential | undefined> {
  const { authorization = '' } = request.headers;
  // Other schemes are for a proxy in front of us.
  return /^Bearer\b/i.test(authorization)
    ? tokenOf(authorization, request, by)
    : sessionOf(request, response, by);
}

async function tokenOf(
  authorization: string,
  request: Request,
  { world, limits }: Identification,
): Promise<Credential> {
  const [, token] = /^Bearer +([\w-]{1,200})$/i.exec(authorization) ?? [];
  const credential = token === undefined ? undefined : await useToken(token, world);
  const message =
    'this token is not known, was revoked or has expired: make another one on your account page';
  return credential ?? wrong(request, limits, new SignInNeeded(message));
}

/** Throws what is wrong, or TooMany where that happens too often. */
export async function wrong(request: Request, limits: Limits, error: Error): Promise<never> {
  await limits.spend('wrong-token', clientOf(request.ip));
  throw error;
}

async function sessionOf(
  request: Request,
  response: Response,
  { world, cookies }: Identification,
): Promise<Credential | undefined> {
  const token = cookies.read(request, 'session');
  if (token === undefined) return undefined;
  const use = await useSession(token, world);
  if (use.kind === 'signed-in') {
    if (use.token !== undefined) keepSession(response, use.token, cookies);
    return use.credential;
  }
  cookies.clear(response, 'session');
  if (use.kind === 'ended') throw new SignInNeeded(ENDED);
  return undefined;
}

const ENDED =
  'an old copy of your session was used, so it was ended to be safe: sign in again, and look at your account page';

/** The browser is to hold this token. */
export function keepSession(response: Response, token: string, cookies: Cookies): void {
  cookies.set(response, 'session', { value: token, maxAge: SESSION_LIFE });
}
