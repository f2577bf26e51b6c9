import { describe, expect, it } from 'vitest';
import type { Reason, Relaxation, Rule } from '../../src/domain/planner/plan.ts';
import { weeklyAgenda } from '../../src/views/agenda.ts';
import { because, becauseNow, brokenSentence } from '../../src/views/reason.ts';
import { relaxationSentence } from '../../src/views/relaxation.ts';
import { at, day, idOf, occurrence, partnership, pointsFor } from '../support/builders.ts';
import { zoneOf } from '../support/cast.ts';

const instead = { start: at('2027-01-06T06:30:00Z'), burdens: pointsFor({ ana: 40, ben: 5 }) };
const ana = idOf('ana');

function sentence(rule: Rule, other: Reason['instead'] = instead): string {
  return because(partnership(), occurrence({ reason: { rule, ...(other && { instead: other }) } }));
}

describe('why a time', () => {
  it.each<[Rule, string]>([
    [
      { kind: 'reachable', partner: ana },
      'It would be Wed 6 Jan 07:30 (Europe/Berlin), but Ana Duarte cannot be reached then.',
    ],
    [
      { kind: 'busy', partner: ana },
      'It would be Wed 6 Jan 07:30 (Europe/Berlin), but Ana Duarte is busy then.',
    ],
    [
      { kind: 'focus', partner: ana },
      'It would be Wed 6 Jan 07:30 (Europe/Berlin), but Ana Duarte keeps that time for focus.',
    ],
    [
      { kind: 'away', partner: ana },
      'It would be Wed 6 Jan 07:30 (Europe/Berlin), but Ana Duarte is away then.',
    ],
    [
      { kind: 'elsewhere', partner: ana },
      'It would be Wed 6 Jan 07:30 (Europe/Berlin), but Ana Duarte is in a check-in with another partnership then.',
    ],
    [
      { kind: 'notice' },
      "It would be Wed 6 Jan 07:30 (Europe/Berlin), but that would come with less than a day's notice.",
    ],
    [
      { kind: 'pinned' },
      'The partners moved it to this time; planned anew it would be Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'published' },
      'What was announced stays as far as it can; planned anew it would be Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'fixed-time' },
      'One time is kept for several check-ins in a row; otherwise it would be Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'fairness' },
      'It is the turn of Ana Duarte: Wed 6 Jan 07:30 (Europe/Berlin), the easiest for all together, would give Ana Duarte 40 points instead of 9.',
    ],
    [
      { kind: 'least-burden' },
      'It is the easiest time for all together: 9 points, against 45 at Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'spread' },
      'So that the odd hours alternate instead of piling up; otherwise it would be Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'calm' },
      'So that the time of day changes as little as it can; otherwise it would be Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [
      { kind: 'earliest' },
      'It is the earliest of the times that are equally fair; the latest is Wed 6 Jan 07:30 (Europe/Berlin).',
    ],
    [{ kind: 'hard-limits' }, 'It is the only time at which everybody can be there.'],
  ])('is told for %j', (rule, text) => expect(sentence(rule)).toBe(text));

  it('names nobody where the easiest time would burden nobody more', () => {
    const easier = { start: at('2027-01-06T16:00:00Z'), burdens: pointsFor({ ana: 3, ben: 0 }) };
    expect(sentence({ kind: 'fairness' }, easier)).toBe(
      'It is the turn of Ana Duarte: Wed 6 Jan 17:00 (Europe/Berlin), the easiest for all together, would share the odd hours less evenly over the weeks.',
    );
  });
});

describe('what would help', () => {
  const part = { start: at('2027-01-09T16:00:00Z'), end: at('2027-01-09T16:30:00Z'), burdens: pointsFor({}) };
  const asks = [ana];
  const then = 'then Sat 9 Jan 17:00 (Europe/Berlin) would do, for 12 points.';

  it.each<[Pick<Relaxation, 'kind' | 'minutes'>, string]>([
    [{ kind: 'another-day' }, `Ask Ana Duarte for another day of the same period: ${then}`],
    [{ kind: 'tentative' }, `Ask Ana Duarte to give up a time that is marked tentative: ${then}`],
    [{ kind: 'move-event' }, `Ask Ana Duarte to move one event: ${then}`],
    [{ kind: 'shorter', minutes: 15 }, `Ask Ana Duarte for a call of 15 minutes: ${then}`],
    [
      { kind: 'wider-window', minutes: 60 },
      `Ask Ana Duarte to be reachable 60 minutes longer this once: ${then}`,
    ],
    [
      { kind: 'rotating-absence' },
      `Ask Ana Duarte to stay away this once, with a recording and notes: ${then}`,
    ],
  ])('is asked for %j', (kind, text) => {
    expect(relaxationSentence(partnership(), { ...kind, asks, cost: 12, parts: [part] })).toBe(text);
  });

  it('asks everybody for two halves', () => {
    const later = { ...part, start: at('2027-01-10T08:00:00Z') };
    const relaxation = {
      kind: 'two-halves',
      asks: [ana, idOf('ben')],
      cost: 1,
      parts: [part, later],
    } as const;
    expect(relaxationSentence(partnership(), relaxation)).toBe(
      'Ask Ana Duarte and Ben Okafor for two half-meetings with one partner in both: then Sat 9 Jan 17:00 (Europe/Berlin) and Sun 10 Jan 09:00 (Europe/Berlin) would do, for 1 point.',
    );
  });
});

describe('the weekly agenda', () => {
  it('is what the check-in is for, in its order', () => {
    expect(weeklyAgenda(30)).toEqual([
      { title: 'Personal check-in', minutes: 3 },
      { title: 'Wins', minutes: 3 },
      { title: 'Progress since last time', minutes: 6 },
      { title: 'Blockers', minutes: 8 },
      { title: 'Decisions to confirm', minutes: 6 },
      { title: 'Plan for next week', minutes: 4 },
    ]);
  });

  it('fills every length there is to the minute', () => {
    for (let minutes = 15; minutes <= 480; minutes += 15) {
      const items = weeklyAgenda(minutes);
      expect(items.reduce((sum, item) => sum + item.minutes, 0)).toBe(minutes);
      expect(Math.min(...items.map((item) => item.minutes))).toBeGreaterThan(0);
    }
  });
});

describe('a reason that was found before things changed', () => {
  const limit = { kind: 'reachable', partner: ana } as const;
  const explained = { period: '2027-W01', starts: 671, candidates: 9, ruledOut: [], broken: [] };
  const explanation = { ...explained, before: new Map(), after: new Map(), alternatives: [] };
  const now = (rule: Rule, changes: { broken?: (typeof limit)[]; instead?: Reason['instead'] } = {}) =>
    becauseNow({
      partnership: partnership(),
      occurrence: occurrence({ reason: { rule, ...(changes.instead && { instead: changes.instead }) } }),
      explanation: { ...explanation, ...(changes.broken && { broken: changes.broken }) },
    });
  const announced = 'It was announced for this time, and stays.';

  it.each<[string, string]>([
    ['a limit stands against it', now({ kind: 'earliest' }, { broken: [limit] })],
    [
      'another time is easier',
      now({ kind: 'least-burden' }, { instead: { ...instead, burdens: new Map() } }),
    ],
    ['other times are possible', now({ kind: 'hard-limits' })],
  ])('is not told where %s', (_, told) => {
    expect(told).toBe(announced);
  });

  it('is told where nothing contradicts it, and where the partners agreed', () => {
    expect(now({ kind: 'least-burden' }, { instead })).toMatch(/^It is the easiest time for all together/);
    expect(now({ kind: 'agreed', to: 'partner' }, { broken: [limit] })).toMatch(/^A partner asked/);
  });

  it('leaves the limits to be named, on the clock of whom they are', () => {
    const travels = [{ from: day('2027-01-04'), to: day('2027-01-08'), zone: zoneOf('Europe/London') }];
    const [one, ...others] = partnership().partners;
    const people = { ...partnership(), partners: [{ ...one!, travels }, ...others] };
    expect(brokenSentence(people, limit, at('2027-01-06T05:00:00Z'))).toBe(
      'Ana Duarte cannot be reached then: it is Wed 6 Jan 05:00 (Europe/London).',
    );
    expect(brokenSentence(people, { kind: 'busy', partner: ana }, at('2027-01-06T05:00:00Z'))).toBe(
      'Ana Duarte is busy then.',
    );
  });
});
