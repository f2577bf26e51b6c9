// Routes: the first page.

import { readHome } from '../../../flows/read/home.ts';
import { homePage, welcomePage } from '../../../views/pages/home.ts';
import type { Route } from '../route.ts';
import { type PageParts, personOf } from './parts.ts';

export function homeRoutes({ world, pages }: PageParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      name: 'home',
      access: 'public',
      handle: async (request, response) => {
        if (!request.credential) return pages.show(request, response, welcomePage());
        await pages.show(request, response, homePage(await readHome(personOf(request, 'read'), world)));
      },
    },
  ];
}
