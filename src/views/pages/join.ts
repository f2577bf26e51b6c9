// What a link in an invitation to a partnership opens: what one is invited to, and by whom.

import { html } from 'hono/html';
import type { Terms } from '../../domain/agreement/terms.ts';
import { linesOf } from '../../domain/agreement/wording.ts';
import type { Html, Page } from './layout.ts';

export type JoinView = {
  /** "/join/" and the link. */
  readonly path: string;
  readonly name: string;
  readonly by: string;
  readonly partners: readonly string[];
  readonly terms?: Terms;
  /** How the reader is called, where somebody is signed in. */
  readonly reader?: string;
};

export function joinPage(view: JoinView): Page {
  const { name, by, partners } = view;
  return {
    title: `Join ${name}`,
    shape: 'card',
    body: html`<h1>${by} invites you to ${name}</h1>
<p>You would agree on a regular check-in, at times that are shared fairly between you. Nothing counts before you have signed.</p>
<p>In it so far: ${partners.join(', ')}.</p>
${view.terms ? proposal(view.terms) : ''}
${action(view)}`,
  };
}

/** What is agreed together; the hours of the others are seen once one has joined. */
function proposal(terms: Terms): Html {
  const common = linesOf(terms).filter(({ partner, what }) => partner === undefined && SHOWN.has(what));
  return html`<table class="terms"><tbody>${common.map(
    ({ what, value }) => html`<tr><th scope="row">${what}</th><td>${value}</td></tr>`,
  )}</tbody></table>`;
}

const SHOWN: ReadonlySet<string> = new Set(['anchor zone', 'check-in', 'check-in length']);

function action({ path, reader }: JoinView): Html {
  if (reader === undefined)
    return html`<a class="button" href="/sign-in?to=${encodeURIComponent(path)}">Sign in to join</a>
<p class="hint">You come back here afterwards. If you are new, you tell us who you are first.</p>`;
  return html`<form method="post" action="${path}"><button>Join as ${reader}</button></form>`;
}
