// Small random changes, from which a descent may end somewhere better.

import type { Dice } from './dice.ts';
import type { Table } from './groups.ts';
import { type Standing, take } from './standing.ts';

/** From two to four stages change their row: fewer are what a descent tries anyway, more forget what was good. */
const [FEWEST, MOST] = [2, 4];

/** Lets some random stages take random rows; the levels are left as they were. */
export function kick(table: Table, standing: Standing, dice: Dice): void {
  for (let n = FEWEST + dice(MOST - FEWEST + 1); n > 0; n--) {
    const group = dice(table.count);
    const start = table.first[group]!;
    take(standing, table, takenRow(standing, start, dice(table.sizes[group]!)), -1);
    take(standing, table, start + dice(table.first[group + 1]! - start), 1);
  }
}

/** The row that the `nth` stage of the group takes whose rows begin at `start`. */
function takenRow({ takes }: Standing, start: number, nth: number): number {
  let row = start;
  for (let before = nth; before >= takes[row]!; row++) before -= takes[row]!;
  return row;
}
