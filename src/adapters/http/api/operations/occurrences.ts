// Check-ins: when they are and why, one's answer, and what one can do about their time.

import { z } from 'zod';
import type { PartnerId } from '../../../../domain/partner.ts';
import { answerInvitation, occurrenceOf } from '../../../../flows/answers/answer-invitation.ts';
import { correctAttendance } from '../../../../flows/answers/correct-attendance.ts';
import { proposeTime } from '../../../../flows/answers/propose-time.ts';
import { offerSwap, volunteer } from '../../../../flows/answers/swap-turns.ts';
import { takeHost } from '../../../../flows/answers/take-host.ts';
import type { AuthorizedPartner } from '../../../../flows/authorized.ts';
import { readCheckInBehind } from '../../../../flows/read/check-in-behind.ts';
import { readInWords } from '../../../../flows/read/in-words.ts';
import { readOccurrences } from '../../../../flows/read/occurrences.ts';
import { behindResource, occurrenceResource } from '../../../../views/resources/occurrence.ts';
import { backwardsInstants, choice, id, instant, list, period, strict, whole } from '../fields.ts';
import { type ApiWorld, forPartner } from '../operation.ts';
import { pageOf, pages, pagingWith, sortable } from '../paging.ts';
import * as schemas from '../schemas/check-in.ts';
import { asked } from './questions.ts';

const tag = 'Check-ins';

/** Chosen by us when it is first published; in a path it is encoded. */
const uid = z
  .string()
  .min(1)
  .max(200)
  .meta({ examples: ['2027-W01-0f8c2a54-1f0a-4e0e-9d3c-6a1b2c3d4e5f@turnabout'] });

async function checkInOf({ partnership: own }: AuthorizedPartner, which: string, { database }: ApiWorld) {
  const kept = await occurrenceOf(database, own, which);
  const { partnership } = await readInWords(own, database);
  return occurrenceResource(kept, partnership);
}

export const occurrenceOperations = [
  forPartner({
    id: 'listCheckIns',
    method: 'GET',
    path: '/occurrences',
    summary: 'The check-ins',
    description: 'From now on, where `from` is left out. Cancelled ones are among them.',
    tag,
    needed: 'read',
    query: pagingWith({ from: instant.optional(), to: instant.optional() }).superRefine(backwardsInstants),
    answer: { status: 200, description: 'In order of their starts.', body: pages(schemas.checkIn) },
    run: async (partner, { query, world }) => {
      const stretch = { from: query.from ?? world.clock(), ...(query.to !== undefined && { to: query.to }) };
      const { partnership, occurrences } = await readOccurrences(partner, stretch, world);
      const { items, next } = pageOf(occurrences, ({ item }) => `${sortable(item.start)} ${item.uid}`, query);
      return { body: { items: items.map((each) => occurrenceResource(each, partnership)), next } };
    },
  }),
  forPartner({
    id: 'getCheckIn',
    method: 'GET',
    path: '/occurrences/{uid}',
    summary: 'A check-in and everything behind it',
    description:
      'Why this time, what was ruled out and by which rule, the ledger before and after, the best alternative for you and whom it would burden.',
    tag,
    needed: 'read',
    params: z.object({ uid }),
    answer: { status: 200, description: 'The check-in.', body: schemas.behind },
    run: async (partner, { params, world }) => ({
      body: behindResource(await readCheckInBehind(partner, params.uid, world)),
    }),
  }),
  forPartner({
    id: 'answerCheckIn',
    method: 'POST',
    path: '/occurrences/{uid}/answer',
    summary: 'Answer an invitation',
    description: 'A decline drops nothing: everybody is asked for another time.',
    tag,
    needed: 'answer',
    params: z.object({ uid }),
    body: strict({ partStat: choice(['accepted', 'declined', 'tentative']) }),
    answer: { status: 200, description: 'The check-in.', body: schemas.checkIn },
    refusals: [409],
    run: async (partner, { params, body, world }) => {
      await answerInvitation(partner, { uid: params.uid, partStat: body.partStat, by: 'api' }, world);
      return { body: await checkInOf(partner, params.uid, world) };
    },
  }),
  forPartner({
    id: 'hostCheckIn',
    method: 'POST',
    path: '/occurrences/{uid}/host',
    summary: 'Lead a check-in and take its notes',
    tag,
    needed: 'answer',
    params: z.object({ uid }),
    answer: { status: 200, description: 'The check-in.', body: schemas.checkIn },
    refusals: [409],
    run: async (partner, { params, world }) => {
      await takeHost(partner, params.uid, world);
      return { body: await checkInOf(partner, params.uid, world) };
    },
  }),
  forPartner({
    id: 'proposeTime',
    method: 'POST',
    path: '/proposals',
    summary: 'Propose another time for the check-in of a period',
    description: 'Everybody else who would be there is asked. It moves if all of them agree.',
    tag,
    needed: 'answer',
    body: strict({ period, start: instant }),
    answer: { status: 201, description: 'The question to the others.', body: schemas.question },
    refusals: [409],
    run: async (partner, { body, world }) =>
      asked(partner, await proposeTime(partner, { ...body, because: 'partner' }, world), world),
  }),
  forPartner({
    id: 'offerSwap',
    method: 'POST',
    path: '/swaps',
    summary: 'Offer to exchange your turn for another partner’s',
    tag,
    needed: 'answer',
    body: strict({ own: period, other: period }),
    answer: { status: 201, description: 'The question to whom it concerns.', body: schemas.question },
    refusals: [409],
    run: async (partner, { body, world }) => asked(partner, await offerSwap(partner, body, world), world),
  }),
  forPartner({
    id: 'volunteer',
    method: 'POST',
    path: '/volunteers',
    summary: 'Offer to take an odd hour from the others',
    tag,
    needed: 'answer',
    body: strict({ period }),
    answer: { status: 201, description: 'The question to whom it concerns.', body: schemas.question },
    refusals: [409],
    run: async (partner, { body, world }) =>
      asked(partner, await volunteer(partner, body.period, world), world),
  }),
  forPartner({
    id: 'correctAttendance',
    method: 'POST',
    path: '/attendance',
    summary: 'Correct who was there',
    description:
      'Up to 72 hours after the period was posted. With fewer than two it was not held. Name the entry that you have seen as `corrects`, so that nobody’s correction is lost.',
    tag,
    needed: 'write',
    body: strict({
      period,
      present: list(id, 12),
      corrects: whole({ least: 1, most: 1_000_000 })
        .optional()
        .meta({ description: 'The `number` of the entry; 409 where a later one took its place.' }),
    }),
    answer: { status: 204, description: 'A correction is in the book.' },
    refusals: [409],
    run: async (partner, { body: { period: of, corrects, ...body }, world }) => {
      const present = body.present.map((each) => each.toLowerCase() as PartnerId);
      await correctAttendance(partner, { period: of, present, corrects }, world);
      return { body: undefined };
    },
  }),
];
