// What the routes of access are made of, and what several of them do.

import type { Request, Response } from 'express';
import { InvalidFields } from '../../../domain/errors.ts';
import type { SignedIn } from '../../../flows/access/confirm-sign-in.ts';
import { signOut } from '../../../flows/access/keep-sessions.ts';
import type { AccessWorld } from '../../../flows/access/ports.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { linkGonePage } from '../../../views/pages/sign-in.ts';
import type { Cookies } from '../cookies.ts';
import type { HttpSettings } from '../http-settings.ts';
import type { Limits } from '../limits.ts';
import { clientOf } from '../limits.ts';
import type { Pages } from '../pages.ts';
import { keepSession } from '../session.ts';

export type AccountParts = {
  readonly world: AccessWorld;
  readonly settings: HttpSettings;
  readonly pages: Pages;
  readonly cookies: Cookies;
  readonly limits: Limits;
};

export function userAgentOf({ headers }: Request): string {
  return headers['user-agent'] ?? '';
}

/** Takes what is in a form, or shows the form again with what is wrong (422, which Turbo shows as well). */
export async function takeForm(
  response: Response,
  values: Refused['values'],
  {
    take,
    again,
  }: { readonly take: () => Promise<void>; readonly again: (refused: Refused) => Promise<void> },
): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (!(error instanceof InvalidFields)) throw error;
    response.status(422);
    await again({ values, problems: error.problems });
  }
}

/** The browser is signed in from now on; whoever was signed in here before is not any more. */
export async function enter(
  request: Request,
  response: Response,
  { token, parts }: { readonly token: string; readonly parts: AccountParts },
): Promise<void> {
  if (request.credential) await signOut(request.credential, parts.world);
  keepSession(response, token, parts.cookies);
}

/** What became of a link. */
export async function enterOrGone(
  request: Request,
  response: Response,
  { outcome, parts }: { readonly outcome: SignedIn; readonly parts: AccountParts },
): Promise<void> {
  if (outcome.kind === 'gone') return gone(request, response, parts);
  await enter(request, response, { token: outcome.token, parts });
  parts.pages.goTo(response, outcome.destination);
}

/** A link that is not good counts as a wrong token. */
export async function gone(request: Request, response: Response, parts: AccountParts): Promise<void> {
  await parts.limits.spend('wrong-token', clientOf(request.ip));
  response.status(410);
  await parts.pages.show(request, response, linkGonePage());
}
