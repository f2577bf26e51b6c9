// Partnerships: beginning one, inviting to it, leaving it, and what its partners see of each other.

import { z } from 'zod';
import type { PartnerId } from '../../../../domain/partner.ts';
import { DAY, MINUTE } from '../../../../domain/time/duration.ts';
import { instantOf, plus } from '../../../../domain/time/instant.ts';
import { invitePartner, withdrawInvitation } from '../../../../flows/partnership/invite-partner.ts';
import { leavePartnership } from '../../../../flows/partnership/leave-partnership.ts';
import { startPartnership } from '../../../../flows/partnership/start-partnership.ts';
import { readFreeBusy } from '../../../../flows/read/free-busy.ts';
import { readOwnPartnerships, readPartnershipShown, shown } from '../../../../flows/read/partnership.ts';
import { readEmail } from '../../../../flows/words.ts';
import { freeBusyResource } from '../../../../views/resources/free-busy.ts';
import { invitationResource, partnershipResource } from '../../../../views/resources/person.ts';
import { backwardsInstants, choice, id, instant, nameSuchAs, strict, text, zone } from '../fields.ts';
import { forPartner, forPerson } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortable } from '../paging.ts';
import * as checkIns from '../schemas/check-in.ts';
import * as schemas from '../schemas/partnership.ts';

const tag = 'Partnerships';

const email = text(readEmail, { example: 'ben@example.com', description: 'An e-mail address.' });

export const partnershipOperations = [
  forPerson({
    id: 'listPartnerships',
    method: 'GET',
    path: '/partnerships',
    summary: 'Your partnerships',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'Those that you have not left.', body: pages(schemas.partnership) },
    run: async (person, { query, world }) => {
      const all = await readOwnPartnerships(person, world);
      const { items, next } = pageOf(all, (each) => each.id, query);
      return { body: { items: items.map(partnershipResource), next } };
    },
  }),
  forPerson({
    id: 'startPartnership',
    method: 'POST',
    path: '/partnerships',
    summary: 'Begin a partnership',
    description:
      'You are its first partner, and a draft of the agreement is open. The stage proposes a rhythm.',
    tag,
    needed: 'write',
    body: strict({
      name: nameSuchAs('Harbour'),
      anchor: zone,
      stage: choice(['early', 'growing', 'mature']).default('early'),
    }),
    answer: {
      status: 201,
      description: 'The partnership.',
      body: schemas.partnership,
      hasLocation: true,
    },
    run: async (person, { body, world }) => {
      const own = await startPartnership(person, body, world);
      const headers = { Location: `/api/v1/partnerships/${own}` };
      return { body: partnershipResource(await shown(own, world.database)), headers };
    },
  }),
  forPartner({
    id: 'getPartnership',
    method: 'GET',
    path: '',
    summary: 'A partnership and who takes part',
    tag,
    needed: 'see',
    answer: { status: 200, description: 'The partnership.', body: schemas.partnership },
    run: async (partner, { world }) => ({
      body: partnershipResource(await readPartnershipShown(partner, world)),
    }),
  }),
  forPartner({
    id: 'leavePartnership',
    method: 'POST',
    path: '/departure',
    summary: 'Leave',
    description: 'At once, and without anybody’s signature. Check-ins go on among those who stay.',
    tag,
    needed: 'leave',
    answer: { status: 204, description: 'You have left.' },
    run: async (partner, { world }) => {
      await leavePartnership(partner, world);
      return { body: undefined };
    },
  }),
  forPartner({
    id: 'listInvitations',
    method: 'GET',
    path: '/invitations',
    summary: 'Who is invited and has not joined yet',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The oldest first.', body: pages(schemas.invitation) },
    run: async ({ partnership }, { query, world }) => {
      const all = await world.database.invitations.open(partnership);
      const { items, next } = pageOf(all, (each) => `${sortable(each.createdAt)} ${each.id}`, query);
      return { body: { items: items.map(invitationResource), next } };
    },
  }),
  forPartner({
    id: 'invitePartner',
    method: 'POST',
    path: '/invitations',
    summary: 'Invite somebody by mail',
    tag,
    needed: 'write',
    body: strict({ email }),
    answer: { status: 201, description: 'The invitation, good for 30 days.', body: schemas.invitation },
    refusals: [409],
    run: async (partner, { body, world }) => ({
      body: invitationResource(await invitePartner(partner, body.email.toLowerCase(), world)),
    }),
  }),
  forPartner({
    id: 'withdrawInvitation',
    method: 'DELETE',
    path: '/invitations/{invitation}',
    summary: 'Withdraw an invitation',
    tag,
    needed: 'write',
    params: z.object({ invitation: id }),
    answer: { status: 204, description: 'Its link leads to nothing any more.' },
    run: async (partner, { params, world }) => {
      await withdrawInvitation(partner, params.invitation, world);
      return { body: undefined };
    },
  }),
  forPartner({
    id: 'getFreeBusy',
    method: 'GET',
    path: '/partners/{person}/free-busy',
    summary: 'When a partner is busy',
    description:
      'Of those who have signed with you. Never with a title, and not from which calendar. Ask about yourself to see what the other side sees: it is the same text. From now on and for two weeks where nothing else is asked for, for 62 days at most.',
    tag,
    needed: 'see',
    params: z.object({ person: id }),
    query: strict({ from: instant.optional(), to: instant.optional() }).superRefine(backwardsInstants),
    answer: { status: 200, description: 'Busy times and how far to believe them.', body: checkIns.freeBusy },
    run: async (partner, { params, query, world }) => {
      const start = query.from ?? instantOf(Math.floor(world.clock() / MINUTE) * MINUTE);
      const window = { start, end: query.to ?? plus(start, 14 * DAY) };
      const person = params.person.toLowerCase() as PartnerId;
      return { body: freeBusyResource(await readFreeBusy(partner, { person, window }, world)) };
    },
  }),
];
