// Stages with the same options are interchangeable: the search only counts how many of them take which option.

import type { ChoiceProblem, Stage } from './choice.ts';

/**
 * Options to choose from, a group of stages at a time. The options of a group are its rows; a row holds the burdens of all
 * partners and then the total (their sum and the price): `width` is one more than there are partners.
 */
export type Table = {
  readonly partners: number;
  readonly width: number;
  readonly count: number;
  /** Rows of group `g`: from `first[g]` up to `first[g + 1]`. */
  readonly first: Int32Array;
  readonly rows: Int32Array;
  /** How many stages each group has. */
  readonly sizes: Int32Array;
};

/** The stages of a problem, grouped; the rows of a group are in ascending lexicographic order. */
export type Groups = Table & {
  /** The stages of each group, ascending. */
  readonly members: readonly (readonly number[])[];
  /** The group of each stage. */
  readonly groupOf: Int32Array;
  /** For each stage, its options in the order of the rows of its group. */
  readonly orders: readonly Int32Array[];
};

/** Groups stages whose options are the same multiset of burdens and prices; groups stand in the order of their first stage. */
export function groupStages(problem: ChoiceProblem): Groups {
  const width = problem.partners + 1;
  const [tables, members]: [Int32Array[], number[][]] = [[], []];
  const groupOf = new Int32Array(problem.stages.length);
  const orders: Int32Array[] = [];
  const byHash = new Map<number, number[]>();
  for (const [t, stage] of problem.stages.entries()) {
    const sorted = sortRows(joinTotals(stage, problem.partners), width, stage.count);
    const hash = hashOf(sorted.rows);
    const sameHash = byHash.get(hash) ?? [];
    let group = sameHash.find((each) => areEqual(tables[each]!, sorted.rows));
    if (group === undefined) {
      group = tables.push(sorted.rows) - 1;
      members.push([]);
      byHash.set(hash, [...sameHash, group]);
    }
    members[group]!.push(t);
    groupOf[t] = group;
    orders.push(sorted.order);
  }
  return { partners: problem.partners, width, groupOf, orders, members, ...layOut(tables, members, width) };
}

/** The option of each stage, where `takes` stages take each row: in each group the earliest stages take the first rows. */
export function optionsOf(groups: Groups, takes: Int32Array): Int32Array {
  const options = new Int32Array(groups.groupOf.length);
  for (const [g, members] of groups.members.entries()) {
    let row = groups.first[g]!;
    let left = takes[row]!;
    for (const stage of members) {
      while (left === 0) left = takes[++row]!;
      options[stage] = groups.orders[stage]![row - groups.first[g]!]!;
      left--;
    }
  }
  return options;
}

function layOut(tables: readonly Int32Array[], members: readonly (readonly number[])[], width: number) {
  const first = new Int32Array(tables.length + 1);
  for (const [g, table] of tables.entries()) first[g + 1] = first[g]! + table.length / width;
  const rows = new Int32Array(first[tables.length]! * width);
  for (const [g, table] of tables.entries()) rows.set(table, first[g]! * width);
  return { count: tables.length, first, rows, sizes: Int32Array.from(members, (each) => each.length) };
}

function joinTotals({ count, burdens, prices }: Stage, partners: number): Int32Array {
  const width = partners + 1;
  const rows = new Int32Array(count * width);
  for (let o = 0; o < count; o++) {
    let total = prices[o]!;
    for (let i = 0; i < partners; i++) {
      const points = burdens[o * partners + i]!;
      rows[o * width + i] = points;
      total += points;
    }
    rows[o * width + partners] = total;
  }
  return rows;
}

function sortRows(rows: Int32Array, width: number, count: number) {
  const order = new Int32Array(count);
  let isSorted = true;
  for (let o = 0; o < count; o++) {
    order[o] = o;
    if (o > 0 && compareRows(rows, width, o - 1, o) > 0) isSorted = false;
  }
  if (isSorted) return { rows, order };
  order.sort((a, b) => compareRows(rows, width, a, b) || a - b);
  const sorted = new Int32Array(rows.length);
  for (let o = 0; o < count; o++) {
    sorted.set(rows.subarray(order[o]! * width, (order[o]! + 1) * width), o * width);
  }
  return { rows: sorted, order };
}

function compareRows(rows: Int32Array, width: number, a: number, b: number): number {
  for (let i = 0; i < width; i++) {
    const difference = rows[a * width + i]! - rows[b * width + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** FNV-1a over the numbers; equal hashes are compared in full. */
function hashOf(rows: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < rows.length; at++) hash = Math.imul(hash ^ rows[at]!, 0x01000193);
  return hash;
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== b[at]) return false;
  }
  return true;
}
