// Public, seeded instances of the planning problem: real cities, real clocks, random busy times.

import { dualBound } from '../../src/domain/planner/bound.ts';
import type { ChoiceProblem, Stage } from '../../src/domain/planner/choice.ts';
import { type Dice, diceFrom } from '../../src/domain/planner/dice.ts';
import { paretoFilter } from '../../src/domain/planner/pareto.ts';
import { type Grid, gridOver, instantAt } from '../../src/domain/time/grid.ts';
import { periodsFrom } from '../../src/domain/time/period.ts';
import { dateOf, weekdayOf } from '../../src/domain/time/plain-date.ts';
import { dateOfWall, minuteOfDay } from '../../src/domain/time/wall-time.ts';
import { toWall, type Zone } from '../../src/domain/time/zone.ts';

/** One problem as the search gets it, and what it was made of. */
export type Instance = {
  readonly name: string;
  readonly weeks: number;
  /** Only the options that are worth looking at. */
  readonly problem: ChoiceProblem;
  /** With all candidates, in the order of their start. */
  readonly whole: ChoiceProblem;
  /** For each week and candidate the minute of the week in the zone of the first partner. */
  readonly walls: readonly Int32Array[];
};

type Recipe = {
  readonly name: string;
  readonly zones: readonly Zone[];
  readonly weeks: number;
  readonly seed: number;
  /** Share of the comfortable hours that are busy, in percent; of the others a fifth of that. */
  readonly busy: number;
  /** First and last reachable hour of the day. */
  readonly reach: readonly [number, number];
  readonly days: 5 | 7;
  /** When each partner's eight comfortable hours begin. */
  readonly comfort: readonly number[];
  /** Largest opening ledger. */
  readonly opening: number;
};

const CITIES = [
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Africa/Lagos',
  'Europe/Berlin',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
] as Zone[];

/** Quarter-hours of a 30-minute check-in. */
const LENGTH = 2;

/** 54 instances of 2-7 partners over 12, 26 and 52 weeks, three of each; every third has an opening ledger. */
export function commonSet(): Instance[] {
  const instances: Instance[] = [];
  for (const weeks of [12, 26, 52]) {
    for (let partners = 2; partners <= 7; partners++) {
      for (let variant = 0; variant < 3; variant++) instances.push(drawCommon(partners, weeks, variant));
    }
  }
  return instances;
}

/**
 * Twelve instances of 5-12 partners over 26 and 52 weeks, in which no two weeks have the same options: everybody has comfortable
 * hours of their own and is reachable from 04:00 to 24:00 on every day.
 */
export function hardSet(): Instance[] {
  const instances: Instance[] = [];
  for (const weeks of [26, 52]) {
    for (const partners of [5, 6, 7, 8, 10, 12]) instances.push(drawHard(partners, weeks));
  }
  return instances;
}

function drawCommon(partners: number, weeks: number, variant: number): Instance {
  const seed = 1_000 * weeks + 10 * partners + variant;
  const dice = diceFrom(seed);
  for (let attempt = 0; ; attempt++) {
    const zones = drawZones(dice, partners);
    const recipe = {
      name: `${partners} partners, ${weeks} weeks, ${'abc'[variant]}`,
      zones,
      weeks,
      seed: seed + 100_000 * attempt,
      busy: 30 + 10 * variant,
      comfort: zones.map(() => 9),
      opening: variant === 1 ? weeks : 0,
    };
    for (const [reach, days] of [
      [[7, 22], 5],
      [[6, 23], 5],
      [[6, 23], 7],
    ] as const) {
      const instance = build({ ...recipe, reach, days });
      if (instance && !isTrivial(instance)) return instance;
    }
  }
}

function drawHard(partners: number, weeks: number): Instance {
  const seed = 77_000 + 1_000 * weeks + partners;
  const dice = diceFrom(seed);
  for (let attempt = 0; ; attempt++) {
    const zones = drawZones(dice, partners);
    const instance = build({
      name: `hard: ${partners} partners, ${weeks} weeks`,
      zones,
      weeks,
      seed: seed + 100_000 * attempt,
      busy: 40 - 2 * partners,
      reach: [4, 24],
      days: 7,
      comfort: zones.map(() => 7 + dice(5)),
      opening: dice(2) * weeks,
    });
    if (instance && !isTrivial(instance) && areDifferent(instance)) return instance;
  }
}

/** Cities of one arc of the globe, so that larger groups have hours in common at all. */
function drawZones(dice: Dice, partners: number): Zone[] {
  const arc = partners <= 4 ? CITIES.length : 15 - partners / 2;
  const west = dice(CITIES.length);
  return Array.from({ length: partners }, () => CITIES[(west + dice(arc)) % CITIES.length]!);
}

/**
 * Where one or two partners are so badly off that the others do not matter, a week is free for all, or most weeks leave no
 * choice: the dual weights tell whom the worst case depends on.
 */
function isTrivial({ problem, weeks }: Instance): boolean {
  let forced = 0;
  for (const { count, burdens } of problem.stages) {
    if (count === 1) forced++;
    if (burdens.every((points) => points <= 2)) return true;
  }
  const weights = dualBound(problem).lambda.filter((weight) => weight > 0.02).length;
  return 2 * forced > weeks || weights < Math.min(problem.partners, 3);
}

function areDifferent({ problem }: Instance): boolean {
  return new Set(problem.stages.map(({ burdens }) => burdens.join())).size === problem.stages.length;
}

/** The instance of that recipe; undefined where a week has no candidate. */
function build(recipe: Recipe): Instance | undefined {
  const { zones, weeks, seed } = recipe;
  const dice = diceFrom(seed);
  const from = dateOf({ year: 2027, month: 1, day: 4 })!;
  const stages: Stage[] = [];
  const walls: Int32Array[] = [];
  const periods = periodsFrom({ anchor: zones[0]!, rhythm: '1w', since: from }, from, weeks);
  for (const period of periods) {
    const grid = gridOver(period.start, period.end);
    const partners = zones.map((zone, i) => paint(recipe, { zone, opens: recipe.comfort[i]! }, grid, dice));
    const starts = commonStarts(
      partners.map(({ free }) => free),
      grid.length,
    );
    if (starts.length < 2) return undefined;
    stages.push(
      stageOf(
        starts,
        partners.map(({ points }) => points),
      ),
    );
    walls.push(Int32Array.from(starts, (start) => minuteOfWeek(zones[0]!, grid, start)));
  }
  const whole = { partners: zones.length, opening: drawOpening(recipe, dice), epsilon: 1, stages };
  const filtered = stages.map((stage) => paretoFilter(stage, zones.length).stage);
  return { name: recipe.name, weeks, problem: { ...whole, stages: filtered }, whole, walls };
}

function drawOpening({ zones, opening }: Recipe, dice: Dice): Int32Array {
  return Int32Array.from(zones, () => (opening === 0 ? 0 : dice(opening)));
}

function stageOf(starts: readonly number[], points: readonly Uint8Array[]): Stage {
  const burdens = new Int32Array(starts.length * points.length);
  for (const [o, start] of starts.entries()) {
    for (const [i, each] of points.entries()) {
      for (let q = 0; q < LENGTH; q++) burdens[o * points.length + i]! += each[start + q]!;
    }
  }
  return { count: starts.length, burdens, prices: new Int32Array(starts.length) };
}

function commonStarts(free: readonly Uint8Array[], length: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start + LENGTH <= length; start++) {
    let fits = true;
    for (const each of free) {
      for (let q = 0; q < LENGTH; q++) fits &&= each[start + q] === 1;
    }
    if (fits) starts.push(start);
  }
  return starts;
}

type Painted = { readonly free: Uint8Array; readonly points: Uint8Array };

/** For each quarter-hour of a week: can this partner be asked, and how many points is it. */
function paint(
  recipe: Recipe,
  who: { readonly zone: Zone; readonly opens: number },
  grid: Grid,
  dice: Dice,
): Painted {
  const free = new Uint8Array(grid.length);
  const points = new Uint8Array(grid.length);
  let [busy, until] = [false, 0];
  for (let q = 0; q < grid.length; q++) {
    const wall = toWall(who.zone, instantAt(grid, q));
    const [minute, weekday] = [minuteOfDay(wall), weekdayOf(dateOfWall(wall))];
    const score = pointsAt(weekday, minute + 7.5, 60 * who.opens);
    if (q >= until) {
      busy = dice(500) < recipe.busy * (score === 0 ? 5 : 1);
      until = q + 2 * (1 + dice(3));
    }
    const isReachable =
      weekday <= recipe.days && minute >= 60 * recipe.reach[0] && minute < 60 * recipe.reach[1];
    free[q] = isReachable && !busy ? 1 : 0;
    points[q] = score;
  }
  return { free, points };
}

/** Section 2 of the rules for eight comfortable hours from Monday to Friday. */
function pointsAt(weekday: number, minute: number, opens: number): number {
  let distance = 480;
  for (let day = -1; day <= 1; day++) {
    const other = ((weekday - 1 + day + 7) % 7) + 1;
    if (other > 5) continue;
    const start = 1_440 * day + opens;
    const outside = Math.max(start - minute, minute - start - 480, 0);
    distance = Math.min(distance, outside);
  }
  return Math.floor((distance + 2 * Math.max(0, distance - 120)) / 24 + 1 / 2);
}

function minuteOfWeek(zone: Zone, grid: Grid, start: number): number {
  const wall = toWall(zone, instantAt(grid, start));
  return Math.round((weekdayOf(dateOfWall(wall)) - 1) * 1_440 + minuteOfDay(wall));
}
