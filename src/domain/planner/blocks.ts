// Restricted rotation: periods in blocks that keep one home wall time, apart from the nearest feasible exceptions.

import type { Rotation } from '../partnership.ts';
import { indexFrom, instantAt } from '../time/grid.ts';
import { fieldsOf, mondayOf } from '../time/plain-date.ts';
import type { Stage } from './choice.ts';
import { type Home, homeOf, instantAtHome } from './home.ts';
import { burdensOf, type Problem, type Round } from './problem.ts';

/** A restricted kind of rotation. */
export type Restricted = Extract<Rotation, { kind: 'every' | 'monthly' | 'never' }>;

/** One way to hold a block: its start in each round, and how often the wall time changes from one to the next. */
type Keeping = { readonly home: Home; readonly starts: readonly number[]; readonly changes: number };

/** Starts that were published, by period, and the periods that bind the block they are in to them. */
export type Keep = { readonly published: ReadonlyMap<string, number>; readonly binding: ReadonlySet<string> };

/** Rounds that have one wall time together, and the options for it. */
export type Block = {
  readonly rounds: readonly Round[];
  readonly keepings: readonly Keeping[];
  readonly stage: Stage;
};

/**
 * Blocks of rounds that all have a candidate, each with its options: best first where they weigh the same (fewest
 * changes of wall time, then earliest). A block that is bound by what was published keeps the home that most of it has.
 */
export function blocksOf(
  problem: Problem,
  rounds: readonly Round[],
  rotation: Restricted,
  keep: Keep,
): Block[] {
  const grouped = new Map<number, Round[]>();
  for (const round of rounds) {
    const key = blockKey(problem, round, rotation);
    grouped.set(key, [...(grouped.get(key) ?? []), round]);
  }
  return [...grouped.values()].map((block) => {
    const keepings = keepingsOf(problem, block, keep);
    return { rounds: block, keepings, stage: stageOf(problem, block, keepings) };
  });
}

function blockKey({ partnership }: Problem, { period }: Round, rotation: Restricted): number {
  if (rotation.kind === 'never') return 0;
  const { year, month } = fieldsOf(period.first);
  if (rotation.kind === 'monthly') return year * 12 + month;
  const { rhythm, since } = partnership.checkIn;
  const origin = fieldsOf(since);
  if (rhythm === '1mo')
    return Math.floor((year * 12 + month - (origin.year * 12 + origin.month)) / rotation.count);
  const days = rhythm === '1w' ? 7 : 14;
  return Math.floor((period.first - mondayOf(since)) / days / rotation.count);
}

function keepingsOf(problem: Problem, rounds: readonly Round[], { published, binding }: Keep): Keeping[] {
  const isBound = rounds.some(({ period }) => binding.has(period.id));
  const kept = isBound ? rounds.filter(({ period }) => published.has(period.id)) : [];
  const homes = kept.length > 0 ? [commonest(problem, kept, published)] : homesOf(problem, rounds);
  const keepings = homes.map((home) => {
    const starts = rounds.map((round) => nearestStart(problem, round, home));
    const walls = rounds.map((round, t) => homeAt(problem, round, starts[t]!));
    return { home, starts, changes: walls.filter((wall, t) => t > 0 && wall !== walls[t - 1]).length };
  });
  return keepings.sort((a, b) => a.changes - b.changes || a.home - b.home);
}

/** Every home wall time at which at least one of the rounds can be, ascending. */
function homesOf(problem: Problem, rounds: readonly Round[]): Home[] {
  const homes = new Set<Home>();
  for (const round of rounds) for (const start of round.starts) homes.add(homeAt(problem, round, start));
  return [...homes].sort((a, b) => a - b);
}

/** The home that most of the rounds were published at; the earliest of several. */
function commonest(problem: Problem, rounds: readonly Round[], published: Keep['published']): Home {
  const counts = new Map<Home, number>();
  for (const round of rounds) {
    const home = homeAt(problem, round, published.get(round.period.id)!);
    counts.set(home, (counts.get(home) ?? 0) + 1);
  }
  const [first] = [...counts].sort(([a, times], [b, others]) => others - times || a - b);
  return first![0];
}

/** The candidate nearest to `home` in the round's period, the earlier of two. */
function nearestStart(problem: Problem, round: Round, home: Home): number {
  const wanted = indexFrom(problem.grid, instantAtHome(homeClock(problem), round.period, home));
  let nearest = round.starts[0]!;
  for (const start of round.starts) {
    if (Math.abs(start - wanted) < Math.abs(nearest - wanted)) nearest = start;
  }
  return nearest;
}

function homeAt(problem: Problem, round: Round, start: number): Home {
  return homeOf(homeClock(problem), round.period, instantAt(problem.grid, start));
}

function homeClock({ partnership }: Problem) {
  return { anchor: partnership.anchor, rhythm: partnership.checkIn.rhythm };
}

function stageOf(problem: Problem, rounds: readonly Round[], keepings: readonly Keeping[]): Stage {
  const partners = problem.seats.length;
  const burdens = new Int32Array(keepings.length * partners);
  for (const [option, { starts }] of keepings.entries()) {
    for (const [t, round] of rounds.entries()) {
      const points = burdensOf(problem, round, round.starts.indexOf(starts[t]!));
      for (let seat = 0; seat < partners; seat++) burdens[option * partners + seat]! += points[seat]!;
    }
  }
  return { count: keepings.length, burdens, prices: new Int32Array(keepings.length) };
}
