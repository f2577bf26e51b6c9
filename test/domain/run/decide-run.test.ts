// The decision of a run: what it does, and that once it is done there is nothing left to do.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closingsIn, ledgerFrom, recordOf } from '../../../src/domain/fairness/book.ts';
import type { Observation } from '../../../src/domain/run/observation.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { formatInstant, plus } from '../../../src/domain/time/instant.ts';
import { at, day } from '../../support/builders.ts';
import * as cast from '../../support/cast.ts';
import {
  actionsOf,
  answered,
  checkIn,
  decide,
  done,
  inForce,
  later,
  observation,
  occurrenceIn,
  partnerTerms,
  replied,
  settled,
  terms,
  withPartner,
} from '../../support/run-world.ts';

const { DEV, windowsOf } = cast;

/** From California to Singapore there is a common hour only for those who can be reached early and late. */
const [ANA, BEN, CHIARA] = [cast.ANA, cast.BEN, cast.CHIARA].map((person) => ({
  ...person,
  reachable: windowsOf('Mon-Fri 06:00-23:00'),
})) as [typeof cast.ANA, typeof cast.BEN, typeof cast.CHIARA];

function kindsOf(world: Observation): string[] {
  return actionsOf(world).map((action) =>
    action.kind === 'publish' ? `publish ${action.change}` : action.kind,
  );
}

function counted(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('the first run under an agreement', () => {
  it('publishes the whole horizon and invites everybody to all of it', () => {
    expect(counted(kindsOf(observation({}, [ANA, BEN])))).toEqual({ 'publish new': 12, send: 24 });
  });

  it('invites by mail only as far ahead as was agreed', () => {
    const agreed = terms([ANA, BEN], { horizon: { weeks: 12, invited: 4 } });
    expect(counted(kindsOf(observation({ agreements: [inForce(agreed)] })))).toEqual({
      'publish new': 12,
      send: 8,
    });
  });

  it('leaves nothing to do', () => {
    expect(actionsOf(settled(observation({}, [ANA, BEN])))).toEqual([]);
  });

  it('does nothing without an agreement', () => {
    expect(actionsOf(observation({ agreements: [] }))).toEqual([]);
  });

  it('does nothing for one who is left alone', () => {
    const world = observation({}, [ANA, BEN]);
    expect(actionsOf({ ...world, partners: new Map([[ANA.id, world.partners.get(ANA.id)!]]) })).toEqual([]);
  });
});

describe('a check-in whose time has passed', () => {
  const world = settled(observation({}, [ANA, BEN]));
  const first = occurrenceIn(world, '2027-W01');
  const after = later(world, first.item.end);

  it('is posted as held with all who did not decline, once', () => {
    const closed = actionsOf(after).filter((action) => action.kind === 'close');
    expect(closed).toMatchObject([
      { closing: { period: '2027-W01', kind: 'held', present: first.occurrence.burdens } },
    ]);
    expect(actionsOf(settled(after)).filter((action) => action.kind === 'close')).toEqual([]);
  });

  it('is not posted a second before its end', () => {
    const before = later(world, plus(first.item.end, -1000));
    expect(actionsOf(before).filter((action) => action.kind === 'close')).toEqual([]);
  });

  it('is left alone while it is under way', () => {
    const during = later(world, plus(first.item.start, 5 * MINUTE));
    const touched = actionsOf(during).filter(
      (action) => action.kind === 'publish' && action.occurrence.item.uid === first.item.uid,
    );
    expect(touched).toEqual([]);
  });

  it('weighs in the ledger as it was planned', () => {
    const ledger = ledgerFrom(settled(after).entries);
    for (const [id, points] of first.occurrence.burdens) expect(ledger.get(id)).toBe(1000 * points);
  });

  it('is missed where one of two declined and the period went by', () => {
    const declined = answered(world, '2027-W01', ANA.id, 'declined');
    const over = later(declined, at('2027-01-11T00:00:00Z'));
    expect(actionsOf(over).find((action) => action.kind === 'close')).toMatchObject({
      closing: { kind: 'missed', reasons: [{ kind: 'declined', partner: ANA.id }] },
    });
  });

  it('is placed again in what is left of its period where one of two declined', () => {
    const declined = answered(world, '2027-W01', ANA.id, 'declined');
    const passed = later(declined, plus(first.item.end, HOUR));
    const moved = actionsOf(passed).find((action) => action.kind === 'publish' && action.change === 'moved');
    expect(moved).toMatchObject({ occurrence: { item: { uid: first.item.uid, sequence: 1 } } });
  });
});

describe('a weekly run', () => {
  it('adds one period at the end of the horizon and moves nothing', () => {
    const monday = settled(later(settled(observation({}, [ANA, BEN])), at('2027-01-04T00:00:00Z')));
    const next = later(monday, at('2027-01-11T00:00:00Z'));
    expect(counted(kindsOf(next))).toEqual({ close: 1, 'publish new': 1, send: 2 });
  });

  it('counts every period once over two years of weeks', () => {
    let world = settled(observation({}, [ANA, BEN, CHIARA]));
    for (let week = 0; week < 104; week++) world = settled(later(world, plus(world.now, 7 * DAY)));
    const record = recordOf(closingsIn(world.entries));
    expect(record).toMatchObject({ held: 104, missed: 0, streak: 104 });
    expect(new Set(world.published.map(({ item }) => item.uid)).size).toBe(world.published.length);
  }, 120_000);

  it('keeps SEQUENCE and time where only words change', () => {
    const renamed = withPartner(settled(observation({}, [ANA, BEN])), BEN.id, { name: 'Benedikt Okafor' });
    const actions = actionsOf(renamed).filter((action) => action.kind === 'publish');
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions)
      expect(action).toMatchObject({ change: 'words', occurrence: { item: { sequence: 0 } } });
  });

  it('mails changed words once, when the time is frozen', () => {
    const renamed = settled(
      withPartner(settled(observation({}, [ANA, BEN])), BEN.id, { name: 'Benedikt Okafor' }),
    );
    const frozen = later(renamed, plus(occurrenceIn(renamed, '2027-W03').item.start, -7 * DAY));
    const sent = actionsOf(frozen).filter(
      (action) => action.kind === 'send' && action.uid.startsWith('2027-W03'),
    );
    expect(sent).toHaveLength(2);
    expect(actionsOf(settled(frozen)).filter((action) => action.kind === 'send')).toEqual([]);
  });
});

describe('somebody becomes busy at the time of a check-in', () => {
  const world = settled(observation({}, [ANA, BEN]));

  it('and it moves inside its period, with a higher SEQUENCE, asked of everybody again', () => {
    const third = occurrenceIn(world, '2027-W03');
    const busy = withPartner(answered(world, '2027-W03', ANA.id, 'accepted'), BEN.id, {
      busy: [{ start: third.item.start, end: third.item.end, tentative: false }],
    });
    const actions = actionsOf(busy);
    expect(actions.filter((action) => action.kind === 'publish')).toMatchObject([
      { change: 'moved', occurrence: { item: { uid: third.item.uid, sequence: 1 }, answers: new Map() } },
    ]);
    expect(actions.filter((action) => action.kind === 'send')).toHaveLength(2);
    expect(actionsOf(done(busy, actions))).toEqual([]);
  });

  it('within the frozen week, and it stays', () => {
    const first = occurrenceIn(world, '2027-W01');
    const busy = withPartner(world, BEN.id, {
      busy: [{ start: first.item.start, end: first.item.end, tentative: false }],
    });
    expect(actionsOf(busy)).toEqual([]);
  });

  it('for all of the period, and it stays announced while a relaxation is asked for', () => {
    const start = at('2027-01-17T23:00:00Z');
    const busy = withPartner(world, BEN.id, {
      busy: [{ start, end: plus(start, 7 * DAY), tentative: true }],
    });
    const actions = actionsOf(busy);
    expect(actions.map(({ kind }) => kind)).toEqual(['ask']);
    expect(actions[0]).toMatchObject({
      question: { period: '2027-W03', ask: { relaxation: { kind: 'tentative' } }, asks: [BEN.id] },
    });
  });
});

describe('a relaxation', () => {
  const start = at('2027-01-17T23:00:00Z');
  const busy = { busy: [{ start, end: plus(start, 7 * DAY), tentative: true }] };
  const asked = settled(withPartner(settled(observation({}, [ANA, BEN])), BEN.id, busy));

  it('is asked once, with a deadline before what it asks for', () => {
    expect(asked.questions).toHaveLength(1);
    const [question] = asked.questions;
    expect(question!.deadline).toBeGreaterThan(asked.now);
    expect(actionsOf(asked)).toEqual([]);
  });

  it('that was agreed to is held', () => {
    const agreed = settled(replied(asked, [[BEN.id, 'yes']]));
    const held = occurrenceIn(agreed, '2027-W03');
    expect(agreed.questions[0]).toMatchObject({ outcome: 'agreed' });
    expect(held.occurrence.reason.rule).toEqual({ kind: 'agreed', to: 'tentative' });
    expect(actionsOf(agreed)).toEqual([]);
  });

  it('that was refused leads to the next rung', () => {
    const refused = settled(replied(asked, [[BEN.id, 'no']]));
    expect(refused.questions.map(({ ask }) => ask.kind === 'relaxation' && ask.relaxation.kind)).toEqual([
      'tentative',
      'move-event',
    ]);
  });

  it('that nobody answers is a no', () => {
    const lapsed = settled(later(asked, asked.questions[0]!.deadline));
    expect(lapsed.questions.map(({ outcome }) => outcome)).toEqual(['lapsed', undefined]);
  });

  it('is moot when something fits after all', () => {
    expect(settled(withPartner(asked, BEN.id, { busy: [] })).questions).toMatchObject([{ outcome: 'moot' }]);
  });

  it('is not asked for what is more than four weeks away', () => {
    const far = at('2027-03-07T23:00:00Z');
    const world = withPartner(settled(observation({}, [ANA, BEN])), BEN.id, {
      busy: [{ start: far, end: plus(far, 7 * DAY), tentative: true }],
    });
    expect(actionsOf(world)).toEqual([]);
  });
});

describe('two half-meetings, agreed to', () => {
  const people = [
    { ...ANA, comfortable: windowsOf('Mon-Fri 09:00-17:00'), reachable: windowsOf('Mon-Fri 09:00-17:00') },
    { ...BEN, reachable: windowsOf('Mon-Fri 09:00-19:00') },
    { ...DEV, reachable: windowsOf('Mon-Fri 09:00-17:00') },
  ];

  /** What nothing else would do for, after everything else was refused. */
  function agreedHalves(): Observation {
    const world = settled(observation({ agreements: [inForce(terms(people))] }, people));
    let current = world;
    for (let k = 0; k < 12 && current.published.length === 0; k++) {
      const open = current.questions.filter(({ outcome }) => !outcome);
      const wanted = open.find(
        ({ ask }) => ask.kind === 'relaxation' && ask.relaxation.kind === 'two-halves',
      );
      current = wanted
        ? settled(
            replied(
              { ...current, questions: current.questions },
              wanted.asks.map((id) => [id, 'yes'] as const),
            ),
          )
        : settled(
            replied(
              current,
              people.map(({ id }) => [id, 'no'] as const),
            ),
          );
    }
    return current;
  }

  it('are two occurrences with a UID each, and the period is closed when both are over', () => {
    const current = agreedHalves();
    const halves = current.published.filter(
      ({ occurrence }) => occurrence.period.id === current.published[0]!.occurrence.period.id,
    );
    expect(halves.map(({ part, origin }) => [part, origin])).toEqual([
      [1, 'relaxed'],
      [2, 'relaxed'],
    ]);
    expect(new Set(halves.map(({ item }) => item.uid)).size).toBe(2);
    expect(actionsOf(current).filter(({ kind }) => kind === 'publish')).toEqual([]);
    const end = Math.max(...halves.map(({ item }) => item.end)) as typeof current.now;
    expect(actionsOf(later(current, plus(end, -MINUTE))).filter(({ kind }) => kind === 'close')).toEqual([]);
    expect(actionsOf(later(current, end)).filter(({ kind }) => kind === 'close')).toHaveLength(1);
  });

  it('are one whole check-in again where all agree to a time for it', () => {
    const current = agreedHalves();
    const [half] = current.published;
    const period = half!.occurrence.period.id;
    const start = plus(half!.item.start, DAY);
    const question = {
      ...{ id: 'q', key: 'q', period, askedAt: current.now, deadline: start },
      ask: { kind: 'time', because: 'partner', of: ANA.id, time: { start, end: plus(start, 30 * MINUTE) } },
      asks: [BEN.id, DEV.id],
      replies: new Map([BEN.id, DEV.id].map((id) => [id, 'yes'] as const)),
    } as const;
    const after = settled({ ...current, questions: [...current.questions, question] });
    const standing = after.published.filter(
      ({ occurrence, item }) => occurrence.period.id === period && item.status === 'CONFIRMED',
    );
    expect(standing).toMatchObject([{ part: 0, origin: 'moved', item: { start } }]);
    expect(actionsOf(after)).toEqual([]);
  });
});

describe('a decline', () => {
  const world = settled(observation({}, [ANA, BEN, CHIARA]));

  it('asks everybody for another time in the period, once, and drops nothing', () => {
    const { host } = occurrenceIn(world, '2027-W02').occurrence;
    const who = [ANA, BEN, CHIARA].find(({ id }) => id !== host)!;
    const declined = answered(world, '2027-W02', who.id, 'declined');
    const actions = actionsOf(declined);
    expect(actions.map(({ kind }) => kind)).toEqual(['ask']);
    expect(actions[0]).toMatchObject({
      question: {
        period: '2027-W02',
        ask: { kind: 'time', because: 'declined', of: who.id },
        asks: [ANA.id, BEN.id, CHIARA.id],
      },
    });
    expect(actionsOf(settled(declined))).toEqual([]);
  });

  it('whose other time all accept moves the check-in there and pins it', () => {
    const asked = settled(answered(world, '2027-W02', BEN.id, 'declined'));
    const agreed = settled(
      replied(
        asked,
        [ANA, BEN, CHIARA].map(({ id }) => [id, 'yes'] as const),
      ),
    );
    const { ask } = asked.questions[0]!;
    expect(occurrenceIn(agreed, '2027-W02')).toMatchObject({
      origin: 'moved',
      item: { start: ask.kind === 'time' && ask.time.start, sequence: 1 },
    });
    expect(actionsOf(agreed)).toEqual([]);
  });

  it('whose other time one refuses leaves it where it is, held by the others', () => {
    const asked = settled(answered(world, '2027-W02', BEN.id, 'declined'));
    const refused = settled(replied(asked, [[ANA.id, 'no']]));
    const held = occurrenceIn(refused, '2027-W02');
    expect(held.item.sequence).toBe(0);
    const over = settled(later(refused, at('2027-01-18T00:00:00Z')));
    expect(closingsIn(over.entries)[1]).toMatchObject({ kind: 'held', absent: [BEN.id] });
  });

  it('of the host makes somebody else host', () => {
    const { host } = occurrenceIn(world, '2027-W02').occurrence;
    const declined = settled(answered(world, '2027-W02', host, 'declined'));
    expect(occurrenceIn(declined, '2027-W02').occurrence.host).not.toBe(host);
  });
});

describe('an unknown calendar', () => {
  it('stops new placements and moves nothing that is published', () => {
    const world = settled(observation({}, [ANA, BEN]));
    const busy = world.published.map(({ item: { start, end } }) => ({ start, end, tentative: false }));
    const unknown = withPartner(world, ANA.id, { unknown: 'calendar.example.com', busy });
    const next = later(unknown, at('2027-01-11T00:00:00Z'));
    expect(kindsOf(next)).toEqual(['close']);
    expect(decide(next).ahead.waiting).toEqual(['2027-W13', '2027-W14']);
  });
});

describe('new terms', () => {
  const world = settled(observation({}, [ANA, BEN]));
  const monthly = terms([ANA, BEN], { checkIn: checkIn({ rhythm: '1mo', minutes: 60 }) });

  it('count from their first day on: what was announced for later is replaced', () => {
    const agreements = [
      inForce(),
      inForce(monthly, { version: 2, from: day('2027-02-01'), since: day('2027-02-01') }),
    ];
    const kinds = counted(kindsOf({ ...world, agreements }));
    expect(kinds['publish cancelled']).toBe(8);
    expect(kinds['publish new']).toBe(2);
    const after = settled({ ...world, agreements });
    expect(new Set(after.published.map(({ item }) => item.uid)).size).toBe(14);
    expect(actionsOf(settled({ ...world, agreements }))).toEqual([]);
  });

  it('without one of three partners tell that partner that they are not expected any more', () => {
    const three = settled(observation({}, [ANA, BEN, CHIARA]));
    const two = [ANA, BEN].map(partnerTerms);
    const agreements = [
      inForce(terms([ANA, BEN, CHIARA])),
      inForce(terms([ANA, BEN, CHIARA], { partners: two }), { version: 2, from: day('2027-01-11') }),
    ];
    const sends = actionsOf({ ...three, agreements }).filter(
      (action) => action.kind === 'send' && action.to === CHIARA.id,
    );
    expect(new Set(sends.map((action) => action.kind === 'send' && action.method))).toEqual(
      new Set(['CANCEL']),
    );
    expect(sends).toHaveLength(11);
    expect(actionsOf(settled({ ...three, agreements }))).toEqual([]);
  });
});

describe('whatever happens', () => {
  const event = fc.record({
    kind: fc.constantFrom('decline', 'accept', 'yes', 'no', 'busy', 'free', 'unknown', 'known'),
    who: fc.constantFrom(ANA, BEN, CHIARA),
    week: fc.integer({ min: 1, max: 12 }),
    hours: fc.integer({ min: 1, max: 200 }),
  });

  it('one run is enough, UIDs stay unique and SEQUENCE never falls', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let world = settled(observation({}, [ANA, BEN, CHIARA]));
        for (const each of events) {
          const before = world;
          world = happen(later(world, plus(world.now, each.hours * HOUR)), each);
          world = settled(world);
          expect(actionsOf(world).map(describeAction)).toEqual([]);
          expect(new Set(world.published.map(({ item }) => item.uid)).size).toBe(world.published.length);
          for (const { item } of before.published) {
            const now = world.published.find((other) => other.item.uid === item.uid)!.item;
            expect(now.sequence).toBeGreaterThanOrEqual(item.sequence);
            expect(now.stamp).toBeGreaterThanOrEqual(item.stamp);
          }
        }
      }),
      { numRuns: 30 },
    );
  }, 240_000);
});

function describeAction(action: ReturnType<typeof actionsOf>[number]): string {
  return JSON.stringify(action, (_, value) => (value instanceof Map ? [...value] : value));
}

type Event = { readonly kind: string; readonly who: typeof ANA; readonly week: number };

function happen(world: Observation, { kind, who, week }: Event): Observation {
  const period = `2027-W${String(week).padStart(2, '0')}`;
  const there = world.published.find(
    ({ occurrence, item }) => occurrence.period.id === period && item.status === 'CONFIRMED',
  );
  if (kind === 'yes' || kind === 'no') return replied(world, [[who.id, kind]]);
  if (kind === 'unknown') return withPartner(world, who.id, { unknown: 'calendar.example.com' });
  if (kind === 'known') return withPartner(observationWithout(world, who.id), who.id, {});
  if (kind === 'free') return withPartner(world, who.id, { busy: [] });
  if (!there) return world;
  if (kind === 'busy')
    return withPartner(world, who.id, {
      busy: [{ start: there.item.start, end: there.item.end, tentative: false }],
    });
  if (there.item.start <= world.now || !there.occurrence.burdens.has(who.id)) return world;
  return answered(world, period, who.id, kind === 'decline' ? 'declined' : 'accepted');
}

function observationWithout(world: Observation, who: (typeof ANA)['id']): Observation {
  const { unknown: _, ...known } = world.partners.get(who)!;
  return { ...world, partners: new Map([...world.partners, [who, known]]) };
}

it('the first check-in is on the first day that the agreement counts, or later', () => {
  const first = occurrenceIn(settled(observation({}, [ANA, BEN])), '2027-W01');
  expect(formatInstant(first.item.start) >= '2027-01-03T23').toBe(true);
});
