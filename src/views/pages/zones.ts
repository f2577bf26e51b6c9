// The time zones that a field may suggest.

import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** The list of suggestions with the id "zones", once on a page. */
export function zoneList(): Html {
  return html`<datalist id="zones">${zoneNames().map((name) => html`<option value="${name}"></option>`)}</datalist>`;
}

let names: readonly string[] | undefined;

function zoneNames(): readonly string[] {
  names ??= [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  return names;
}
