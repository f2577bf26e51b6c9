// Routes: signing in with a passkey. A script of ours talks with them, so they speak JSON.

import { z } from 'zod';
import { signInWithPasskey, startPasskeySignIn } from '../../../flows/access/sign-in-with-passkey.ts';
import { inputOf } from '../input.ts';
import type { Route } from '../route.ts';
import { type AccountParts, enter, userAgentOf } from './parts.ts';

/** What the script sends: which challenge, and what the authenticator made of it. */
export const passkeyAnswer = z.object({ challenge: z.uuid(), response: z.unknown() });

export function passkeySignInRoutes(parts: AccountParts): readonly Route[] {
  const { world } = parts;
  const attempt = { method: 'POST', access: 'public', limit: 'attempt' } as const;
  return [
    {
      ...attempt,
      path: '/sign-in/passkey/options',
      name: 'passkey-sign-in-options',
      handle: async (_, response) => {
        response.json(await startPasskeySignIn(world));
      },
    },
    {
      ...attempt,
      path: '/sign-in/passkey',
      name: 'passkey-sign-in',
      handle: async (request, response) => {
        const answer = inputOf(passkeyAnswer.extend({ to: z.string().max(1_000).optional() }), request.body);
        const reply = { ...answer, destination: answer.to, userAgent: userAgentOf(request) };
        const { token, destination } = await signInWithPasskey(reply, world);
        await enter(request, response, { token, parts });
        response.json({ goTo: destination });
      },
    },
  ];
}
