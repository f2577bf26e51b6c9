// Routes: one's calendars.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { checkCalendar } from '../../../flows/calendars/check-calendar.ts';
import { confirmEmptied } from '../../../flows/calendars/confirm-emptied.ts';
import { connectCalendar, disconnectCalendar } from '../../../flows/calendars/connect-calendar.ts';
import { readOwnCalendars } from '../../../flows/read/own-calendars.ts';
import { type CalendarsView, calendarsPage } from '../../../views/pages/calendars.ts';
import { formText, inputOf } from '../input.ts';
import { idOf, type Route } from '../route.ts';
import { type PageParts, personOf, takeForm } from './parts.ts';

export function calendarRoutes(parts: PageParts): readonly Route[] {
  const mine = { access: 'person' } as const;
  return [
    {
      method: 'GET',
      path: '/calendars',
      name: 'calendars',
      ...mine,
      handle: (request, response) => showCalendars(request, response, { parts }),
    },
    { method: 'POST', path: '/calendars', name: 'calendar-connect', ...mine, handle: connect(parts) },
    {
      method: 'POST',
      path: '/calendars/:id/check',
      name: 'calendar-check',
      ...mine,
      handle: async (request, response) => {
        await checkCalendar(personOf(request, 'write'), idOf(request, 'calendar'), parts.world);
        parts.pages.goTo(response, '/calendars', { text: 'It is looked at within a minute.' });
      },
    },
    {
      method: 'POST',
      path: '/calendars/:id/confirmation',
      name: 'calendar-confirm',
      ...mine,
      handle: confirm(parts),
    },
    {
      method: 'POST',
      path: '/calendars/:id/disconnect',
      name: 'calendar-disconnect',
      ...mine,
      handle: disconnect(parts),
    },
  ];
}

export type ShowingCalendars = {
  readonly parts: PageParts;
  readonly refused?: NonNullable<CalendarsView['refused']>;
};

export async function showCalendars(
  request: Request,
  response: Response,
  { parts, refused }: ShowingCalendars,
): Promise<void> {
  const view = await readOwnCalendars(personOf(request, 'read'), parts.world);
  await parts.pages.show(request, response, calendarsPage({ ...view, ...(refused && { refused }) }));
}

const calendarForm = z.object({ name: formText, address: formText });

function connect(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const mine = personOf(request, 'write');
    await takeForm(request, response, {
      take: async () => {
        await connectCalendar(mine, inputOf(calendarForm, request.body), world);
        pages.goTo(response, '/calendars', { text: 'Connected. It is read within a minute.' });
      },
      again: (refused) =>
        showCalendars(request, response, { parts, refused: { form: 'calendar', ...refused } }),
    });
  };
}

function confirm({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    await confirmEmptied(personOf(request, 'write'), idOf(request, 'calendar'), world);
    pages.goTo(response, '/calendars', { text: 'Believed. What it says now counts.' });
  };
}

function disconnect({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    await disconnectCalendar(personOf(request, 'write'), idOf(request, 'calendar'), world);
    pages.goTo(response, '/calendars', { text: 'Disconnected. Nothing of it is kept.' });
  };
}
