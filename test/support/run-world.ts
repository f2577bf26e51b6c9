// A world of values for the decision of a run: what would be in the database, and what executing a list of actions makes of it.

import type { CheckInTerms, InForce, PartnerTerms, Terms } from '../../src/domain/agreement/terms.ts';
import type { PartnerId } from '../../src/domain/partner.ts';
import type { Action } from '../../src/domain/run/actions.ts';
import { entryOf } from '../../src/domain/run/closing.ts';
import { decideRun, type RunDecision } from '../../src/domain/run/decide-run.ts';
import type {
  Answer,
  Observation,
  PartnerNow,
  PublishedOccurrence,
} from '../../src/domain/run/observation.ts';
import { sentOf } from '../../src/domain/run/sends.ts';
import type { Instant } from '../../src/domain/time/instant.ts';
import { inviteTo } from '../../src/views/invite.ts';
import { at, day } from './builders.ts';
import { ANA, BEN, zoneOf } from './cast.ts';

type Person = typeof ANA;

export const ORGANIZER = { name: 'Turnabout', email: 'turnabout@example.com' };

/** Terms of these people: half an hour each week, anchored in Berlin. */
export function terms(people: readonly Person[] = [ANA, BEN], changes: Partial<Terms> = {}): Terms {
  return {
    name: 'Harbour',
    anchor: zoneOf('Europe/Berlin'),
    stage: 'early',
    checkIn: checkIn(),
    horizon: { weeks: 12, invited: 12 },
    partners: people.map(partnerTerms),
    ...changes,
  };
}

export function checkIn(changes: Partial<CheckInTerms> = {}): CheckInTerms {
  return { rhythm: '1w', minutes: 30, rotation: { kind: 'when-unfair' }, agenda: 'weekly', ...changes };
}

export function partnerTerms({ id, zone, comfortable, reachable, focus }: Person): PartnerTerms {
  return { id, zone, comfortable, reachable, focus };
}

export function inForce(of: Terms = terms(), changes: Partial<InForce> = {}): InForce {
  return { version: 1, terms: of, from: day('2027-01-04'), since: day('2027-01-04'), ...changes };
}

export function partnerNow(
  { name, email, away, travels, busy }: Person,
  changes: Partial<PartnerNow> = {},
): PartnerNow {
  return { name, email, away, travels, busy, elsewhere: [], ...changes };
}

/** Ana and Ben on the Sunday before their first week. */
export function observation(
  changes: Partial<Observation> = {},
  people: readonly Person[] = [ANA, BEN],
): Observation {
  return {
    now: at('2027-01-03T12:00:00Z'),
    partnership: 'p1',
    organizer: ORGANIZER,
    agreements: [inForce(terms(people))],
    partners: new Map(people.map((person) => [person.id, partnerNow(person)])),
    entries: people.map(({ id }) => ({ kind: 'joined' as const, partner: id, from: day('2027-01-04') })),
    published: [],
    questions: [],
    ...changes,
  };
}

export function decide(of: Observation): RunDecision {
  return decideRun(of, ({ partnership, occurrence, part, stretch }, as) =>
    inviteTo(partnership, occurrence, { ...as, part, call: stretch.terms.checkIn.call }),
  );
}

export function actionsOf(of: Observation): readonly Action[] {
  return decide(of).actions;
}

/** What is known once the actions are done. */
export function done(before: Observation, actions: readonly Action[]): Observation {
  return actions.reduce(doOne, before);
}

/** Runs until nothing is left to do, which must be after one run. */
export function settled(before: Observation): Observation {
  return done(before, actionsOf(before));
}

function doOne(world: Observation, action: Action): Observation {
  const { now } = world;
  switch (action.kind) {
    case 'close':
      return { ...world, entries: [...world.entries, entryOf(action.closing, world.entries)] };
    case 'publish':
      return { ...world, published: replaced(world.published, action.occurrence) };
    case 'ask': {
      const question = { ...action.question, id: action.question.key, askedAt: now, replies: new Map() };
      return { ...world, questions: [...world.questions, question] };
    }
    case 'end':
      return {
        ...world,
        questions: world.questions.map((each) =>
          each.id === action.question ? { ...each, outcome: action.outcome } : each,
        ),
      };
    case 'send': {
      const { to, method } = action;
      return withOccurrence(world, action.uid, (each) => ({
        ...each,
        sent: new Map([...each.sent, [to, sentOf(each, { method, at: now })]]),
      }));
    }
  }
}

function replaced(
  all: readonly PublishedOccurrence[],
  occurrence: PublishedOccurrence,
): PublishedOccurrence[] {
  return [...all.filter(({ item }) => item.uid !== occurrence.item.uid), occurrence];
}

export function withOccurrence(
  world: Observation,
  uid: string,
  change: (occurrence: PublishedOccurrence) => PublishedOccurrence,
): Observation {
  return {
    ...world,
    published: world.published.map((each) => (each.item.uid === uid ? change(each) : each)),
  };
}

/** Somebody answers the invitation to the occurrence of a period. */
export function answered(world: Observation, period: string, who: PartnerId, answer: Answer): Observation {
  const { item } = occurrenceIn(world, period);
  return withOccurrence(world, item.uid, (each) => ({
    ...each,
    answers: new Map([...each.answers, [who, answer]]),
  }));
}

/** Somebody replies to the only open question. */
export function replied(
  world: Observation,
  replies: readonly (readonly [PartnerId, 'yes' | 'no'])[],
): Observation {
  return {
    ...world,
    questions: world.questions.map((each) =>
      each.outcome ? each : { ...each, replies: new Map([...each.replies, ...replies]) },
    ),
  };
}

export function occurrenceIn(world: Observation, period: string): PublishedOccurrence {
  const found = world.published.find(
    ({ occurrence, item }) => occurrence.period.id === period && item.status === 'CONFIRMED',
  );
  if (!found) throw new Error(`nothing is published for ${period}`);
  return found;
}

export function later(world: Observation, now: Instant): Observation {
  return { ...world, now };
}

/** Of one partner something changes. */
export function withPartner(world: Observation, who: PartnerId, changes: Partial<PartnerNow>): Observation {
  const partners = new Map(world.partners);
  partners.set(who, { ...partners.get(who)!, ...changes });
  return { ...world, partners };
}
