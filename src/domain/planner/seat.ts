// A partner on the planner's grid: when they are free, and what each quarter-hour costs them.

import { WEEK_QUARTERS, weeklyBurden } from '../fairness/burden.ts';
import type { Partner, WeeklyWindow } from '../partner.ts';
import { type Grid, indexFrom, indexOf, QUARTER } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import type { Interval } from '../time/interval.ts';
import { addDays, type DateRange, weekdayOf } from '../time/plain-date.ts';
import { dateOfWall, wallTimeOf } from '../time/wall-time.ts';
import { offsetAt, toInstant, toWall, transitionsBetween, type Zone } from '../time/zone.ts';
import { spanOf } from '../whereabouts.ts';
import { type Bits, bitsFor, clearRange, setRange } from './bits.ts';

/** A partner's own hard limits, by the rule that sets them. */
export type LimitKind = 'reachable' | 'away' | 'focus' | 'busy' | 'elsewhere';

/** All of them, in a fixed order. */
export const LIMIT_KINDS: readonly LimitKind[] = ['reachable', 'away', 'focus', 'busy', 'elsewhere'];

/** A partner for the length of a plan. */
export type Seat = {
  readonly partner: Partner;
  readonly grid: Grid;
  /** Occurrences of other partnerships in which the partner takes part. */
  readonly elsewhere: readonly Interval[];
  /** Where the partner is, in order; together they cover the grid. */
  readonly stays: readonly Stay[];
  /** From which quarter-hour of the grid on the partner's wall clock is how many quarter-hours ahead of it, in its week. */
  readonly clocks: readonly Clock[];
  /** Points of each quarter-hour of the week on the wall clock. */
  readonly weekly: Uint8Array;
};

/** A stretch of time that a partner spends in one zone. */
export type Stay = Interval & { readonly zone: Zone };

type Clock = { readonly from: number; readonly shift: number };

/** Puts a partner on the grid. */
export function seatOf(partner: Partner, grid: Grid, elsewhere: readonly Interval[] = []): Seat {
  const stays = staysOf(partner, grid);
  const clocks = clocksOf(stays, grid);
  return { partner, grid, elsewhere, stays, clocks, weekly: weeklyBurdenOf(partner.comfortable) };
}

/** The quarter-hours that no limit of the partner rules out; `lifted` limits are left out of account. */
export function freeTime(seat: Seat, lifted: readonly LimitKind[] = []): Bits {
  const { grid, partner } = seat;
  const free = bitsFor(grid.length);
  const holds = (kind: LimitKind) => !lifted.includes(kind);
  const allow = (start: Instant, end: Instant) => setRange(free, indexFrom(grid, start), indexOf(grid, end));
  const block = (start: Instant, end: Instant) =>
    clearRange(free, indexOf(grid, start), indexFrom(grid, end));
  if (holds('reachable')) paintWindows(seat, partner.reachable, allow);
  else setRange(free, 0, grid.length);
  if (holds('focus')) paintWindows(seat, partner.focus, block);
  if (holds('away')) {
    for (const { start, end } of partner.away.map((days) => spanOf(partner.zone, days))) block(start, end);
  }
  if (holds('busy')) for (const { start, end } of partner.busy) if (start < end) block(start, end);
  if (holds('elsewhere')) for (const { start, end } of seat.elsewhere) block(start, end);
  return free;
}

/** Where points go: those of the occurrence that begins with `starts[k]` to `points[k * stride + column]`. */
export type BurdenColumn = {
  /** Ascending. */
  readonly starts: readonly number[];
  readonly points: Int32Array;
  readonly stride: number;
  readonly column: number;
};

/** Fills in the points of occurrences that last `duration` quarter-hours. */
export function fillBurdens(
  seat: Seat,
  duration: number,
  { starts, points, stride, column }: BurdenColumn,
): void {
  const calls = callBurdens(seat.weekly, duration);
  let k = 0;
  for (const [index, { shift }] of seat.clocks.entries()) {
    const change = seat.clocks[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    for (; k < starts.length && starts[k]! < change; k++) {
      const start = starts[k]!;
      const isWhole = start + duration <= change;
      points[k * stride + column] = isWhole
        ? calls[(start + shift) % WEEK_QUARTERS]!
        : burdenAcross(seat, index, start, duration);
    }
  }
}

/** Points of an occurrence that begins with the quarter-hour `start`. */
export function burdenAt(seat: Seat, start: number, duration: number): number {
  const points = new Int32Array(1);
  fillBurdens(seat, duration, { starts: [start], points, stride: 1, column: 0 });
  return points[0]!;
}

/** The points where the partner's clock changes on the way. */
function burdenAcross({ clocks, weekly }: Seat, from: number, start: number, duration: number): number {
  let clock = from;
  let points = 0;
  for (let quarter = start; quarter < start + duration; quarter++) {
    while (clock + 1 < clocks.length && clocks[clock + 1]!.from <= quarter) clock++;
    points += weekly[(quarter + clocks[clock]!.shift) % WEEK_QUARTERS]!;
  }
  return points;
}

/** Whether the partner is away on all of their reachable days that `days` contains, though there are some. */
export function isAwayThroughout({ partner }: Pick<Seat, 'partner'>, days: DateRange): boolean {
  if (partner.away.length === 0) return false;
  let reachable = 0;
  for (let day = days.from; day <= days.to; day = addDays(day, 1)) {
    if (!partner.reachable.some((window) => window.weekday === weekdayOf(day))) continue;
    if (!partner.away.some((range) => range.from <= day && day <= range.to)) return false;
    reachable++;
  }
  return reachable > 0;
}

/** Calls `paint` with each occurrence of the weekly windows that overlaps the grid, in the zone where the partner then is. */
export function paintWindows(
  { stays }: Pick<Seat, 'stays'>,
  windows: readonly WeeklyWindow[],
  paint: (start: Instant, end: Instant) => void,
): void {
  for (const stay of stays) {
    const last = dateOfWall(toWall(stay.zone, stay.end));
    for (
      let day = addDays(dateOfWall(toWall(stay.zone, stay.start)), -1);
      day <= last;
      day = addDays(day, 1)
    ) {
      for (const window of windows) {
        if (window.weekday !== weekdayOf(day)) continue;
        const start = Math.max(toInstant(stay.zone, wallTimeOf(day, window.start)), stay.start) as Instant;
        const end = Math.min(toInstant(stay.zone, wallTimeOf(day, window.end)), stay.end) as Instant;
        if (start < end) paint(start, end);
      }
    }
  }
}

function staysOf(partner: Partner, grid: Grid): Stay[] {
  const end = (grid.start + grid.length * QUARTER) as Instant;
  const travels = partner.travels
    .map((travel) => ({ zone: travel.zone, ...spanOf(partner.zone, travel) }))
    .sort((a, b) => a.start - b.start);
  const stays: Stay[] = [];
  let since = grid.start;
  for (const { zone, ...days } of travels) {
    const [left, back] = [Math.max(days.start, since) as Instant, Math.min(days.end, end) as Instant];
    if (left >= back) continue;
    if (since < left) stays.push({ start: since, end: left, zone: partner.zone });
    stays.push({ start: left, end: back, zone });
    since = back;
  }
  if (since < end) stays.push({ start: since, end, zone: partner.zone });
  return stays;
}

function clocksOf(stays: readonly Stay[], grid: Grid): Clock[] {
  const clocks: Clock[] = [];
  for (const { start, end, zone } of stays) {
    clocks.push({ from: indexOf(grid, start), shift: weekShift(grid, offsetAt(zone, start)) });
    for (const { at, offset } of transitionsBetween(zone, start, end)) {
      clocks.push({ from: indexOf(grid, at), shift: weekShift(grid, offset) });
    }
  }
  return clocks;
}

/** What to add to a quarter-hour's index so that, modulo a week, 0 is Monday 00:00 on a clock `offset` ahead of UTC. */
function weekShift(grid: Grid, offset: number): number {
  // 1970-01-01 was a Thursday: three days after a Monday.
  const quarters = Math.floor((grid.start + offset) / QUARTER) + 3 * 96;
  return ((quarters % WEEK_QUARTERS) + WEEK_QUARTERS) % WEEK_QUARTERS;
}

/** Partners share few sets of comfortable windows, and a plan is made anew many times: tables are kept by identity. */
const tables = new WeakMap<readonly WeeklyWindow[], Uint8Array>();

function weeklyBurdenOf(comfortable: readonly WeeklyWindow[]): Uint8Array {
  const known = tables.get(comfortable);
  if (known) return known;
  const table = weeklyBurden(comfortable);
  tables.set(comfortable, table);
  return table;
}

const callTables = new WeakMap<Uint8Array, Map<number, Int32Array>>();

/** Points of a call of `duration` quarter-hours from each quarter-hour of the week on. */
function callBurdens(weekly: Uint8Array, duration: number): Int32Array {
  const known = callTables.get(weekly)?.get(duration);
  if (known) return known;
  const calls = new Int32Array(WEEK_QUARTERS);
  for (let start = 0; start < WEEK_QUARTERS; start++) {
    for (let k = 0; k < duration; k++) calls[start]! += weekly[(start + k) % WEEK_QUARTERS]!;
  }
  callTables.set(weekly, (callTables.get(weekly) ?? new Map<number, Int32Array>()).set(duration, calls));
  return calls;
}
