// The text of an agreement as tables: the lines that are signed, with names instead of ids, and what differs between two texts.

import { html } from 'hono/html';
import type { Draft } from '../../domain/agreement/draft.ts';
import type { Terms } from '../../domain/agreement/terms.ts';
import { type Difference, linesOf, type TermLine } from '../../domain/agreement/wording.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { nameOf, type People } from '../people.ts';
import type { Html } from './layout.ts';
import { table } from './tables.ts';
import { moment } from './when.ts';

/** Every line of the text. */
export function termsTable(terms: Terms, people: People): Html {
  return html`<table class="terms"><tbody>${linesOf(terms).map(
    (line) => html`<tr><th scope="row">${lineName(line, people)}</th><td>${breakable(line.value)}</td></tr>`,
  )}</tbody></table>`;
}

export type DifferencesFrame = { readonly people: People; readonly before: string; readonly after: string };

/** What differs, line by line; `before` and `after` name the two texts. */
export function differencesTable(
  differences: readonly Difference[],
  { people, before, after }: DifferencesFrame,
): Html {
  return html`<table class="terms"><thead><tr><td></td><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead>
<tbody>${differences.map(
    (each) =>
      html`<tr><th scope="row">${lineName(each, people)}</th><td>${each.before === undefined ? '–' : html`<del>${breakable(each.before)}</del>`}</td><td>${each.after === undefined ? '–' : html`<ins>${breakable(each.after)}</ins>`}</td></tr>`,
  )}</tbody></table>`;
}

/** A line may end after each part of "America/Los_Angeles", and of an address. */
function breakable(text: string): (string | Html)[] {
  return text.split(/(?<=[/_])/).flatMap((part, i) => (i > 0 ? [html`<wbr>`, part] : [part]));
}

/** "check-in length", "Ana Duarte: reachable" */
function lineName({ what, partner }: Omit<TermLine, 'value'>, people: People): string {
  return partner === undefined ? what : `${nameOf(people, partner)}: ${what}`;
}

type Signed = { readonly signatures: Draft['signatures']; readonly hash: string };

export function signaturesTable(
  { signatures, hash }: Signed,
  { people, zone, label }: { readonly people: People; readonly zone: Zone; readonly label: string },
): Html {
  const rows = [...signatures].map(
    ([id, own]) =>
      html`<tr><th scope="row">${nameOf(people, id)}</th><td>${moment(zone, own.at)}</td><td><code>${fingerprint(own.hash)}</code></td></tr>`,
  );
  const head = html`<tr><th scope="col">Who</th><th scope="col">When</th><th scope="col">Fingerprint</th></tr>`;
  return html`${table({ label, head, rows })}
<details><summary>The whole fingerprint</summary><p class="hint">SHA-256 of the text: <code>${hash}</code></p></details>`;
}

/** The beginning of a hash in groups of four, for people to compare: "3f9a 02bc 7d11". */
export function fingerprint(hash: string): string {
  return [0, 4, 8].map((from) => hash.slice(from, from + 4)).join(' ');
}
