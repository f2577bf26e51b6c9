// The page of a partnership for a member who has not signed yet: who is there, and how they come to take part.

import { html } from 'hono/html';
import type { PartnershipShown } from '../resources/person.ts';
import type { Html, Page } from './layout.ts';
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

const TABS = [
  { key: 'partnership', label: 'Partnership', rest: '' },
  { key: 'agreement', label: 'Agreement', rest: '/agreement' },
] as const;

/** The name of a partnership and the ways to those of its pages that are there for a newcomer. */
export function newcomerHead(
  { id, name }: Pick<NewcomerView, 'id' | 'name'>,
  here: (typeof TABS)[number]['key'],
): Html {
  return html`<header class="head">
<h1>${name}</h1>
<nav aria-label="${name}"><ul class="tabs">${TABS.map(
    ({ key, label, rest }) =>
      html`<li><a href="${partnershipPath(id, rest)}" ${key === here ? html`aria-current="page"` : ''}>${label}</a></li>`,
  )}</ul></nav>
</header>`;
}
