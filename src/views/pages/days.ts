// Days off, journeys and public holidays: when somebody is away, and when they are elsewhere.

import { html } from 'hono/html';
import { type DateRange, formatDate } from '../../domain/time/plain-date.ts';
import type { CalendarsView } from './calendars.ts';
import { line } from './fields.ts';
import { FRESH, problemSummary, type Refused } from './form.ts';
import type { Html } from './layout.ts';
import { dayText } from './when.ts';
import { zoneList } from './zones.ts';

const LABELS = { from: 'First day', to: 'Last day', zone: 'Time zone there', region: 'Region' };

export function daysSections(view: CalendarsView): Html {
  return html`${leavesSection(view)}
${travelsSection(view)}
${regionSection(view)}
${zoneList()}`;
}

function refusedIn(form: NonNullable<CalendarsView['refused']>['form'], { refused }: CalendarsView): Refused {
  return refused?.form === form ? refused : FRESH;
}

function leavesSection(view: CalendarsView): Html {
  const refused = prefixed('leave-', refusedIn('leave', view));
  return html`<section aria-labelledby="leaves">
<h2 id="leaves">Days off</h2>
<p>Nothing is placed on them. If you are away for a whole period, the others meet without you.</p>
<ul class="things">${view.leaves.map((each) => html`<li><div>${daysText(each)}</div>${remove(each, daysText(each))}</li>`)}</ul>
<details ${refused.problems.length > 0 ? html`open` : ''}><summary>Add days off</summary>
${problemSummary(refused, labelsWith('leave-'))}
<form method="post" action="/days/leaves" novalidate>
${dayFields('leave-', view, refused)}
<button class="second">Add</button>
</form></details>
</section>`;
}

function travelsSection(view: CalendarsView): Html {
  const refused = prefixed('travel-', refusedIn('travel', view));
  return html`<section aria-labelledby="travels">
<h2 id="travels">Journeys</h2>
<p>While you are elsewhere, your hours are read on the clocks of that place.</p>
<ul class="things">${view.travels.map(
    (each) =>
      html`<li><div>${daysText(each)}<small>in ${each.zone}</small></div>${remove(each, daysText(each))}</li>`,
  )}</ul>
<details ${refused.problems.length > 0 ? html`open` : ''}><summary>Add a journey</summary>
${problemSummary(refused, labelsWith('travel-'))}
<form method="post" action="/days/travels" novalidate>
${dayFields('travel-', view, refused)}
${line({ name: 'travel-zone', label: LABELS.zone, list: 'zones', hint: 'Such as Europe/London.' }, refused)}
<button class="second">Add</button>
</form></details>
</section>`;
}

function regionSection(view: CalendarsView): Html {
  const refused = refusedIn('region', view);
  return html`<section aria-labelledby="holidays">
<h2 id="holidays">Public holidays</h2>
${problemSummary(refused, LABELS)}
<form method="post" action="/days/region" novalidate>
${line({ name: 'region', label: LABELS.region, value: view.region, hint: 'Whose public holidays are days off: a country or a part of one, such as DE, US-CA, or none.' }, refused)}
<button class="second">Save</button>
</form>
</section>`;
}

/** Both forms are on one page, so the names of their fields begin differently. */
type Prefix = 'leave-' | 'travel-';

function dayFields(prefix: Prefix, { today }: CalendarsView, refused: Refused): Html {
  const least = formatDate(today);
  return html`<div class="pair">${line({ name: `${prefix}from`, label: LABELS.from, type: 'date', min: least }, refused)}
${line({ name: `${prefix}to`, label: LABELS.to, type: 'date', min: least }, refused)}</div>`;
}

function labelsWith(prefix: Prefix): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(LABELS).map(([name, label]) => [`${prefix}${name}`, label]));
}

/** What was found wrong is told by the plain names. */
function prefixed(prefix: Prefix, { values, problems }: Refused): Refused {
  return {
    values,
    problems: problems.map(({ path, message }) => ({ path: path === '' ? '' : `${prefix}${path}`, message })),
  };
}

function daysText({ from, to }: DateRange): string {
  return from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;
}

function remove({ id }: { readonly id: string }, what: string): Html {
  return html`<form method="post" action="/days/${id}/remove" class="inline"><button class="danger">Remove<span class="unseen"> ${what}</span></button></form>`;
}
