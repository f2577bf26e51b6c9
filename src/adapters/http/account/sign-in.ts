// Routes: the page for signing in, and the link that is mailed.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { MINUTE } from '../../../domain/time/duration.ts';
import { confirmSignIn, lookAtSignIn } from '../../../flows/access/confirm-sign-in.ts';
import { signOut } from '../../../flows/access/keep-sessions.ts';
import { emailOf, localPath } from '../../../flows/access/profile.ts';
import { LINK_LIFE, requestSignIn } from '../../../flows/access/request-sign-in.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { confirmPage, sentPage, signInPage } from '../../../views/pages/sign-in.ts';
import { formText, inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { type AccountParts, enterOrGone, gone, takeForm, userAgentOf } from './parts.ts';

export function signInRoutes(parts: AccountParts): readonly Route[] {
  const open = { access: 'public' } as const;
  return [
    { method: 'GET', path: '/sign-in', name: 'sign-in', ...open, handle: showSignIn(parts) },
    {
      method: 'POST',
      path: '/sign-in',
      name: 'sign-in-request',
      ...open,
      limit: 'sign-in',
      handle: takeRequest(parts),
    },
    {
      method: 'GET',
      path: '/sign-in/sent',
      name: 'sign-in-sent',
      ...open,
      handle: (request, response) => parts.pages.show(request, response, sentPage(LINK_LIFE / MINUTE)),
    },
    {
      method: 'GET',
      path: '/sign-in/confirm/:token',
      name: 'sign-in-link',
      ...open,
      handle: (request, response) => showLink(request, response, { parts }),
    },
    {
      method: 'POST',
      path: '/sign-in/confirm/:token',
      name: 'sign-in-confirm',
      ...open,
      limit: 'attempt',
      handle: takeConfirmation(parts),
    },
    { method: 'POST', path: '/sign-out', name: 'sign-out', ...open, handle: takeLeave(parts) },
  ];
}

function showSignIn(parts: AccountParts): Route['handle'] {
  return async (request, response) => {
    const to = localPath(inputOf(z.object({ to: formText }), request.query).to);
    if (request.credential) return parts.pages.goTo(response, to);
    await parts.pages.show(request, response, signInPage(viewOf(to, parts)));
  };
}

function viewOf(to: string, { world, settings }: AccountParts) {
  const { issuers, passkeys } = world;
  return { to, canMail: settings.canMail, withPasskeys: passkeys.isPossible, issuers: issuers.list };
}

const requestForm = z.object({ email: formText, to: formText });

function takeRequest(parts: AccountParts): Route['handle'] {
  const { world, limits, pages } = parts;
  return async (request, response) => {
    const { email, to } = inputOf(requestForm, request.body);
    await takeForm(
      response,
      { email },
      {
        take: async () => {
          const address = emailOf(email);
          await limits.spend('sign-in-address', address);
          await requestSignIn({ email, destination: to }, world);
          pages.goTo(response, '/sign-in/sent', { text: `We wrote to ${address}.` });
        },
        again: (refused) =>
          pages.show(request, response, signInPage({ ...viewOf(localPath(to), parts), refused })),
      },
    );
  };
}

async function showLink(
  request: Request,
  response: Response,
  { parts, refused }: { readonly parts: AccountParts; readonly refused?: Refused },
): Promise<void> {
  const { world, cookies, pages } = parts;
  const token = parameter(request, 'token');
  const link = await lookAtSignIn({ token, browser: cookies.read(request, 'browser') }, world);
  if (link.kind === 'gone') return gone(request, response, parts);
  const { email, person, name, joins } = link;
  const issuer = world.issuers.list.find(({ key }) => key === joins)?.name;
  const page = confirmPage({
    token,
    email,
    known: { ...(name !== undefined && { name }) },
    ...(person && { person }),
    ...(issuer !== undefined && { joins: issuer }),
    ...(refused && { refused }),
  });
  await pages.show(request, response, page);
}

const profileForm = z.object({ name: formText, zone: formText });

function takeConfirmation(parts: AccountParts): Route['handle'] {
  const { world, cookies } = parts;
  return async (request, response) => {
    const profile = inputOf(profileForm, request.body);
    const use = { token: parameter(request, 'token'), browser: cookies.read(request, 'browser'), profile };
    await takeForm(response, profile, {
      take: async () => {
        const outcome = await confirmSignIn({ ...use, userAgent: userAgentOf(request) }, world);
        await enterOrGone(request, response, { outcome, parts });
      },
      again: (refused) => showLink(request, response, { parts, refused }),
    });
  };
}

function takeLeave({ world, cookies, pages }: AccountParts): Route['handle'] {
  return async (request, response) => {
    if (request.credential) await signOut(request.credential, world);
    cookies.clear(response, 'session');
    pages.goTo(response, '/sign-in', { text: 'You are signed out.' });
  };
}
