// The scale set: 10,000 partnerships of 2 to 7 partners over 12 weeks, with calendars, drawn from a seed.

import { type Partner, partnerIdOf } from '../../src/domain/partner.ts';
import { decideAgain } from '../../src/domain/planner/plan-again.ts';
import { findCandidates, type PlanRequest, paintSeats } from '../../src/domain/planner/problem.ts';
import { HOUR, MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, instantOf } from '../../src/domain/time/instant.ts';
import { type PlainDate, parseDate } from '../../src/domain/time/plain-date.ts';
import { parseZone, startOfDay, type Zone } from '../../src/domain/time/zone.ts';
import { parseWindows } from '../../src/domain/windows.ts';

const WEEKS = 12;

/** Zones in bands, so that a partnership drawn from neighbouring ones mostly shares some hours. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Australia/Sydney',
].map((name) => parseZone(name)!);

export type ScaleFigures = {
  readonly partnerships: number;
  readonly seats: number;
  readonly placed: number;
  readonly periods: number;
  /** Milliseconds: from events to bitsets; from bitsets to decided plans. */
  readonly painting: number;
  readonly planning: number;
};

/** Plans them one after the other, with what was drawn from `seed`; drawing is not timed. */
export function planAtScale(partnerships: number, seed: number): ScaleFigures {
  const sums = { seats: 0, placed: 0, periods: 0, painting: 0, planning: 0 };
  for (let index = -WARM_UP; index < partnerships; index++) {
    const request = requestFor(dice(seed * 1_000_003 + index));
    const begun = performance.now();
    const painted = paintSeats(request);
    const between = performance.now();
    const problem = findCandidates(painted);
    const { decision } = decideAgain(problem, []);
    const end = performance.now();
    if (index < 0) continue;
    sums.painting += between - begun;
    sums.planning += end - between;
    sums.placed += decision.starts.size;
    sums.periods += problem.rounds.length;
    sums.seats += request.partnership.partners.length;
  }
  return { partnerships, ...sums };
}

/** Partnerships planned before the clock runs, so that the code is compiled. */
const WARM_UP = 300;

const FROM: PlainDate = parseDate('2027-01-04')!;
const ANCHOR: Zone = parseZone('Europe/Berlin')!;
const COMFORTABLE = windows('Mon-Fri 09:00-17:00');
const REACHABLE = windows('Mon-Fri 06:00-23:00');

function windows(text: string): Partner['reachable'] {
  const read = parseWindows(text);
  if (read.kind === 'problem') throw new Error(read.problem);
  return read.windows;
}

function requestFor(next: () => number): PlanRequest {
  const size = 2 + Math.floor(next() * 6.8);
  const around = Math.floor(next() * ZONES.length);
  const partners = Array.from({ length: size }, (_, seat) => partnerFor(next, around, seat));
  const checkIn = { rhythm: '1w', minutes: 30, rotation: { kind: 'every-time' }, since: FROM } as const;
  const partnership = { name: 'Scale', anchor: ANCHOR, checkIn, partners, ledger: new Map() };
  return { partnership, from: FROM, weeks: WEEKS, now: startOfDay(ANCHOR, FROM) };
}

function partnerFor(next: () => number, around: number, seat: number): Partner {
  const zone = ZONES[(around + Math.floor(next() * 3)) % ZONES.length]!;
  const begin = startOfDay(zone, FROM);
  return {
    id: partnerIdOf(`p${seat}@example.com`),
    email: `p${seat}@example.com`,
    name: `Partner ${seat}`,
    zone,
    comfortable: COMFORTABLE,
    reachable: REACHABLE,
    focus: [],
    away: [],
    travels: [],
    busy: Array.from({ length: WEEKS * 15 }, () => meeting(next, begin)),
  };
}

/** Between 08:00 and 18:00 of a working day, half an hour to two hours long. */
function meeting(next: () => number, begin: Instant): Partner['busy'][number] {
  const day = Math.floor(next() * WEEKS) * 7 + Math.floor(next() * 5);
  const start = instantOf(begin + day * 24 * HOUR + 8 * HOUR + Math.floor(next() * 40) * 15 * MINUTE);
  return { start, end: instantOf(start + (1 + Math.floor(next() * 4)) * 30 * MINUTE), tentative: false };
}

/** Numbers from 0 up to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
