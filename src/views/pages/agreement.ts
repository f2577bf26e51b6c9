// The page of a working agreement: what is in force and who signed it, the draft and what it would change, and how to leave.

import { html } from 'hono/html';
import type { Draft, DraftStanding } from '../../domain/agreement/draft.ts';
import type { Terms } from '../../domain/agreement/terms.ts';
import { differencesBetween } from '../../domain/agreement/wording.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { PlainDate } from '../../domain/time/plain-date.ts';
import type { Zone } from '../../domain/time/zone.ts';
import { nameOf, type People } from '../people.ts';
import { differencesTable, fingerprint, signaturesTable, termsTable } from './agreement-text.ts';
import { type Fate, fateText } from './agreement-version.ts';
import { hidden, tick } from './fields.ts';
import { dangerForm, FRESH, problemSummary, type Refused } from './form.ts';
import { newcomerHead, partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { dayText, moment } from './when.ts';

/** A version that all have signed. */
export type SignedVersion = {
  readonly version: number;
  readonly terms: Terms;
  readonly hash: string;
  readonly from: PlainDate;
  readonly signatures: Draft['signatures'];
};

export type DraftView = {
  readonly draft: Draft;
  readonly changedBy: PartnerId;
  readonly standing: DraftStanding;
  readonly signers: readonly PartnerId[];
  /** What every other partner should know before signing, as sentences. */
  readonly warnings: readonly string[];
  /** Why nobody can sign it as it is. */
  readonly obstacles: readonly string[];
  /** The day from which it would count if all signed it now. */
  readonly from: PlainDate;
};

export type AgreementView = {
  readonly id: string;
  readonly name: string;
  readonly reader: PartnerId;
  /** The reader has not signed yet: nothing but the draft is theirs to see, and their own hours to change. */
  readonly isNewcomer?: true;
  /** Fewer than two of those who signed are left, so that what is in force plans nothing. */
  readonly hasEnded?: true;
  readonly zone: Zone;
  readonly today: PlainDate;
  readonly people: People;
  /** The newest last: the last one may not count yet. */
  readonly signed: readonly SignedVersion[];
  readonly draft?: DraftView;
  /** Drafts that never counted, the newest first. */
  readonly ended: readonly {
    readonly version: number;
    readonly end: 'lapsed' | 'withdrawn';
    readonly at: Instant;
  }[];
  readonly refused?: Refused;
};

export function agreementPage(view: AgreementView): Page {
  const { id, name, refused = FRESH } = view;
  return {
    title: `${refused.problems.length > 0 ? 'Put right: agreement' : 'Agreement'} of ${name}`,
    body: html`${view.isNewcomer ? newcomerHead({ id, name }, 'agreement') : partnershipHead({ id, name }, 'agreement')}
${problemSummary(refused, { agree: 'Your agreement', leave: 'Leaving' })}
${view.draft ? draftSection(view, view.draft) : ''}
${view.isNewcomer ? newcomerSection(view) : inForceSection(view)}
${view.draft || view.isNewcomer ? '' : newDraftSection(view)}
${historySection(view)}
${leaveSection(id, refused)}`,
  };
}

function draftSection(view: AgreementView, of: DraftView): Html {
  const { people, signed, zone } = view;
  const { draft, changedBy, from, warnings, standing } = of;
  const before = signed.at(-1);
  return html`<section aria-labelledby="draft">
<h2 id="draft">Version ${draft.version}, a draft</h2>
<p>${nameOf(people, changedBy)} changed it last, on ${moment(zone, draft.changedAt)}. ${standing.kind === 'lapsed' ? '' : html`It counts from ${dayText(from)} if all sign it now.`}</p>
${before ? html`<h3>What it changes</h3>${differencesTable(differencesBetween(before.terms, draft.terms), { people, before: 'Now', after: 'With the draft' })}` : termsTable(draft.terms, people)}
${warnings.length === 0 ? '' : html`<div class="notice"><p><strong>Before you sign</strong></p><ul>${warnings.map((each) => html`<li>${each}</li>`)}</ul></div>`}
<div class="actions">${draftActions(view)}</div>
${signing(view, of)}
</section>`;
}

function draftActions({ id, isNewcomer }: AgreementView): Html {
  const edit = partnershipPath(id, '/agreement/edit');
  if (isNewcomer) return html`<a class="button second" href="${edit}">Change your hours</a>`;
  return html`<a class="button second" href="${edit}">Change the draft</a>
<a class="button second" href="${partnershipPath(id, '/agreement/preview')}">See the plan that it gives</a>
${dangerForm(partnershipPath(id, '/agreement/withdraw'), 'Withdraw the draft', 'Withdraw the draft? What is in force stays.')}`;
}

function signing(view: AgreementView, { draft, standing, signers, obstacles }: DraftView): Html {
  const { people, zone, reader } = view;
  return html`<h3>Signatures</h3>
<ul class="things">${signers.map((id) => {
    const own = draft.signatures.get(id);
    const when = own && own.hash === draft.hash ? html`signed on ${moment(zone, own.at)}` : 'not yet';
    return html`<li><div><strong>${nameOf(people, id)}</strong><small>${when}</small></div></li>`;
  })}</ul>
${standing.kind === 'open' ? html`<p class="hint">If not all have signed by ${moment(zone, standing.lapsesAt)}, the draft lapses and what is in force stays.</p>` : ''}
${standing.kind === 'lapsed' ? html`<p>This draft has lapsed. Save it again to open it anew.</p>` : ''}
${obstacles.length > 0 ? html`<p>It cannot be signed yet:</p><ul>${obstacles.map((each) => html`<li>${each}</li>`)}</ul>` : ''}
${standing.kind === 'open' && standing.missing.includes(reader) && obstacles.length === 0 ? signForm(view, draft) : ''}`;
}

function signForm({ id, refused = FRESH }: AgreementView, { version, hash }: Draft): Html {
  return html`<form method="post" action="${partnershipPath(id, '/agreement/signature')}" novalidate>
${hidden('hash', hash)}
${tick({ name: 'agree', label: `I agree to version ${version}, with the fingerprint ${fingerprint(hash)}`, hint: 'The fingerprint is made from the text. Whatever is changed in the text changes it, and takes the signatures away.' }, refused)}
<button>Sign version ${version}</button>
</form>`;
}

function newcomerSection({ draft }: AgreementView): Html {
  const how = draft
    ? 'Until all have signed this draft, your own hours are what you can change in it.'
    : 'No draft names you now: one of the partners has to write one with you in it.';
  return html`<section aria-labelledby="in-force"><h2 id="in-force">In force</h2><p class="none">Nothing that you have signed. ${how}</p></section>`;
}

function inForceSection({ signed, today, people, zone, hasEnded }: AgreementView): Html {
  const current = signed.filter(({ from }) => from <= today).at(-1);
  const coming = signed.filter(({ from }) => from > today).at(-1);
  if (!current && !coming)
    return html`<section aria-labelledby="in-force"><h2 id="in-force">In force</h2><p class="none">Nothing yet. An agreement counts when everybody has signed it.</p></section>`;
  const last = signed.at(-1)!;
  if (hasEnded)
    return versionSection(last, { title: `Version ${last.version}, ended`, note: ENDED, people, zone });
  return html`${coming ? versionSection(coming, { title: `Version ${coming.version}, signed by all`, note: `It counts from ${dayText(coming.from)} on.`, people, zone }) : ''}
${current ? versionSection(current, { title: `Version ${current.version}, in force`, note: `It counts since ${dayText(current.from)}.`, people, zone }) : ''}`;
}

const ENDED = 'The others who signed it have left, so it plans nothing. A new version needs two who sign it.';

type Versioned = {
  readonly title: string;
  readonly note: string;
  readonly people: People;
  readonly zone: Zone;
};

function versionSection(
  { version, terms, hash, signatures }: SignedVersion,
  { title, note, people, zone }: Versioned,
): Html {
  const heading = `version-${version}`;
  return html`<section aria-labelledby="${heading}">
<h2 id="${heading}">${title}</h2>
<p>${note}</p>
${termsTable(terms, people)}
<h3>Signed by</h3>
${signaturesTable({ signatures, hash }, { people, zone, label: `Signatures of version ${version}` })}
</section>`;
}

function newDraftSection({ id, signed }: AgreementView): Html {
  return html`<section aria-labelledby="new-draft">
<h2 id="new-draft">Change the agreement</h2>
<p>${signed.length > 0 ? 'Anybody of you can draft a new version. It counts when all have signed it; until then everything stays as it is.' : 'There is no draft. Open one, and everybody can sign it.'}</p>
<a class="button second" href="${partnershipPath(id, '/agreement/edit')}">Draft a new version</a>
</section>`;
}

/** Every version but the newest that was signed, and but the draft. */
function historySection({ id, ended, signed, zone }: AgreementView): Html | '' {
  const fates: (readonly [number, Fate])[] = [
    ...signed
      .slice(0, -1)
      .map(
        ({ version, from }, i) => [version, { kind: 'signed', from, until: signed[i + 1]!.from }] as const,
      ),
    ...ended.map(({ version, end, at }) => [version, { kind: end, at }] as const),
  ];
  if (fates.length === 0) return '';
  return html`<section aria-labelledby="history">
<h2 id="history">Before</h2>
<ul>${fates.map(
    ([version, fate]) =>
      html`<li><a href="${partnershipPath(id, `/agreement/${version}`)}">Version ${version}</a>: ${fateText(fate, zone)}</li>`,
  )}</ul>
</section>`;
}

function leaveSection(id: string, refused: Refused): Html {
  return html`<section aria-labelledby="leave">
<h2 id="leave">Leave</h2>
<p>Everybody may leave, at once and without anybody’s signature. Check-ins go on among those who stay; with only one left they end. What you signed and attended stays in the record.</p>
<details ${refused.problems.some(({ path }) => path === 'leave') ? html`open` : ''}><summary>Leave this partnership</summary>
<form method="post" action="${partnershipPath(id, '/departure')}" novalidate>
${tick({ name: 'leave', label: 'I leave this partnership now' }, refused)}
<button class="danger">Leave</button>
</form></details>
</section>`;
}
