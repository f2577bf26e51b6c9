// Routes: mail that was not sent, where no mail server is set and the service is only tried.

import { NotFound } from '../../../domain/errors.ts';
import { outboxPage } from '../../../views/pages/outbox.ts';
import { parameter, type Route } from '../route.ts';
import type { PageParts } from './parts.ts';

/** None where mail is sent, or the outbox is not to be shown. */
export function outboxRoutes({ outbox, pages }: PageParts): readonly Route[] {
  if (!outbox) return [];
  return [
    {
      method: 'GET',
      path: '/outbox',
      name: 'outbox',
      access: 'public',
      handle: (request, response) => pages.show(request, response, outboxPage(outbox().toReversed())),
    },
    {
      method: 'GET',
      path: '/outbox/:message',
      name: 'outbox-message',
      access: 'public',
      handle: (request, response) => {
        const mail = outbox().find(({ messageId }) => messageId === parameter(request, 'message'));
        if (!mail) throw new NotFound('mail');
        response.set('Content-Security-Policy', SANDBOX).type('html').send(mail.html);
      },
    },
  ];
}

/** As a mail program shows it: styles on the elements, no script, nothing loaded, and no part in our pages. */
const SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
