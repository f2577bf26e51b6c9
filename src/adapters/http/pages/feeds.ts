// Routes: one's feeds. The address of a feed is shown once, when it is made.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { issueFeed, revokeFeed } from '../../../flows/feeds/manage-feeds.ts';
import { readOwnFeeds } from '../../../flows/read/own-feeds.ts';
import { readName } from '../../../flows/words.ts';
import { type FeedsView, feedsPage } from '../../../views/pages/feeds.ts';
import { formText, inputOf } from '../input.ts';
import { idOf, type Route } from '../route.ts';
import { type PageParts, personOf, takeForm } from './parts.ts';
import { required } from './texts.ts';

export function feedPageRoutes(parts: PageParts): readonly Route[] {
  const mine = { access: 'person' } as const;
  return [
    {
      method: 'GET',
      path: '/feeds',
      name: 'feeds',
      ...mine,
      handle: (request, response) => show(request, response, { parts }),
    },
    { method: 'POST', path: '/feeds', name: 'feed-issue', ...mine, handle: issue(parts) },
    { method: 'POST', path: '/feeds/:id/revoke', name: 'feed-revoke', ...mine, handle: revoke(parts) },
  ];
}

type Showing = { readonly parts: PageParts; readonly refused?: NonNullable<FeedsView['refused']> };

async function show(request: Request, response: Response, { parts, refused }: Showing): Promise<void> {
  const view = await readOwnFeeds(personOf(request, 'read'), parts.world);
  await parts.pages.show(request, response, feedsPage({ ...view, ...(refused && { refused }) }));
}

const feedForm = z.object({
  name: formText,
  partnership: z.union([z.literal(''), z.uuid()]).default(''),
  detail: z.enum(['full', 'busy']),
});

function issue(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const mine = personOf(request, 'write');
    await takeForm(request, response, {
      take: async () => {
        const { partnership, detail, ...text } = inputOf(feedForm, request.body);
        const name = required('name', readName(text.name));
        const about = partnership === '' ? {} : { partnership };
        const { token } = await issueFeed(mine, { name, detail, ...about }, world);
        pages.goTo(response, '/feeds', {
          text: `The address of your feed “${name}”:`,
          secret: world.links.page(feedPath(token)),
        });
      },
      again: (refused) => show(request, response, { parts, refused }),
    });
  };
}

function feedPath(token: string): string {
  return `/feeds/${token}.ics`;
}

function revoke({ world, pages }: PageParts): Route['handle'] {
  return async (request, response) => {
    await revokeFeed(personOf(request, 'write'), idOf(request, 'feed'), world);
    pages.goTo(response, '/feeds', {
      text: 'The feed is revoked. Whoever fetches it gets nothing from now on.',
    });
  };
}
