// Weekly windows as a set of minutes on the circular week, Monday 00:00 to Sunday 24:00.

import type { WeeklyWindow } from './partner.ts';

const DAY_MINUTES = 24 * 60;

/** Minutes of a week on the wall clock. */
export const WEEK_MINUTES = 7 * DAY_MINUTES;

/** Minutes a week that lie in at least one of `windows`; what overlaps counts once. */
export function minutesAWeek(windows: readonly WeeklyWindow[]): number {
  let minutes = 0;
  for (const stretch of stretchesOf(windows)) minutes += stretch.end - stretch.start;
  return minutes;
}

/** Whether every minute of `inner` lies in one of `outer`. */
export function containsWindows(outer: readonly WeeklyWindow[], inner: readonly WeeklyWindow[]): boolean {
  const around = stretchesOf(outer);
  return stretchesOf(inner).every((each) =>
    around.some((other) => other.start <= each.start && each.end <= other.end),
  );
}

/** Half-open minutes of the week. */
type Stretch = { readonly start: number; readonly end: number };

/** Sorted, joined, and cut where the week ends. */
function stretchesOf(windows: readonly WeeklyWindow[]): Stretch[] {
  const sorted = windows.flatMap(cutAtWeekEnd).sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const each of sorted) {
    const last = joined.at(-1);
    if (last && each.start <= last.end) last.end = Math.max(last.end, each.end);
    else joined.push({ ...each });
  }
  return joined;
}

function cutAtWeekEnd({ weekday, start, end }: WeeklyWindow): Stretch[] {
  const offset = (weekday - 1) * DAY_MINUTES;
  const [first, last] = [offset + start, offset + end];
  if (last <= WEEK_MINUTES) return [{ start: first, end: last }];
  return [
    { start: first, end: WEEK_MINUTES },
    { start: 0, end: last - WEEK_MINUTES },
  ];
}
