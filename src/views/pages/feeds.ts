// The page of one's feeds: addresses that a calendar program fetches again and again.

import { html } from 'hono/html';
import type { Instant } from '../../domain/time/instant.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { oneOf, select } from './fields.ts';
import { dangerForm, FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Html, Page } from './layout.ts';
import { moment } from './when.ts';

export type ShownFeed = {
  readonly id: string;
  readonly name: string;
  readonly detail: 'full' | 'busy';
  /** Absent where it holds all partnerships. */
  readonly partnership?: string;
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

export type FeedsView = {
  readonly zone: Zone;
  readonly feeds: readonly ShownFeed[];
  readonly partnerships: readonly { readonly id: string; readonly name: string }[];
  readonly refused?: Refused;
};

export function feedsPage(view: FeedsView): Page {
  const { refused } = view;
  return {
    title: refused ? 'Put right: your feeds' : 'Your feeds',
    body: html`<h1>Your feeds</h1>
<p>A feed brings the check-ins into your calendar program and keeps them current there.</p>
${feedsSection(view)}
${newFeedSection(view, refused ?? FRESH)}
${howToSubscribe()}`,
  };
}

function feedsSection({ feeds, zone }: FeedsView): Html {
  return html`<section aria-labelledby="feeds">
<h2 id="feeds">What you have</h2>
${feeds.length === 0 ? html`<p class="none">No feed yet.</p>` : ''}
<ul class="things">${feeds.map(
    ({ id, name, detail, partnership, createdAt, usedAt }) => html`<li><div><strong>${name}</strong>
<small>${partnership ?? 'All partnerships'}, ${detail === 'full' ? 'with everything' : 'busy times only'}.
Made ${moment(zone, createdAt)}, ${usedAt === undefined ? 'never fetched' : html`last fetched ${moment(zone, usedAt)}`}.</small></div>
${dangerForm(`/feeds/${id}/revoke`, 'Revoke', `Revoke ${name}? Whoever reads it gets nothing from then on.`)}</li>`,
  )}</ul>
</section>`;
}

const LABELS = { name: 'Name', partnership: 'What is in it', detail: 'How much it says' };

const DETAILS = [
  { value: 'full', label: 'Everything', hint: 'Times, agenda and partners, for your own calendar.' },
  { value: 'busy', label: 'Busy times only', hint: 'No words and nobody’s name, to be shared with others.' },
];

function newFeedSection({ partnerships }: FeedsView, refused: Refused): Html {
  const options = [
    { value: '', label: 'All partnerships' },
    ...partnerships.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return html`<section aria-labelledby="new-feed">
<h2 id="new-feed">A new feed</h2>
${problemSummary(refused, LABELS)}
<form method="post" action="/feeds" novalidate>
${field({ name: 'name', label: LABELS.name, hint: 'Such as “Phone”. One for each place lets you revoke one alone.' }, refused)}
${select({ name: 'partnership', label: LABELS.partnership, options }, refused)}
${oneOf({ name: 'detail', label: LABELS.detail, choices: DETAILS, value: 'full' }, refused)}
<button>Make the feed</button>
</form>
</section>`;
}

/** Menus as their makers name them in English. */
function howToSubscribe(): Html {
  return html`<section aria-labelledby="subscribe">
<h2 id="subscribe">How to subscribe</h2>
<p>Copy the address when it is shown, and give it to your calendar program. Whoever has it can read the feed; revoke it and it is gone.</p>
<ul>
<li>Google Calendar: Other calendars, the plus sign, “From URL”. Google looks every few hours.</li>
<li>Outlook: Add calendar, “Subscribe from web”.</li>
<li>Apple Calendar: File, “New Calendar Subscription”. On an iPhone: Calendars, Add Calendar, “Add Subscription Calendar”.</li>
<li>Thunderbird: New calendar, “On the network”.</li>
</ul>
</section>`;
}
