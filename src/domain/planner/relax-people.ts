// The last rungs of the ladder: not everybody at once. An absence that rotates, or two half-meetings.

import type { PartnerId } from '../partner.ts';
import { isSet } from './bits.ts';
import type { Relaxation } from './plan.ts';
import { firstWithNotice, intervalAt, type Problem, type Round, startsOf } from './problem.ts';
import { burdenAt } from './seat.ts';

/** A start, and a bit for each seat of the round that can be there. */
type Showing = { readonly start: number; readonly mask: number };

type Limits = { readonly absences: Map<number, number>; readonly most: number };

/**
 * Somebody is left out, with a recording and notes: as few as possible and at most `most`; who was left out least often before in
 * this plan, then where it costs the others least. Needs two who are there.
 */
export function relaxationByAbsence(
  problem: Problem,
  round: Round,
  { absences, most }: Limits,
): Relaxation | undefined {
  const everybody = maskOf(round.present);
  const options = showings(problem, round)
    .map(({ start, mask }) => ({ start, out: seatsIn(everybody & ~mask), there: seatsIn(mask) }))
    .filter(({ out, there }) => out.length <= most && there.length >= 2)
    .map((each) => ({
      ...each,
      before: sumOf(each.out, (seat) => absences.get(seat) ?? 0),
      cost: costOf(problem, each),
    }))
    .sort(
      (a, b) => a.out.length - b.out.length || a.before - b.before || a.cost - b.cost || a.start - b.start,
    );
  const [best] = options;
  if (!best) return undefined;
  for (const seat of best.out) absences.set(seat, (absences.get(seat) ?? 0) + 1);
  return {
    kind: 'rotating-absence',
    asks: best.out.map((seat) => idOf(problem, seat)),
    cost: best.cost,
    parts: [partOf(problem, best.start, best.there)],
  };
}

/** Two meetings that together have everybody, with one partner in both; each of the others is in the one that is easier for them. */
export function relaxationByHalves(problem: Problem, round: Round): Relaxation | undefined {
  if (round.present.length < 3) return undefined;
  const everybody = maskOf(round.present);
  const possible = cheapestPerMask(problem, showings(problem, round));
  let best: { readonly cost: number; readonly parts: Relaxation['parts'] } | undefined;
  for (const [index, first] of possible.entries()) {
    for (const second of possible.slice(index + 1)) {
      if ((first.mask | second.mask) !== everybody || (first.mask & second.mask) === 0) continue;
      const halves = halvesOf(problem, first, second);
      if (halves && (!best || halves.cost < best.cost)) best = halves;
    }
  }
  return best && { kind: 'two-halves', asks: round.present.map((seat) => idOf(problem, seat)), ...best };
}

/** The starts of the period at which at least two can be there. */
function showings(problem: Problem, round: Round): Showing[] {
  const { first, end } = startsOf(problem, round.period);
  const found: Showing[] = [];
  for (let start = Math.max(first, firstWithNotice(problem)); start < end; start++) {
    const mask = maskOf(round.present.filter((seat) => isFree(problem, seat, start)));
    if (seatsIn(mask).length >= 2) found.push({ start, mask });
  }
  return found;
}

/** Several starts at which the same people can be there: the cheapest few of them are enough, so that two need not overlap. */
function cheapestPerMask(problem: Problem, starts: readonly Showing[]): Showing[] {
  const byMask = new Map<number, Showing[]>();
  for (const each of starts) byMask.set(each.mask, [...(byMask.get(each.mask) ?? []), each]);
  return [...byMask.values()].flatMap((same) =>
    same
      .map((each) => ({ each, cost: costOf(problem, { start: each.start, there: seatsIn(each.mask) }) }))
      .sort((a, b) => a.cost - b.cost || a.each.start - b.each.start)
      .slice(0, 4)
      .map(({ each }) => each),
  );
}

function halvesOf(problem: Problem, first: Showing, second: Showing) {
  if (Math.abs(first.start - second.start) < problem.duration) return undefined;
  const both = seatsIn(first.mask & second.mask);
  const easier = both.filter(
    (seat) => burdenOf(problem, seat, first.start) <= burdenOf(problem, seat, second.start),
  );
  const [early, late] = first.start < second.start ? [first, second] : [second, first];
  let best: { readonly cost: number; readonly parts: Relaxation['parts'] } | undefined;
  for (const bridge of both) {
    const inFirst = seatsIn(first.mask).filter(
      (seat) => seat === bridge || !both.includes(seat) || easier.includes(seat),
    );
    const inSecond = seatsIn(second.mask).filter(
      (seat) => seat === bridge || !both.includes(seat) || !easier.includes(seat),
    );
    if (inFirst.length < 2 || inSecond.length < 2) continue;
    const people = new Map([
      [first, inFirst],
      [second, inSecond],
    ]);
    const parts = [early, late].map((each) => partOf(problem, each.start, people.get(each)!));
    const cost = sumOf(parts, (part) => sumOf([...part.burdens.values()], (points) => points));
    if (!best || cost < best.cost) best = { cost, parts };
  }
  return best;
}

function partOf(problem: Problem, start: number, seats: readonly number[]): Relaxation['parts'][number] {
  const burdens = new Map(seats.map((seat) => [idOf(problem, seat), burdenOf(problem, seat, start)]));
  return { ...intervalAt(problem, start), burdens };
}

function costOf(
  problem: Problem,
  { start, there }: { readonly start: number; readonly there: readonly number[] },
): number {
  return sumOf(there, (seat) => burdenOf(problem, seat, start));
}

function burdenOf({ seats, duration }: Problem, seat: number, start: number): number {
  return burdenAt(seats[seat]!, start, duration);
}

function isFree({ free, duration }: Problem, seat: number, start: number): boolean {
  for (let quarter = start; quarter < start + duration; quarter++) {
    if (!isSet(free[seat]!, quarter)) return false;
  }
  return true;
}

function idOf({ seats }: Problem, seat: number): PartnerId {
  return seats[seat]!.partner.id;
}

function maskOf(seats: readonly number[]): number {
  return seats.reduce((mask, seat) => mask | (1 << seat), 0);
}

function seatsIn(mask: number): number[] {
  const seats: number[] = [];
  for (let seat = 0; mask >>> seat !== 0; seat++) if ((mask >>> seat) & 1) seats.push(seat);
  return seats;
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
