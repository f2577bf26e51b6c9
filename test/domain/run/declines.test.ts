// Whatever a decline does, the check-in is not dropped: while fewer than two can come, another time or the next rung is asked for.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declinedIn, type Question } from '../../../src/domain/question.ts';
import type { Observation } from '../../../src/domain/run/observation.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time/duration.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { overlaps } from '../../../src/domain/time/interval.ts';
import { at } from '../../support/builders.ts';
import * as cast from '../../support/cast.ts';
import {
  actionsOf,
  answered,
  checkIn,
  inForce,
  later,
  observation,
  occurrenceIn,
  replied,
  settled,
  terms,
  withOccurrence,
  withPartner,
} from '../../support/run-world.ts';

const { windowsOf } = cast;
const NAMES = ['two', 'three', 'two with one time', 'two with none'] as const;
type Person = typeof cast.ANA;

const [ANA, BEN, CHIARA] = [cast.ANA, cast.BEN, cast.CHIARA].map((person) => ({
  ...person,
  reachable: windowsOf('Mon-Fri 06:00-23:00'),
})) as [Person, Person, Person];

/** At home in Berlin at these hours alone. */
function reachableIn(person: Person, ...hours: string[]): Person {
  return { ...person, zone: cast.BEN.zone, reachable: windowsOf(...hours) };
}

function planned(people: readonly Person[], minutes = 30): Observation {
  const agreed = terms(people, { checkIn: checkIn({ minutes }) });
  return settled(observation({ agreements: [inForce(agreed)] }, people));
}

function asked(world: Observation, period: string): readonly Question[] {
  return world.questions.filter((question) => question.period === period);
}

function openIn(world: Observation, period: string): Question | undefined {
  return asked(world, period).find(({ outcome }) => !outcome);
}

function startOf(question: Question | undefined) {
  return question?.ask.kind === 'time' ? question.ask.time.start : undefined;
}

function rungOf(question: Question | undefined) {
  return question?.ask.kind === 'relaxation' ? question.ask.relaxation.kind : undefined;
}

/** Everybody replies the same to everything that is open, and the run follows. */
function said(world: Observation, answer: 'yes' | 'no', ...people: readonly Person[]): Observation {
  return settled(
    replied(
      world,
      people.map(({ id }) => [id, answer] as const),
    ),
  );
}

function declined(world: Observation, period: string, who: Person): Observation {
  return settled(answered(world, period, who.id, 'declined'));
}

describe('a decline by one of two', () => {
  const world = planned([ANA, BEN]);

  it('is followed by one question after another, each for a time that nobody refused', () => {
    let current = declined(world, '2027-W04', BEN);
    const times = [occurrenceIn(current, '2027-W04').item];
    for (let k = 0; k < 5; k++) {
      const { ask } = openIn(current, '2027-W04')!;
      if (ask.kind !== 'time') throw new Error('there are other times');
      expect(times.some((time) => overlaps(time, ask.time as typeof time))).toBe(false);
      times.push(ask.time as (typeof times)[number]);
      current = said(current, 'no', ANA);
      expect(actionsOf(current)).toEqual([]);
    }
  });

  it('goes on being asked about where nobody answers, with half a day for each answer at least', () => {
    const { start } = occurrenceIn(world, '2027-W04').item;
    let current = declined(world, '2027-W04', BEN);
    for (let k = 1; current.now < start; k++) {
      expect(asked(current, '2027-W04')).toHaveLength(k);
      const { deadline } = openIn(current, '2027-W04')!;
      expect(deadline - current.now).toBeGreaterThanOrEqual(12 * HOUR);
      current = settled(later(current, deadline));
    }
    expect(asked(current, '2027-W04').length).toBeGreaterThan(2);
  });

  it('that is taken back leaves nothing to ask, and made again is asked about again', () => {
    const first = declined(world, '2027-W04', BEN);
    const back = settled(answered(first, '2027-W04', BEN.id, 'accepted'));
    expect(asked(back, '2027-W04')).toMatchObject([{ outcome: 'moot' }]);
    expect(actionsOf(back)).toEqual([]);
    const again = declined(back, '2027-W04', BEN);
    expect(startOf(openIn(again, '2027-W04'))).toBe(startOf(asked(first, '2027-W04')[0]));
    expect(actionsOf(again)).toEqual([]);
  });

  it('waits for the answer where the hour passes meanwhile, and then takes a time that nobody refused', () => {
    const { start, end } = occurrenceIn(world, '2027-W04').item;
    const asking = declined(later(world, plus(start, -10 * MINUTE)), '2027-W04', BEN);
    const passed = settled(later(asking, end));
    expect(occurrenceIn(passed, '2027-W04').item.start).toBe(start);
    expect(openIn(passed, '2027-W04')).toBeDefined();
    const refused = said(passed, 'no', ANA);
    const moved = occurrenceIn(refused, '2027-W04');
    expect(moved.item.start).toBeGreaterThan(end);
    const refusal = openIn(passed, '2027-W04')!.ask;
    expect(refusal.kind === 'time' && overlaps(moved.item, refusal.time)).toBe(false);
    expect(actionsOf(refused)).toEqual([]);
  });

  it('of the time that was agreed on instead does not lead back to the first', () => {
    const { start } = occurrenceIn(world, '2027-W04').item;
    const moved = said(declined(world, '2027-W04', BEN), 'yes', ANA, BEN);
    let current = declined(moved, '2027-W04', ANA);
    for (let k = 0; k < 8; k++) {
      expect(startOf(openIn(current, '2027-W04'))).not.toBe(start);
      current = said(current, 'no', ANA);
    }
  });

  it('of their only common half hour is followed by the ladder at once, however far ahead', () => {
    const people = [reachableIn(ANA, 'Tue 15:00-17:00'), reachableIn(BEN, 'Tue 16:30-18:00')];
    let current = declined(planned(people), '2027-W11', BEN);
    const rungs: unknown[] = [];
    while (openIn(current, '2027-W11') && rungs.length < 8) {
      rungs.push(rungOf(openIn(current, '2027-W11')));
      current = said(current, 'no', ...people);
    }
    expect(rungs).toEqual(['another-day', 'wider-window']);
    expect(occurrenceIn(current, '2027-W11').item.status).toBe('CONFIRMED');
    expect(actionsOf(current)).toEqual([]);
  });
});

describe('a decline by one of three', () => {
  const world = planned([ANA, BEN, CHIARA]);

  it('asks once, and a second one for another time than the first, until two can come', () => {
    const first = declined(world, '2027-W03', ANA);
    const time = startOf(openIn(first, '2027-W03'));
    const refused = said(first, 'no', BEN);
    expect(openIn(refused, '2027-W03')).toBeUndefined();
    const second = declined(refused, '2027-W03', BEN);
    expect(startOf(openIn(second, '2027-W03'))).not.toBe(time);
    const third = said(second, 'no', CHIARA);
    expect(openIn(third, '2027-W03')).toBeDefined();
    const back = settled(answered(third, '2027-W03', ANA.id, 'accepted'));
    expect(declinedIn(openIn(back, '2027-W03')!.ask)?.by).toContain(BEN.id);
    expect(openIn(said(back, 'no', CHIARA), '2027-W03')).toBeUndefined();
  });
});

describe('a decline of what was relaxed', () => {
  const people = [reachableIn(ANA, 'Tue 15:00-17:15'), reachableIn(BEN, 'Tue 16:30-18:00')];
  const shorter = said(planned(people, 60), 'yes', ...people);

  it('asks for the next rung, and does not ask for the same again', () => {
    expect(occurrenceIn(shorter, '2027-W03').origin).toBe('relaxed');
    const current = declined(shorter, '2027-W03', BEN);
    expect(rungOf(openIn(current, '2027-W03'))).toBe('wider-window');
    expect(occurrenceIn(current, '2027-W03').item.status).toBe('CONFIRMED');
    expect(actionsOf(current)).toEqual([]);
    const agreed = said(current, 'yes', ...people);
    expect(occurrenceIn(agreed, '2027-W03')).toMatchObject({
      part: 0,
      origin: 'moved',
      item: { sequence: 1 },
    });
    expect(actionsOf(agreed)).toEqual([]);
  });

  it('takes a common time that has come up, once its own is over', () => {
    const current = declined(shorter, '2027-W03', BEN);
    const { item } = occurrenceIn(current, '2027-W03');
    const refused = said(current, 'no', ...people);
    const wider = people.map((person) => ({ ...person, reachable: windowsOf('Tue-Fri 15:00-18:00') }));
    const agreements = [inForce(terms(wider, { checkIn: checkIn({ minutes: 60 }) }))];
    const passed = settled({ ...later(refused, item.end), agreements });
    expect(occurrenceIn(passed, '2027-W03')).toMatchObject({ origin: 'planned', item: { uid: item.uid } });
    expect(occurrenceIn(passed, '2027-W03').item.start).toBeGreaterThan(item.end);
    expect(actionsOf(passed)).toEqual([]);
  });

  it('that is one of two halves asks for a whole check-in as soon as there is a time for it', () => {
    const three = [ANA, BEN, CHIARA].map((person) => reachableIn(person, 'Mon-Fri 09:00-17:00'));
    const [monday, thursday] = [at('2027-01-11T08:30:00Z'), at('2027-01-14T15:00:00Z')];
    const full = { start: plus(monday, -DAY), end: plus(monday, 6 * DAY), tentative: false };
    let current = withPartner(planned(three), ANA.id, { busy: [{ ...full, start: monday }] });
    current = settled(withPartner(current, CHIARA.id, { busy: [{ ...full, end: thursday }] }));
    const isHalves = () => rungOf(openIn(current, '2027-W02')) === 'two-halves';
    for (let k = 0; k < 8 && !isHalves(); k++) current = said(current, 'no', ...three);
    current = said(current, 'yes', ...three);
    const [half] = current.published.filter(
      ({ occurrence, part }) => occurrence.period.id === '2027-W02' && part === 1,
    );
    current = settled(
      withOccurrence(current, half!.item.uid, (each) => ({
        ...each,
        answers: new Map([[BEN.id, 'declined']]),
      })),
    );
    expect(openIn(current, '2027-W02')).toBeUndefined();
    current = settled(withPartner(current, ANA.id, { busy: [] }));
    expect(openIn(current, '2027-W02')).toMatchObject({
      ask: { kind: 'time', of: BEN.id, declined: { by: [BEN.id], time: { start: half!.item.start } } },
    });
    expect(actionsOf(current)).toEqual([]);
    const whole = said(current, 'yes', ...three);
    expect(ahead(whole).filter(({ occurrence }) => occurrence.period.id === '2027-W02')).toMatchObject([
      { part: 0, origin: 'moved' },
    ]);
    expect(actionsOf(whole)).toEqual([]);
  });
});

describe('whatever is answered', () => {
  const narrow = [reachableIn(ANA, 'Tue 15:00-17:15'), reachableIn(BEN, 'Tue 16:30-18:00')];
  const worlds = {
    two: { people: [ANA, BEN], world: planned([ANA, BEN]) },
    three: { people: [ANA, BEN, CHIARA], world: planned([ANA, BEN, CHIARA]) },
    'two with one time': { people: narrow, world: planned(narrow, 45) },
    'two with none': { people: narrow, world: planned(narrow, 60) },
  };
  const step = fc.record({
    kind: fc.constantFrom('decline', 'decline', 'accept', 'yes', 'no', 'no', 'silence'),
    who: fc.nat(2),
    week: fc.integer({ min: 1, max: 4 }),
    hours: fc.integer({ min: 0, max: 30 }),
  });

  it('a check-in ahead to which fewer than two come is asked about until every rung was', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.array(step, { maxLength: 14 }), (name, steps) => {
        const { people } = worlds[name];
        let { world } = worlds[name];
        for (const { kind, who, week, hours } of steps) {
          const person = people[who % people.length]!;
          world = later(world, plus(world.now, hours * HOUR));
          if (kind === 'yes' || kind === 'no') world = replied(world, [[person.id, kind]]);
          else if (kind !== 'silence') world = answering(world, { kind, person, week });
          world = settled(world);
          expect(actionsOf(world)).toEqual([]);
          expect(abandoned(world)).toEqual([]);
          expect(askedTwice(world)).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  }, 240_000);
});

type Answering = { readonly kind: string; readonly person: Person; readonly week: number };

function answering(world: Observation, { kind, person, week }: Answering): Observation {
  const period = `2027-W0${week}`;
  const [there] = ahead(world).filter(({ occurrence }) => occurrence.period.id === period);
  if (!there?.occurrence.burdens.has(person.id)) return world;
  return answered(world, period, person.id, kind === 'decline' ? 'declined' : 'accepted');
}

function ahead(world: Observation) {
  return world.published.filter(({ item }) => item.status === 'CONFIRMED' && item.start > world.now);
}

/** Periods before whose second day nothing is asked, though fewer than two come and the last rung was not asked for. */
function abandoned(world: Observation): string[] {
  return ahead(world)
    .filter(({ occurrence, answers }) => {
      const coming = [...occurrence.burdens.keys()].filter((id) => answers.get(id) !== 'declined');
      return coming.length < 2;
    })
    .map(({ occurrence }) => occurrence.period)
    .filter(({ id, start }) => world.now < plus(start, 12 * HOUR) && !openIn(world, id))
    .map(({ id }) => id)
    .filter((id) => !counting(world, id).some((question) => rungOf(question) === 'wider-window'));
}

/** Periods in which a time or a rung was asked for again. */
function askedTwice(world: Observation): string[] {
  const periods = [...new Set(world.questions.map(({ period }) => period))];
  return periods.filter((period) => {
    const all = counting(world, period).map((question) => rungOf(question) ?? startOf(question));
    return new Set(all).size < all.length;
  });
}

function counting(world: Observation, period: string): readonly Question[] {
  return asked(world, period).filter(({ outcome }) => outcome !== 'moot');
}
