// The ledger: what each partner has borne, entry by entry, and how anybody can count it again.

import { html } from 'hono/html';
import { weeklyBurden } from '../../domain/fairness/burden.ts';
import type { Closing } from '../../domain/fairness/closing.ts';
import { type Ledger, THOUSANDTHS } from '../../domain/fairness/ledger.ts';
import { DEFAULT_COMFORTABLE } from '../../domain/hours.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { PlainDate } from '../../domain/time/plain-date.ts';
import { nameOf, type People, points, shortNameOf } from '../people.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { table } from './tables.ts';
import { dayText } from './when.ts';

/** One period that is over, and the ledger after it. */
export type LedgerStep = { readonly closing: Closing; readonly after: Ledger };

export type LedgerView = {
  readonly id: string;
  readonly name: string;
  readonly people: People;
  /** What stands now, in thousandths of a point. */
  readonly ledger: Ledger;
  /** The oldest first. */
  readonly steps: readonly LedgerStep[];
  readonly joined: readonly { readonly partner: PartnerId; readonly from: PlainDate }[];
};

export function ledgerPage(view: LedgerView): Page {
  const { id, name } = view;
  return {
    title: `Ledger of ${name}`,
    body: html`${partnershipHead({ id, name }, 'ledger')}
${standing(view)}
${entries(view)}
${rules()}`,
  };
}

function standing({ people, ledger }: LedgerView): Html {
  const most = Math.max(1, ...ledger.values());
  return html`<section aria-labelledby="standing">
<h2 id="standing">What each of you has borne</h2>
${ledger.size === 0 ? html`<p class="none">Nothing yet. Points are entered when a check-in has been held.</p>` : ''}
<table class="bars"><tbody>${[...ledger].map(
    ([id, borne]) =>
      html`<tr><th scope="row">${nameOf(people, id)}</th><td>${bar(borne / most)}</td><td class="number">${decimal(borne)}</td></tr>`,
  )}</tbody></table>
</section>`;
}

const BAR = { width: 200, height: 10 } as const;

/** The figure stands beside it, so nobody needs to see it. */
function bar(part: number): Html {
  const { width, height } = BAR;
  return html`<svg class="bar" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="${width}" height="${height}" rx="5"/><rect class="part" width="${Math.round(part * width)}" height="${height}" rx="5"/></svg>`;
}

/** Thousandths of a point: 9000 is "9.000", 8763 "8.763". */
function decimal(thousandths: number): string {
  return (thousandths / THOUSANDTHS).toFixed(3);
}

function entries({ steps, people, ledger, joined }: LedgerView): Html {
  const ids = [...ledger.keys()];
  return html`<section aria-labelledby="entries">
<h2 id="entries">Every entry</h2>
<p>${joined.map(({ partner, from }, i) => `${i > 0 ? ' ' : ''}${nameOf(people, partner)} takes part since ${dayText(from)}.`)}</p>
${
  steps.length === 0
    ? html`<p class="none">No period is over yet.</p>`
    : table({
        label: 'Entries',
        head: entryHead(people, ids),
        rows: steps.map((step) => entryRow(step, ids)),
      })
}
</section>`;
}

function entryHead(people: People, ids: readonly PartnerId[]): Html {
  const names = ids.map((id) => html`<th scope="col" class="number">${shortNameOf(people, id)}</th>`);
  return html`<tr><td></td><th scope="colgroup" colspan="${ids.length}">Points entered</th><th scope="colgroup" colspan="${ids.length}">Ledger after it</th></tr>
<tr><th scope="col">Period from</th>${names}${names}</tr>`;
}

function entryRow({ closing, after }: LedgerStep, ids: readonly PartnerId[]): Html {
  return html`<tr><th scope="row" class="day">${dayText(closing.first)}</th>
${ids.map((id) => html`<td class="number">${enteredFor(closing, id)}</td>`)}
${ids.map((id) => html`<td class="number">${after.has(id) ? decimal(after.get(id)!) : ''}</td>`)}</tr>`;
}

function enteredFor(closing: Closing, id: PartnerId): string {
  if (closing.kind !== 'held') return '–';
  const borne = closing.present.get(id);
  if (borne !== undefined) return String(borne);
  return closing.absent.includes(id) ? 'away' : '–';
}

/** Half an hour from 07:00 on, where the comfortable hours begin at 09:00. */
const EXAMPLE = {
  quarters: [7 * 4, 7 * 4 + 1],
  middles: ['07:07:30', '07:22:30'],
  minutes: [112.5, 97.5],
} as const;

function rules(): Html {
  const weekly = weeklyBurden(DEFAULT_COMFORTABLE);
  const [first, second] = EXAMPLE.quarters.map((quarter) => weekly[quarter]!);
  return html`<section aria-labelledby="rules">
<h2 id="rules">How points are counted</h2>
<p>Inside your comfortable hours a call costs nothing. Outside, every quarter of an hour costs more the further it lies from them. Let d be the minutes from its middle to your nearest comfortable hour, at most 480. It costs</p>
<p class="formula">(d + 2 × what of d is over 120) ÷ 24, rounded to a whole point.</p>
<p>An example: your comfortable hours begin at 09:00, and a call goes from 07:00 to 07:30. The middle of its first quarter, ${EXAMPLE.middles[0]}, lies ${EXAMPLE.minutes[0]} minutes before 09:00 and costs ${points(first!)}; that of the second, ${EXAMPLE.middles[1]}, lies ${EXAMPLE.minutes[1]} minutes before and costs ${points(second!)}. The call costs you ${points(first! + second!)}.</p>
<ul>
<li>Once in every period the whole ledger fades: each figure is multiplied by 0.9737 and cut to thousandths. After 26 periods half is left.</li>
<li>Then what was held is added, for those who were there.</li>
<li>Who was away with notice is credited the average of those who were there, rounded down, so that nobody gains by being away.</li>
<li>Who joins later starts in the middle of the others.</li>
<li>A period without a check-in adds nothing.</li>
</ul>
</section>`;
}
