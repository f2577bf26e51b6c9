// What makes the starts of a period impossible, rule by rule.

import { erode, indicesIn } from './bits.ts';
import type { Limit, RuledOut } from './plan.ts';
import { firstWithNotice, type Problem, type Round, startsOf } from './problem.ts';
import { freeTime, LIMIT_KINDS, type LimitKind, type Seat } from './seat.ts';

/** How many of the period's starts each rule alone makes impossible, the strictest first; rules that remove none are left out. */
export function ruledOut(problem: Problem, round: Round): RuledOut[] {
  const { first, end } = startsOf(problem, round.period);
  const removed: RuledOut[] = [];
  for (const index of round.present) {
    const seat = problem.seats[index]!;
    for (const kind of LIMIT_KINDS) {
      const starts = end - first - startsLeft(problem, seat, kind, first, end);
      removed.push({ rule: { kind, partner: seat.partner.id }, starts });
    }
  }
  const tooSoon = Math.min(Math.max(0, firstWithNotice(problem) - first), end - first);
  removed.push({ rule: { kind: 'notice' }, starts: tooSoon });
  return removed.filter(({ starts }) => starts > 0).sort((a, b) => b.starts - a.starts);
}

/** The limits of those present that an occurrence breaks which begins with the quarter-hour `start`. */
export function brokenAt(problem: Problem, { present }: Round, start: number): Limit[] {
  return present.flatMap((index) => {
    const seat = problem.seats[index]!;
    const broken = LIMIT_KINDS.filter((kind) => startsLeft(problem, seat, kind, start, start + 1) === 0);
    return broken.map((kind) => ({ kind, partner: seat.partner.id }));
  });
}

/** Who is away where too few are left, each ruling out the whole period. */
export function awayRules(problem: Problem, round: Round): RuledOut[] {
  const { first, end } = startsOf(problem, round.period);
  return round.absent.map((seat) => ({
    rule: { kind: 'away', partner: problem.seats[seat]!.partner.id },
    starts: end - first,
  }));
}

/** The starts that are left where the partner has this one limit alone. */
function startsLeft({ duration }: Problem, seat: Seat, kind: LimitKind, first: number, end: number): number {
  const others = LIMIT_KINDS.filter((each) => each !== kind);
  const free = freeTime(seat, others);
  erode(free, duration);
  return indicesIn(free, first, end).length;
}
