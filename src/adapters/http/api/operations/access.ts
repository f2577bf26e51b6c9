// Where one is signed in, and the tokens of one's programs. Signed in on the pages alone: no token may do this.

import { z } from 'zod';
import { listSessions, revokeSession } from '../../../../flows/access/keep-sessions.ts';
import { issueToken, listTokens, revokeToken } from '../../../../flows/access/keep-tokens.ts';
import { SCOPES } from '../../../../flows/authorized.ts';
import { sessionResource, tokenResource } from '../../../../views/resources/access.ts';
import { choice, id, list, nameSuchAs, strict, whole } from '../fields.ts';
import { forPerson } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortable, sortableDown } from '../paging.ts';
import * as schemas from '../schemas/own.ts';

const tag = 'Access';

export const accessOperations = [
  forPerson({
    id: 'listSessions',
    method: 'GET',
    path: '/sessions',
    summary: 'Where you are signed in',
    tag,
    needed: 'account',
    query: pagingAlone,
    answer: { status: 200, description: 'The last used first.', body: pages(schemas.session) },
    run: async (person, { query, world }) => {
      const all = await listSessions(person, world);
      const { items, next } = pageOf(all, (each) => `${sortableDown(each.seenAt)} ${each.id}`, query);
      const shown = items.map(({ isThisOne, ...session }) => ({ ...sessionResource(session), isThisOne }));
      return { body: { items: shown, next } };
    },
  }),
  forPerson({
    id: 'revokeSession',
    method: 'DELETE',
    path: '/sessions/{session}',
    summary: 'End a session',
    tag,
    needed: 'account',
    params: z.object({ session: id }),
    answer: { status: 204, description: 'Whoever had it is signed out.' },
    run: async (person, { params, world }) => {
      await revokeSession(person, params.session, world);
      return { body: undefined };
    },
  }),
  forPerson({
    id: 'listTokens',
    method: 'GET',
    path: '/tokens',
    summary: 'The tokens of your programs',
    tag,
    needed: 'account',
    query: pagingAlone,
    answer: { status: 200, description: 'The oldest first.', body: pages(schemas.token) },
    run: async (person, { query, world }) => {
      const all = await listTokens(person, world);
      const { items, next } = pageOf(all, (each) => `${sortable(each.createdAt)} ${each.id}`, query);
      return { body: { items: items.map(tokenResource), next } };
    },
  }),
  forPerson({
    id: 'issueToken',
    method: 'POST',
    path: '/tokens',
    summary: 'Make a token for a program',
    description: 'With the scopes that it needs, for a year at most. It is told once.',
    tag,
    needed: 'account',
    body: strict({
      name: nameSuchAs('Dashboard'),
      scopes: list(choice(SCOPES), SCOPES.length),
      days: whole({ least: 1, most: 365 }).default(90),
    }),
    answer: { status: 201, description: 'The token.', body: schemas.newToken, secrets: ['token'] },
    run: async (person, { body, world }) => {
      const { token, kept } = await issueToken(person, body, world);
      return { body: { ...tokenResource(kept), token } };
    },
  }),
  forPerson({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/tokens/{token}',
    summary: 'Revoke a token',
    tag,
    needed: 'account',
    params: z.object({ token: id }),
    answer: { status: 204, description: 'It opens nothing any more.' },
    run: async (person, { params, world }) => {
      await revokeToken(person, params.token, world);
      return { body: undefined };
    },
  }),
];
