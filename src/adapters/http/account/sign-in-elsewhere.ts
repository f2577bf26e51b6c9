// Routes: to an issuer, and back from it.

import { z } from 'zod';
import { MINUTE } from '../../../domain/time/duration.ts';
import {
  leaveForIssuer,
  type ReturnOutcome,
  returnFromIssuer,
} from '../../../flows/access/sign-in-elsewhere.ts';
import { sentence } from '../../../views/pages/form.ts';
import { formText, inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { type AccountParts, enterOrGone, userAgentOf } from './parts.ts';

/** Long enough to sign in there, and then to find a mail of ours. */
const BROWSER_LIFE = 30 * MINUTE;

/** Links and not forms: where a form leads to, its page would have to name beforehand (Content-Security-Policy form-action). */
export function elsewhereRoutes(parts: AccountParts): readonly Route[] {
  const attempt = { method: 'GET', access: 'public', limit: 'attempt' } as const;
  return [
    { ...attempt, path: '/sign-in/with/:issuer', name: 'sign-in-elsewhere', handle: leave(parts) },
    {
      ...attempt,
      path: '/sign-in/with/:issuer/callback',
      name: 'back-from-elsewhere',
      handle: comeBack(parts),
    },
  ];
}

function leave({ world, cookies }: AccountParts): Route['handle'] {
  return async (request, response) => {
    const browser = cookies.read(request, 'browser') ?? world.secrets.newToken();
    const { to } = inputOf(z.object({ to: formText }), request.query);
    const issuer = parameter(request, 'issuer');
    const address = await leaveForIssuer({ issuer, destination: to, browser }, world);
    cookies.set(response, 'browser', { value: browser, maxAge: BROWSER_LIFE });
    response.redirect(303, address);
  };
}

function comeBack(parts: AccountParts): Route['handle'] {
  const { world, cookies, pages } = parts;
  return async (request, response) => {
    const { state } = inputOf(z.object({ state: z.uuid().catch(NO_STATE) }), request.query);
    const outcome = await returnFromIssuer(
      {
        issuer: parameter(request, 'issuer'),
        state,
        query: new URL(request.originalUrl, parts.settings.publicUrl).search,
        browser: cookies.read(request, 'browser'),
        userAgent: userAgentOf(request),
      },
      world,
    );
    if (outcome.kind === 'signed-in') await enterOrGone(request, response, { outcome, parts });
    else pages.goTo(response, ...nextOf(outcome));
  };
}

/** Belongs to no attempt. */
const NO_STATE = '00000000-0000-0000-0000-000000000000';

function nextOf(outcome: Exclude<ReturnOutcome, { kind: 'signed-in' }>): [string, { text: string }?] {
  switch (outcome.kind) {
    case 'new':
      return [`/sign-in/confirm/${outcome.token}`];
    case 'mailed':
      return ['/sign-in/sent', { text: `We wrote to ${outcome.email}, to be sure that it is yours.` }];
    case 'refused':
      return ['/sign-in', { text: sentence(outcome.why) }];
  }
}
