// Fewer options to search: of those that burden everybody alike one is kept, of those that are nowhere better none.

import type { Stage } from './choice.ts';

/** The options worth looking at, in ascending lexicographic order of (burden of partner 0, 1, …, price). */
export type Filtered = {
  readonly stage: Stage;
  /** For each kept option all original ones with the same burdens and price, ascending; never empty. */
  readonly originals: readonly Int32Array[];
};

/**
 * Drops options that another one equals or beats in every burden and in the price; what was dropped as beaten is in no
 * list of originals. The best plan over what is left is as fair, and as cheap, as over everything. `O(n²)`, mostly less.
 */
export function paretoFilter(stage: Stage, partners: number): Filtered {
  const rows = joinPrices(stage, partners);
  const width = partners + 1;
  const order = sortedOptions(rows, stage.count, width);
  const kept: number[] = [];
  const originals: Int32Array[] = [];
  for (let at = 0; at < order.length; ) {
    const end = endOfEquals(rows, width, order, at);
    if (!isBeaten(rows, width, kept, order[at]! * width)) {
      kept.push(order[at]!);
      originals.push(order.slice(at, end));
    }
    at = end;
  }
  return { stage: pick(stage, partners, kept), originals };
}

/** Burdens and price of each option side by side. */
function joinPrices({ count, burdens, prices }: Stage, partners: number): Int32Array {
  const width = partners + 1;
  const rows = new Int32Array(count * width);
  for (let o = 0; o < count; o++) {
    for (let i = 0; i < partners; i++) rows[o * width + i] = burdens[o * partners + i]!;
    rows[o * width + partners] = prices[o]!;
  }
  return rows;
}

/** Options by their rows, equal ones by index: what beats an option stands before it. */
function sortedOptions(rows: Int32Array, count: number, width: number): Int32Array {
  const order = new Int32Array(count);
  for (let o = 0; o < count; o++) order[o] = o;
  return order.sort((a, b) => {
    for (let i = 0; i < width; i++) {
      const difference = rows[a * width + i]! - rows[b * width + i]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

function endOfEquals(rows: Int32Array, width: number, order: Int32Array, at: number): number {
  const row = order[at]! * width;
  let end = at + 1;
  for (; end < order.length; end++) {
    const other = order[end]! * width;
    for (let i = 0; i < width; i++) {
      if (rows[row + i] !== rows[other + i]) return end;
    }
  }
  return end;
}

function isBeaten(rows: Int32Array, width: number, kept: readonly number[], row: number): boolean {
  for (const option of kept) {
    const other = option * width;
    let i = 0;
    while (i < width && rows[other + i]! <= rows[row + i]!) i++;
    if (i === width) return true;
  }
  return false;
}

function pick(stage: Stage, partners: number, kept: readonly number[]): Stage {
  const burdens = new Int32Array(kept.length * partners);
  const prices = new Int32Array(kept.length);
  for (const [position, option] of kept.entries()) {
    burdens.set(stage.burdens.subarray(option * partners, (option + 1) * partners), position * partners);
    prices[position] = stage.prices[option]!;
  }
  return { count: kept.length, burdens, prices };
}
