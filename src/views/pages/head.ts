// What stands above the pages of a partnership: its name, and the ways to those of its pages that are there for the reader.

import { html } from 'hono/html';
import type { Html } from './layout.ts';
import { partnershipPath } from './paths.ts';

type Of = { readonly id: string; readonly name: string };

type Tab = { readonly key: string; readonly label: string; readonly rest: '' | `/${string}` };

const TABS = [
  { key: 'check-ins', label: 'Check-ins', rest: '' },
  { key: 'agreement', label: 'Agreement', rest: '/agreement' },
  { key: 'ledger', label: 'Ledger', rest: '/ledger' },
  { key: 'record', label: 'Record', rest: '/record' },
] as const satisfies readonly Tab[];

const NEWCOMERS_TABS = [
  { key: 'partnership', label: 'Partnership', rest: '' },
  { key: 'agreement', label: 'Agreement', rest: '/agreement' },
] as const satisfies readonly Tab[];

/** For its partners; `here` is the page that is read. */
export function partnershipHead(of: Of, here: (typeof TABS)[number]['key'] | 'below'): Html {
  return head(of, TABS, here);
}

/** For a member who has not signed yet. */
export function newcomerHead(of: Of, here: (typeof NEWCOMERS_TABS)[number]['key'] | 'below'): Html {
  return head(of, NEWCOMERS_TABS, here);
}

function head({ id, name }: Of, tabs: readonly Tab[], here: string): Html {
  return html`<header class="head">
${here === 'below' ? html`<p class="of">${name}</p>` : html`<h1>${name}</h1>`}
<nav aria-label="${name}"><ul class="tabs">${tabs.map(
    ({ key, label, rest }) =>
      html`<li><a href="${partnershipPath(id, rest)}" ${key === here ? html`aria-current="page"` : ''}>${label}</a></li>`,
  )}</ul></nav>
</header>`;
}
