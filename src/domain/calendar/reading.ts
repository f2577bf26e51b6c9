// What reading one calendar gave.

import type { CalendarEvent } from './event.ts';

/** One thing in a calendar that could not be read. `where` names the event (its UID) or the line; never its title. */
export type ReadingProblem = {
  readonly where: string;
  readonly message: string;
  /** Whether it hides when somebody is busy, so that the whole calendar must count as unknown. */
  readonly hidesTime: boolean;
};

/** The occurrences of a calendar that overlap a window, in order of their starts, and what could not be read. */
export type CalendarReading = {
  readonly events: readonly CalendarEvent[];
  readonly problems: readonly ReadingProblem[];
};

/** An unknown calendar is never a free one: planning stops and says so. */
export function isUnknown(reading: CalendarReading): boolean {
  return reading.problems.some((problem) => problem.hidesTime);
}
