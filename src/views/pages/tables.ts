// A table that may be wider than a small screen.

import { html } from 'hono/html';
import type { Html } from './layout.ts';

export type Table = {
  /** What is in it, other than a heading of the page says it. */
  readonly label: string;
  readonly head: Html;
  readonly rows: readonly Html[];
  readonly foot?: Html;
};

/** It scrolls by itself, by the keyboard as well. */
export function table({ label, head, rows, foot }: Table): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table>
<thead>${head}</thead>
<tbody>${rows}</tbody>
${foot ? html`<tfoot>${foot}</tfoot>` : ''}
</table></div>`;
}
