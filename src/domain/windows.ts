// The language of weekly windows: "Mon-Fri 09:00-17:00", "Sat,Sun 10:00-12:00", "daily 06:00-23:00".

import type { WeeklyWindow } from './partner.ts';
import type { Weekday } from './time/plain-date.ts';
import { formatClock } from './time/wall-time.ts';

/** What a text of windows says; a problem is a sentence that tells what would be right. */
export type WindowsReading =
  | { readonly kind: 'windows'; readonly windows: readonly WeeklyWindow[] }
  | { readonly kind: 'problem'; readonly problem: string };

/**
 * Reads one line, or a list of lines, of days and hours. Days are a comma-separated list of `Mon` … `Sun` and ranges, which
 * may run over the end of the week, or `daily`. An end that is not after its start lies on the next day; 24:00 is an end.
 */
export function parseWindows(lines: string | readonly string[]): WindowsReading {
  const windows: WeeklyWindow[] = [];
  for (const line of typeof lines === 'string' ? [lines] : lines) {
    const read = parseLine(line);
    if (read.kind === 'problem') return read;
    windows.push(...read.windows);
  }
  windows.sort((a, b) => a.weekday - b.weekday || a.start - b.start);
  return { kind: 'windows', windows };
}

/** The shortest lines that say `windows`: days with the same hours stand together. */
export function formatWindows(windows: readonly WeeklyWindow[]): string[] {
  const daysByHours = new Map<string, Set<Weekday>>();
  for (const window of windows) {
    const hours = formatHours(window);
    daysByHours.set(hours, (daysByHours.get(hours) ?? new Set()).add(window.weekday));
  }
  return [...daysByHours].map(([hours, days]) => `${formatDays(days)} ${hours}`);
}

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const DAY_MINUTES = 24 * 60;
const EXAMPLE = 'write it as "Mon-Fri 09:00-17:00"';

/** A hyphen or an en dash between two times of day. */
const LINE = /^\s*(\S.*?)\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})\s*$/;

function parseLine(line: string): WindowsReading {
  const match = LINE.exec(line);
  if (!match) return problem(`"${line}" is no window: ${EXAMPLE}`);
  const [startHour, startMinute, endHour, endMinute] = match.slice(2).map(Number);
  const days = parseDays(match[1]!);
  if (typeof days === 'string') return problem(days);
  const start = minutesOf(startHour!, startMinute!);
  const end = minutesOf(endHour!, endMinute!);
  if (start === undefined || start === DAY_MINUTES)
    return problem(`"${line}" begins at a time that does not exist: a start is 00:00 to 23:59`);
  if (end === undefined)
    return problem(`"${line}" ends at a time that does not exist: an end is 00:00 to 24:00`);
  if (start === end) return problem(`"${line}" is empty: for a whole day write "${match[1]} 00:00-24:00"`);
  const last = end > start ? end : end + DAY_MINUTES;
  return { kind: 'windows', windows: days.map((weekday) => ({ weekday, start, end: last })) };
}

/** The days, or a sentence about what is wrong with them. */
function parseDays(text: string): Weekday[] | string {
  if (text.toLowerCase() === 'daily') return [...WEEKDAYS];
  const days = new Set<Weekday>();
  for (const part of text.split(',')) {
    const [first, last = first, ...rest] = part.split(/[-–]/).map(weekdayNamed);
    if (!first || !last || rest.length > 0)
      return `"${part.trim()}" is no day: the days are ${NAMES.join(', ')}, a range such as "Mon-Fri", or "daily"`;
    for (let day = first; ; day = next(day)) {
      days.add(day);
      if (day === last) break;
    }
  }
  return [...days];
}

function weekdayNamed(text: string): Weekday | undefined {
  const index = NAMES.findIndex((name) => name.toLowerCase() === text.trim().toLowerCase());
  return WEEKDAYS[index];
}

function minutesOf(hours: number, minutes: number): number | undefined {
  const total = hours * 60 + minutes;
  return minutes > 59 || total > DAY_MINUTES ? undefined : total;
}

function formatHours({ start, end }: WeeklyWindow): string {
  return `${formatClock(start)}-${formatClock(end > DAY_MINUTES ? end - DAY_MINUTES : end)}`;
}

/** "Mon-Fri", "Sat,Sun", "daily": runs of three and more days as a range, which may run over the end of the week. */
function formatDays(days: ReadonlySet<Weekday>): string {
  if (days.size === 7) return 'daily';
  const starts = WEEKDAYS.filter((day) => days.has(day) && !days.has(previous(day)));
  return starts.map((first) => formatRun(runFrom(first, days))).join(',');
}

function runFrom(first: Weekday, days: ReadonlySet<Weekday>): Weekday[] {
  const run: Weekday[] = [];
  for (let day = first; days.has(day); day = next(day)) run.push(day);
  return run;
}

function formatRun(run: readonly Weekday[]): string {
  const names = run.map((day) => NAMES[day - 1]!);
  return names.length < 3 ? names.join(',') : `${names[0]}-${names.at(-1)}`;
}

function next(day: Weekday): Weekday {
  return day === 7 ? 1 : ((day + 1) as Weekday);
}

function previous(day: Weekday): Weekday {
  return day === 1 ? 7 : ((day - 1) as Weekday);
}

function problem(sentence: string): WindowsReading {
  return { kind: 'problem', problem: sentence };
}
