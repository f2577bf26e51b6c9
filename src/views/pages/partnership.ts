// The page of a partnership: what is asked, the check-ins ahead, the periods without one, and who takes part.

import { html } from 'hono/html';
import type { PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import type { Unplaced } from '../../domain/planner/plan.ts';
import type { Question } from '../../domain/question.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { Period } from '../../domain/time/period.ts';
import { localTimeOf } from '../local-time.ts';
import { listed, nameOf, turnOf } from '../people.ts';
import { readerIn } from '../question.ts';
import { becauseUnplaced } from '../reason.ts';
import { relaxationSentence } from '../relaxation.ts';
import { ANSWERS, type CheckInSetting, checkInCard, placeOf, type ShownCheckIn } from './check-in.ts';
import { firstSteps, type Steps } from './first-steps.ts';
import { FRESH, type Refused } from './form.ts';
import { partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { type Member, membersSection, type OpenInvitation } from './members.ts';
import { checkInPath, partnershipPath } from './paths.ts';
import { questionCard } from './question.ts';
import { table } from './tables.ts';
import { moment, periodText } from './when.ts';

/** A period in which nothing is placed: as things are, or because somebody's calendar cannot be read. */
export type Gap =
  | { readonly kind: 'unplaced'; readonly unplaced: Unplaced; readonly partnership: Partnership }
  | { readonly kind: 'waiting'; readonly period: Period; readonly unread: readonly PartnerId[] };

export type PartnershipView = {
  readonly id: string;
  readonly name: string;
  readonly reader: PartnerId;
  readonly now: Instant;
  readonly partnership: Partnership;
  readonly checkIns: readonly ShownCheckIn[];
  readonly questions: readonly Question[];
  readonly gaps: readonly Gap[];
  readonly members: readonly Member[];
  readonly invitations: readonly OpenInvitation[];
  /** Those whose calendar is unknown, so that nothing new is placed. */
  readonly unread: readonly PartnerId[];
  /** A draft that lacks the reader's signature. */
  readonly draft?: { readonly version: number };
  /** What the reader does not have yet, and would be glad of. */
  readonly lacking: readonly ('calendar' | 'feed')[];
  /** Fewer than two of those who signed are left, so that nothing is planned. */
  readonly hasEnded?: true;
  /** What is to be done first, where nothing is agreed yet. */
  readonly steps?: Steps;
  readonly refused?: Refused;
};

export function partnershipPage(view: PartnershipView): Page {
  const { id, name, steps, refused = FRESH } = view;
  return {
    title: refused.problems.length > 0 ? `Put right: ${name}` : name,
    body: html`${partnershipHead({ id, name }, 'check-ins')}
${steps ? firstSteps(id, steps) : draftHint(view)}
${unreadHint(view)}
${questionsSection(view)}
${steps ? '' : checkInsSection(view)}
${gapsSection(view)}
${view.lacking.map((each) => html`<p class="hint">${LACKING[each]}</p>`)}
${membersSection(view, refused)}`,
  };
}

const LACKING = {
  calendar: html`No calendar of yours is read, so you count as free in all of your reachable hours. <a href="/calendars">Connect one</a>`,
  feed: html`A feed keeps the check-ins current in your own calendar program. <a href="/feeds">Make one</a>`,
} as const;

function draftHint({ id, draft }: PartnershipView): Html | '' {
  if (!draft) return '';
  return html`<p class="notice">Version ${draft.version} of the agreement waits for your signature.
<a href="${partnershipPath(id, '/agreement')}">See what changes</a></p>`;
}

function unreadHint({ unread, reader, partnership }: PartnershipView): Html | '' {
  if (unread.length === 0) return '';
  const others = unread.filter((id) => id !== reader);
  const own = unread.includes(reader)
    ? html`<p>Your calendar cannot be read. <a href="/calendars">Look at it</a></p>`
    : '';
  const theirs =
    others.length === 0
      ? ''
      : html`<p>A calendar of ${listed(others.map((id) => nameOf(partnership, id)))} cannot be read.</p>`;
  return html`<div class="notice">${own}${theirs}<p>Nothing new is placed meanwhile. What is announced stays.</p></div>`;
}

function questionsSection({ id, partnership, reader, now, questions }: PartnershipView): Html | '' {
  if (questions.length === 0) return '';
  const to = readerIn(partnership, reader);
  return html`<section aria-labelledby="questions">
<h2 id="questions">Open questions</h2>
<ul class="plain">${questions.map((question) => questionCard(question, { id, to, now }))}</ul>
</section>`;
}

const ENDED =
  'The others who signed have left, so none is planned. Check-ins begin again when somebody whom you invite and you have signed a new version.';

/** So many are shown whole; the rest as a line each. */
const WHOLE = 3;

function checkInsSection(view: PartnershipView): Html {
  const { checkIns, hasEnded } = view;
  const later = checkIns.slice(WHOLE);
  return html`<section aria-labelledby="check-ins">
<h2 id="check-ins">Next check-ins</h2>
${checkIns.length === 0 ? html`<p class="none">${hasEnded ? ENDED : 'None is planned yet. The plan is made within a minute after something changes.'}</p>` : ''}
<ol class="plain">${checkIns.slice(0, WHOLE).map((each) => checkInCard(each, view))}</ol>
${later.length === 0 ? '' : laterTable(later, view)}
</section>`;
}

function laterTable(checkIns: readonly ShownCheckIn[], setting: CheckInSetting): Html {
  const head = html`<tr><th scope="col">Your time</th><th scope="col">Odd hour for</th><th scope="col">Your answer</th></tr>`;
  const rows = checkIns.map((each) => laterRow(each, setting));
  return html`<h3>Later</h3>
${table({ label: 'Later check-ins', head, rows })}`;
}

function laterRow(
  { item, occurrence, answers }: ShownCheckIn,
  { id, partnership, reader }: CheckInSetting,
): Html {
  const turn = turnOf(partnership, occurrence.burdens).map((each) =>
    each === reader ? 'you' : nameOf(partnership, each),
  );
  const { zone } = localTimeOf(placeOf(partnership, reader), item.start);
  const answer = answers.get(reader);
  return html`<tr><th scope="row"><a href="${checkInPath(id, item.uid)}">${moment(zone, item.start)}</a></th>
<td class="names">${turn.length === 0 ? 'nobody' : listed(turn)}</td><td>${answer ? ANSWERS[answer] : 'away'}</td></tr>`;
}

function gapsSection({ gaps, partnership }: PartnershipView): Html | '' {
  if (gaps.length === 0) return '';
  return html`<section aria-labelledby="gaps">
<h2 id="gaps">Without a check-in so far</h2>
<ul class="plain">${gaps.map((gap) => html`<li class="gap">${gapText(gap, partnership)}</li>`)}</ul>
</section>`;
}

function gapText(gap: Gap, everybody: Partnership): Html {
  if (gap.kind === 'waiting')
    return html`<h3>${periodText(gap.period)}</h3>
<p>A calendar of ${listed(gap.unread.map((id) => nameOf(everybody, id)))} cannot be read, so nothing is placed here yet.</p>`;
  const { unplaced, partnership } = gap;
  const { relaxation } = unplaced;
  return html`<h3>${periodText(unplaced.period)}</h3>
<p>${unplaced.kind === 'away' ? 'Fewer than two of you are there.' : 'No time fits everybody.'}</p>
<ul>${becauseUnplaced(partnership, unplaced).map((why) => html`<li>${why}</li>`)}</ul>
${relaxation ? html`<p>What would help: ${relaxationSentence(partnership, relaxation)} Whoever it concerns is asked at most four weeks before.</p>` : ''}`;
}
