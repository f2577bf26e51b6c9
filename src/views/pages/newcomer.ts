// The page of a partnership for a member who has not signed yet: who is there, and how they come to take part.

import { html } from 'hono/html';
import type { PartnershipShown } from '../resources/person.ts';
import { newcomerHead } from './head.ts';
import type { Page } from './layout.ts';
import { partnershipPath } from './paths.ts';

/** `isDrafted`: the open draft names the reader. */
export type NewcomerView = Pick<PartnershipShown, 'id' | 'name' | 'members'> & {
  readonly isDrafted: boolean;
};

export function newcomerPage({ id, name, members, isDrafted }: NewcomerView): Page {
  return {
    title: name,
    body: html`${newcomerHead({ id, name }, 'partnership')}
<div class="notice"><p>You take part once all have signed a version of the agreement that names you. Check-ins, record and calendars are shared from then on.</p>
${
  isDrafted
    ? html`<p>The draft names you. <a href="${partnershipPath(id, '/agreement')}">Read it, put your hours right, and sign it</a></p>`
    : html`<p>No draft names you now: one of the partners has to write one with you in it.</p>`
}</div>
<section aria-labelledby="members">
<h2 id="members">Who is here</h2>
<ul class="things">${members.map((member) => html`<li><div><strong>${member.name}</strong></div></li>`)}</ul>
</section>
<p><a href="${partnershipPath(id, '/agreement#leave')}">Leave this partnership</a></p>`,
  };
}
