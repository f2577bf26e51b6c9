// Shows a page in its shell: whose it is, where they can go, and a sentence about what was just done.

import type { Request, Response } from 'express';
import { z } from 'zod';
import { MINUTE } from '../../domain/time/duration.ts';
import type { AccessWorld } from '../../flows/access/ports.ts';
import type { Credential } from '../../flows/authorized.ts';
import { sentence } from '../../views/pages/form.ts';
import {
  type NavigationLink,
  type Notice,
  type Page,
  pageText,
  type Reader,
} from '../../views/pages/layout.ts';
import type { Assets } from './assets.ts';
import type { Cookies } from './cookies.ts';

export type PagesOptions = {
  readonly world: AccessWorld;
  readonly assets: Assets;
  readonly cookies: Cookies;
  /** Where somebody can go, besides their account. */
  readonly navigation?: (person: Credential['person']) => Promise<readonly NavigationLink[]>;
};

export type Pages = {
  readonly show: (request: Request, response: Response, page: Page) => Promise<void>;
  /** To another page, after something was done (303, RFC 9110 15.4.4). */
  readonly goTo: (response: Response, path: string, notice?: Notice) => void;
  /** The page that this browser is shown next begins with it. */
  readonly note: (response: Response, notice: Notice) => void;
  /** To the page for signing in, and back here afterwards. */
  readonly toSignIn: (request: Request, response: Response, why: string) => void;
};

export function pagesFrom(options: PagesOptions): Pages {
  const { world, assets, cookies } = options;
  const note: Pages['note'] = (response, notice) => {
    cookies.set(response, 'notice', { value: sealed(notice, world), maxAge: MINUTE });
  };
  const goTo: Pages['goTo'] = (response, path, notice) => {
    if (notice) note(response, notice);
    response.redirect(303, path);
  };
  return {
    goTo,
    note,
    toSignIn: (request, response, why) => {
      goTo(response, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`, { text: sentence(why) });
    },
    show: async (request, response, page) => {
      const notice = noticeOf(request, options);
      if (notice) cookies.clear(response, 'notice');
      const reader = await readerOf(request, options);
      const { nonce } = response.locals;
      const shell = { nonce, assets: assets.paths, path: request.path, ...(notice && { notice }) };
      response.type('html').send(await pageText(page, { ...shell, ...(reader && { reader }) }));
    },
  };
}

async function readerOf(
  { credential }: Request,
  { world, navigation }: PagesOptions,
): Promise<Reader | undefined> {
  if (credential?.kind !== 'session') return undefined;
  const person = await world.access.people.byId(credential.person);
  if (!person) return undefined;
  return { name: person.name, links: (await navigation?.(person.id)) ?? [] };
}

/** Sealed, so that nobody else can put words into our pages, and because it may hold a token that is shown once. */
function sealed(notice: Notice, { secrets }: AccessWorld): string {
  return Buffer.from(secrets.seal(JSON.stringify({ notice }))).toString('base64url');
}

const noticeSchema = z.object({ notice: z.object({ text: z.string(), secret: z.string().optional() }) });

/** One that cannot be opened is from before the key was changed, or from somebody else. */
function noticeOf(request: Request, { world, cookies }: PagesOptions): Notice | undefined {
  const value = cookies.read(request, 'notice');
  if (value === undefined) return undefined;
  try {
    const text = world.secrets.open(Buffer.from(value, 'base64url'));
    return noticeSchema.parse(JSON.parse(text)).notice as Notice;
  } catch {
    return undefined;
  }
}
