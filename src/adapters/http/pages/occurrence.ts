// Routes: one check-in, the answer to it, and what can be done about its time and its host.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerInvitation, occurrenceOf } from '../../../flows/answers/answer-invitation.ts';
import { offerSwap, volunteer } from '../../../flows/answers/swap-turns.ts';
import { takeHost } from '../../../flows/answers/take-host.ts';
import type { AuthorizedPartner } from '../../../flows/authorized.ts';
import { readCheckInBehind } from '../../../flows/read/check-in-behind.ts';
import { readProposal } from '../../../flows/read/invitation-answer.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { checkInPage } from '../../../views/pages/occurrence.ts';
import { checkInPath, partnershipPath } from '../../../views/pages/paths.ts';
import { inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { type PageParts, partnerOf, takeForm } from './parts.ts';
import { ASKED, showProposal, takeProposal } from './proposal.ts';

const PATH = '/partnerships/:id/occurrences/:uid';

export function checkInRoutes(parts: PageParts): readonly Route[] {
  const one = { access: 'partner' } as const;
  const action = (rest: string, name: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path: `${PATH}/${rest}`,
    name,
    ...one,
    handle,
  });
  return [
    {
      method: 'GET',
      path: PATH,
      name: 'check-in',
      ...one,
      handle: (request, response) => show(request, response, { parts }),
    },
    action('answer', 'check-in-answer', takeAnswer(parts)),
    action('host', 'check-in-host', host(parts)),
    action('swap', 'check-in-swap', offer(parts, swapWith(parts))),
    action(
      'volunteer',
      'check-in-volunteer',
      offer(parts, (partner, period) => volunteer(partner, period, parts.world)),
    ),
    {
      method: 'GET',
      path: `${PATH}/proposal`,
      name: 'check-in-proposal',
      ...one,
      handle: (request, response) => propose(request, response, { parts, how: showProposal }),
    },
    action('proposal', 'check-in-propose', (request, response) =>
      propose(request, response, { parts, how: takeProposal }),
    ),
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: Refused };

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const partner = await partnerOf(request, 'read', parts);
  const { changes, ...view } = await readCheckInBehind(partner, parameter(request, 'uid'), parts.world);
  const open = changes && { changes: { ...changes, ...(refused && { refused }) } };
  await parts.pages.show(request, response, checkInPage({ ...view, ...open }));
}

export const ANSWERED = {
  accepted: 'You accepted.',
  tentative: 'You said that you may come.',
  declined:
    'You said that you cannot come. Everybody is asked about another time; until they agree it stays where it is.',
} as const;

export const answerForm = z.object({ answer: z.enum(['accepted', 'tentative', 'declined']) });

function takeAnswer({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'answer', { world });
    const uid = parameter(request, 'uid');
    const { answer, from } = inputOf(
      answerForm.extend({ from: z.enum(['list', 'page']).default('page') }),
      request.body,
    );
    await answerInvitation(partner, { uid, partStat: answer, by: 'page' }, world);
    const { partnership } = partner;
    const back = from === 'list' ? partnershipPath(partnership) : checkInPath(partnership, uid);
    pages.goTo(response, back, { text: ANSWERED[answer] });
  };
}

function host({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'answer', { world });
    const uid = parameter(request, 'uid');
    await takeHost(partner, uid, world);
    pages.goTo(response, checkInPath(partner.partnership, uid), { text: 'You host this check-in.' });
  };
}

/** What is put to the others about the check-in of a period. */
type Offering = (partner: AuthorizedPartner<'answer'>, period: string, request: Request) => Promise<unknown>;

/** Asks the others, or says on the page from which it came why that is impossible. */
function offer(parts: PageParts, ask: Offering): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'answer', parts);
    const uid = parameter(request, 'uid');
    const { occurrence } = await occurrenceOf(world.database, partner.partnership, uid);
    await takeForm(request, response, {
      take: async () => {
        await ask(partner, occurrence.period.id, request);
        pages.goTo(response, checkInPath(partner.partnership, uid), ASKED);
      },
      again: (refused) => show(request, response, { parts, refused }),
    });
  };
}

function swapWith({ world }: PageParts): Offering {
  return (partner, own, { body }) => {
    const { other } = inputOf(z.object({ other: z.string().max(20) }), body);
    return offerSwap(partner, { own, other }, world);
  };
}

type Proposing = { readonly parts: PageParts; readonly how: typeof showProposal };

async function propose(request: Request, response: Response, { parts, how }: Proposing): Promise<void> {
  const partner = await partnerOf(request, 'answer', parts);
  const uid = parameter(request, 'uid');
  const view = await readProposal(partner, uid, parts.world);
  await how(request, response, {
    parts,
    partner,
    view: { ...view, path: checkInPath(partner.partnership, uid) },
  });
}
