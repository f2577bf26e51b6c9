// A question to partners, with a yes and a no for whoever is asked.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import { outcomeOf, type Question } from '../../domain/question.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { listed, nameOf, type People } from '../people.ts';
import { deadlineText, outcomeSentence, questionSentence, type Reader } from '../question.ts';
import type { Html } from './layout.ts';
import { partnershipPath } from './paths.ts';

export type QuestionSetting = { readonly id: string; readonly to: Reader; readonly now: Instant };

export function questionCard(question: Question, { id, to, now }: QuestionSetting): Html {
  const outcome = outcomeOf(question, now);
  return html`<li class="question">
<p>${questionSentence(question, to)}</p>
<p class="hint">${repliesText(question, to.people)} ${outcome ? outcomeSentence(question, outcome) : `Open ${deadlineText(to.reader, question.deadline)}.`}</p>
${outcome ? '' : replyForm(question, id, to.reader.id)}
</li>`;
}

function replyForm({ id: question, asks, replies }: Question, id: string, reader: PartnerId): Html | '' {
  if (!asks.includes(reader)) return '';
  const reply = replies.get(reader);
  return html`<form method="post" action="${partnershipPath(id, `/questions/${question}`)}" class="answer">
${reply === undefined ? '' : html`<p>You said ${reply}.</p>`}
${reply === 'yes' ? '' : html`<button name="answer" value="yes">Yes</button>`}
${reply === 'no' ? '' : html`<button name="answer" value="no" class="second">No</button>`}
</form>`;
}

/** "Asked are Ana and Ben. Ben said yes." */
function repliesText({ asks, replies }: Question, people: People): string {
  const asked = `${asks.length === 1 ? 'Asked is' : 'Asked are'} ${listed(asks.map((id) => nameOf(people, id)))}.`;
  const said = asks
    .filter((id) => replies.has(id))
    .map((id) => `${nameOf(people, id)} said ${replies.get(id)}`);
  return said.length === 0 ? asked : `${asked} ${listed(said)}.`;
}
