// Mail that was not sent, because no mail server is set: to be looked at by whoever tries the service.

import { html } from 'hono/html';
import type { Instant } from '../../domain/time/instant.ts';
import { UTC } from '../../domain/time/zone.ts';
import type { Html, Page } from './layout.ts';
import { moment } from './when.ts';

export type KeptMail = {
  readonly messageId: string;
  readonly date: Instant;
  readonly to: { readonly name: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly calendar?: { readonly method: string; readonly ics: string };
};

/** The newest first. */
export function outboxPage(mails: readonly KeptMail[]): Page {
  return {
    title: 'Outbox',
    body: html`<h1>Outbox</h1>
<p>No mail server is set, so mail stays here until the service stops. The newest comes first.</p>
${mails.length === 0 ? html`<p class="none">Nothing yet.</p>` : ''}
${mails.map(mailDetails)}`,
  };
}

function mailDetails({ messageId, date, to, subject, text, calendar }: KeptMail): Html {
  return html`<details class="mail"><summary>${subject}<small>To ${to.name === '' ? to.email : `${to.name} (${to.email})`}, ${moment(UTC, date)}</small></summary>
<pre class="bytes" tabindex="0">${withLinks(text)}</pre>
<p><a href="/outbox/${encodeURIComponent(messageId)}" data-turbo="false">See it as HTML</a></p>
${calendar ? html`<details><summary>Calendar part (${calendar.method})</summary><pre class="bytes" tabindex="0">${calendar.ics}</pre></details>` : ''}
</details>`;
}

/** Addresses of the web become links; everything else is escaped as it is. */
function withLinks(text: string): (string | Html)[] {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, i) => (i % 2 === 1 ? html`<a href="${part}" data-turbo="false">${part}</a>` : part));
}
