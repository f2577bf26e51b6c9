// What became of periods: held where at least two were there, else missed or away. Each is closed once, and once more where a
// correction opened it again.

import { closingIn, closingsIn, type Entry } from '../fairness/book.ts';
import type { Closing, WhyNot } from '../fairness/closing.ts';
import type { PartnerId } from '../partner.ts';
import { isAwayThroughout } from '../planner/seat.ts';
import type { Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import { confirmedIn, type Observation, type PublishedOccurrence } from './observation.ts';
import { periodsOf, type Stretch, stretchesOf, todayIn } from './stretches.ts';
import { partnersUnder } from './under.ts';

/** The periods that have ended one way or another and are not closed, in order, with how they ended. */
export function closingsDue(observation: Observation): Closing[] {
  const closed = closedPeriods(observation.entries);
  return stretchesOf(observation.agreements)
    .flatMap((stretch) => {
      const begun = periodsOf(stretch, (todayIn(stretch, observation.now) + 2) as Stretch['from']);
      return begun.filter(({ id }) => !closed.has(id)).map((period) => ({ stretch, period }));
    })
    .flatMap(({ stretch, period }) => closingOf(observation, stretch, period) ?? []);
}

/** The entry that a closing makes in the book: a correction, where the period was closed before. */
export function entryOf(closing: Closing, entries: readonly Entry[]): Entry {
  const wasClosed = closingIn(entries, closing.period) !== undefined;
  return wasClosed ? { kind: 'correction', closing } : { kind: 'closing', closing };
}

/** The periods of which nothing is to be done any more. */
export function closedPeriods(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(closingsIn(entries).flatMap((each) => (isReopened(each) ? [] : [each.period])));
}

/** Whether an occurrence is held, or will be: two or more come, and nobody corrected that fewer were there. */
export function isHeld({ entries }: Pick<Observation, 'entries'>, published: PublishedOccurrence): boolean {
  const reopened = reopeningOf(entries, published.occurrence.period);
  const isCorrected = reopened !== undefined && published.item.start <= reopened.reopenedAt;
  return !isCorrected && presentAt(published).length >= 2;
}

type Reopening = Extract<Closing, { kind: 'missed' | 'away' }> & { readonly reopenedAt: Instant };

function isReopened(closing: Closing): closing is Reopening {
  return closing.kind !== 'held' && closing.reopenedAt !== undefined;
}

function reopeningOf(entries: readonly Entry[], { id }: Pick<Period, 'id'>): Reopening | undefined {
  const closing = closingIn(entries, id);
  return closing && isReopened(closing) ? closing : undefined;
}

/** Who is at an occurrence: all who did not decline. */
function presentAt({ occurrence, answers }: PublishedOccurrence): PartnerId[] {
  return [...occurrence.burdens.keys()].filter((id) => answers.get(id) !== 'declined');
}

function closingOf(observation: Observation, stretch: Stretch, period: Period): Closing | undefined {
  const { now, entries } = observation;
  const parts = confirmedIn(observation, period);
  const base = { period: period.id, first: period.first, postedAt: now };
  const held = parts.filter((part) => isHeld(observation, part));
  if (held.length > 0) {
    if (held.some(({ item }) => item.end > now)) return undefined;
    return { ...base, ...attendanceOf(held) };
  }
  if (period.end > now) return undefined;
  const reopened = reopeningOf(entries, period);
  // Its time for corrections has begun before.
  const postedAt = reopened?.postedAt ?? now;
  return { ...base, postedAt, ...absenceOf(observation, { stretch, period, parts, reopened }) };
}

function attendanceOf(held: readonly PublishedOccurrence[]) {
  const present = new Map<PartnerId, number>();
  const absent = new Set<PartnerId>();
  for (const part of held) {
    const there = presentAt(part);
    for (const id of there) present.set(id, (present.get(id) ?? 0) + part.occurrence.burdens.get(id)!);
    for (const id of [...part.occurrence.burdens.keys(), ...part.occurrence.credits.keys()]) absent.add(id);
  }
  for (const id of present.keys()) absent.delete(id);
  const [first] = held;
  const { host, reason } = first!.occurrence;
  return {
    kind: 'held' as const,
    present,
    absent: [...absent],
    host: present.has(host) ? host : [...present.keys()][0]!,
    moved: held.some(({ item, firstStart }) => item.start !== firstStart),
    ...(reason.rule.kind === 'agreed' && { agreed: reason.rule.to }),
  };
}

type Missed = {
  readonly stretch: Stretch;
  readonly period: Period;
  readonly parts: readonly PublishedOccurrence[];
  readonly reopened: Reopening | undefined;
};

function absenceOf(observation: Observation, missed: Missed) {
  const { stretch, period } = missed;
  const partners = partnersUnder(stretch, observation.partners);
  const days = { from: period.first, to: period.last };
  const away = partners.filter((partner) => isAwayThroughout({ partner }, days)).map(({ id }) => id);
  if (partners.length - away.length < 2)
    return {
      kind: 'away' as const,
      absent: away,
      reasons: away.map((partner) => ({ kind: 'away' as const, partner })),
    };
  return { kind: 'missed' as const, absent: away, reasons: reasonsFor(observation, missed) };
}

function reasonsFor({ partners, questions }: Observation, { period, parts, reopened }: Missed): WhyNot[] {
  const declined = parts.flatMap(({ answers }) => [...answers].filter(([, answer]) => answer === 'declined'));
  const unknown = [...partners].filter(([, partner]) => partner.unknown !== undefined);
  const refused = questions.filter((each) => each.period === period.id && each.ask.kind === 'relaxation');
  const reasons: WhyNot[] = [
    ...(reopened?.reasons ?? []),
    ...declined.map(([partner]) => ({ kind: 'declined' as const, partner })),
    ...unknown.map(([partner]) => ({ kind: 'unknown-calendar' as const, partner })),
    ...refused.flatMap(({ ask, outcome }) =>
      ask.kind === 'relaxation' && (outcome === 'refused' || outcome === 'lapsed')
        ? [{ kind: outcome, relaxation: ask.relaxation.kind }]
        : [],
    ),
  ];
  return reasons.length > 0 ? reasons : [{ kind: 'nothing-fitted' }];
}
