// One check-in, as a list of them shows it: when it is for the reader and for everybody else, whose turn it is, and the answer.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import type { Answer, PublishedOccurrence } from '../../domain/run/observation.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { localTimeOf } from '../local-time.ts';
import { listed, nameOf, partnerOf, points, turnOf } from '../people.ts';
import { absenceText, because } from '../reason.ts';
import { hidden } from './fields.ts';
import type { Html } from './layout.ts';
import { checkInPath } from './paths.ts';
import { moment, type Place, span } from './when.ts';

/** What is kept of an occurrence, with what could not be delivered to whom, and why. */
export type ShownCheckIn = PublishedOccurrence & { readonly undelivered: ReadonlyMap<PartnerId, string> };

/** Whose check-ins they are, and who looks at them now. */
export type CheckInSetting = {
  readonly id: string;
  /** Its partners are all who ever were one. */
  readonly partnership: Partnership;
  readonly reader: PartnerId;
  readonly now: Instant;
};

export function checkInCard(shown: ShownCheckIn, setting: CheckInSetting): Html {
  const { id, partnership, reader } = setting;
  const { item, occurrence } = shown;
  return html`<li class="check-in">
<h3><a href="${checkInPath(id, item.uid)}">${span(placeOf(partnership, reader), item)}</a></h3>
${shown.part > 0 ? html`<p class="hint">The ${shown.part === 1 ? 'first' : 'second'} of two half-meetings.</p>` : ''}
<p>${turnTag(shown, setting)}${turnSentence(shown, setting)}</p>
${everybody(shown, setting)}
<p class="why">${because(partnership, occurrence)}</p>
${undeliveredText(shown, partnership)}
${answerForm(shown, { ...setting, from: 'list' })}
</li>`;
}

/** Where a partner is; whoever is not known any more is in the anchor's zone. */
export function placeOf(partnership: Partnership, id: PartnerId): Place {
  return partnerOf(partnership, id) ?? { zone: partnership.anchor, travels: [] };
}

function turnTag({ occurrence }: ShownCheckIn, { partnership, reader }: CheckInSetting): Html | '' {
  return turnOf(partnership, occurrence.burdens).includes(reader)
    ? html`<span class="tag odd">Your turn</span> `
    : '';
}

/** "Ana Duarte bears 9 points, Ben Okafor hosts." */
export function turnSentence({ occurrence }: ShownCheckIn, { partnership }: CheckInSetting): string {
  const { burdens, host } = occurrence;
  const turn = turnOf(partnership, burdens);
  const names = listed(turn.map((id) => nameOf(partnership, id)));
  const borne = points(Math.max(0, ...burdens.values()));
  const odd = turn.length === 0 ? 'A good hour for everybody' : `The odd hour is for ${names}, at ${borne}`;
  return `${odd}. ${nameOf(partnership, host)} hosts.`;
}

/** Everybody's local time, points and answer, the reader's first; who is not expected stands there too. */
export function everybody(
  { occurrence, item, answers }: ShownCheckIn,
  { partnership, reader }: CheckInSetting,
): Html {
  const { burdens, credits } = occurrence;
  const there = partnership.partners
    .filter(({ id }) => burdens.has(id) || credits.has(id))
    .sort((a, b) => Number(b.id === reader) - Number(a.id === reader));
  return html`<ul class="clocks">${there.map(({ id }) => {
    const borne = burdens.get(id);
    const name = html`<strong>${id === reader ? 'You' : nameOf(partnership, id)}</strong>`;
    if (borne === undefined) return html`<li>${name} <span>${absenceText(occurrence)}</span></li>`;
    const { zone } = localTimeOf(placeOf(partnership, id), item.start);
    return html`<li>${name} <span>${moment(zone, item.start)}</span> <span>${points(borne)}</span> <span>${ANSWERS[answers.get(id) ?? 'needs-action']}</span></li>`;
  })}</ul>`;
}

export const ANSWERS: Readonly<Record<Answer, string>> = {
  'needs-action': 'no answer yet',
  accepted: 'accepted',
  tentative: 'may come',
  declined: 'declined',
};

/** Of whose mail the last one did not arrive. */
export function undeliveredText({ undelivered }: ShownCheckIn, partnership: Partnership): Html | '' {
  if (undelivered.size === 0) return '';
  return html`<ul class="problem">${[...undelivered].map(
    ([id, why]) => html`<li>The invitation did not reach ${nameOf(partnership, id)}: ${why}</li>`,
  )}</ul>`;
}

const CHOICES = [
  { value: 'accepted', label: 'Accept' },
  { value: 'tentative', label: 'I may come' },
  { value: 'declined', label: 'I cannot come' },
] as const;

const STANDING: Readonly<Record<Answer, string>> = {
  'needs-action': 'You have not answered yet.',
  accepted: 'You accepted.',
  tentative: 'You may come.',
  declined: 'You said that you cannot come.',
};

/** The reader's answer and the other answers that they can give; nothing where they are not invited or it has begun. */
export function answerForm(
  { item, answers }: ShownCheckIn,
  { id, partnership, reader, now, from }: CheckInSetting & { readonly from: 'list' | 'page' },
): Html | '' {
  const answer = answers.get(reader);
  if (answer === undefined || item.status === 'CANCELLED' || item.start <= now) return '';
  const { weekday, day } = localTimeOf(placeOf(partnership, reader), item.start);
  return html`<form method="post" action="${checkInPath(id, item.uid)}/answer" class="answer">
${hidden('from', from)}
<p>${STANDING[answer]}</p>
${answerButtons(answer, `${weekday} ${day}`)}
</form>`;
}

/** `about` tells the buttons of several forms apart for whoever hears them. */
export function answerButtons(answer: Answer, about: string): Html[] {
  return CHOICES.filter(({ value }) => value !== answer).map(
    ({ value, label }) =>
      html`<button name="answer" value="${value}" class="${value === 'accepted' ? 'first' : 'second'}">${label}<span class="unseen"> (${about})</span></button>`,
  );
}
