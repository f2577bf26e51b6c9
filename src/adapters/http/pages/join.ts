// Routes: the link in an invitation to a partnership. Whoever has it sees what they are invited to, and joins once signed in.

import type { Request, Response } from 'express';
import { NotFound } from '../../../domain/errors.ts';
import { acceptInvitation, takesPart } from '../../../flows/partnership/invite-partner.ts';
import { readJoining } from '../../../flows/read/joining.ts';
import type { LinkClaims } from '../../../flows/world.ts';
import { joinPage } from '../../../views/pages/join.ts';
import { partnershipPath } from '../../../views/pages/paths.ts';
import { parameter, type Route } from '../route.ts';
import { wrong } from '../session.ts';
import { type PageParts, personOf } from './parts.ts';

export function joinRoutes(parts: PageParts): readonly Route[] {
  const at = { path: '/join/:link', access: 'public' } as const;
  return [
    { method: 'GET', name: 'join', ...at, handle: show(parts) },
    { method: 'POST', name: 'join-accept', ...at, handle: join(parts) },
  ];
}

function show(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const claims = await claimsOf(request, parts);
    if (await takesPart(claims, request.credential?.person, parts.world))
      return goToTheirs(claims, response, parts);
    const view = await readJoining(claims, request.credential?.person, parts.world);
    const path = `/join/${encodeURIComponent(parameter(request, 'link'))}`;
    await parts.pages.show(request, response, joinPage({ ...view, path }));
  };
}

function join(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const claims = await claimsOf(request, parts);
    const person = personOf(request, 'account');
    if (await takesPart(claims, person.person, parts.world)) return goToTheirs(claims, response, parts);
    const id = await acceptInvitation(person, claims, parts.world);
    const notice = { text: 'You have joined. Look at your hours in the draft, then sign it.' };
    parts.pages.goTo(response, partnershipPath(id), notice);
  };
}

function goToTheirs({ partnership }: LinkClaims, response: Response, { pages }: PageParts): void {
  pages.goTo(response, partnershipPath(partnership), { text: 'You have joined already.' });
}

/** Throws NotFound for a link that is none of ours or has expired, which counts as a wrong token. */
async function claimsOf(request: Request, { world, limits }: PageParts): Promise<LinkClaims> {
  const claims = await world.links.verify(parameter(request, 'link'));
  return claims ?? wrong(request, limits, new NotFound('invitation, or it has expired'));
}
