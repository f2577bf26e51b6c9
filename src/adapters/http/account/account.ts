// Routes: the account page and its forms. Only a session may come here; no token manages accounts.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { changeProfile, readProfile } from '../../../flows/access/change-profile.ts';
import { listIdentities, removeIdentity } from '../../../flows/access/keep-identities.ts';
import { listPasskeys, removePasskey, renamePasskey } from '../../../flows/access/keep-passkeys.ts';
import { listSessions, revokeOtherSessions, revokeSession } from '../../../flows/access/keep-sessions.ts';
import { issueToken, listTokens, revokeToken } from '../../../flows/access/keep-tokens.ts';
import { addPasskey, startPasskey } from '../../../flows/access/register-passkey.ts';
import { type AuthorizedPerson, authorizePerson } from '../../../flows/authorized.ts';
import { type AccountView, accountPage } from '../../../views/pages/account.ts';
import { formText, inputOf } from '../input.ts';
import { credentialOf, idOf, type Route } from '../route.ts';
import { type AccountParts, takeForm } from './parts.ts';
import { passkeyAnswer } from './passkey-sign-in.ts';

type Mine = AuthorizedPerson<'account'>;

/** Something that is done with one's account, and then seen on its page. */
type Change = {
  readonly path: string;
  readonly name: string;
  readonly change: (mine: Mine, request: Request) => Promise<{ text: string; secret?: string }>;
  /** The form to show again where it is refused. */
  readonly form?: NonNullable<AccountView['refused']>['form'];
};

export function accountRoutes(parts: AccountParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/account',
      name: 'account',
      access: 'person',
      handle: (request, response) => show(request, response, { parts }),
    },
    ...passkeyRoutes(parts),
    ...changesOf(parts).map((change) => routeOf(change, parts)),
  ];
}

function mineOf(request: Request): Mine {
  return authorizePerson(credentialOf(request), 'account');
}

type Showing = { readonly parts: AccountParts; readonly refused?: NonNullable<AccountView['refused']> };

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const { world, pages } = parts;
  const mine = mineOf(request);
  const identities = await listIdentities(mine, world);
  const view = {
    person: await readProfile(mine, world),
    withPasskeys: world.passkeys.isPossible,
    passkeys: await listPasskeys(mine, world),
    sessions: await listSessions(mine, world),
    identities: identities.map(({ id, issuer, email }) => ({ id, name: new URL(issuer).host, email })),
    tokens: await listTokens(mine, world),
  };
  await pages.show(request, response, accountPage({ ...view, ...(refused && { refused }) }));
}

function routeOf({ path, name, change, form }: Change, parts: AccountParts): Route {
  const { pages } = parts;
  return {
    method: 'POST',
    path,
    name,
    access: 'person',
    handle: (request, response) =>
      takeForm(response, request.body ?? {}, {
        take: async () => pages.goTo(response, '/account', await change(mineOf(request), request)),
        again: (refused) =>
          show(request, response, { parts, refused: { form: form ?? 'profile', ...refused } }),
      }),
  };
}

const profileForm = z.object({ name: formText, zone: formText });

const tokenForm = z.object({
  name: formText,
  scopes: z.union([z.string().transform((one) => [one]), z.array(z.string()).max(10)]).default([]),
  days: formText.transform((text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN)),
});

function changesOf({ world }: AccountParts): readonly Change[] {
  return [
    {
      path: '/account/profile',
      name: 'profile-change',
      form: 'profile',
      change: async (mine, { body }) => {
        await changeProfile(mine, inputOf(profileForm, body), world);
        return { text: 'Saved.' };
      },
    },
    {
      path: '/account/passkeys/:id',
      name: 'passkey-rename',
      form: 'passkey',
      change: async (mine, request) => {
        const { name } = inputOf(z.object({ name: formText }), request.body);
        await renamePasskey(mine, { id: idOf(request, 'passkey'), name }, world);
        return { text: 'The passkey has its new name.' };
      },
    },
    {
      path: '/account/passkeys/:id/remove',
      name: 'passkey-remove',
      change: async (mine, request) => {
        await removePasskey(mine, idOf(request, 'passkey'), world);
        return { text: 'The passkey is removed. It may still be kept on your device.' };
      },
    },
    {
      path: '/account/sessions/end-others',
      name: 'sessions-end-others',
      change: async (mine) => {
        const count = await revokeOtherSessions(mine, world);
        return {
          text: count === 1 ? 'One other device is signed out.' : `${count} other devices are signed out.`,
        };
      },
    },
    {
      path: '/account/sessions/:id/end',
      name: 'session-end',
      change: async (mine, request) => {
        await revokeSession(mine, idOf(request, 'session'), world);
        return { text: 'That device is signed out.' };
      },
    },
    {
      path: '/account/identities/:id/remove',
      name: 'identity-remove',
      change: async (mine, request) => {
        await removeIdentity(mine, idOf(request, 'way to sign in'), world);
        return { text: 'Nobody signs in as you from there any more.' };
      },
    },
    {
      path: '/account/tokens',
      name: 'token-issue',
      form: 'token',
      change: async (mine, { body }) => {
        const { token: secret } = await issueToken(mine, inputOf(tokenForm, body), world);
        return { text: 'This is your new token.', secret };
      },
    },
    {
      path: '/account/tokens/:id/revoke',
      name: 'token-revoke',
      change: async (mine, request) => {
        await revokeToken(mine, idOf(request, 'token'), world);
        return { text: 'The token is revoked.' };
      },
    },
  ];
}

/** A script of ours talks with them, so they speak JSON. */
function passkeyRoutes({ world, pages }: AccountParts): readonly Route[] {
  const ours = { method: 'POST', access: 'person' } as const;
  return [
    {
      ...ours,
      path: '/account/passkeys/options',
      name: 'passkey-options',
      handle: async (request, response) => {
        response.json(await startPasskey(mineOf(request), world));
      },
    },
    {
      ...ours,
      path: '/account/passkeys',
      name: 'passkey-add',
      handle: async (request, response) => {
        const mine = mineOf(request);
        const reply = inputOf(passkeyAnswer.extend({ name: formText }), request.body);
        await addPasskey(mine, reply, world);
        pages.note(response, { text: 'From now on you can sign in with this passkey.' });
        response.json({ goTo: '/account' });
      },
    },
  ];
}
