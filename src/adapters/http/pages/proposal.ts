// Proposing another time, from a page or from a link in a mail: first it is shown on everybody's clock, then the others are asked.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { InvalidFields } from '../../../domain/errors.ts';
import { type Instant, parseInstant } from '../../../domain/time/instant.ts';
import { parseWallTime } from '../../../domain/time/wall-time.ts';
import { toInstant } from '../../../domain/time/zone.ts';
import { whereabouts } from '../../../domain/whereabouts.ts';
import { proposeTime } from '../../../flows/answers/propose-time.ts';
import type { AuthorizedPartner } from '../../../flows/authorized.ts';
import { wallText } from '../../../views/pages/change-time.ts';
import { placeOf } from '../../../views/pages/check-in.ts';
import { type ProposalView, proposalPage } from '../../../views/pages/proposal.ts';
import { formText, inputOf } from '../input.ts';
import { type PageParts, takeForm } from './parts.ts';

export type Proposing = {
  readonly parts: PageParts;
  readonly partner: AuthorizedPartner<'answer'>;
  readonly view: ProposalView & { readonly period: string };
};

export async function showProposal(
  request: Request,
  response: Response,
  { parts, view }: Proposing,
): Promise<void> {
  const { at } = inputOf(z.object({ at: z.string().max(40).optional() }), request.query);
  const start = at === undefined ? undefined : instantOf(at, view);
  const refused = at !== undefined && start === undefined && { values: { at }, problems: [UNREADABLE] };
  if (refused) response.status(422);
  const page = proposalPage({ ...view, ...(start !== undefined && { start }), ...(refused && { refused }) });
  await parts.pages.show(request, response, page);
}

const UNREADABLE = { path: 'at', message: 'is no date and time: write it as 2027-01-05T17:00' };

/** On the clock that the reader then looks at. */
function instantOf(text: string, { partnership, reader }: ProposalView): Instant | undefined {
  const wall = parseWallTime(text.trim());
  if (wall === undefined) return undefined;
  const place = placeOf(partnership, reader);
  return toInstant(whereabouts(place, toInstant(place.zone, wall)), wall);
}

export const ASKED = { text: 'The others are asked. It moves if they agree.' } as const;

export async function takeProposal(
  request: Request,
  response: Response,
  { parts, partner, view }: Proposing,
): Promise<void> {
  const { pages, world } = parts;
  const { start: text } = inputOf(z.object({ start: formText }), request.body);
  const start = parseInstant(text);
  await takeForm(request, response, {
    take: async () => {
      if (start === undefined) throw new InvalidFields([UNREADABLE]);
      await proposeTime(partner, { period: view.period, start, because: 'partner' }, world);
      pages.goTo(response, view.path, ASKED);
    },
    again: ({ problems }) => {
      const { zone } = placeOf(view.partnership, view.reader);
      const at = start === undefined ? text : wallText(zone, start);
      const own = problems.map(({ path, message }) => ({ path: path === 'start' ? 'at' : path, message }));
      return pages.show(
        request,
        response,
        proposalPage({ ...view, refused: { values: { at }, problems: own } }),
      );
    },
  });
}
