// One version of an agreement that is not the newest any more: what became of it, what it changed, its text, and who signed it.

import { html } from 'hono/html';
import type { Draft } from '../../domain/agreement/draft.ts';
import type { Terms } from '../../domain/agreement/terms.ts';
import { differencesBetween } from '../../domain/agreement/wording.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { PlainDate } from '../../domain/time/plain-date.ts';
import type { Zone } from '../../domain/time/zone.ts';
import type { People } from '../people.ts';
import { differencesTable, signaturesTable, termsTable } from './agreement-text.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { dayText, moment } from './when.ts';

/** What became of a version: signed by all it counts from a day on, until another one does; else it never counted. */
export type Fate =
  | { readonly kind: 'signed'; readonly from: PlainDate; readonly until?: PlainDate }
  | { readonly kind: 'lapsed' | 'withdrawn'; readonly at: Instant };

export type AgreementVersionView = {
  readonly id: string;
  readonly name: string;
  readonly people: People;
  readonly zone: Zone;
  readonly version: number;
  readonly terms: Terms;
  readonly hash: string;
  readonly signatures: Draft['signatures'];
  readonly fate: Fate;
  /** The last version before it that all had signed. */
  readonly before?: { readonly version: number; readonly terms: Terms };
};

export function agreementVersionPage(view: AgreementVersionView): Page {
  const { id, name, version, terms, people, zone, fate } = view;
  return {
    title: `Version ${version} of the agreement of ${name}`,
    body: html`${partnershipHead({ id, name }, 'below')}
<h1>Version ${version}</h1>
<p>${fateText(fate, zone)} <a href="${partnershipPath(id, '/agreement')}">Back to the agreement</a></p>
${changesSection(view)}
<section aria-labelledby="text"><h2 id="text">What it says</h2>${termsTable(terms, people)}</section>
${signaturesSection(view)}`,
  };
}

/** "Signed by all. It counts from Mon 4 Jan 2027 until Mon 8 Feb 2027.": the second day is the first of the next version. */
export function fateText(fate: Fate, zone: Zone): Html {
  if (fate.kind !== 'signed')
    return html`${fate.kind === 'lapsed' ? 'Lapsed' : 'Withdrawn'} on ${moment(zone, fate.at)}.`;
  const { from, until } = fate;
  if (until === undefined) return html`Signed by all. It counts from ${dayText(from)} on.`;
  if (until <= from) return html`Signed by all, and replaced before its first day came.`;
  return html`Signed by all. It counts from ${dayText(from)} until ${dayText(until)}.`;
}

function changesSection({ before, terms, version, people }: AgreementVersionView): Html | '' {
  if (!before) return '';
  const frame = { people, before: `Version ${before.version}`, after: `Version ${version}` };
  return html`<section aria-labelledby="changes"><h2 id="changes">What it changed</h2>
${differencesTable(differencesBetween(before.terms, terms), frame)}</section>`;
}

function signaturesSection({ signatures, hash, people, zone, version }: AgreementVersionView): Html {
  const label = `Signatures of version ${version}`;
  return html`<section aria-labelledby="signatures"><h2 id="signatures">Signed by</h2>
${signatures.size === 0 ? html`<p class="none">Nobody.</p>` : signaturesTable({ signatures, hash }, { people, zone, label })}</section>`;
}
