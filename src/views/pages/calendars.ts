// The page of one's calendars: which are read and how that goes, when one is away, and the way to what others see of it.

import { html } from 'hono/html';
import type { Freshness } from '../../domain/calendar/snapshot.ts';
import type { Travel } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DateRange, PlainDate } from '../../domain/time/plain-date.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { daysSections } from './days.ts';
import { buttonForm, dangerForm, FRESH, field, problemSummary, type Refused } from './form.ts';
import type { Html, Page } from './layout.ts';
import { moment } from './when.ts';

export type ShownCalendar = {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  /** `unread`: nobody has looked at it yet. */
  readonly state: Freshness | 'emptied' | 'unread';
  /** When it was last known to be true. */
  readonly confirmedAt?: Instant;
  /** What went wrong since. */
  readonly problem?: string;
};

type Kept<T> = T & { readonly id: string };

export type CalendarsView = {
  readonly zone: Zone;
  readonly region: string;
  readonly today: PlainDate;
  readonly calendars: readonly ShownCalendar[];
  readonly leaves: readonly Kept<DateRange>[];
  readonly travels: readonly Kept<Travel>[];
  readonly partnerships: readonly { readonly id: string; readonly name: string }[];
  readonly refused?: { readonly form: 'calendar' | 'leave' | 'travel' | 'region' } & Refused;
};

export function calendarsPage(view: CalendarsView): Page {
  const { refused } = view;
  return {
    title: refused ? 'Put right: your calendars' : 'Your calendars',
    body: html`<h1>Your calendars</h1>
${calendarsSection(view)}
${daysSections(view)}
${otherSideSection(view)}`,
  };
}

const LABELS = { name: 'Name', address: 'Address' };

function calendarsSection({ calendars, zone, refused }: CalendarsView): Html {
  const own = refused?.form === 'calendar' ? refused : FRESH;
  return html`<section aria-labelledby="calendars">
<h2 id="calendars">What is read</h2>
<p>Turnabout reads when you are busy, and nothing else of it is kept or shown: no title, no place, nobody’s name.</p>
${calendars.length === 0 ? html`<p class="none">None yet. Without a calendar you count as free in all of your reachable hours.</p>` : ''}
<ul class="things">${calendars.map((each) => calendarItem(each, zone))}</ul>
<details ${own.problems.length > 0 || calendars.length === 0 ? html`open` : ''}><summary>Connect a calendar</summary>
${problemSummary(own, LABELS, 'calendar-')}
<form method="post" action="/calendars" novalidate>
${field({ name: 'name', label: LABELS.name, hint: 'Such as “Work”. Only you see it.' }, own, 'calendar-')}
${field({ name: 'address', label: LABELS.address, hint: 'The secret address in iCal format, which begins with https or webcal. It is kept sealed and is never shown again.' }, own, 'calendar-')}
<button class="second">Connect it</button>
</form>
${whereToFind()}
</details>
</section>`;
}

/** Menus as their makers name them in English. */
function whereToFind(): Html {
  return html`<details><summary>Where do I find the address?</summary>
<ul>
<li>Google Calendar: the settings of the calendar, “Secret address in iCal format”.</li>
<li>Outlook: Settings, Calendar, Shared calendars, publish a calendar, the ICS link.</li>
<li>Apple iCloud: share the calendar as a public calendar, and copy its link.</li>
<li>Nextcloud and others: share the calendar by a link, and copy the subscription link.</li>
</ul></details>`;
}

function calendarItem(calendar: ShownCalendar, zone: Zone): Html {
  const { id, name, host, state } = calendar;
  const isTrouble = state === 'unknown' || state === 'emptied';
  return html`<li><div><strong>${name}</strong> <span class="tag ${isTrouble ? 'bad' : ''}">${STATES[state]}</span>
<small>${host}</small>
${stateText(calendar, zone)}</div>
${state === 'stale' || state === 'unknown' ? buttonForm(`/calendars/${id}/check`, 'Look now') : ''}
${state === 'emptied' ? buttonForm(`/calendars/${id}/confirmation`, 'That is right, believe it') : ''}
${dangerForm(`/calendars/${id}/disconnect`, 'Disconnect', `Disconnect ${name}? You count as free where it kept you busy.`)}</li>`;
}

const STATES: Readonly<Record<ShownCalendar['state'], string>> = {
  fresh: 'up to date',
  stale: 'more than a day old',
  unknown: 'unknown',
  emptied: 'half is gone',
  unread: 'not read yet',
};

function stateText({ state, confirmedAt, problem }: ShownCalendar, zone: Zone): Html {
  const read = confirmedAt === undefined ? html`Never read.` : html`Last read ${moment(zone, confirmedAt)}.`;
  const advice = ADVICE[state];
  return html`<small>${read} ${problem === undefined ? '' : html`<span class="bad-text">What is wrong: ${problem}.</span>`} ${advice}</small>`;
}

const ADVICE: Readonly<Record<ShownCalendar['state'], string>> = {
  fresh: '',
  stale: 'It still counts. It is tried again by itself.',
  unknown:
    'Nothing new is placed until it can be read: look whether the address still holds, connect it anew, or disconnect it.',
  emptied: 'Until you say whether that is right, what was read before counts.',
  unread: 'It is read within a minute.',
};

function otherSideSection({ partnerships }: CalendarsView): Html | '' {
  if (partnerships.length === 0) return '';
  return html`<section aria-labelledby="other-side">
<h2 id="other-side">What the other side sees</h2>
<p>Your partners can see when you are busy, and no more. You can look at exactly what they get.</p>
<ul class="plain">${partnerships.map(
    ({ id, name }) => html`<li><a href="/calendars/seen-by/${id}">What the partners in ${name} see</a></li>`,
  )}</ul>
</section>`;
}
