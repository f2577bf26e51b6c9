// What a link in an invitation opens: the check-in as it stands now, and buttons to answer. Nobody has to sign in for it.

import { html } from 'hono/html';
import type { Answer } from '../../domain/run/observation.ts';
import { localTimeOf } from '../local-time.ts';
import { answerButtons, type CheckInSetting, everybody, placeOf, type ShownCheckIn } from './check-in.ts';
import type { Html, Page } from './layout.ts';
import { span } from './when.ts';

export type AnswerView = CheckInSetting & {
  /** "/answer/" and the link. */
  readonly path: string;
  readonly readerName: string;
  readonly shown: ShownCheckIn;
};

export function answerPage(view: AnswerView): Page {
  const { partnership, reader, readerName, shown } = view;
  const { item } = shown;
  return {
    title: item.summary,
    shape: 'card',
    body: html`<h1>${item.summary}</h1>
<p class="big">${span(placeOf(partnership, reader), item)}</p>
${everybody(shown, view)}
<p>You answer as <strong>${readerName}</strong>.</p>
${body(view)}`,
  };
}

function body(view: AnswerView): Html {
  const { shown, now, path, partnership, reader } = view;
  const { item, answers } = shown;
  const answer = answers.get(reader);
  if (item.status === 'CANCELLED')
    return html`<p>This check-in was cancelled. There is nothing to answer.</p>`;
  if (answer === undefined)
    return html`<p>You are not invited to it any more. There is nothing to answer.</p>`;
  if (item.start <= now) return html`<p>This check-in has begun. There is nothing to answer any more.</p>`;
  const { weekday, day } = localTimeOf(placeOf(partnership, reader), item.start);
  return html`<p>${STANDING[answer]}</p>
${answer === 'declined' ? proposing(path) : ''}
<form method="post" action="${path}" class="answer">${answerButtons(answer, `${weekday} ${day}`)}</form>
${answer === 'declined' ? '' : html`<p class="hint">If you cannot come, it is not dropped: everybody is asked about another time.</p>`}`;
}

const STANDING: Readonly<Record<Answer, string>> = {
  'needs-action': 'Do you come?',
  accepted: 'You accepted. You can still change it.',
  tentative: 'You said that you may come.',
  declined:
    'You said that you cannot come. Nothing is dropped: everybody is asked about another time, and until they agree it stays where it is.',
};

function proposing(path: string): Html {
  return html`<p><a class="button" href="${path}/proposal">Propose another time</a></p>`;
}
