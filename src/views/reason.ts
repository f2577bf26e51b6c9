// Why: the rules of a plan as sentences. What a rule is and when it holds is the planner's to say; here are only words.

import type { PartnerId } from '../domain/partner.ts';
import type { Partnership } from '../domain/partnership.ts';
import type { Explanation } from '../domain/planner/explain.ts';
import type {
  AgreedTo,
  Limit,
  Occurrence,
  Points,
  Reason,
  Rule,
  RuledOut,
  Unplaced,
} from '../domain/planner/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { formatMoment, formatMomentOf } from './local-time.ts';
import { listed, nameOf, partnerOf, points, turnOf } from './people.ts';

/** The one sentence that stands in the invitation: without what it names, the time would have been another. */
export function because(partnership: Partnership, occurrence: Occurrence): string {
  const { rule, instead } = occurrence.reason;
  if ('partner' in rule) return becauseOfLimit(partnership, rule, instead);
  return SENTENCES[rule.kind]({ partnership, occurrence, ...(instead && { instead }) });
}

/** Why a period has no occurrence, one sentence for each rule that stands in the way. */
export function becauseUnplaced(partnership: Partnership, { kind, ruledOut }: Unplaced): string[] {
  if (kind === 'away')
    return ruledOut.flatMap(({ rule }) =>
      'partner' in rule ? [`${nameOf(partnership, rule.partner)} is away for all of this period.`] : [],
    );
  return ruledOut.map((each) => ruledOutSentence(partnership, each));
}

type Now = {
  readonly partnership: Partnership;
  readonly occurrence: Occurrence;
  readonly explanation?: Explanation;
};

/** The same as things are now: a reason that was found before they changed is not told where the explanation contradicts it. */
export function becauseNow({ partnership, occurrence, explanation }: Now): string {
  return explanation && isOutdated(occurrence, explanation)
    ? 'It was announced for this time, and stays.'
    : because(partnership, occurrence);
}

function isOutdated(
  { burdens, reason: { rule, instead } }: Occurrence,
  { broken, candidates }: Explanation,
): boolean {
  if (STANDING.has(rule.kind)) return false;
  if (broken.length > 0) return true;
  if (rule.kind === 'hard-limits') return candidates > 1;
  return rule.kind === 'least-burden' && instead !== undefined && sumOf(instead.burdens) < sumOf(burdens);
}

/** They say themselves that the time stands, whatever else there is. */
const STANDING: ReadonlySet<Rule['kind']> = new Set(['agreed', 'pinned', 'published']);

/** "Ana Duarte cannot be reached then: it is Wed 2 Dec 05:00 (Europe/London)." */
export function brokenSentence(partnership: Partnership, { kind, partner }: Limit, start: Instant): string {
  const place = partnerOf(partnership, partner) ?? { zone: partnership.anchor, travels: [] };
  const when = kind === 'reachable' ? `: it is ${formatMomentOf(place, start)}` : '';
  return `${nameOf(partnership, partner)} ${CONFLICTS[kind]}${when}.`;
}

/** "Ben Okafor's calendar rules out 112 of the starts." */
export function ruledOutSentence(partnership: Partnership, { rule, starts }: RuledOut): string {
  const what =
    'partner' in rule
      ? `${possessive(nameOf(partnership, rule.partner))} ${LIMITS[rule.kind]}`
      : (OTHER_LIMITS[rule.kind] ?? rule.kind);
  return `${what} ${starts === 1 ? 'rules out 1 start' : `rules out ${starts} starts`}.`;
}

type Instead = NonNullable<Reason['instead']>;
type Setting = {
  readonly partnership: Partnership;
  readonly occurrence: Occurrence;
  readonly instead?: Instead;
};

const LIMITS: Readonly<Record<Limit['kind'], string>> = {
  reachable: 'limit of reachable hours',
  busy: 'calendar',
  focus: 'focus time',
  away: 'absence',
  elsewhere: 'check-in with another partnership',
};

const CONFLICTS: Readonly<Record<Limit['kind'], string>> = {
  reachable: 'cannot be reached then',
  busy: 'is busy then',
  focus: 'keeps that time for focus',
  away: 'is away then',
  elsewhere: 'is in a check-in with another partnership then',
};

const OTHER_LIMITS: Readonly<Partial<Record<Rule['kind'], string>>> = { notice: 'A notice of one day' };

function becauseOfLimit(partnership: Partnership, { kind, partner }: Limit, instead?: Instead): string {
  const name = nameOf(partnership, partner);
  if (!instead) return `${possessive(name)} ${LIMITS[kind]} leaves this time.`;
  const when = formatMoment(partnership.anchor, instead.start);
  return `It would be ${when}, but ${name} ${CONFLICTS[kind]}.`;
}

const SENTENCES: Readonly<Record<Exclude<Rule['kind'], Limit['kind']>, (setting: Setting) => string>> = {
  fairness: fairnessSentence,
  'least-burden': leastBurdenSentence,
  notice: (setting) => `${otherwise(setting)}, but that would come with less than a day's notice.`,
  pinned: (setting) => `The partners moved it to this time${planned(setting)}.`,
  published: (setting) => `What was announced stays as far as it can${planned(setting)}.`,
  'fixed-time': (setting) => `One time is kept for several check-ins in a row${alone(setting)}.`,
  spread: (setting) => `So that the odd hours alternate instead of piling up${alone(setting)}.`,
  calm: (setting) => `So that the time of day changes as little as it can${alone(setting)}.`,
  earliest: (setting) => `It is the earliest of the times that are equally fair${last(setting)}.`,
  'hard-limits': () => 'It is the only time at which everybody can be there.',
  agreed: ({ occurrence }) => agreedSentence(occurrence.reason.rule),
};

function agreedSentence(rule: Rule): string {
  return rule.kind === 'agreed' ? `${AGREED[rule.to]}: everybody who was asked agreed.` : '';
}

const AGREED: Readonly<Record<AgreedTo, string>> = {
  'another-day': 'Nothing else fitted, so it is on another day',
  tentative: 'Nothing else fitted, so a time that was marked tentative gives way',
  'move-event': 'Nothing else fitted, so one event gives way',
  shorter: 'Nothing else fitted, so the call is shorter this once',
  'wider-window': 'Nothing else fitted, so a limit of reachable hours is wider this once',
  'rotating-absence':
    'Nothing else fitted, so not everybody is there this once; a recording and notes are owed',
  'two-halves': 'Nothing else fitted, so there are two half-meetings',
  swap: 'Two partners exchanged their turns',
  partner: 'A partner asked for this time',
  counter: 'A partner asked for this time',
  declined: 'A partner could not come to the time before',
  volunteer: 'A partner took an odd hour from the others',
};

/** What stands beside the name of a partner who is not expected: "away", unless it was agreed that not everybody comes. */
export function absenceText({ reason: { rule } }: Pick<Occurrence, 'reason'>): string {
  if (rule.kind !== 'agreed') return 'away';
  if (rule.to === 'two-halves') return 'not in this half';
  return rule.to === 'rotating-absence' ? 'not there this once' : 'away';
}

/** Names whose turn it is and whom the time that is easiest for all together would have burdened more. */
function fairnessSentence({ partnership, occurrence, instead }: Setting): string {
  const turn = turnOf(partnership, occurrence.burdens).map((id) => nameOf(partnership, id));
  const whose = turn.length === 0 ? 'The odd hours are shared' : `It is the turn of ${listed(turn)}`;
  if (!instead) return `${whose}, so that the odd hours are shared.`;
  const when = formatMoment(partnership.anchor, instead.start);
  const hit = mostRelieved(occurrence.burdens, instead.burdens);
  const effect = hit
    ? `would give ${nameOf(partnership, hit.partner)} ${points(hit.there)} instead of ${hit.here}`
    : 'would share the odd hours less evenly over the weeks';
  return `${whose}: ${when}, the easiest for all together, ${effect}.`;
}

/** The partner whom the other time would burden most beyond this one. */
function mostRelieved(
  here: Points,
  there: Points,
): { partner: PartnerId; here: number; there: number } | undefined {
  let most: { partner: PartnerId; here: number; there: number } | undefined;
  for (const [partner, borne] of there) {
    const candidate = { partner, here: here.get(partner) ?? 0, there: borne };
    if (candidate.there - candidate.here > (most ? most.there - most.here : 0)) most = candidate;
  }
  return most;
}

function leastBurdenSentence({ partnership, occurrence, instead }: Setting): string {
  const least = 'It is the easiest time for all together';
  if (!instead) return `${least}.`;
  const [here, there] = [sumOf(occurrence.burdens), sumOf(instead.burdens)];
  const when = formatMoment(partnership.anchor, instead.start);
  return `${least}: ${points(here)}, against ${there} at ${when}.`;
}

function otherwise({ partnership, instead }: Setting): string {
  return instead ? `It would be ${formatMoment(partnership.anchor, instead.start)}` : 'It would be sooner';
}

function planned({ partnership, instead }: Setting): string {
  return instead ? `; planned anew it would be ${formatMoment(partnership.anchor, instead.start)}` : '';
}

function alone({ partnership, instead }: Setting): string {
  return instead ? `; otherwise it would be ${formatMoment(partnership.anchor, instead.start)}` : '';
}

function last({ partnership, instead }: Setting): string {
  return instead ? `; the latest is ${formatMoment(partnership.anchor, instead.start)}` : '';
}

function sumOf(burdens: Points): number {
  let sum = 0;
  for (const borne of burdens.values()) sum += borne;
  return sum;
}

function possessive(name: string): string {
  return `${name}'s`;
}
