// Oneself: who one is, when one is away, and what is kept.

import { z } from 'zod';
import { NotFound } from '../../../../domain/errors.ts';
import type { AuthorizedPerson } from '../../../../flows/authorized.ts';
import {
  addLeave,
  addTravel,
  changePerson,
  regionProblem,
  removeDays,
} from '../../../../flows/calendars/plan-days.ts';
import { erasePerson } from '../../../../flows/privacy/erase-person.ts';
import { exportPerson } from '../../../../flows/privacy/export-person.ts';
import { readRegion, Wrong } from '../../../../flows/words.ts';
import { leaveResource, selfResource, travelResource } from '../../../../views/resources/person.ts';
import { backwards, day, id, nameSuchAs, region, strict, zone } from '../fields.ts';
import { type ApiWorld, forPerson } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortable } from '../paging.ts';
import * as schemas from '../schemas/own.ts';

const tag = 'You';

async function selfOf({ person }: AuthorizedPerson, { database }: ApiWorld) {
  const found = await database.people.byId(person);
  if (!found) throw new NotFound('person');
  return selfResource(found);
}

const byDay = ({ from, id: own }: { readonly from: number; readonly id: string }) =>
  `${sortable(from)} ${own}`;

/** A field that is left out stays as it is. */
const changes = strict({
  name: nameSuchAs('Ana Duarte').optional(),
  zone: zone.optional(),
  region: region.optional(),
});

/** Of a text that the schema takes for a region. */
async function judgedRegion(text: string, world: ApiWorld): Promise<string | undefined> {
  const read = readRegion(text);
  return read instanceof Wrong ? undefined : regionProblem(read, world);
}

export const meOperations = [
  forPerson({
    id: 'getSelf',
    method: 'GET',
    path: '/me',
    summary: 'Who you are here',
    tag,
    needed: 'read',
    answer: { status: 200, description: 'You.', body: schemas.self },
    run: async (person, { world }) => ({ body: await selfOf(person, world) }),
  }),
  forPerson({
    id: 'changeSelf',
    method: 'PATCH',
    path: '/me',
    summary: 'Change your name, home zone or region',
    description: 'What is left out stays as it is. Plans take it up with their next run.',
    tag,
    needed: 'write',
    body: changes,
    judges: { region: judgedRegion },
    answer: { status: 200, description: 'You, as you are now.', body: schemas.self },
    run: async (person, { body, world }) => {
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      await changePerson(person, Object.fromEntries(given), world);
      return { body: await selfOf(person, world) };
    },
  }),
  forPerson({
    id: 'exportSelf',
    method: 'GET',
    path: '/me/export',
    summary: 'Everything that is kept of you',
    description: 'Secrets are not in it. Signed in on the pages alone; no token may do this.',
    tag,
    needed: 'account',
    answer: { status: 200, description: 'All of it.', body: z.record(z.string(), z.unknown()) },
    run: async (person, { world }) => ({ body: await exportPerson(person, world) }),
  }),
  forPerson({
    id: 'eraseSelf',
    method: 'POST',
    path: '/me/erasure',
    summary: 'Erase yourself',
    description:
      'You leave every partnership. What is yours alone goes at once; what others need of what you signed together stays under `name`, which may be a pseudonym. Signed in on the pages alone.',
    tag,
    needed: 'account',
    body: strict({ name: nameSuchAs('A former partner') }),
    answer: { status: 204, description: 'You are erased.' },
    run: async (person, { body, world }) => {
      await erasePerson(person, { name: body.name }, world);
      return { body: undefined };
    },
  }),
  forPerson({
    id: 'listLeaves',
    method: 'GET',
    path: '/me/leaves',
    summary: 'Your days off',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'By their first day.', body: pages(schemas.leave) },
    run: async ({ person }, { query, world }) => {
      const all = await world.database.people.leaves(person);
      const { items, next } = pageOf(all, byDay, query);
      return { body: { items: items.map(leaveResource), next } };
    },
  }),
  forPerson({
    id: 'addLeave',
    method: 'POST',
    path: '/me/leaves',
    summary: 'Take days off',
    description: 'From 00:00 of the first to 24:00 of the last day in your home zone. Nobody is told why.',
    tag,
    needed: 'write',
    body: strict({ from: day, to: day }).superRefine(backwards),
    answer: { status: 201, description: 'The days off.', body: schemas.leave },
    run: async (person, { body, world }) => ({ body: leaveResource(await addLeave(person, body, world)) }),
  }),
  forPerson({
    id: 'removeLeave',
    method: 'DELETE',
    path: '/me/leaves/{leave}',
    summary: 'Take days off back',
    tag,
    needed: 'write',
    params: z.object({ leave: id }),
    answer: { status: 204, description: 'They are gone.' },
    run: async (person, { params, world }) => {
      await removeDays(person, params.leave, world);
      return { body: undefined };
    },
  }),
  forPerson({
    id: 'listTravels',
    method: 'GET',
    path: '/me/travels',
    summary: 'Your journeys',
    tag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'By their first day.', body: pages(schemas.travel) },
    run: async ({ person }, { query, world }) => {
      const { items, next } = pageOf(await world.database.people.travels(person), byDay, query);
      return { body: { items: items.map(travelResource), next } };
    },
  }),
  forPerson({
    id: 'addTravel',
    method: 'POST',
    path: '/me/travels',
    summary: 'Say where you will be',
    tag,
    needed: 'write',
    body: strict({ from: day, to: day, zone }).superRefine(backwards),
    answer: { status: 201, description: 'The journey.', body: schemas.travel },
    refusals: [409],
    run: async (person, { body, world }) => ({ body: travelResource(await addTravel(person, body, world)) }),
  }),
  forPerson({
    id: 'removeTravel',
    method: 'DELETE',
    path: '/me/travels/{travel}',
    summary: 'Take a journey back',
    tag,
    needed: 'write',
    params: z.object({ travel: id }),
    answer: { status: 204, description: 'It is gone.' },
    run: async (person, { params, world }) => {
      await removeDays(person, params.travel, world);
      return { body: undefined };
    },
  }),
];
