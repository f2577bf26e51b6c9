// What is said about calendars that were read in part.

import type { CalendarCheck } from '../../flows/gather-availability.ts';
import type { Screen } from './screen.ts';

/** Things in a calendar that could not be read and hide no time: they are worth a word, and stop nothing. */
export function sayReadingProblems(screen: Screen, calendars: readonly CalendarCheck[]): void {
  for (const { partner, calendar, outcome } of calendars) {
    if (outcome.kind === 'unreadable') continue;
    for (const { where, message } of outcome.reading.problems
      .filter((problem) => !problem.hidesTime)
      .slice(0, MOST))
      screen.say(`warning: ${calendar}: calendar of ${partner.name}: ${where}: ${message}`);
  }
}

/** Of one calendar; a broken one has the same trouble in every event. */
const MOST = 5;
