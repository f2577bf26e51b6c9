// Pseudo-random numbers for searches that can be replayed.

/** Gives an integer from 0 up to but without its argument; the same sequence for the same seed (mulberry32). */
export type Dice = (sides: number) => number;

/** Source: T. Ettinger, mulberry32 (public domain). Only integer arithmetic, so the same on every machine. */
export function diceFrom(seed: number): Dice {
  let state = seed | 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * sides);
  };
}
