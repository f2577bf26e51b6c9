// Lengths of time in milliseconds.

/** A second. */
export const SECOND = 1_000;
/** Sixty seconds. */
export const MINUTE = 60 * SECOND;
/** Sixty minutes. */
export const HOUR = 60 * MINUTE;
/** Twenty-four hours, which is not every day's length: the days on which clocks change have 23 or 25. */
export const DAY = 24 * HOUR;
