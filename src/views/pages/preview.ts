// The plan that a draft would give, if all signed it now.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import type { Occurrence, Plan } from '../../domain/planner/plan.ts';
import { whereabouts } from '../../domain/whereabouts.ts';
import { shortNameOf } from '../people.ts';
import { becauseUnplaced } from '../reason.ts';
import { placeOf } from './check-in.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { table } from './tables.ts';
import { moment, periodText } from './when.ts';

export type PreviewView = {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly reader: PartnerId;
  /** Absent while fewer than two take part. */
  readonly planned?: { readonly partnership: Partnership; readonly plan: Plan };
};

export function previewPage({ id, name, version, reader, planned }: PreviewView): Page {
  return {
    title: `Plan under version ${version} of ${name}`,
    body: html`${partnershipHead({ id, name }, 'below')}
<h1>The plan under version ${version}</h1>
<p>This is what would be planned if everybody signed the draft now, as far as your calendars are known. Nothing of it is announced.</p>
${planned ? plan(planned, reader) : html`<p class="none">A plan needs two partners in the draft.</p>`}
<p><a href="${partnershipPath(id, '/agreement')}">Back to the draft</a></p>`,
  };
}

function plan(
  { partnership, plan: { occurrences, unplaced, burden } }: NonNullable<PreviewView['planned']>,
  reader: PartnerId,
): Html {
  const { partners } = partnership;
  const head = html`<tr><th scope="col">Your time</th>${partners.map(({ id }) => html`<th scope="col" class="number">${shortNameOf(partnership, id)}</th>`)}</tr>`;
  const rows = occurrences.map((each) => row(each, { partnership, reader }));
  const foot = html`<tr><th scope="row">Together</th>${partners.map(({ id }) => html`<td class="number">${burden.get(id) ?? 0}</td>`)}</tr>`;
  return html`<section aria-labelledby="plan">
<h2 id="plan">Check-ins and their points</h2>
${table({ label: 'Plan', head, rows, foot })}
<p class="hint">0 points are a comfortable hour. The more points, the odder the hour.</p>
</section>
${unplaced.length === 0 ? '' : withoutTime(unplaced, partnership)}`;
}

type Reading = { readonly partnership: Partnership; readonly reader: PartnerId };

function row({ start, burdens }: Occurrence, { partnership, reader }: Reading): Html {
  const zone = whereabouts(placeOf(partnership, reader), start);
  return html`<tr><th scope="row">${moment(zone, start)}</th>${partnership.partners.map(
    ({ id }) => html`<td class="number">${burdens.get(id) ?? 'away'}</td>`,
  )}</tr>`;
}

function withoutTime(unplaced: Plan['unplaced'], partnership: Partnership): Html {
  return html`<section aria-labelledby="gaps">
<h2 id="gaps">Without a time</h2>
<ul class="plain">${unplaced.map(
    (each) =>
      html`<li class="gap"><h3>${periodText(each.period)}</h3><ul>${becauseUnplaced(partnership, each).map((why) => html`<li>${why}</li>`)}</ul></li>`,
  )}</ul>
</section>`;
}
