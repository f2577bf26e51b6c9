// The first page: for whoever is signed in what waits for them and what comes next; for everybody else what this is.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import type { Question } from '../../domain/question.ts';
import { questionSentence, readerIn } from '../question.ts';
import { placeOf, type ShownCheckIn, turnSentence } from './check-in.ts';
import type { Html, Page } from './layout.ts';
import { checkInPath, partnershipPath } from './paths.ts';
import { span } from './when.ts';

/** A check-in with whose it is. */
export type NextCheckIn = {
  readonly id: string;
  readonly name: string;
  readonly partnership: Partnership;
  readonly shown: ShownCheckIn;
};

/** Something that the reader alone can do. */
export type Waiting =
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly name: string;
      readonly partnership: Partnership;
      readonly question: Question;
    }
  | { readonly kind: 'draft'; readonly id: string; readonly name: string; readonly version: number }
  | ({ readonly kind: 'answer' } & NextCheckIn)
  | { readonly kind: 'invitation'; readonly name: string; readonly by: string; readonly path: string }
  | { readonly kind: 'calendar'; readonly calendar: string; readonly state: 'unknown' | 'emptied' };

export type HomeView = {
  readonly reader: PartnerId;
  readonly waiting: readonly Waiting[];
  readonly coming: readonly NextCheckIn[];
  readonly partnerships: readonly {
    readonly id: string;
    readonly name: string;
    readonly partners: number;
    readonly isInForce: boolean;
  }[];
};

export function homePage(view: HomeView): Page {
  return {
    title: 'Your check-ins',
    body: html`<h1>Your check-ins</h1>
${waitingSection(view)}
${comingSection(view)}
${partnershipsSection(view)}`,
  };
}

function waitingSection({ waiting, reader }: HomeView): Html | '' {
  if (waiting.length === 0) return '';
  return html`<section aria-labelledby="waiting">
<h2 id="waiting">Waiting for you</h2>
<ul class="plain">${waiting.map((each) => html`<li class="row-link">${waitingText(each, reader)}</li>`)}</ul>
</section>`;
}

function waitingText(waiting: Waiting, reader: PartnerId): Html {
  switch (waiting.kind) {
    case 'question': {
      const { partnership, question, id } = waiting;
      return html`<p>${questionSentence(question, readerIn(partnership, reader))} <a href="${partnershipPath(id)}">Say yes or no</a></p>`;
    }
    case 'draft':
      return html`<p>Version ${waiting.version} of the agreement of ${waiting.name} waits for your signature. <a href="${partnershipPath(waiting.id, '/agreement')}">Read and sign</a></p>`;
    case 'answer': {
      const { id, name, partnership, shown } = waiting;
      return html`<p>${name} is on ${span(placeOf(partnership, reader), shown.item)}. <a href="${checkInPath(id, shown.item.uid)}">Say whether you come</a></p>`;
    }
    case 'invitation':
      return html`<p>${waiting.by} invites you to ${waiting.name}. <a href="${waiting.path}">Look at it and join</a></p>`;
    case 'calendar':
      return html`<p>${waiting.state === 'emptied' ? `More than half of your calendar “${waiting.calendar}” is gone.` : `Your calendar “${waiting.calendar}” cannot be read.`} <a href="/calendars">Look at it</a></p>`;
  }
}

function comingSection({ coming, reader, partnerships }: HomeView): Html | '' {
  if (partnerships.length === 0) return '';
  return html`<section aria-labelledby="coming">
<h2 id="coming">Next</h2>
${coming.length === 0 ? html`<p class="none">No check-in is planned yet.</p>` : ''}
<ol class="plain">${coming.map((each) => comingItem(each, reader))}</ol>
</section>`;
}

function comingItem({ id, name, partnership, shown }: NextCheckIn, reader: PartnerId): Html {
  const setting = { id, partnership, reader, now: shown.item.start };
  return html`<li class="check-in"><h3><a href="${checkInPath(id, shown.item.uid)}">${span(placeOf(partnership, reader), shown.item)}</a></h3>
<p>${name}. ${turnSentence(shown, setting)}</p></li>`;
}

function partnershipsSection({ partnerships }: HomeView): Html {
  return html`<section aria-labelledby="partnerships">
<h2 id="partnerships">Your partnerships</h2>
${partnerships.length === 0 ? html`<p>A partnership is two to twelve people who meet regularly. Begin one, or follow the link in an invitation.</p>` : ''}
<ul class="things">${partnerships.map(
    ({
      id,
      name,
      partners,
      isInForce,
    }) => html`<li><div><a href="${partnershipPath(id)}"><strong>${name}</strong></a>
<small>${partners === 1 ? 'Only you so far' : `${partners} partners`}${isInForce ? '' : ', nothing agreed yet'}</small></div></li>`,
  )}</ul>
<a class="button second" href="/partnerships/new">Begin a partnership</a>
</section>`;
}

/** For whoever is not signed in. */
export function welcomePage(): Page {
  return {
    title: 'Fair check-ins over many time zones',
    shape: 'card',
    body: html`<h1>Fair check-ins over many time zones</h1>
<p>Turnabout keeps a regular call going between partners who live far apart, and shares the early and late hours fairly between them.
You agree on the terms once; the times, the invitations and the agenda follow by themselves.</p>
<a class="button" href="/sign-in">Sign in</a>`,
  };
}
