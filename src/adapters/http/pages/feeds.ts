// Routes: one's feeds. The address of a feed is shown once, when it is made.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { issueFeed, revokeFeed } from '../../../flows/feeds/manage-feeds.ts';
import { readOwnFeeds } from '../../../flows/read/own-feeds.ts';
import { readName, Wrong } from '../../../flows/words.ts';
import { type FeedsView, feedsPage } from '../../../views/pages/feeds.ts';
import { formText, inputOf } from '../input.ts';
import { idOf, type Route } from '../route.ts';
import { type PageParts, personOf, takeForm } from './parts.ts';
import { Findings, readChoice } from './texts.ts';

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

const DETAILS = ['full', 'busy'] as const;

const feedForm = z.object({ name: formText, partnership: formText, detail: formText });

/** A feed of all partnerships names none. */
function feedOf(request: Request) {
  const text = inputOf(feedForm, request.body);
  const found = new Findings();
  const name = found.take('name', readName(text.name));
  const partnership = found.take('partnership', readPartnershipIfAny(text.partnership));
  const detail = found.take('detail', readChoice(text.detail, DETAILS));
  found.refuse();
  return { name: name!, detail: detail!, ...(partnership !== '' && { partnership: partnership! }) };
}

function readPartnershipIfAny(text: string): string | Wrong {
  return text === '' || z.uuid().safeParse(text).success
    ? text
    : new Wrong('is to be one of those that are offered');
}

function issue(parts: PageParts): Route['handle'] {
  const { world, pages } = parts;
  return async (request, response) => {
    const mine = personOf(request, 'write');
    await takeForm(request, response, {
      take: async () => {
        const feed = feedOf(request);
        const { token } = await issueFeed(mine, feed, world);
        pages.goTo(response, '/feeds', {
          text: `The address of your feed “${feed.name}”:`,
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
