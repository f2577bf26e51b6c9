// Everything behind one check-in: why it is at this time, what was ruled out, what it does to the ledger, what else there was,
// and what the reader can do about it.

import { html } from 'hono/html';
import type { Explanation } from '../../domain/planner/explain.ts';
import type { Question } from '../../domain/question.ts';
import { MINUTE } from '../../domain/time/duration.ts';
import type { Period } from '../../domain/time/period.ts';
import { weeklyAgenda } from '../agenda.ts';
import { localTimeOf } from '../local-time.ts';
import { listed, nameOf, points } from '../people.ts';
import { readerIn } from '../question.ts';
import { becauseNow, brokenSentence, ruledOutSentence } from '../reason.ts';
import { type TimeChanges, timeChanges } from './change-time.ts';
import {
  answerForm,
  type CheckInSetting,
  everybody,
  placeOf,
  type ShownCheckIn,
  turnSentence,
  undeliveredText,
} from './check-in.ts';
import { buttonForm } from './form.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { checkInPath } from './paths.ts';
import { questionCard } from './question.ts';
import { table } from './tables.ts';
import { moment, periodText, span } from './when.ts';

export type CheckInView = CheckInSetting & {
  readonly name: string;
  readonly shown: ShownCheckIn;
  readonly questions: readonly Question[];
  /** Absent where its period is not the planner's any more. */
  readonly explanation?: Explanation;
  /** Absent where nothing can be changed any more. */
  readonly changes?: TimeChanges;
};

export function checkInPage(view: CheckInView): Page {
  const { id, name, shown, partnership, reader } = view;
  const place = placeOf(partnership, reader);
  const { weekday, day, clock } = localTimeOf(place, shown.item.start);
  return {
    title: `${weekday} ${day}, ${clock}: ${name}`,
    body: html`${partnershipHead({ id, name }, 'below')}
<h1>${span(place, shown.item)}</h1>
${statusText(view)}
${questionsAbout(view)}
${whenSection(view)}
${whySection(view)}
${ledgerSection(view)}
${agendaSection(view)}
${view.changes ? timeChanges(view, view.changes) : ''}`,
  };
}

function statusText({ shown, now }: CheckInView): Html | '' {
  if (shown.item.status === 'CANCELLED') return html`<p class="notice">This check-in was cancelled.</p>`;
  if (shown.item.end <= now) return html`<p class="notice">This check-in is over.</p>`;
  return shown.item.start <= now ? html`<p class="notice">This check-in is on.</p>` : '';
}

function questionsAbout({ id, questions, partnership, reader, now }: CheckInView): Html | '' {
  if (questions.length === 0) return '';
  const to = readerIn(partnership, reader);
  return html`<section aria-labelledby="questions">
<h2 id="questions">Asked about it</h2>
<ul class="plain">${questions.map((question) => questionCard(question, { id, to, now }))}</ul>
</section>`;
}

function whenSection(view: CheckInView): Html {
  const { shown, partnership, id, reader, now } = view;
  const { item, occurrence } = shown;
  const canHost =
    item.start > now &&
    item.status === 'CONFIRMED' &&
    occurrence.host !== reader &&
    ['accepted', 'needs-action', 'tentative'].includes(shown.answers.get(reader) ?? '');
  return html`<section aria-labelledby="when">
<h2 id="when">When it is for everybody</h2>
<p>${turnSentence(shown, view)}</p>
${everybody(shown, view)}
${undeliveredText(shown, partnership)}
${item.conference === undefined ? '' : callText(item.conference)}
<div class="actions">${answerForm(shown, { ...view, from: 'page' })}
${canHost ? buttonForm(`${checkInPath(id, item.uid)}/host`, 'Host it myself') : ''}</div>
</section>`;
}

/** Only https is a link: a browser does not know what to do with the others. */
function callText(conference: string): Html {
  return /^https:/i.test(conference)
    ? html`<p><a href="${conference}" rel="noreferrer">Join the call</a></p>`
    : html`<p>The call: ${conference}</p>`;
}

function whySection({ shown, partnership, explanation, reader }: CheckInView): Html {
  const { occurrence } = shown;
  return html`<section aria-labelledby="why">
<h2 id="why">Why this time</h2>
<p>${becauseNow({ partnership, occurrence, ...(explanation && { explanation }) })}</p>
${explanation ? brokenText(explanation, { partnership, shown }) : ''}
${periodHint(occurrence.period)}
${explanation ? ruledOutText(explanation, partnership) : ''}
${explanation ? alternativesText(explanation, { partnership, reader }) : ''}
</section>`;
}

function brokenText(
  { broken }: Explanation,
  { partnership, shown }: Pick<CheckInView, 'partnership' | 'shown'>,
): Html | '' {
  if (broken.length === 0) return '';
  return html`<ul class="problem">${broken.map(
    (limit) => html`<li>${brokenSentence(partnership, limit, shown.item.start)}</li>`,
  )}</ul>`;
}

function periodHint(period: Period): Html {
  return html`<p class="hint">It is the check-in of ${periodText(period)}.</p>`;
}

function ruledOutText(
  { starts, candidates, ruledOut }: Explanation,
  partnership: CheckInView['partnership'],
): Html {
  return html`<p>Of ${starts} quarters of an hour at which it could begin, ${candidates === 1 ? '1 was' : `${candidates} were`} left.</p>
<ul>${ruledOut.map((each) => html`<li>${ruledOutSentence(partnership, each)}</li>`)}</ul>`;
}

/** The reader's own comes first. */
function alternativesText(
  { alternatives }: Explanation,
  { partnership, reader }: Pick<CheckInView, 'partnership' | 'reader'>,
): Html {
  if (alternatives.length === 0) return html`<p>No other time would be easier for any of you.</p>`;
  const sorted = [...alternatives].sort(
    (a, b) => Number(b.partner === reader) - Number(a.partner === reader),
  );
  const place = placeOf(partnership, reader);
  return html`<h3>What would be easier for one of you</h3>
<ul>${sorted.map(({ partner, start, burden, instead, lifts }) => {
    const lifted = [...lifts].map(([id, above]) => `${nameOf(partnership, id)} by ${points(above)}`);
    const price =
      lifted.length === 0 ? '' : ` It would lift ${listed(lifted)} above the most that anybody bears.`;
    const who = partner === reader ? 'For you' : `For ${nameOf(partnership, partner)}`;
    return html`<li>${who}: ${moment(localTimeOf(place, start).zone, start)}, ${points(burden)} instead of ${instead}.${price}</li>`;
  })}</ul>`;
}

function ledgerSection({ shown, partnership, explanation, id }: CheckInView): Html | '' {
  const { burdens, credits, ledger } = shown.occurrence;
  const known = partnership.partners.filter((each) => ledger.has(each.id));
  if (known.length === 0) return '';
  const head = html`<tr><th scope="col">Partner</th><th scope="col" class="number">Before</th><th scope="col" class="number">Added</th><th scope="col" class="number">After</th></tr>`;
  const rows = known.map((each) => {
    const after = explanation?.after.get(each.id) ?? ledger.get(each.id)!;
    const own = burdens.get(each.id) ?? credits.get(each.id) ?? 0;
    const before = explanation?.before.get(each.id) ?? after - own;
    return html`<tr><th scope="row">${nameOf(partnership, each.id)}</th><td class="number">${before}</td><td class="number">${own}${credits.has(each.id) ? ' (credited)' : ''}</td><td class="number">${after}</td></tr>`;
  });
  return html`<section aria-labelledby="effect">
<h2 id="effect">The ledger before and after</h2>
${table({ label: 'Ledger', head, rows })}
<p class="hint">In points, as the plan expects it. <a href="/partnerships/${id}/ledger">How points are counted</a></p>
</section>`;
}

function agendaSection({ shown }: CheckInView): Html {
  const { start, end } = shown.item;
  const minutes = Math.round((end - start) / MINUTE);
  return html`<section aria-labelledby="agenda">
<h2 id="agenda">Agenda</h2>
<ol class="agenda">${weeklyAgenda(minutes).map((each) => html`<li>${each.title} <span class="zone">${each.minutes} min</span></li>`)}</ol>
</section>`;
}
