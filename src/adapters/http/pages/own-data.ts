// Routes: taking along what is kept of oneself, and erasing it.

import type { Request, Response } from 'express';
import { erasePerson } from '../../../flows/privacy/erase-person.ts';
import { exportPerson } from '../../../flows/privacy/export-person.ts';
import { readName } from '../../../flows/words.ts';
import { erasePage } from '../../../views/pages/erase.ts';
import type { Refused } from '../../../views/pages/form.ts';
import type { Route } from '../route.ts';
import { type PageParts, personOf, requireTick, takeForm, writtenIn } from './parts.ts';
import { required, textIn } from './texts.ts';

export function ownDataRoutes(parts: PageParts): readonly Route[] {
  const mine = { access: 'person' } as const;
  return [
    {
      method: 'GET',
      path: '/account/data',
      name: 'own-data',
      ...mine,
      handle: (request, response) => show(request, response, { parts }),
    },
    { method: 'GET', path: '/account/export', name: 'own-data-export', ...mine, handle: download(parts) },
    { method: 'POST', path: '/account/erase', name: 'account-erase', ...mine, handle: erase(parts) },
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: Refused };

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const { person } = personOf(request, 'account');
  const { name } = (await parts.world.database.people.byId(person))!;
  await parts.pages.show(request, response, erasePage(name, refused));
}

function download({ world }: PageParts): Route['handle'] {
  return async (request, response) => {
    const all = await exportPerson(personOf(request, 'account'), world);
    response.set('Content-Disposition', 'attachment; filename="turnabout.json"');
    response.type('application/json').send(JSON.stringify(all, null, 2));
  };
}

function erase(parts: PageParts): Route['handle'] {
  const { world, pages, cookies } = parts;
  return async (request, response) => {
    const mine = personOf(request, 'account');
    await takeForm(request, response, {
      take: async () => {
        const values = writtenIn(request);
        const name = required('name', readName(textIn(values, 'name')));
        requireTick(values, { path: 'sure', message: 'is to be ticked, if you mean it' });
        await erasePerson(mine, { name }, world);
        cookies.clear(response, 'session');
        pages.goTo(response, '/', { text: 'Your account is erased.' });
      },
      again: (refused) => show(request, response, { parts, refused }),
    });
  };
}
