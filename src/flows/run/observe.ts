// Everything that a run of a partnership is decided from, read at one moment.

import type { InForce } from '../../domain/agreement/terms.ts';
import { freshnessOf } from '../../domain/calendar/snapshot.ts';
import { NotFound } from '../../domain/errors.ts';
import type { BusyTime, PartnerId } from '../../domain/partner.ts';
import type { Observation, PartnerNow } from '../../domain/run/observation.ts';
import { horizonOf } from '../../domain/run/stretches.ts';
import { DAY, SECOND } from '../../domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../domain/time/instant.ts';
import type { Interval } from '../../domain/time/interval.ts';
import { addDays, type DateRange } from '../../domain/time/plain-date.ts';
import { dateOfWall } from '../../domain/time/wall-time.ts';
import { startOfDay, toWall, UTC } from '../../domain/time/zone.ts';
import type { Person } from '../stores.ts';
import type { World } from '../world.ts';

/** What is known, and of which revision of the partnership it is known. */
export type Observed = { readonly observation: Observation; readonly revision: number };

export type ObservingWorld = Pick<World, 'clock' | 'database' | 'publicHolidays' | 'sender'>;

/** Throws NotFound where there is no such partnership. */
export async function observe(partnership: string, world: ObservingWorld): Promise<Observed> {
  const { database, sender } = world;
  // First, so that whatever changes meanwhile makes the revision newer than what was read.
  const revision = await database.partnerships.revision(partnership);
  if (revision === undefined) throw new NotFound('partnership');
  const now = wholeSecond(world.clock());
  const agreements = await database.agreements.inForce(partnership);
  const observation = {
    now,
    partnership,
    organizer: sender.mailbox,
    firstSequence: await database.occurrences.firstSequence(),
    agreements,
    partners: await partnersNow(partnership, { agreements, now }, world),
    entries: await database.book.entries(partnership),
    published: await database.occurrences.unclosed(partnership),
    questions: await database.questions.of(partnership),
  };
  return { observation, revision };
}

function wholeSecond(instant: Instant): Instant {
  return instantOf(Math.floor(instant / SECOND) * SECOND);
}

type Horizon = { readonly agreements: readonly InForce[]; readonly now: Instant };

/** Those who take part by any of the agreements and have not left. */
export async function partnersNow(
  partnership: string,
  horizon: Horizon,
  world: ObservingWorld,
): Promise<ReadonlyMap<PartnerId, PartnerNow>> {
  const members = await world.database.partnerships.members(partnership);
  const present = members.filter(({ leftAt }) => leftAt === undefined).map(({ person }) => person);
  const window = windowOf(horizon);
  const partners = new Map<PartnerId, PartnerNow>();
  for (const id of present) {
    const person = await world.database.people.byId(id);
    if (person?.email === undefined) continue;
    partners.set(
      id,
      await partnerNow({ ...person, email: person.email }, { partnership, window, now: horizon.now }, world),
    );
  }
  return partners;
}

/** From yesterday to a little after the horizon, or a year where nothing is agreed yet. */
function windowOf({ agreements, now }: Horizon): Interval {
  const ends = agreements.map((agreement) =>
    startOfDay(agreement.terms.anchor, addDays(horizonOf(agreement, now), 35)),
  );
  return { start: plus(now, -DAY), end: instantOf(Math.max(plus(now, 365 * DAY), ...ends)) };
}

type Looking = { readonly partnership: string; readonly window: Interval; readonly now: Instant };

async function partnerNow(
  person: Person & { readonly email: string },
  { partnership, window, now }: Looking,
  { database, publicHolidays }: ObservingWorld,
): Promise<PartnerNow> {
  const { id, name, email, region } = person;
  const days = { from: dateOfWall(toWall(UTC, window.start)), to: dateOfWall(toWall(UTC, window.end)) };
  const holidays: readonly DateRange[] = region === 'none' ? [] : await publicHolidays(region, days);
  const { busy, unknown } = await busyOf(id, { window, now }, database);
  return {
    name,
    email,
    away: [...(await database.people.leaves(id)), ...holidays],
    travels: await database.people.travels(id),
    busy,
    elsewhere: await database.occurrences.elsewhere(id, partnership, window),
    ...(unknown !== undefined && { unknown }),
  };
}

type Calendars = Pick<World['database'], 'calendars'>;

/** What all calendars of a partner say together; one that cannot be believed makes the partner's time unknown. */
export async function busyOf(
  person: PartnerId,
  { window, now }: Omit<Looking, 'partnership'>,
  { calendars }: Calendars,
): Promise<{ readonly busy: readonly BusyTime[]; readonly unknown?: string }> {
  const unbelievable = (await calendars.of(person)).find(
    ({ confirmedAt, emptiedAt }) =>
      emptiedAt !== undefined ||
      freshnessOf(confirmedAt === undefined ? undefined : { confirmedAt }, now) === 'unknown',
  );
  return { busy: await calendars.busy(person, window), ...(unbelievable && { unknown: unbelievable.name }) };
}
