// Breadth-first search through what the weights have not ruled out, a stage at a time: partial choices with equal sums become
// one, and where too many remain the least promising are given up. If none had to be, it is a proof.

import type { Core } from './core.ts';
import type { Table } from './groups.ts';
import { ROUNDING, type Rooms } from './rooms.ts';
import { rowHashes } from './row-hashes.ts';
import { compareRanked, rankInto, type Standing } from './standing.ts';

/** `none`: there is no better choice. `open`: none was found, but not everything was looked at. */
export type Verdict = 'none' | 'found' | 'open';

/** What came of a sweep. */
export type Swept = {
  readonly verdict: Verdict;
  /** Where one was found: how many stages take each row of the core. */
  readonly takes: Int32Array;
  /** Partial choices that were looked at. */
  readonly looked: number;
};

type Query = {
  readonly rooms: Rooms;
  readonly epsilon: number;
  /** The choice to beat. */
  readonly best: Standing;
  /** How many partial choices are kept at most. */
  readonly breadth: number;
};

/** The partial choices after some stages, one per entry; all arrays have room for `capacity` of them. */
type Front = {
  readonly sums: Int32Array;
  readonly spent: Float64Array;
  readonly hashes: Int32Array;
};

/** From which partial choice and by which row each entry of a front came. */
type Trail = { readonly parents: Int32Array; readonly rows: Int32Array };

type Sweep = Query & {
  readonly table: Table;
  readonly hashes: Int32Array;
  /** Finds the entry with given sums: open addressing, entry + 1, a power of two long. */
  readonly buckets: Int32Array;
  /** How promising each new entry is: the least room that it leaves under any weights, negative. */
  readonly scores: Float64Array;
  /** Entries of `front` that are followed, `living` of them. */
  readonly alive: Int32Array;
  /** The partial choices so far, and those with one more stage. */
  front: Front;
  next: Front;
  living: number;
  looked: number;
  gaveUp: boolean;
};

/** Looks for a choice that is better than `best` among those that fit into the rooms. */
export function sweep({ table, base }: Core, query: Query): Swept {
  const state = prepare(table, query);
  const trails: Trail[] = [];
  state.front.sums.set(base);
  for (const group of groupsInOrder(table, query.rooms)) {
    for (let n = table.sizes[group]!; n > 0 && state.living > 0; n--) trails.push(advance(state, group));
  }
  const winner = bestOf(state);
  if (winner >= 0) return { verdict: 'found', takes: retrace(table, trails, winner), looked: state.looked };
  return { verdict: state.gaveUp ? 'open' : 'none', takes: new Int32Array(0), looked: state.looked };
}

/** Entries of a front at most, whatever the breadth: some forty megabytes with twelve partners. */
const LARGEST = 2 ** 17;

function prepare(table: Table, query: Query): Sweep {
  let most = 1;
  for (let g = 0; g < table.count; g++) most = Math.max(most, table.first[g + 1]! - table.first[g]!);
  const breadth = Math.max(1, Math.min(query.breadth, Math.floor(LARGEST / most)));
  const capacity = Math.min(breadth * most, choicesUpTo(table, breadth * most));
  let buckets = 16;
  while (buckets < 2 * capacity) buckets *= 2;
  return {
    ...query,
    breadth,
    table,
    hashes: rowHashes(table),
    buckets: new Int32Array(buckets),
    scores: new Float64Array(capacity),
    alive: new Int32Array(breadth),
    front: frontFor(capacity, table.width, query.rooms.count),
    next: frontFor(capacity, table.width, query.rooms.count),
    living: 1,
    looked: 0,
    gaveUp: false,
  };
}

/** How many choices there are in all, counted no further than `limit`. */
function choicesUpTo({ count, first, sizes }: Table, limit: number): number {
  let all = 1;
  for (let g = 0; g < count; g++) {
    for (let n = sizes[g]!; n > 0 && all < limit; n--) all *= first[g + 1]! - first[g]!;
  }
  return all;
}

function frontFor(capacity: number, width: number, weights: number): Front {
  return {
    sums: new Int32Array(capacity * width),
    spent: new Float64Array(capacity * weights),
    hashes: new Int32Array(capacity),
  };
}

/** Lets one more stage of the group take each of its rows, in every partial choice that is followed. */
function advance(state: Sweep, group: number): Trail {
  const { table, alive, buckets, living } = state;
  const [start, end] = [table.first[group]!, table.first[group + 1]!];
  const trail = {
    parents: new Int32Array(living * (end - start)),
    rows: new Int32Array(living * (end - start)),
  };
  let found = 0;
  buckets.fill(0);
  for (let a = 0; a < living; a++) {
    const parent = alive[a]!;
    for (let row = start; row < end; row++) {
      if (!spend(state, parent, row, found) || !addUp(state, parent, row, found)) continue;
      trail.parents[found] = parent;
      trail.rows[found] = row;
      found++;
    }
  }
  state.looked += living * (end - start);
  follow(state, found);
  [state.front, state.next] = [state.next, state.front];
  return trail;
}

/** Writes what is spent under each of the weights; false where it is more than the room. */
function spend({ rooms, scores, front, next }: Sweep, parent: number, row: number, entry: number): boolean {
  const { count, excess, room } = rooms;
  const [from, add, to] = [parent * count, row * count, entry * count];
  let score = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const spent = front.spent[from + k]! + excess[add + k]!;
    const over = spent - room[k]!;
    if (over > ROUNDING) return false;
    if (over > score) score = over;
    next.spent[to + k] = spent;
  }
  scores[entry] = score;
  return true;
}

/** Writes the sums; false where another entry has the same. */
function addUp(
  { table, hashes, buckets, front, next }: Sweep,
  parent: number,
  row: number,
  entry: number,
): boolean {
  const { width, rows } = table;
  const hash = (front.hashes[parent]! + hashes[row]!) | 0;
  const [from, add, to] = [parent * width, row * width, entry * width];
  for (let i = 0; i < width; i++) next.sums[to + i] = front.sums[from + i]! + rows[add + i]!;
  const mask = buckets.length - 1;
  let bucket = (Math.imul(hash, 0x9e3779b1) >>> 5) & mask;
  for (; buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
    const known = buckets[bucket]! - 1;
    if (next.hashes[known] !== hash) continue;
    let i = 0;
    while (i < width && next.sums[known * width + i] === next.sums[to + i]) i++;
    if (i === width) return false;
  }
  buckets[bucket] = entry + 1;
  next.hashes[entry] = hash;
  return true;
}

/** Fineness of the scores' histogram. */
const BINS = 1024;

/** Decides which of the `found` entries are followed: all, or the most promising, earlier ones first among equals. */
function follow(state: Sweep, found: number): void {
  const { scores, alive, breadth } = state;
  state.living = Math.min(found, breadth);
  if (found <= breadth) {
    for (let entry = 0; entry < found; entry++) alive[entry] = entry;
    return;
  }
  state.gaveUp = true;
  const bins = binsOf(scores, found);
  const counts = new Int32Array(BINS);
  for (const bin of bins) counts[bin]!++;
  let cut = 0;
  for (let sum = counts[0]!; sum < breadth; sum += counts[cut]!) cut++;
  let living = 0;
  for (let entry = 0; entry < found; entry++) if (bins[entry]! < cut) alive[living++] = entry;
  for (let entry = 0; living < breadth; entry++) if (bins[entry] === cut) alive[living++] = entry;
}

function binsOf(scores: Float64Array, found: number): Int32Array {
  let [low, high] = [scores[0]!, scores[0]!];
  for (let entry = 1; entry < found; entry++) {
    if (scores[entry]! < low) low = scores[entry]!;
    if (scores[entry]! > high) high = scores[entry]!;
  }
  const scale = high > low ? (BINS - 1) / (high - low) : 0;
  const bins = new Int32Array(found);
  for (let entry = 0; entry < found; entry++) bins[entry] = Math.floor((scores[entry]! - low) * scale);
  return bins;
}

/** The entry of the last front that is best, if it beats the best known; otherwise -1. */
function bestOf({ table, alive, living, best, epsilon, front: { sums } }: Sweep): number {
  const { width, partners } = table;
  const [levels, trial] = [new Int32Array(partners), new Int32Array(width)];
  const bestLevels = best.levels.slice();
  let bestTotal = best.sums[partners]!;
  let winner = -1;
  for (let a = 0; a < living; a++) {
    const entry = alive[a]!;
    for (let i = 0; i < width; i++) trial[i] = sums[entry * width + i]!;
    rankInto(levels, trial, epsilon);
    if (compareRanked(levels, trial[partners]!, bestLevels, bestTotal) >= 0) continue;
    bestLevels.set(levels);
    bestTotal = trial[partners]!;
    winner = entry;
  }
  return winner;
}

function retrace(table: Table, trails: readonly Trail[], winner: number): Int32Array {
  const takes = new Int32Array(table.rows.length / table.width);
  for (let t = trails.length - 1, entry = winner; t >= 0; t--) {
    const { rows, parents } = trails[t]!;
    takes[rows[entry]!]!++;
    entry = parents[entry]!;
  }
  return takes;
}

/** Groups whose second row is dearest come first: there the front stays narrow for long. */
function groupsInOrder({ count, first }: Table, { excess, count: weights }: Rooms): number[] {
  const second = new Float64Array(count);
  for (let g = 0; g < count; g++) {
    let [least, next] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let row = first[g]!; row < first[g + 1]!; row++) {
      const each = excess[row * weights]!;
      if (each < least) [least, next] = [each, least];
      else if (each < next) next = each;
    }
    second[g] = next;
  }
  return Array.from(second.keys()).sort((a, b) => second[b]! - second[a]! || a - b);
}
