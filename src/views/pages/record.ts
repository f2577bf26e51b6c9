// The record of a cadence: what was held, moved and missed, and why; who was there; and a way to put attendance right.

import { html } from 'hono/html';
import type { CadenceRecord } from '../../domain/fairness/book.ts';
import type { Closing } from '../../domain/fairness/closing.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { reasonText } from '../mail/notice-letter.ts';
import { listed, nameOf, namesListed, type People } from '../people.ts';
import { tick } from './fields.ts';
import { FRESH, problemSummary, type Refused, sentence } from './form.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { table } from './tables.ts';
import { dayText, moment } from './when.ts';

/** A closed period whose attendance can still be corrected. */
export type Correctable = {
  readonly closing: Closing;
  /** Its place in the book, from 1: a correction is one of what was seen. */
  readonly number: number;
  /** Who was expected. */
  readonly expected: readonly PartnerId[];
  readonly until: Instant;
};

export type RecordView = {
  readonly id: string;
  readonly name: string;
  readonly zone: Zone;
  readonly people: People;
  readonly record: CadenceRecord;
  /** The newest first. */
  readonly closings: readonly Closing[];
  /** Whose correction counts, by period. */
  readonly correctors: ReadonlyMap<string, PartnerId>;
  readonly correctable: readonly Correctable[];
  readonly refused?: { readonly period: string } & Refused;
};

const PRESENT = 'Who was there';

export function recordPage(view: RecordView): Page {
  const { id, name, refused, correctable } = view;
  const isElsewhere = refused && !correctable.some(({ closing }) => closing.period === refused.period);
  return {
    title: `${refused ? 'Put right: record' : 'Record'} of ${name}`,
    body: html`${partnershipHead({ id, name }, 'record')}
${isElsewhere ? problemSummary(refused, { present: PRESENT }) : ''}
${figures(view)}
${correctable.map((each) => correction(each, view))}
${closingsTable(view)}`,
  };
}

function figures({ record, people }: RecordView): Html {
  const { held, moved, missed, away, streak, attendance } = record;
  return html`<section aria-labelledby="figures">
<h2 id="figures">So far</h2>
<dl class="figures">
<div><dt>Held</dt><dd>${held}</dd></div>
<div><dt>of these moved</dt><dd>${moved}</dd></div>
<div><dt>Missed</dt><dd>${missed}</dd></div>
<div><dt>Too few there</dt><dd>${away}</dd></div>
<div><dt>In a row</dt><dd>${streak}</dd></div>
</dl>
<ul>${[...attendance].map(([id, own]) => html`<li>${nameOf(people, id)} was at ${own.present} of ${own.of}.</li>`)}</ul>
</section>`;
}

function correction(
  { closing, number, expected, until }: Correctable,
  { id, people, zone, refused: wrong }: RecordView,
): Html {
  const { period, first } = closing;
  const refused = wrong?.period === period ? wrong : FRESH;
  const present = closing.kind === 'held' ? [...closing.present.keys()] : [];
  return html`<section aria-labelledby="was-${period}">
<h2 id="was-${period}">The check-in of the period from ${dayText(first)}</h2>
<p class="hint">It can be put right until ${moment(zone, until)}. With fewer than two it was not held.</p>
${problemSummary(refused, { present: PRESENT })}
<form method="post" action="${partnershipPath(id, '/attendance')}" novalidate>
<input type="hidden" name="period" value="${period}">
<input type="hidden" name="corrects" value="${number}">
<fieldset ${wrong?.period === period ? html`id="present"` : ''}><legend>${PRESENT}</legend>
${expected.map((each) => tickFor(each, { people, present, refused }))}
</fieldset>
<button class="second">Put it right</button>
</form>
</section>`;
}

type Ticked = { readonly people: People; readonly present: readonly PartnerId[]; readonly refused: Refused };

function tickFor(id: PartnerId, { people, present, refused }: Ticked): Html {
  const from = present.includes(id) ? { ticked: 'from the start' as const } : {};
  return html`${tick({ name: 'present', value: id, label: nameOf(people, id), ...from }, refused)}`;
}

function closingsTable({ closings, correctors, people }: RecordView): Html {
  const head = html`<tr><th scope="col">Period from</th><th scope="col">What became of it</th><th scope="col">There</th></tr>`;
  const rows = closings.map(
    (closing) =>
      html`<tr><th scope="row">${dayText(closing.first)}</th><td class="names">${outcomeText(closing, people)}${correctedText(correctors.get(closing.period), people)}</td><td class="names">${thereText(closing, people)}</td></tr>`,
  );
  return html`<section aria-labelledby="periods">
<h2 id="periods">Every period</h2>
${rows.length === 0 ? html`<p class="none">No period is over yet.</p>` : table({ label: 'Periods', head, rows })}
</section>`;
}

function outcomeText(closing: Closing, people: People): string {
  if (closing.kind === 'held')
    return `Held${closing.moved ? ', after it had been moved' : ''}. ${nameOf(people, closing.host)} hosted.`;
  const why = listed(closing.reasons.map((reason) => reasonText(reason, people)));
  return closing.kind === 'away' ? `Too few were there: ${sentence(why)}` : `Missed: ${sentence(why)}`;
}

function correctedText(by: PartnerId | undefined, people: People): string {
  return by ? ` Corrected by ${nameOf(people, by)}.` : '';
}

function thereText(closing: Closing, people: People): string {
  if (closing.kind !== 'held') return 'nobody';
  return namesListed(people, closing.present.keys());
}
