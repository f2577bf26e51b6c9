// Routes: the link by which the first person comes in.

import { z } from 'zod';
import { beginAsFirst, isFirstLink } from '../../../flows/access/begin-as-first.ts';
import { firstPersonPage } from '../../../views/pages/sign-in.ts';
import { formText, inputOf } from '../input.ts';
import { parameter, type Route } from '../route.ts';
import { type AccountParts, enterOrGone, gone, takeForm, userAgentOf } from './parts.ts';

const form = z.object({ email: formText, name: formText, zone: formText });

export function firstPersonRoutes(parts: AccountParts): readonly Route[] {
  const { world, pages } = parts;
  const at = { path: '/first/:token', access: 'public' } as const;
  return [
    {
      ...at,
      method: 'GET',
      name: 'first-person-link',
      handle: async (request, response) => {
        const token = parameter(request, 'token');
        if (!(await isFirstLink(token, world))) return gone(request, response, parts);
        await pages.show(request, response, firstPersonPage(token));
      },
    },
    {
      ...at,
      method: 'POST',
      name: 'first-person',
      limit: 'attempt',
      handle: async (request, response) => {
        const token = parameter(request, 'token');
        const person = inputOf(form, request.body);
        await takeForm(response, person, {
          take: async () => {
            const outcome = await beginAsFirst({ token, person, userAgent: userAgentOf(request) }, world);
            await enterOrGone(request, response, { outcome, parts });
          },
          again: (refused) => pages.show(request, response, firstPersonPage(token, refused)),
        });
      },
    },
  ];
}
