// Routes: the signed link in an invitation, by which somebody answers without signing in.

import type { Request, Response } from 'express';
import { NotFound } from '../../../domain/errors.ts';
import { answerInvitation } from '../../../flows/answers/answer-invitation.ts';
import { type AuthorizedPartner, authorizePartner } from '../../../flows/authorized.ts';
import { readAnswer, readProposal } from '../../../flows/read/invitation-answer.ts';
import { answerMatter } from '../../../flows/run/send-invitation.ts';
import { answerPage } from '../../../views/pages/answer.ts';
import { inputOf } from '../input.ts';
import { credentialOf, parameter, type Route } from '../route.ts';
import { ANSWERED, answerForm } from './occurrence.ts';
import type { PageParts } from './parts.ts';
import { showProposal, takeProposal } from './proposal.ts';

export function answerRoutes(parts: PageParts): readonly Route[] {
  const at = { path: '/answer/:link', access: 'link' } as const;
  const proposal = { path: '/answer/:link/proposal', access: 'link' } as const;
  return [
    { method: 'GET', name: 'answer', ...at, handle: show(parts) },
    { method: 'POST', name: 'answer-give', ...at, handle: take(parts) },
    {
      method: 'GET',
      name: 'answer-proposal',
      ...proposal,
      handle: (request, response) => propose(request, response, { parts, how: showProposal }),
    },
    {
      method: 'POST',
      name: 'answer-propose',
      ...proposal,
      handle: (request, response) => propose(request, response, { parts, how: takeProposal }),
    },
  ];
}

/** Which check-in the link is about, and the proof that it speaks for a partner. Throws NotFound where it is about something else. */
async function linkOf(
  request: Request,
  { world }: Pick<PageParts, 'world'>,
): Promise<{ readonly uid: string; readonly partner: AuthorizedPartner<'answer'> }> {
  const credential = credentialOf(request);
  const [, uid] = (credential.kind === 'link' && /^answer (.+)$/.exec(credential.matter)) || [];
  if (credential.kind !== 'link' || uid === undefined) throw new NotFound('link');
  const asked = { partnership: credential.partnership, needed: 'answer', matter: answerMatter(uid) } as const;
  return { uid, partner: await authorizePartner(credential, asked, world.database) };
}

function pathOf(request: Request): string {
  return `/answer/${encodeURIComponent(parameter(request, 'link'))}`;
}

function show({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    const { uid, partner } = await linkOf(request, { world });
    const view = await readAnswer(partner, uid, world);
    await pages.show(request, response, answerPage({ ...view, path: pathOf(request) }));
  };
}

function take({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    const { uid, partner } = await linkOf(request, { world });
    const { answer } = inputOf(answerForm, request.body);
    await answerInvitation(partner, { uid, partStat: answer, by: 'link' }, world);
    pages.goTo(response, pathOf(request), { text: ANSWERED[answer] });
  };
}

type Proposing = { readonly parts: PageParts; readonly how: typeof showProposal };

async function propose(request: Request, response: Response, { parts, how }: Proposing): Promise<void> {
  const { uid, partner } = await linkOf(request, parts);
  const view = await readProposal(partner, uid, parts.world);
  await how(request, response, { parts, partner, view: { ...view, path: pathOf(request) } });
}
