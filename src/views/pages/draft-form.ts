// The form in which a draft is written: everything that is agreed, and the hours of each partner.

import { html } from 'hono/html';
import { type PartnerTerms, proposedRhythm, type Stage, type Terms } from '../../domain/agreement/terms.ts';
import type { Difference } from '../../domain/agreement/wording.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Rhythm } from '../../domain/time/period.ts';
import { formatWindows } from '../../domain/windows.ts';
import { nameOf, type People } from '../people.ts';
import { differencesTable } from './agreement-text.ts';
import { area, hidden, line, oneOf, select, tick } from './fields.ts';
import { FRESH, problemSummary, type Refused } from './form.ts';
import { newcomerHead, partnershipHead } from './head.ts';
import type { Html, Page } from './layout.ts';
import { partnershipPath } from './paths.ts';
import { zoneList } from './zones.ts';

export type DraftFormView = {
  readonly id: string;
  readonly name: string;
  readonly reader: PartnerId;
  /** A newcomer changes their own hours and nothing else. */
  readonly isNewcomer: boolean;
  readonly people: People;
  /** What the form begins with: the draft, else what is in force. */
  readonly terms: Terms;
  /** Everybody who takes part, with what is proposed for those of whom the text says nothing. */
  readonly partners: readonly PartnerTerms[];
  /** The hash of the draft that the form was made from; empty where none is open. */
  readonly basedOn: string;
  /** The draft was changed by somebody else since: by whom, and how it differs from what is written here. */
  readonly changed?: { readonly by: PartnerId; readonly differences: readonly Difference[] };
  readonly refused?: Refused;
};

const STAGES: readonly { readonly value: Stage; readonly label: string; readonly hint: string }[] = [
  { value: 'early', label: 'Early', hint: 'You begin together and have much to settle: every week.' },
  { value: 'growing', label: 'Growing', hint: 'You know each other and much is on the move: every week.' },
  { value: 'mature', label: 'Mature', hint: 'You know how you work together: every two weeks.' },
];

/** The stages, for whoever has to choose one. */
export function stageField(value: Stage, refused: Refused): Html {
  return oneOf({ name: 'stage', label: LABELS.stage, choices: STAGES, value }, refused);
}

const LABELS = {
  name: 'Name',
  anchor: 'Common time zone',
  stage: 'Stage',
  rhythm: 'Check-in',
  minutes: 'Minutes',
  rotation: 'When the time changes',
  count: 'Check-ins in a row',
  call: 'Address of the call',
  weeks: 'Weeks planned ahead',
  invited: 'Weeks invited ahead',
  zone: 'Time zone',
  comfortable: 'Comfortable hours',
  reachable: 'Reachable hours',
  focus: 'Focus hours',
} as const;

/** The names of the fields of a partner end in their id. */
export function labelsFor(people: People): Readonly<Record<string, string>> {
  const own = people.partners.flatMap(({ id }) =>
    (['zone', 'comfortable', 'reachable', 'focus'] as const).map(
      (field) => [`${field}-${id}`, `${LABELS[field]} of ${nameOf(people, id)}`] as const,
    ),
  );
  return { ...LABELS, ...Object.fromEntries(own) };
}

export function draftFormPage(view: DraftFormView): Page {
  const { id, name, people, basedOn, isNewcomer, refused = FRESH } = view;
  const title = titleOf(view);
  const head = isNewcomer ? newcomerHead : partnershipHead;
  return {
    title: refused.problems.length > 0 || view.changed ? `Put right: ${title.toLowerCase()}` : title,
    body: html`${head({ id, name }, 'below')}
<h1>${title}</h1>
<p>It counts when everybody has signed it. A change takes the signatures on it away.</p>
${view.changed ? changedNotice(view.changed, people) : ''}
${problemSummary(refused, labelsFor(people))}
<form method="post" action="${partnershipPath(id, '/agreement/edit')}" novalidate>
${hidden('basedOn', basedOn)}
${isNewcomer ? '' : commonFields(view)}
${view.partners.filter((each) => !isNewcomer || each.id === view.reader).map((each) => partnerFields(each, view))}
<div class="actions"><button>Save the draft</button> <a href="${partnershipPath(id, '/agreement')}">Leave it as it is</a></div>
</form>
${zoneList()}`,
  };
}

function titleOf({ basedOn, isNewcomer }: DraftFormView): string {
  if (isNewcomer) return 'Change your hours';
  return basedOn === '' ? 'Draft a new version' : 'Change the draft';
}

function changedNotice({ by, differences }: NonNullable<DraftFormView['changed']>, people: People): Html {
  const rest =
    differences.length === 0
      ? html`<p>It says the same as what you wrote.</p>`
      : differencesTable(differences, { people, before: 'The draft now', after: 'What you wrote' });
  return html`<div class="problems" role="alert" tabindex="-1" autofocus>
<p><strong>${nameOf(people, by)} changed the draft while you were writing</strong></p>
<p>Nothing is lost: what you wrote stands below. Put right what you want to keep of the other text, then save again.</p>
${rest}
</div>`;
}

const RHYTHMS: readonly { readonly value: Rhythm | ''; readonly label: string }[] = [
  { value: '', label: 'As the stage proposes' },
  { value: '1w', label: 'Every week' },
  { value: '2w', label: 'Every two weeks' },
  { value: '1mo', label: 'Every month' },
];

const ROTATIONS = [
  { value: 'when-unfair', label: 'Only where one time would be unfair' },
  { value: 'every-time', label: 'Every time, so that it is fairest' },
  { value: 'every', label: 'After some check-ins in a row' },
  { value: 'monthly', label: 'Every month' },
  { value: 'never', label: 'Never' },
];

function commonFields({ terms, refused = FRESH }: DraftFormView): Html {
  const { checkIn, horizon, stage } = terms;
  const { rotation, rhythm } = checkIn;
  return html`<section aria-labelledby="together">
<h2 id="together">Together</h2>
${line({ name: 'name', label: LABELS.name, value: terms.name }, refused)}
${line({ name: 'anchor', label: LABELS.anchor, value: terms.anchor, list: 'zones', hint: 'Weeks begin on its Monday, and calendars show times in it.' }, refused)}
${stageField(stage, refused)}
${select({ name: 'rhythm', label: LABELS.rhythm, options: RHYTHMS, value: rhythm === proposedRhythm(stage) ? '' : rhythm }, refused)}
${line({ name: 'minutes', label: LABELS.minutes, type: 'number', value: String(checkIn.minutes), min: 15, max: 480, step: 15, hint: 'In quarters of an hour.' }, refused)}
${select({ name: 'rotation', label: LABELS.rotation, options: ROTATIONS, value: rotation.kind, hint: 'Changing times share the odd hours more evenly.' }, refused)}
${line({ name: 'count', label: LABELS.count, type: 'number', value: rotation.kind === 'every' ? String(rotation.count) : '4', min: 2, max: 52, hint: 'At one time, where it changes after some check-ins.' }, refused)}
${line({ name: 'call', label: LABELS.call, type: 'url', value: checkIn.call ?? '', hint: 'Such as https://meet.example.com/harbour. It may stay empty.' }, refused)}
${line({ name: 'weeks', label: LABELS.weeks, type: 'number', value: String(horizon.weeks), min: 12, max: 52, hint: 'In the plan and in the feeds, 12 to 52.' }, refused)}
${line({ name: 'invited', label: LABELS.invited, type: 'number', value: String(horizon.invited), min: 1, max: 52, hint: 'By mail, at most as many as are planned.' }, refused)}
</section>`;
}

const WINDOWS_HINT = 'One or more lines such as “Mon-Fri 09:00-17:00” or “Sat,Sun 10:00-12:00”.';

function partnerFields(
  partner: PartnerTerms,
  { terms, people, reader, isNewcomer, refused = FRESH }: DraftFormView,
): Html {
  const { id, zone } = partner;
  const name = nameOf(people, id);
  const isIn = terms.partners.some((each) => each.id === id);
  return html`<section aria-labelledby="of-${id}">
<h2 id="of-${id}">${id === reader ? 'Your hours' : `Hours of ${name}`}</h2>
${isNewcomer ? '' : tick({ name: 'partners', value: id, label: id === reader ? 'I take part' : `${name} takes part`, ...(isIn && { ticked: 'from the start' as const }) }, refused)}
${line({ name: `zone-${id}`, label: LABELS.zone, value: zone, list: 'zones' }, refused)}
${windows(`comfortable-${id}`, LABELS.comfortable, { value: partner.comfortable, hint: `When a call is easy. Everybody has the same number of these hours. ${WINDOWS_HINT}`, refused })}
${windows(`reachable-${id}`, LABELS.reachable, { value: partner.reachable, hint: `The outer limit, which holds the comfortable hours. Nothing is ever placed outside. At least 60 hours a week are usual.`, refused })}
${windows(`focus-${id}`, LABELS.focus, { value: partner.focus, hint: 'Kept free of check-ins. It may stay empty.', refused })}
</section>`;
}

type Windows = { readonly value: PartnerTerms['focus']; readonly hint: string; readonly refused: Refused };

function windows(name: string, label: string, { value, hint, refused }: Windows): Html {
  return area({ name, label, hint, value: formatWindows(value).join('\n'), rows: 2 }, refused);
}
