// Routes: a partnership begins, its page, who is invited, what is asked, and leaving.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../../domain/errors.ts';
import { emailOf } from '../../../flows/access/profile.ts';
import { replyToQuestion } from '../../../flows/answers/reply-to-question.ts';
import { type AuthorizedPartner, may } from '../../../flows/authorized.ts';
import { invitePartner, joinLink, withdrawInvitation } from '../../../flows/partnership/invite-partner.ts';
import { leavePartnership } from '../../../flows/partnership/leave-partnership.ts';
import { startPartnership } from '../../../flows/partnership/start-partnership.ts';
import { readAgreementVersions } from '../../../flows/read/agreement-versions.ts';
import { readCheckInsAhead } from '../../../flows/read/check-ins-ahead.ts';
import { readPartnershipShown } from '../../../flows/read/partnership.ts';
import { readName, readZone } from '../../../flows/words.ts';
import { agreementPage } from '../../../views/pages/agreement.ts';
import type { Refused } from '../../../views/pages/form.ts';
import { newPartnershipPage } from '../../../views/pages/new-partnership.ts';
import { newcomerPage } from '../../../views/pages/newcomer.ts';
import { type PartnershipView, partnershipPage } from '../../../views/pages/partnership.ts';
import { partnershipPath } from '../../../views/pages/paths.ts';
import { formText, inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { STAGES } from './draft-text.ts';
import { type PageParts, partnerOf, personOf, requireTick, takeForm, writtenIn } from './parts.ts';
import { Findings, readChoice } from './texts.ts';

export function partnershipRoutes(parts: PageParts): readonly Route[] {
  const one = { access: 'partner' } as const;
  return [
    ...beginning(parts),
    {
      method: 'GET',
      path: '/partnerships/:id',
      name: 'partnership',
      ...one,
      handle: (request, response) => show(request, response, { parts }),
    },
    {
      method: 'POST',
      path: '/partnerships/:id/invitations',
      name: 'partner-invite',
      ...one,
      handle: invite(parts),
    },
    {
      method: 'POST',
      path: '/partnerships/:id/invitations/:invitation/withdraw',
      name: 'partner-uninvite',
      ...one,
      handle: withdraw(parts),
    },
    {
      method: 'POST',
      path: '/partnerships/:id/questions/:question',
      name: 'question-reply',
      ...one,
      handle: reply(parts),
    },
    {
      method: 'POST',
      path: '/partnerships/:id/departure',
      name: 'partnership-leave',
      ...one,
      handle: leave(parts),
    },
  ];
}

function beginning(parts: PageParts): readonly Route[] {
  const at = { path: '/partnerships/new', access: 'person' } as const;
  return [
    {
      method: 'GET',
      name: 'partnership-new',
      ...at,
      handle: (request, response) => showNew(request, response, { parts }),
    },
    {
      method: 'POST',
      name: 'partnership-begin',
      ...at,
      handle: (request, response) =>
        takeForm(request, response, {
          take: async () => {
            const id = await startPartnership(personOf(request, 'write'), beginningOf(request), parts.world);
            parts.pages.goTo(response, partnershipPath(id), { text: 'Your partnership has begun.' });
          },
          again: (refused) => showNew(request, response, { parts, refused }),
        }),
    },
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: Refused };

async function showNew(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const { person } = personOf(request, 'read');
  const { zone } = (await parts.world.database.people.byId(person))!;
  await parts.pages.show(request, response, newPartnershipPage(zone, refused));
}

function beginningOf(request: Request) {
  const text = inputOf(z.object({ name: formText, anchor: formText, stage: formText }), request.body);
  const found = new Findings();
  const name = found.take('name', readName(text.name));
  const anchor = found.take('anchor', readZone(text.anchor));
  const stage = found.take('stage', readChoice(text.stage, STAGES));
  found.refuse();
  return { name: name!, anchor: anchor!, stage: stage! };
}

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const member = await partnerOf(request, 'see', parts);
  const partner = may(member, 'read');
  if (!partner) return showToNewcomer(request, response, { parts, member });
  const view = await readCheckInsAhead(partner, parts.world);
  const invitations = await passedOn(view, parts);
  await parts.pages.show(
    request,
    response,
    partnershipPage({ ...view, invitations, ...(refused && { refused }) }),
  );
}

async function showToNewcomer(
  request: Request,
  response: Response,
  { parts, member }: { readonly parts: PageParts; readonly member: AuthorizedPartner<'see'> },
): Promise<void> {
  const shown = await readPartnershipShown(member, parts.world);
  const isDrafted = may(member, 'see-draft') !== undefined;
  await parts.pages.show(request, response, newcomerPage({ ...shown, isDrafted }));
}

/** Where no mail goes out, each invitation has its link, for the partners to pass on. */
async function passedOn(
  { id: partnership, invitations }: Pick<PartnershipView, 'id' | 'invitations'>,
  { settings, world }: PageParts,
): Promise<PartnershipView['invitations']> {
  if (settings.canMail) return invitations;
  return Promise.all(
    invitations.map(async (each) => ({
      ...each,
      link: await joinLink({ ...each, partnership }, world.links),
    })),
  );
}

function invite(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'write', parts);
    await takeForm(request, response, {
      take: async () => {
        const email = emailOf(inputOf(z.object({ email: formText }), request.body).email);
        await invitePartner(partner, email, world);
        pages.goTo(response, partnershipPath(partner.partnership), { text: invitedText(email, parts) });
      },
      again: (refused) => show(request, response, { parts, refused }),
    });
  };
}

function invitedText(email: string, { settings, outbox }: PageParts): string {
  if (outbox) return `The invitation to ${email} lies in the outbox.`;
  if (settings.canMail) return `We wrote to ${email}.`;
  return `${email} is invited. No mail server is set, so give them the link below yourself.`;
}

function withdraw(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'write', parts);
    await withdrawInvitation(partner, uuidOf(request, 'invitation'), parts.world);
    parts.pages.goTo(response, partnershipPath(partner.partnership), {
      text: 'The invitation is withdrawn.',
    });
  };
}

function reply(parts: PageParts): Route['handle'] {
  return async (request, response) => {
    const partner = await partnerOf(request, 'answer', parts);
    const { answer } = inputOf(z.object({ answer: z.enum(['yes', 'no']) }), request.body);
    await replyToQuestion(partner, { question: uuidOf(request, 'question'), answer }, parts.world);
    parts.pages.goTo(response, partnershipPath(partner.partnership), { text: REPLIED[answer] });
  };
}

const REPLIED = {
  yes: 'You said yes. It is done as soon as everybody who is asked has.',
  no: 'You said no. Nothing changes by it.',
} as const;

function leave(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const partner = await partnerOf(request, 'leave', parts);
    await takeForm(request, response, {
      take: async () => {
        requireTick(writtenIn(request), { path: 'leave', message: 'is to be ticked, if you mean it' });
        await leavePartnership(partner, world);
        pages.goTo(response, '/', { text: 'You have left the partnership.' });
      },
      again: async (refused) => {
        const view = await readAgreementVersions(await partnerOf(request, 'see', parts), world);
        await pages.show(request, response, agreementPage({ ...view, refused }));
      },
    });
  };
}

/** An id in the path beside that of the partnership. */
function uuidOf(request: Request, name: 'invitation' | 'question'): string {
  const id = z.uuid().safeParse(parameter(request, name));
  if (!id.success) throw new NotFound(name);
  return id.data;
}
