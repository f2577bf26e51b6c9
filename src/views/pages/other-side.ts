// What partners see of somebody's calendars: the very text that they get.

import { html } from 'hono/html';
import type { Page } from './layout.ts';

export type OtherSideView = {
  readonly name: string;
  /** As it is sent, byte for byte. */
  readonly text: string;
};

export function otherSidePage({ name, text }: OtherSideView): Page {
  return {
    title: `What the partners in ${name} see`,
    body: html`<h1>What the partners in ${name} see</h1>
<p>This is the whole answer that they get when they ask when you are busy, byte for byte. No title, no place, nobody’s name, and not which calendar.</p>
<pre class="bytes" tabindex="0" aria-label="The answer">${text}</pre>
<p><a href="/calendars">Back to your calendars</a></p>`,
  };
}
