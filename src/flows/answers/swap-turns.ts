// A partner offers to exchange their odd hour for another partner's, or to take one that is not theirs. The planner says whether
// the times are candidates for all; who is asked depends on how near they are.

import { Conflict, InvalidFields } from '../../domain/errors.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Plan, Points } from '../../domain/planner/plan.ts';
import { swapTurns } from '../../domain/planner/swap.ts';
import { volunteerFor } from '../../domain/planner/volunteer.ts';
import { deadlineFor } from '../../domain/question.ts';
import { decideRun } from '../../domain/run/decide-run.ts';
import type { Planned } from '../../domain/run/plan-ahead.ts';
import { FREEZE } from '../../domain/run/sends.ts';
import { formatInstant, type Instant, instantOf, plus } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { observe } from '../run/observe.ts';
import { draftOf } from '../run/run-partnership.ts';
import { notOpen } from './open-period.ts';
import type { AskingWorld } from './propose-time.ts';
import { putQuestion } from './put-question.ts';

/** One's own odd hour, and the other's. */
export type SwapOffer = { readonly own: string; readonly other: string };

/** Gives the id of the question. Throws InvalidFields where it is not one's turn, Conflict where the times are no candidates for all. */
export async function offerSwap(
  partner: AuthorizedPartner<'answer'>,
  { own, other }: SwapOffer,
  world: AskingWorld,
): Promise<string> {
  const { now, planned } = await plannedWith(partner, { period: own, path: 'own' }, world);
  if (other === own)
    throw new InvalidFields([{ path: 'other', message: "is your own turn: name another partner's" }]);
  const [mine, theirs] = [occurrenceIn(planned.plan, own, 'own'), occurrenceIn(planned.plan, other, 'other')];
  if (!isTurnOf(mine.burdens, partner.person))
    throw new InvalidFields([
      { path: 'own', message: 'is not your turn: name a period in which you bear most' },
    ]);
  const asked = turnOf(theirs.burdens).filter((id) => id !== partner.person);
  if (asked.length === 0)
    throw new InvalidFields([
      { path: 'other', message: "is nobody else's turn: name a period in which another bears most" },
    ]);
  const swap = swapTurns(planned.request, planned.plan, own, other);
  if (swap.kind === 'impossible')
    throw new Conflict(
      `not everybody could be there: the times exchanged do not fit in ${swap.periods.join(' and ')}`,
    );
  const lengths = [mine, theirs].map(({ start, end }) => end - start);
  const parts = swap.published.map(({ start }, i) => ({ start, end: plus(start, lengths[i]!) })) as [
    Interval,
    Interval,
  ];
  const touched = [...parts, mine, theirs];
  const ask = { kind: 'swap', of: partner.person, periods: [own, other], parts } as const;
  const key = `swap/${own}/${other}/${partner.person}/${formatInstant(now)}`;
  return put(partner, { key, period: own, ask, asked, touched, planned, now }, world);
}

/** Offers to take an odd hour from the others; gives the id of the question. Throws Conflict where no time does that. */
export async function volunteer(
  partner: AuthorizedPartner<'answer'>,
  period: string,
  world: AskingWorld,
): Promise<string> {
  const { now, planned } = await plannedWith(partner, { period, path: 'period' }, world);
  const occurrence = occurrenceIn(planned.plan, period, 'period');
  const time = volunteerFor(planned.request, occurrence, partner.person);
  if (!time)
    throw new Conflict(
      'there is no time at which you would take something from the others and nobody else would bear more',
    );
  const asked = turnOf(occurrence.burdens).filter((id) => id !== partner.person);
  const ask = { kind: 'time', because: 'volunteer', of: partner.person, time } as const;
  const key = `volunteer/${period}/${partner.person}/${formatInstant(now)}`;
  return put(partner, { key, period, ask, asked, touched: [occurrence, time], planned, now }, world);
}

type Offer = {
  readonly key: string;
  readonly period: string;
  readonly ask: Parameters<typeof putQuestion>[1]['ask'];
  readonly asked: readonly PartnerId[];
  /** The times that stand and those that would. */
  readonly touched: readonly Interval[];
  readonly planned: Planned;
  readonly now: Instant;
};

/** Whose turn is touched is asked; near times are nobody's to move without all who are there. */
async function put(partner: AuthorizedPartner<'answer'>, offer: Offer, world: AskingWorld): Promise<string> {
  const { key, period, ask, asked, touched, planned, now } = offer;
  const { partners } = planned.request.partnership;
  const isNear = touched.some(({ start }) => start < plus(now, FREEZE));
  const asks = isNear ? partners.map(({ id }) => id).filter((id) => id !== partner.person) : asked;
  const until = instantOf(Math.min(...touched.map(({ start }) => start)));
  const deadline = deadlineFor(
    partners.filter(({ id }) => asks.includes(id)),
    now,
    until,
  );
  return putQuestion(partner, { key, period, ask, asks, deadline }, world);
}

type Named = { readonly period: string; readonly path: string };

async function plannedWith(
  { partnership, person }: AuthorizedPartner<'answer'>,
  { period, path }: Named,
  world: AskingWorld,
) {
  const { observation } = await observe(partnership, world);
  const { ahead } = decideRun(observation, draftOf);
  const planned = ahead.planned.find(({ periods }) => periods.some(({ id }) => id === period));
  if (!planned) throw notOpen(path);
  if (!planned.request.partnership.partners.some(({ id }) => id === person))
    throw new Conflict(
      'you have not signed what counts in this period: it is for the others to exchange turns',
    );
  return { now: observation.now, planned };
}

function occurrenceIn({ occurrences }: Plan, period: string, path: string) {
  const found = occurrences.find((each) => each.period.id === period);
  if (!found) throw new InvalidFields([{ path, message: `${period} has no check-in that could be moved` }]);
  return found;
}

function turnOf(burdens: Points): PartnerId[] {
  const most = Math.max(0, ...burdens.values());
  return most === 0 ? [] : [...burdens].filter(([, points]) => points === most).map(([id]) => id);
}

function isTurnOf(burdens: Points, person: PartnerId): boolean {
  return turnOf(burdens).includes(person);
}
