// The ladder for a period in which nothing fits: the first rung that would help, as a question, never taken silently.

import type { BusyTime, Partner, WeeklyWindow } from '../partner.ts';
import { overlaps } from '../time/interval.ts';
import type { Weekday } from '../time/plain-date.ts';
import type { Relaxation } from './plan.ts';
import { alteredRound, burdensOf, intervalAt, type Problem, pointsIn, type Round } from './problem.ts';
import { relaxationByAbsence, relaxationByHalves } from './relax-people.ts';
import { freeTime, seatOf } from './seat.ts';

/** How often each seat was asked to be absent already, so that the absence rotates; counted up here. */
export type Absences = Map<number, number>;

/** The first rung of the ladder that helps in `round` and was not refused for it; undefined where none is left. */
export function relaxationFor(problem: Problem, round: Round, absences: Absences): Relaxation | undefined {
  const refused = problem.asked.refused.get(round.period.id);
  for (const { kind, climb } of LADDER) {
    const relaxation = refused?.has(kind) ? undefined : climb(problem, round, absences);
    if (relaxation) return relaxation;
  }
  return undefined;
}

type Rung = {
  readonly kind: Relaxation['kind'];
  readonly climb: (problem: Problem, round: Round, absences: Absences) => Relaxation | undefined;
};

/** From what asks least to what asks most. */
const LADDER: readonly Rung[] = [
  { kind: 'another-day', climb: anotherDay },
  { kind: 'tentative', climb: tentativeEvent },
  { kind: 'move-event', climb: movedEvent },
  { kind: 'shorter', climb: shorterCall },
  { kind: 'wider-window', climb: widerWindow },
  {
    kind: 'rotating-absence',
    climb: (problem, round, absences) => relaxationByAbsence(problem, round, { absences, most: 1 }),
  },
  { kind: 'two-halves', climb: relaxationByHalves },
  {
    kind: 'rotating-absence',
    climb: (problem, round, absences) =>
      relaxationByAbsence(problem, round, { absences, most: round.present.length - 2 }),
  },
];

/** A day that some partner has not made reachable, at the hours of their reachable days. */
function anotherDay(problem: Problem, round: Round): Relaxation | undefined {
  return bestOf(problem, round, 'another-day', (partner) => ({
    ...partner,
    reachable: onEveryDay(partner.reachable),
  }));
}

/** An event that is marked tentative gives way. */
function tentativeEvent(problem: Problem, round: Round): Relaxation | undefined {
  return bestOf(problem, round, 'tentative', (partner) => ({
    ...partner,
    busy: partner.busy.filter(({ tentative }) => !tentative),
  }));
}

/** One partner moves one busy event. */
function movedEvent(problem: Problem, round: Round): Relaxation | undefined {
  let best: Relaxation | undefined;
  for (const seat of round.present) {
    const { partner } = problem.seats[seat]!;
    const free = new Map([[seat, freeTime(problem.seats[seat]!, ['busy'])]]);
    const altered = alteredRound(problem, round, { free });
    for (const start of altered.starts) {
      const inTheWay = distinct(partner.busy.filter((busy) => overlaps(busy, intervalAt(problem, start))));
      if (inTheWay.length !== 1) continue;
      const { start: from, end: to } = inTheWay[0]!;
      const moves = { start: from, end: to };
      best = cheaper(best, { ...relaxed(problem, altered, start, 'move-event'), asks: [partner.id], moves });
    }
  }
  return best;
}

/** A shorter call, the longest that fits and never under 15 minutes; it asks everybody. */
function shorterCall(problem: Problem, round: Round): Relaxation | undefined {
  for (let duration = problem.duration - 1; duration >= 1; duration--) {
    const shortened = { ...problem, duration };
    const altered = alteredRound(shortened, round, {});
    if (altered.starts.length === 0) continue;
    const asks = round.present.map((seat) => problem.seats[seat]!.partner.id);
    let best: Relaxation | undefined;
    for (const start of altered.starts) {
      best = cheaper(best, {
        ...relaxed(shortened, altered, start, 'shorter'),
        asks,
        minutes: duration * 15,
      });
    }
    return best;
  }
  return undefined;
}

/** One partner's reachable windows, longer by half an hour, an hour, an hour and a half at either end. */
function widerWindow(problem: Problem, round: Round): Relaxation | undefined {
  for (const minutes of [30, 60, 90]) {
    let best: Relaxation | undefined;
    for (const seat of round.present) {
      const found = bestOf(problem, round, 'wider-window', (partner, index) =>
        index === seat
          ? { ...partner, reachable: partner.reachable.map((window) => widened(window, minutes)) }
          : partner,
      );
      if (found) best = cheaper(best, { ...found, minutes });
    }
    if (best) return best;
  }
  return undefined;
}

/** The cheapest start once partners are altered so; it asks those for whom it is impossible as they are. */
function bestOf(
  problem: Problem,
  round: Round,
  kind: Relaxation['kind'],
  alter: (partner: Partner, seat: number) => Partner,
): Relaxation | undefined {
  const free = new Map(
    round.present.map((index) => {
      const seat = problem.seats[index]!;
      return [index, freeTime(seatOf(alter(seat.partner, index), seat.grid, seat.elsewhere))] as const;
    }),
  );
  const altered = alteredRound(problem, round, { free });
  const alone = new Map(
    round.present.map((seat) => [seat, alteredRound(problem, round, { present: [seat] }).starts]),
  );
  let best: Relaxation | undefined;
  for (const start of altered.starts) {
    const asks = round.present.filter((seat) => !alone.get(seat)!.includes(start));
    const option = relaxed(problem, altered, start, kind);
    best = cheaper(best, { ...option, asks: asks.map((seat) => problem.seats[seat]!.partner.id) });
  }
  return best;
}

function relaxed(
  problem: Problem,
  altered: Round,
  start: number,
  kind: Relaxation['kind'],
): Omit<Relaxation, 'asks'> {
  const points = burdensOf(problem, altered, altered.starts.indexOf(start));
  return {
    kind,
    cost: altered.present.reduce((sum, seat) => sum + points[seat]!, 0),
    parts: [{ ...intervalAt(problem, start), burdens: pointsIn(problem, altered, start) }],
  };
}

/** The one that asks fewer, then the one that costs less, then `a`. */
function cheaper(a: Relaxation | undefined, b: Relaxation): Relaxation {
  if (!a) return b;
  return (b.asks.length - a.asks.length || b.cost - a.cost) < 0 ? b : a;
}

function onEveryDay(windows: readonly WeeklyWindow[]): WeeklyWindow[] {
  const reached = new Set(windows.map(({ weekday }) => weekday));
  const hours = new Map(windows.map(({ start, end }) => [`${start}-${end}`, { start, end }]));
  const others = ([1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Weekday[]).filter(
    (day) => !reached.has(day),
  );
  return [
    ...windows,
    ...others.flatMap((weekday) => [...hours.values()].map((each) => ({ weekday, ...each }))),
  ];
}

/** Longer at both ends; one that then begins before midnight begins on the day before. */
function widened({ weekday, start, end }: WeeklyWindow, minutes: number): WeeklyWindow {
  if (end - start + 2 * minutes >= 7 * 1_440) return { weekday, start, end };
  if (start >= minutes) return { weekday, start: start - minutes, end: end + minutes };
  const before = (weekday === 1 ? 7 : weekday - 1) as Weekday;
  return { weekday: before, start: start - minutes + 1_440, end: end + minutes + 1_440 };
}

function distinct(busy: readonly BusyTime[]): BusyTime[] {
  return busy.filter(
    (each, index) => busy.findIndex(({ start, end }) => start === each.start && end === each.end) === index,
  );
}
