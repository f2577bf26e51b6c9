// The small figures: busy time onto the grid, the common time of twelve calendars, wall time to instant, one change planned again.

import { DateTime } from 'luxon';
import type { Partner } from '../../src/domain/partner.ts';
import { bitsFor, clearRange, erode, intersectionOf, setRange } from '../../src/domain/planner/bits.ts';
import { decideAgain } from '../../src/domain/planner/plan-again.ts';
import { poseProblem } from '../../src/domain/planner/problem.ts';
import { HOUR, MINUTE } from '../../src/domain/time/duration.ts';
import { gridOver, indexFrom, indexOf } from '../../src/domain/time/grid.ts';
import { type Instant, instantOf, plus } from '../../src/domain/time/instant.ts';
import type { WallTime } from '../../src/domain/time/wall-time.ts';
import { parseZone, toInstant } from '../../src/domain/time/zone.ts';
import { ANA, BEN, CHIARA, windowsOf } from '../support/cast.ts';
import { requestOf } from '../support/requests.ts';
import { dice } from './scale.ts';

/** Microseconds a run, over batches. */
export type Timing = { readonly median: number; readonly worst: number };

/** After a warm-up. */
function microseconds(work: () => void, batch: number, rounds = 31): Timing {
  for (let k = 0; k < batch * 3; k++) work();
  const times = Array.from({ length: rounds }, () => {
    const begun = performance.now();
    for (let k = 0; k < batch; k++) work();
    return ((performance.now() - begun) * 1_000) / batch;
  });
  return { median: median(times), worst: Math.max(...times) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const BEGIN = instantOf(Date.UTC(2027, 0, 4));
const GRID = gridOver(BEGIN, plus(BEGIN, 26 * 7 * 24 * HOUR));

/** Busy time of 2,000 items over 26 weeks as a bitset. */
export function freeBusyOf2000(): Timing {
  const next = dice(7);
  const items = Array.from({ length: 2_000 }, () => {
    const start = instantOf(BEGIN + Math.floor(next() * 26 * 7 * 96) * 15 * MINUTE);
    return { start, end: plus(start, (1 + Math.floor(next() * 6)) * 30 * MINUTE) };
  });
  const free = bitsFor(GRID.length);
  return microseconds(() => {
    setRange(free, 0, GRID.length);
    for (const { start, end } of items) clearRange(free, indexOf(GRID, start), indexFrom(GRID, end));
  }, 50);
}

/** What twelve partners have in common over 26 weeks, and where a call of an hour fits. */
export function commonTimeOf12(): Timing {
  const next = dice(11);
  const calendars = Array.from({ length: 12 }, () =>
    bitsFor(GRID.length).map(() => Math.floor(next() * 2 ** 32)),
  );
  return microseconds(() => {
    erode(intersectionOf(calendars), 4);
  }, 500);
}

/** Nanoseconds a call from wall time to instant: ours, and luxon's. */
export function wallToInstant(): { readonly ours: Timing; readonly luxon: number } {
  const zone = parseZone('America/St_Johns')!;
  const walls = Array.from({ length: 1_000 }, (_, k) => (BEGIN + k * 8.7 * HOUR) as number as WallTime);
  let sum = 0;
  const ours = microseconds(() => {
    for (const wall of walls) sum += toInstant(zone, wall);
  }, 50);
  const parts = walls.map((wall) => DateTime.fromMillis(wall, { zone: 'utc' }));
  const luxon = microseconds(
    () => {
      for (const { year, month, day, hour, minute } of parts.slice(0, 50)) {
        sum += DateTime.fromObject({ year, month, day, hour, minute }, { zone }).toMillis();
      }
    },
    1,
    11,
  );
  if (sum === 0) throw new Error('nothing was computed');
  return { ours, luxon: (luxon.median * 1_000) / 50 };
}

/** Milliseconds to plan one partnership of three again, over 12 weeks, after one event has changed: the 99th percentile. */
export function planningAgain(): { readonly median: number; readonly p99: number } {
  const owls = [ANA, BEN, CHIARA].map((each) => ({ ...each, reachable: windowsOf('Mon-Fri 06:00-23:30') }));
  const request = requestOf({ partners: owls });
  const problem = poseProblem(request);
  const first = decideAgain(problem, []);
  const published = [...first.decision.starts].map(([{ period }, start]) => ({
    period: period.id,
    start: instantOf(problem.grid.start + start * 15 * MINUTE),
  }));
  const next = dice(3);
  const times = Array.from({ length: 1_200 }, () => {
    const hit = published[Math.floor(next() * published.length)]!;
    const partners = withMeeting(owls, Math.floor(next() * owls.length), hit.start);
    const changed = requestOf({ partners });
    const begun = performance.now();
    decideAgain(poseProblem(changed), published);
    return performance.now() - begun;
  }).slice(200);
  return { median: median(times), p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]! };
}

function withMeeting(partners: readonly Partner[], seat: number, start: Instant): Partner[] {
  const meeting = { start, end: plus(start, HOUR), tentative: false };
  return partners.map((partner, index) =>
    index === seat ? { ...partner, busy: [...partner.busy, meeting] } : partner,
  );
}
