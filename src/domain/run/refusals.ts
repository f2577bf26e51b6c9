// Times that partners have said no to: in their period they are neither taken nor asked for again.

import type { Partner, PartnerId } from '../partner.ts';
import { declinedIn, type Question } from '../question.ts';
import { type Interval, overlaps } from '../time/interval.ts';
import type { Period } from '../time/period.ts';
import { confirmedIn, type Observation, type PublishedOccurrence } from './observation.ts';

/** A partner, and a time that does not do for them. */
export type Refusal = { readonly partner: PartnerId; readonly time: Interval };

/** What partners said no to in a period: to questions that are decided, and to what stands and has not begun. */
export function refusalsIn(observation: Observation, period: Pick<Period, 'id'>): Refusal[] {
  const declined = standingIn(observation, period).flatMap(({ item: { start, end }, answers }) =>
    [...answers]
      .filter(([, answer]) => answer === 'declined')
      .map(([partner]) => ({ partner, time: { start, end } })),
  );
  return [...refusedIn(observation, period), ...declined];
}

/** The same but for what touches the check-in that stands: refusals keep nothing away from where it is. */
export function refusalsBeside(observation: Observation, period: Pick<Period, 'id'>): Refusal[] {
  const standing = standingIn(observation, period);
  return refusedIn(observation, period).filter(
    ({ time }) => !standing.some(({ item }) => overlaps(item, time)),
  );
}

function standingIn(observation: Observation, period: Pick<Period, 'id'>): PublishedOccurrence[] {
  return confirmedIn(observation, period).filter(({ item }) => item.start > observation.now);
}

function refusedIn({ questions }: Observation, { id }: Pick<Period, 'id'>): Refusal[] {
  return questions.filter(({ period }) => period === id).flatMap(refusalsOf);
}

/** Whoever was asked for a time and did not say yes, and whoever declined the time instead of which something was asked. */
function refusalsOf({ ask, asks, replies, outcome }: Question): Refusal[] {
  if (ask.kind === 'swap' || outcome === undefined || outcome === 'moot') return [];
  const declined = declinedIn(ask);
  const before = declined ? declined.by.map((partner) => ({ partner, time: declined.time })) : [];
  if (ask.kind === 'relaxation' || outcome === 'agreed') return before;
  const unwilling = asks.filter((id) => replies.get(id) !== 'yes');
  return [...before, ...unwilling.map((partner) => ({ partner, time: ask.time }))];
}

/** The refused times of a partner. */
export function timesOf(refusals: readonly Refusal[], partner: PartnerId): Interval[] {
  return refusals.filter((each) => each.partner === partner).map(({ time }) => time);
}

/** The partners with what they said no to as busy time. */
export function withRefusals(partners: readonly Partner[], refusals: readonly Refusal[]): Partner[] {
  return partners.map((partner) => {
    const refused = timesOf(refusals, partner.id).map((time) => ({ ...time, tentative: false }));
    return { ...partner, busy: [...partner.busy, ...refused] };
  });
}
