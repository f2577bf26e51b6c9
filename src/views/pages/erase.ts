// Taking along everything that is kept of a person, and erasing it.

import { html } from 'hono/html';
import { tick } from './fields.ts';
import { FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Page } from './layout.ts';

const LABELS = { name: 'Name that stays', sure: 'Erase it' };

export function erasePage(name: string, refused: Refused = FRESH): Page {
  return {
    title: refused.problems.length > 0 ? 'Put right: your data' : 'Your data',
    body: html`<h1>Your data</h1>
<section aria-labelledby="export">
<h2 id="export">Take it along</h2>
<p>Everything that is kept of you in one file: who you are, your days off and journeys, the agreements you signed and the record. Addresses of calendars and feeds are secrets and are not in it.</p>
<a class="button second" href="/account/export" data-turbo="false">Download it</a>
</section>
<section aria-labelledby="erase">
<h2 id="erase">Erase your account</h2>
<div class="notice"><p><strong>Leave <a href="/">your partnerships</a> first</strong>, each on the page of its agreement, and wait for the mails that cancel your check-ins: they take them out of your calendar.</p>
<p>With your address deleted, no such mail can reach you: what is in your calendar then stays until you delete it there yourself.</p></div>
<p>You leave all partnerships at once. Your address, calendars, feeds, days off, passkeys and sessions are deleted for good.
What others need stays: the agreements that you signed with them and the record, under a name of your choice.</p>
${problemSummary(refused, LABELS)}
<form method="post" action="/account/erase" novalidate>
${field({ name: 'name', label: LABELS.name, value: name, hint: 'Your own, or another one such as “A former partner”.' }, refused)}
${tick({ name: 'sure', label: 'I know that this cannot be undone' }, refused)}
<button class="danger">Erase my account</button>
</form>
</section>`,
  };
}
