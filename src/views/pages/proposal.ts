// A time that somebody is about to propose, on everybody's clock, before the others are asked.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import { whereabouts } from '../../domain/whereabouts.ts';
import { nameOf } from '../people.ts';
import { timeField } from './change-time.ts';
import { placeOf } from './check-in.ts';
import { hidden } from './fields.ts';
import { FRESH, problemSummary, type Refused } from './form.ts';
import type { Html, Page } from './layout.ts';
import { moment, span } from './when.ts';

export type ProposalView = {
  /** Where the form goes: below it is "/proposal". */
  readonly path: string;
  readonly summary: string;
  readonly partnership: Partnership;
  readonly reader: PartnerId;
  /** Who would be asked. */
  readonly others: readonly PartnerId[];
  /** When it is now. */
  readonly stands: { readonly start: Instant; readonly end: Instant };
  /** Absent where nothing readable was written yet. */
  readonly start?: Instant;
  readonly refused?: Refused;
};

const LABELS = { at: 'New time', start: 'New time' };

export function proposalPage(view: ProposalView): Page {
  const { summary, path, partnership, reader, stands, start, refused = FRESH } = view;
  const place = placeOf(partnership, reader);
  const isRefused = refused.problems.length > 0;
  return {
    title: isRefused ? 'Put right: propose a time' : 'Propose a time',
    shape: 'card',
    body: html`<h1>Propose a time</h1>
<p>${summary} is now on ${span(place, stands)}.</p>
${problemSummary(refused, LABELS)}
${start === undefined || isRefused ? '' : confirmation(view, start)}
<form method="get" action="${path}/proposal" novalidate>
${timeField(whereabouts(place, start ?? stands.start), start ?? stands.start, refused)}
<button class="second">${start === undefined ? 'See it in everybody’s time' : 'Look at another time'}</button>
</form>
<p><a href="${path}">Leave it as it is</a></p>`,
  };
}

function confirmation({ path, partnership, reader, others }: ProposalView, start: Instant): Html {
  return html`<ul class="clocks">${[reader, ...others].map((id) => {
    const zone = whereabouts(placeOf(partnership, id), start);
    return html`<li><strong>${id === reader ? 'You' : nameOf(partnership, id)}</strong> <span>${moment(zone, start)}</span></li>`;
  })}</ul>
<form method="post" action="${path}/proposal">${hidden('start', formatInstant(start))}
<button>Ask the others</button></form>`;
}
