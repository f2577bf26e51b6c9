// A partner proposes another time for a check-in: everybody who would be there is asked. The time need not be a candidate, since
// a yes is consent; it has to lie in the period, on a quarter of an hour, and ahead.

import { Conflict, InvalidFields } from '../../domain/errors.ts';
import type { Partner } from '../../domain/partner.ts';
import { isAwayThroughout } from '../../domain/planner/seat.ts';
import { deadlineFor, type Proposal } from '../../domain/question.ts';
import { isHeld } from '../../domain/run/closing.ts';
import type { Observation } from '../../domain/run/observation.ts';
import { partnersUnder } from '../../domain/run/under.ts';
import { MINUTE } from '../../domain/time/duration.ts';
import { QUARTER } from '../../domain/time/grid.ts';
import { formatInstant, type Instant, instantOf, plus } from '../../domain/time/instant.ts';
import { contains, type Interval } from '../../domain/time/interval.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { type ObservingWorld, observe } from '../run/observe.ts';
import type { World } from '../world.ts';
import { type OpenPeriod, openPeriod } from './open-period.ts';
import { putQuestion } from './put-question.ts';

/** For which period, when, and why. */
export type TimeProposal = { readonly period: string; readonly start: Instant; readonly because: Proposal };

export type AskingWorld = ObservingWorld & Pick<World, 'secrets'>;

/**
 * Gives the id of the question. Throws InvalidFields for a time that could not be held, Conflict where the check-in has begun,
 * something else is asked already, or there is nobody to ask.
 */
export async function proposeTime(
  partner: AuthorizedPartner<'answer'>,
  { period: id, start, because }: TimeProposal,
  world: AskingWorld,
): Promise<string> {
  const { observation } = await observe(partner.partnership, world);
  const { now } = observation;
  const open = openPeriod(observation, id);
  const time = { start, end: plus(start, open.stretch.terms.checkIn.minutes * MINUTE) };
  refuseImpossible(time, open, observation);
  const there = whoWouldBeThere(observation, open);
  if (!there.some((each) => each.id === partner.person))
    throw new Conflict('you are not expected in this period: it is for the others to propose a time');
  const asked = there.filter((each) => each.id !== partner.person);
  const question = {
    key: `time/${id}/${formatInstant(start)}/${partner.person}/${formatInstant(now)}`,
    period: id,
    ask: { kind: 'time', because, of: partner.person, time } as const,
    asks: asked.map((each) => each.id),
    deadline: deadlineFor(asked, now, soonest(time, open, now)),
  };
  return putQuestion(partner, question, world);
}

function refuseImpossible(time: Interval, { period, published }: OpenPeriod, observation: Observation): void {
  const { now } = observation;
  const wrong = (message: string): never => {
    throw new InvalidFields([{ path: 'start', message }]);
  };
  if (time.start % QUARTER !== 0) wrong('is not on a quarter of an hour: begin at :00, :15, :30 or :45');
  if (!contains(period, time))
    wrong(
      `lies outside the period: from ${formatInstant(period.start)} to ${formatInstant(period.end)} it can be held`,
    );
  if (time.start <= now) wrong('lies in the past: propose a time that is ahead');
  if (!published) return;
  if (published.item.start === time.start) throw new Conflict('the check-in is at that time already');
  if (published.item.start <= now && isHeld(observation, published))
    throw new Conflict('the check-in of this period has begun');
}

/** Those who are not away for all of the period. */
function whoWouldBeThere({ partners }: Observation, { stretch, period }: OpenPeriod): Partner[] {
  const days = { from: period.first, to: period.last };
  return partnersUnder(stretch, partners).filter((partner) => !isAwayThroughout({ partner }, days));
}

/** Until then it has to be decided. */
function soonest({ start }: Interval, { published }: OpenPeriod, now: Instant): Instant {
  const announced = published?.item.start ?? start;
  return instantOf(Math.min(start, announced > now ? announced : start));
}
