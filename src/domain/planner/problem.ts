// The question put to the planner, compiled once: periods, partners on the grid, candidates of each period.

import type { Attendance } from '../fairness/hosts.ts';
import { absenceCredit, pointsOf } from '../fairness/ledger.ts';
import type { PartnerId } from '../partner.ts';
import type { Partnership } from '../partnership.ts';
import { DAY } from '../time/duration.ts';
import { type Grid, gridOver, indexFrom, indexOf, instantAt } from '../time/grid.ts';
import { type Instant, plus } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { type Period, periodsFrom } from '../time/period.ts';
import type { PlainDate } from '../time/plain-date.ts';
import { type Bits, erode, indicesIn, intersectionOf } from './bits.ts';
import type { Points, Reason, Relaxation } from './plan.ts';
import { fillBurdens, freeTime, isAwayThroughout, type Seat, seatOf } from './seat.ts';

/** What was published before for a period; `moved` where the partners themselves put it there, so that it is a pin. */
export type Published = {
  readonly period: string;
  readonly start: Instant;
  readonly moved?: boolean;
  /** Who was announced as host; stays while the occurrence does. */
  readonly host?: PartnerId;
  /** Who has said that they will not be there: somebody else is host. */
  readonly declined?: readonly PartnerId[];
  /** The reason that was given for its time; stays while the time does. */
  readonly reason?: Reason;
};

/** A period that is not the planner's to place, since it is over or agreed on; what its occurrences burden counts beforehand. */
export type Settled = { readonly period: string; readonly burdens: Points };

/** What was refused for a period, and how often partners were asked to stay away before, so that the absence rotates. */
export type Asked = {
  readonly refused: ReadonlyMap<string, ReadonlySet<Relaxation['kind']>>;
  readonly absences: ReadonlyMap<PartnerId, number>;
};

/** What the planner is asked. */
export type PlanRequest = {
  readonly partnership: Partnership;
  /** The day in the anchor zone on which the first period begins. */
  readonly from: PlainDate;
  /** Periods that begin within so many weeks are planned. */
  readonly weeks: number;
  readonly now: Instant;
  readonly published?: readonly Published[];
  readonly settled?: readonly Settled[];
  /** Who led the occurrences before, in their order. */
  readonly hosted?: readonly Attendance[];
  readonly asked?: Asked;
  /** Occurrences of other partnerships in which partners take part. */
  readonly elsewhere?: ReadonlyMap<PartnerId, readonly Interval[]>;
  /** Fairness is judged in steps of so many points: 1 by default, more where calm is worth more than the last point. */
  readonly epsilon?: number;
  /** `when-unfair` rotates where a fixed time is worse for the worst partner by more than so many per cent; 15 by default. */
  readonly share?: number;
};

/** Nothing is placed sooner than so many milliseconds from now. */
const NOTICE = DAY;

/** One period and the starts at which its occurrence can be. Seats are named by their index in the problem. */
export type Round = {
  readonly period: Period;
  readonly present: readonly number[];
  /** Who is away for the whole period and left out of it. */
  readonly absent: readonly number[];
  /** Indices on the grid, ascending. */
  readonly starts: readonly number[];
  /** Points of seat `i` at the candidate `k` at `k * seats + i`; for an absent one it is their credit. */
  readonly burdens: Int32Array;
};

/** A request on the grid. Seats stand for partners, rounds for periods, in their order. */
export type Problem = {
  readonly partnership: Partnership;
  readonly grid: Grid;
  readonly seats: readonly Seat[];
  /** Points that each seat has borne before. */
  readonly opening: Int32Array;
  /** Length of an occurrence in quarter-hours. */
  readonly duration: number;
  readonly now: Instant;
  readonly epsilon: number;
  readonly share: number;
  readonly hosted: readonly Attendance[];
  readonly asked: Asked;
  /** When each seat can be there at all. */
  readonly free: readonly Bits[];
  readonly rounds: readonly Round[];
};

/** What is different in a round: other free time of some seats, another length, other people, less notice. */
export type Alteration = {
  readonly free?: ReadonlyMap<number, Bits>;
  readonly duration?: number;
  readonly present?: readonly number[];
  readonly earliest?: number;
};

/** The question that a request puts, ready to be decided. */
export function poseProblem(request: PlanRequest): Problem {
  return findCandidates(paintSeats(request));
}

/** A question whose partners are on the grid, before candidates were looked for. */
export type Painted = Omit<Problem, 'rounds'> & { readonly periods: readonly Period[] };

/** Puts the partners on the grid, with everything that keeps them from being there. */
export function paintSeats(request: PlanRequest): Painted {
  const { partnership, from, weeks, now, settled = [] } = request;
  const { anchor, checkIn } = partnership;
  const periods = periodsFrom({ anchor, rhythm: checkIn.rhythm, since: checkIn.since }, from, weeks);
  const grid = gridOver(periods[0]!.start, periods.at(-1)!.end);
  const isOpen = ({ id }: Period) => !settled.some(({ period }) => period === id);
  const seats = partnership.partners.map((partner) =>
    seatOf(partner, grid, request.elsewhere?.get(partner.id)),
  );
  return {
    periods: periods.filter(isOpen),
    partnership,
    grid,
    seats,
    opening: Int32Array.from(
      seats,
      ({ partner: { id } }) => pointsOf(partnership.ledger, id) + pointsSettled(settled, id),
    ),
    duration: checkIn.minutes / 15,
    now,
    epsilon: request.epsilon ?? 1,
    share: request.share ?? 15,
    hosted: request.hosted ?? [],
    asked: request.asked ?? NOTHING_ASKED,
    free: seats.map((seat) => freeTime(seat)),
  };
}

const NOTHING_ASKED: Asked = { refused: new Map(), absences: new Map() };

function pointsSettled(settled: readonly Settled[], partner: PartnerId): number {
  let sum = 0;
  for (const { burdens } of settled) sum += burdens.get(partner) ?? 0;
  return sum;
}

/** The candidates of each period. */
export function findCandidates({ periods, ...base }: Painted): Problem {
  return { ...base, rounds: roundsOf(base, periods) };
}

/** The candidates that `round` would have with these differences. */
export function alteredRound(
  problem: Base,
  round: Omit<Round, 'starts' | 'burdens'>,
  change: Alteration,
): Round {
  const present = change.present ?? round.present;
  const absent = problem.seats.map((_, seat) => seat).filter((seat) => !present.includes(seat));
  const base = { ...problem, duration: change.duration ?? problem.duration };
  const free = problem.free.map((bits, seat) => change.free?.get(seat) ?? bits);
  const earliest = change.earliest ?? firstWithNotice(problem);
  const possible = possibleStarts(
    base,
    present.map((seat) => free[seat]!),
  );
  return roundWith(
    base,
    { period: round.period, present, absent },
    startsIn(base, round.period, possible, earliest),
  );
}

/** `round` with these starts alone, whether they are candidates or not. */
export function roundWith(
  problem: Omit<Problem, 'rounds'>,
  round: Omit<Round, 'starts' | 'burdens'>,
  starts: readonly number[],
): Round {
  const { period, present, absent } = round;
  return { period, present, absent, starts, burdens: burdensOver(problem, round, starts) };
}

/** The interval of an occurrence that begins with the quarter-hour `start`. */
export function intervalAt({ grid, duration }: Pick<Problem, 'grid' | 'duration'>, start: number): Interval {
  return { start: instantAt(grid, start), end: instantAt(grid, start + duration) };
}

/** Points of each seat at the candidate `k` of a round. */
export function burdensOf({ seats }: Pick<Problem, 'seats'>, round: Round, k: number): Int32Array {
  return round.burdens.subarray(k * seats.length, (k + 1) * seats.length);
}

/** Points of those present when `round` is held at `start`. */
export function pointsIn({ seats }: Pick<Problem, 'seats'>, round: Round, start: number): Points {
  const burdens = burdensOf({ seats }, round, round.starts.indexOf(start));
  return new Map(round.present.map((seat) => [seats[seat]!.partner.id, burdens[seat]!]));
}

/** All starts on the grid at which an occurrence lies wholly inside the period, candidates or not. */
export function startsOf(
  { grid, duration }: Pick<Problem, 'grid' | 'duration'>,
  period: Period,
): { first: number; end: number } {
  return { first: indexFrom(grid, period.start), end: indexOf(grid, period.end) - duration + 1 };
}

/** The first start that leaves the minimum notice. */
export function firstWithNotice({ grid, now }: Pick<Problem, 'grid' | 'now'>): number {
  return indexFrom(grid, plus(now, NOTICE));
}

type Base = Omit<Problem, 'rounds'>;

function roundsOf(base: Base, periods: readonly Period[]): Round[] {
  const everybody = base.seats.map((_, seat) => seat);
  const earliest = firstWithNotice(base);
  const common = possibleStarts(base, base.free);
  const all = { present: everybody, absent: [] };
  const starts = periods.map((period) => startsIn(base, period, common, earliest));
  // Once for the whole horizon, since that is most of the work of large batches.
  const burdens = burdensOver(base, all, starts.flat());
  let row = 0;
  return periods.map((period, t) => {
    const first = row;
    row += starts[t]!.length * everybody.length;
    const days = { from: period.first, to: period.last };
    const absent = everybody.filter((seat) => isAwayThroughout(base.seats[seat]!, days));
    if (absent.length === 0)
      return { period, ...all, starts: starts[t]!, burdens: burdens.subarray(first, row) };
    const round = { period, present: everybody.filter((seat) => !absent.includes(seat)), absent };
    return round.present.length < 2 ? roundWith(base, round, []) : alteredRound(base, round, {});
  });
}

/** The quarter-hours from which on all of `free` are set for the length of an occurrence. */
function possibleStarts({ duration }: Pick<Problem, 'duration'>, free: readonly Bits[]): Bits {
  const common = intersectionOf(free);
  erode(common, duration);
  return common;
}

function startsIn(base: Base, period: Period, possible: Bits, earliest: number): number[] {
  const { first, end } = startsOf(base, period);
  return indicesIn(possible, Math.max(first, earliest), end);
}

function burdensOver(
  { seats, duration }: Base,
  { present, absent }: Pick<Round, 'present' | 'absent'>,
  starts: readonly number[],
): Int32Array {
  const burdens = new Int32Array(starts.length * seats.length);
  for (const column of present) {
    fillBurdens(seats[column]!, duration, { starts, points: burdens, stride: seats.length, column });
  }
  for (let k = 0; k < starts.length && absent.length > 0; k++) {
    const credit = absenceCredit(present.map((seat) => burdens[k * seats.length + seat]!));
    for (const seat of absent) burdens[k * seats.length + seat] = credit;
  }
  return burdens;
}
