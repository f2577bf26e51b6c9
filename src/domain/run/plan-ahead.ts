// The coming periods under the terms that then count: what should be published for each of them.

import { closingsIn, type Entry, ledgerFrom } from '../fairness/book.ts';
import type { Attendance } from '../fairness/hosts.ts';
import { pointsOf, THOUSANDTHS } from '../fairness/ledger.ts';
import type { PartnerId } from '../partner.ts';
import type { Partnership } from '../partnership.ts';
import type { Plan, Relaxation, Unplaced } from '../planner/plan.ts';
import {
  type Asked,
  type PlanRequest,
  type Published,
  planCheckIns,
  type Settled,
} from '../planner/plan-check-ins.ts';
import { declinedIn, type Question } from '../question.ts';
import { type Period, periodsFrom } from '../time/period.ts';
import { type Pin, pinsOf, type RelaxedOccurrence, relaxedBy } from './agreed.ts';
import { closedPeriods, isHeld } from './closing.ts';
import {
  confirmedIn,
  type Observation,
  type Origin,
  type Part,
  type PublishedOccurrence,
} from './observation.ts';
import { refusalsBeside, withRefusals } from './refusals.ts';
import { horizonOf, periodsOf, type Stretch, stretchesOf } from './stretches.ts';
import { partnersUnder } from './under.ts';

/** One occurrence that should stand in everybody's calendar, of the partnership as its terms then make it. */
export type Desired = {
  readonly part: Part;
  readonly origin: Origin;
  readonly occurrence: PublishedOccurrence['occurrence'];
  readonly stretch: Stretch;
  readonly partnership: Partnership;
};

/** A period in which nothing can be placed as things are. */
export type Open = Unplaced & { readonly partnership: Partnership };

/** One call of the planner: the periods of one stretch that are still open. */
export type Planned = {
  readonly stretch: Stretch;
  readonly request: PlanRequest;
  readonly plan: Plan;
  readonly periods: readonly Period[];
};

/** What planning gives. `waiting` are periods in which nothing new is placed while a calendar is unknown or a decline is being settled. */
export type Ahead = {
  readonly desired: readonly Desired[];
  readonly open: readonly Open[];
  readonly waiting: readonly string[];
  readonly planned: readonly Planned[];
};

/** Plans all periods that are not over: what the partners agreed to in `agreed` counts as pinned from now on. */
export function planAhead(
  observation: Observation,
  entries: readonly Entry[],
  agreed: readonly Question[],
): Ahead {
  const ahead = {
    desired: [] as Desired[],
    open: [] as Open[],
    waiting: [] as string[],
    planned: [] as Planned[],
  };
  const hosted = hostedIn(entries);
  let ledger = ledgerFrom(entries);
  for (const stretch of stretchesOf(observation.agreements)) {
    const periods = openPeriods(observation, entries, stretch);
    const partners = partnersUnder(stretch, observation.partners);
    if (periods.length === 0 || partners.length < 2) continue;
    const { name, anchor, checkIn } = stretch.terms;
    const partnership = { name, anchor, checkIn: { ...checkIn, since: stretch.since }, partners, ledger };
    const fixed = fixedIn(observation, { periods, agreed, partnership, hosted });
    const request = requestOf(observation, { partnership, periods, agreed, fixed, hosted });
    const plan = planCheckIns(request.plan);
    ahead.planned.push({ stretch, request: request.plan, plan, periods });
    ahead.waiting.push(...request.waiting);
    ahead.open.push(...plan.unplaced.map((each) => ({ ...each, partnership })));
    const own = { stretch, partnership };
    for (const occurrence of plan.occurrences)
      ahead.desired.push({
        part: 0,
        origin: originOf(request.plan, occurrence.period.id),
        occurrence,
        ...own,
      });
    for (const { part, origin, occurrence } of fixed)
      ahead.desired.push({ part, origin, occurrence, ...own });
    ledger = ledgerAfter(partnership, request.plan, plan);
  }
  return ahead;
}

/** The periods of a stretch that are not closed and not past, up to the horizon. */
export function openPeriods({ now }: Observation, entries: readonly Entry[], stretch: Stretch): Period[] {
  const closed = closedPeriods(entries);
  return periodsOf(stretch, horizonOf(stretch, now)).filter(({ id, end }) => end > now && !closed.has(id));
}

/** Hosting is weighed over so many check-ins back: half a year of weeks. */
const HOSTED = 26;

function hostedIn(entries: readonly Entry[]): Attendance[] {
  const held = closingsIn(entries).filter((closing) => closing.kind === 'held');
  return held.slice(-HOSTED).map(({ present, host }) => ({ burdens: present, announced: host }));
}

type Setting = {
  readonly partnership: Partnership;
  readonly periods: readonly Period[];
  readonly agreed: readonly Question[];
  readonly hosted: readonly Attendance[];
};

/** An occurrence that is not the planner's to place. */
type Fixed = RelaxedOccurrence & { readonly origin: Origin };

/** What was relaxed before and is published, what is relaxed now, and what has begun: nobody moves a check-in that is under way. */
function fixedIn(observation: Observation, { periods, agreed, partnership, hosted }: Setting): Fixed[] {
  return periods.flatMap((period): Fixed[] => {
    const standing = confirmedIn(observation, period);
    const begun = standing.filter((each) => each.item.start <= observation.now);
    if (begun.some((each) => isHeld(observation, each))) return standing;
    const now = agreed
      .filter((question) => question.period === period.id)
      .flatMap(({ ask }) => relaxedBy(ask, { period, partners: partnership.partners, hosted }));
    if (now.length > 0) return now.map((each) => ({ ...each, origin: 'relaxed' as const }));
    // Who agrees on a time agrees on a whole check-in.
    if (agreed.some(({ period: of, ask }) => pinsOf(of, ask).some((pin) => pin.period === period.id)))
      return [];
    const relaxed = standing.filter(({ origin }) => origin === 'relaxed');
    return relaxed.some(({ item }) => item.start > observation.now) ? relaxed : [];
  });
}

type Requesting = Setting & { readonly fixed: readonly Fixed[] };

function requestOf(observation: Observation, setting: Requesting) {
  const { partnership, periods, agreed, fixed, hosted } = setting;
  const { now, partners, questions } = observation;
  const pins = agreed.flatMap(({ period, ask }) => pinsOf(period, ask));
  const isUnknown = partnership.partners.some(({ id }) => partners.get(id)?.unknown !== undefined);
  const published = periods.flatMap((period) => publishedIn(observation, period, { pins, isUnknown }));
  const from = periods[0]!.first;
  const weeks = Math.ceil((periods.at(-1)!.last + 1 - from) / 7);
  const settled = settledBy(fixed);
  const taken = new Set([...settled, ...published].map(({ period }) => period));
  const waiting = periods
    .map(({ id }) => id)
    .filter((id) => !taken.has(id) && (isUnknown || isBeingSettled(questions, id)));
  const others = periodsFrom({ anchor: partnership.anchor, ...partnership.checkIn }, from, weeks)
    .map(({ id }) => id)
    .filter((id) => waiting.includes(id) || !periods.some((period) => period.id === id));
  const refusals = periods.flatMap((period) => refusalsBeside(observation, period));
  const plan: PlanRequest = {
    partnership: { ...partnership, partners: withRefusals(partnership.partners, refusals) },
    from,
    weeks,
    now,
    published,
    settled: [...settled, ...others.map((period) => ({ period, burdens: new Map() }))],
    hosted,
    elsewhere: new Map(partnership.partners.map(({ id }) => [id, partners.get(id)!.elsewhere])),
    asked: askedIn(questions),
  };
  return { plan, waiting };
}

/** The partners are just being asked what to do instead of a check-in that was declined. */
function isBeingSettled(questions: readonly Question[], id: string): boolean {
  return questions.some(
    ({ period, ask, outcome }) => period === id && outcome === undefined && declinedIn(ask) !== undefined,
  );
}

type Fixing = { readonly pins: readonly Pin[]; readonly isUnknown: boolean };

/** What was published for the period and has not begun, or where the partners have just put it. */
function publishedIn(observation: Observation, period: Period, { pins, isUnknown }: Fixing): Published[] {
  const { now } = observation;
  const known = confirmedIn(observation, period).find(
    ({ part, origin }) => part === 0 && origin !== 'relaxed',
  );
  const declined = known
    ? [...known.answers].filter(([, answer]) => answer === 'declined').map(([id]) => id)
    : [];
  const pin = pins.find((each) => each.period === period.id);
  if (pin) {
    const reason = { rule: { kind: 'agreed' as const, to: pin.to } };
    return [{ period: period.id, start: pin.start, moved: true, reason }];
  }
  if (!known || known.item.start <= now) return [];
  const { host, reason } = known.occurrence;
  // Nobody knows whether another time would do for somebody whose calendar is unknown.
  const moved = known.origin === 'moved' || isUnknown;
  return [
    { period: period.id, start: known.item.start, moved, declined, reason, ...hostUnless(declined, host) },
  ];
}

function hostUnless(
  declined: readonly Published['host'][],
  host: Published['host'],
): Pick<Published, 'host'> {
  return host === undefined || declined.includes(host) ? {} : { host };
}

function originOf({ published = [] }: PlanRequest, period: string): Origin {
  const own = published.find((each) => each.period === period);
  return own?.reason?.rule.kind === 'agreed' && own.moved ? 'moved' : 'planned';
}

function settledBy(fixed: readonly RelaxedOccurrence[]): Settled[] {
  return fixed.map(({ occurrence: { period, burdens, credits } }) => ({
    period: period.id,
    burdens: new Map([...burdens, ...credits]),
  }));
}

/**
 * Which rungs were asked for in which period, and who was asked to stay away how often. What was agreed to stands, or has come to
 * nothing: it is not asked again either.
 */
function askedIn(questions: readonly Question[]): Asked {
  const refused = new Map<string, Set<Relaxation['kind']>>();
  const absences = new Map<PartnerId, number>();
  for (const { period, ask, asks, outcome } of questions) {
    if (ask.kind !== 'relaxation' || outcome === undefined || outcome === 'moot') continue;
    refused.set(period, (refused.get(period) ?? new Set()).add(ask.relaxation.kind));
    if (outcome === 'agreed' && ask.relaxation.kind === 'rotating-absence')
      for (const id of asks) absences.set(id, (absences.get(id) ?? 0) + 1);
  }
  return { refused, absences };
}

/** What the next stretch starts from: everything that is planned counts, without fading. */
function ledgerAfter({ partners, ledger }: Partnership, { settled = [] }: PlanRequest, { burden }: Plan) {
  return new Map(
    partners.map(({ id }) => {
      let points = pointsOf(ledger, id) + (burden.get(id) ?? 0);
      for (const each of settled) points += each.burdens.get(id) ?? 0;
      return [id, points * THOUSANDTHS] as const;
    }),
  );
}
