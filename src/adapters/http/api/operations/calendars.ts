// One's calendars and feeds.

import { z } from 'zod';
import { NotFound } from '../../../../domain/errors.ts';
import type { AuthorizedPerson } from '../../../../flows/authorized.ts';
import { checkCalendar } from '../../../../flows/calendars/check-calendar.ts';
import { confirmEmptied } from '../../../../flows/calendars/confirm-emptied.ts';
import { connectCalendar, disconnectCalendar } from '../../../../flows/calendars/connect-calendar.ts';
import { issueFeed, revokeFeed } from '../../../../flows/feeds/manage-feeds.ts';
import { calendarsOf } from '../../../../flows/read/own-calendars.ts';
import { calendarResource, feedResource } from '../../../../views/resources/calendar.ts';
import { choice, id, nameSuchAs, strict, text } from '../fields.ts';
import { type ApiWorld, forPerson } from '../operation.ts';
import { pageOf, pages, pagingAlone, sortable } from '../paging.ts';
import * as schemas from '../schemas/own.ts';

const calendarTag = 'Calendars';
const feedTag = 'Feeds';

/** Judged by the flow, which knows what can be read. */
const address = text((written) => written, {
  example: 'https://example.com/ana.ics',
  description: 'The secret address of a calendar in iCalendar form.',
  longest: 4_000,
});

function addressProblem(text: string, { checkAddress }: ApiWorld): string | undefined {
  const checked = checkAddress(text);
  return checked.kind === 'wrong' ? checked.problem : undefined;
}

async function calendarOf({ person }: AuthorizedPerson, own: string, { clock, database }: ApiWorld) {
  const found = (await calendarsOf(person, clock(), database)).find((each) => each.id === own.toLowerCase());
  if (!found) throw new NotFound('calendar');
  return calendarResource(found);
}

export const calendarOperations = [
  forPerson({
    id: 'listCalendars',
    method: 'GET',
    path: '/calendars',
    summary: 'Your calendars, and how far each is to be believed',
    tag: calendarTag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'Your calendars.', body: pages(schemas.calendar) },
    run: async ({ person }, { query, world }) => {
      const all = await calendarsOf(person, world.clock(), world.database);
      const { items, next } = pageOf(all, (each) => each.id, query);
      return { body: { items: items.map(calendarResource), next } };
    },
  }),
  forPerson({
    id: 'connectCalendar',
    method: 'POST',
    path: '/calendars',
    summary: 'Connect a calendar',
    description: 'By its secret address. Only when you are busy is kept of it, and never a title.',
    tag: calendarTag,
    needed: 'write',
    body: strict({ name: nameSuchAs('Work'), address }),
    judges: { address: addressProblem },
    answer: { status: 201, description: 'The calendar. It is read within a minute.', body: schemas.calendar },
    refusals: [409],
    run: async (person, { body, world }) => {
      const { id: own } = await connectCalendar(person, body, world);
      return { body: await calendarOf(person, own, world) };
    },
  }),
  forPerson({
    id: 'disconnectCalendar',
    method: 'DELETE',
    path: '/calendars/{calendar}',
    summary: 'Disconnect a calendar',
    tag: calendarTag,
    needed: 'write',
    params: z.object({ calendar: id }),
    answer: { status: 204, description: 'Nothing of it is kept.' },
    run: async (person, { params, world }) => {
      await disconnectCalendar(person, params.calendar, world);
      return { body: undefined };
    },
  }),
  forPerson({
    id: 'confirmCalendar',
    method: 'POST',
    path: '/calendars/{calendar}/confirmation',
    summary: 'Say that it is right that half of it is gone',
    tag: calendarTag,
    needed: 'write',
    params: z.object({ calendar: id }),
    answer: { status: 200, description: 'It was read and is believed.', body: schemas.calendar },
    run: async (person, { params, world }) => {
      await confirmEmptied(person, params.calendar, world);
      return { body: await calendarOf(person, params.calendar, world) };
    },
  }),
  forPerson({
    id: 'checkCalendar',
    method: 'POST',
    path: '/calendars/{calendar}/check',
    summary: 'Have a calendar looked at now',
    description: 'At most once a minute.',
    tag: calendarTag,
    needed: 'write',
    params: z.object({ calendar: id }),
    answer: { status: 202, description: 'It will be.', body: schemas.calendar },
    run: async (person, { params, world }) => {
      await checkCalendar(person, params.calendar, world);
      return { body: await calendarOf(person, params.calendar, world) };
    },
  }),
];

export const feedOperations = [
  forPerson({
    id: 'listFeeds',
    method: 'GET',
    path: '/feeds',
    summary: 'Your feeds',
    tag: feedTag,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The oldest first.', body: pages(schemas.feed) },
    run: async ({ person }, { query, world }) => {
      const all = await world.database.feeds.of(person);
      const { items, next } = pageOf(all, (each) => `${sortable(each.createdAt)} ${each.id}`, query);
      return { body: { items: items.map(feedResource), next } };
    },
  }),
  forPerson({
    id: 'issueFeed',
    method: 'POST',
    path: '/feeds',
    summary: 'Make a feed to subscribe to',
    description:
      'Of one partnership, or of all. `busy` tells when you are busy and nothing else. Its address is a secret and told once.',
    tag: feedTag,
    needed: 'write',
    body: strict({
      name: nameSuchAs('Phone'),
      detail: choice(['full', 'busy']).default('full'),
      partnership: id.nullish(),
    }),
    answer: {
      status: 201,
      description: 'The feed and its address.',
      body: schemas.newFeed,
      secrets: ['address'],
    },
    refusals: [404, 409],
    run: async (person, { body: { partnership, ...body }, world }) => {
      const about = partnership ? { partnership: partnership.toLowerCase() } : {};
      const { feed, token } = await issueFeed(person, { ...body, ...about }, world);
      return { body: { feed: feedResource(feed), address: world.links.page(`/feeds/${token}.ics`) } };
    },
  }),
  forPerson({
    id: 'revokeFeed',
    method: 'DELETE',
    path: '/feeds/{feed}',
    summary: 'Revoke a feed',
    tag: feedTag,
    needed: 'write',
    params: z.object({ feed: id }),
    answer: { status: 204, description: 'Within five seconds its address leads to nothing.' },
    run: async (person, { params, world }) => {
      await revokeFeed(person, params.feed.toLowerCase(), world);
      return { body: undefined };
    },
  }),
];
