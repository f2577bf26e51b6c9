// What the weekly hours of partners must be to themselves and to each other, so that burdens can be compared.

import type { WeeklyWindow } from './partner.ts';
import { containsWindows, minutesAWeek } from './week.ts';
import { formatWindows, parseWindows } from './windows.ts';

/** The hours of one partner. */
export type Hours = {
  readonly comfortable: readonly WeeklyWindow[];
  readonly reachable: readonly WeeklyWindow[];
};

/** Comfortable hours of somebody who has named none. */
export const DEFAULT_COMFORTABLE: readonly WeeklyWindow[] = windowsOf('Mon-Fri 09:00-17:00');

/** Hours a week in which every partner can be reached, unless all others agree to less: narrow hours would buy comfort. */
export const LEAST_REACHABLE = 60;

const REACHABLE_DAY = { start: 7 * 60, end: 22 * 60 };

/** By default 07:00-22:00 of the comfortable days, and the comfortable hours themselves where they lie outside of that. */
export function reachableAround(comfortable: readonly WeeklyWindow[]): WeeklyWindow[] {
  const days = [...new Set(comfortable.map((window) => window.weekday))];
  const around = days.map((weekday) => ({ weekday, ...REACHABLE_DAY }));
  return [...around, ...comfortable.filter((window) => !containsWindows(around, [window]))];
}

/** What is wrong with reachable hours that do not hold the comfortable ones; undefined where they do. */
export function comfortableOutside({ comfortable, reachable }: Hours): string | undefined {
  const outside = comfortable.filter((window) => !containsWindows(reachable, [window]));
  if (outside.length === 0) return undefined;
  return `does not hold the comfortable hours ${formatWindows(outside).join(' and ')}: widen it, or move them into it`;
}

/** What the others have to agree to where somebody is reachable for few hours; undefined where they are enough. */
export function narrowReach(name: string, reachable: readonly WeeklyWindow[]): string | undefined {
  const hours = minutesAWeek(reachable) / 60;
  if (hours >= LEAST_REACHABLE) return undefined;
  return `${name} can be reached ${round(hours)} h a week; below ${LEAST_REACHABLE} h the odd hours fall to the others, and every one of them has to agree to that`;
}

/** Somebody's comfortable hours, to be compared. */
export type Comfort = { readonly name: string; readonly comfortable: readonly WeeklyWindow[] };

/** Who has not as many comfortable hours as most have, and what is wrong with that. */
export function unequalComfort<Of extends Comfort>(
  all: readonly Of[],
): { readonly of: Of; readonly message: string }[] {
  const usual = usualComfort(all);
  return all.flatMap((of) => {
    const message = usual && differenceIn(usual, of);
    return message === undefined ? [] : [{ of, message }];
  });
}

/** The first of those who have as many as most have. */
function usualComfort(all: readonly Comfort[]): Comfort | undefined {
  const minutes = all.map(({ comfortable }) => minutesAWeek(comfortable));
  const having = (asked: number) => minutes.filter((each) => each === asked).length;
  const most = Math.max(...minutes.map(having));
  return all[minutes.findIndex((each) => having(each) === most)];
}

function differenceIn(usual: Comfort, other: Comfort): string | undefined {
  const [asked, has] = [minutesAWeek(usual.comfortable), minutesAWeek(other.comfortable)];
  if (asked === has) return undefined;
  const hours = `${other.name} is comfortable ${inHours(has)} a week and ${usual.name} ${inHours(asked)}`;
  return `${hours}: all partners need the same number of comfortable hours`;
}

function windowsOf(line: string): readonly WeeklyWindow[] {
  const read = parseWindows(line);
  return read.kind === 'windows' ? read.windows : [];
}

function inHours(minutes: number): string {
  return `${round(minutes / 60)} h`;
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100;
}
