// What of a calendar keeps its owner busy, and why the rest does not.

import { type CalendarEvent, type NotBusyRule, notBusyRule } from '../domain/calendar/event.ts';
import { isUnknown, type ReadingProblem } from '../domain/calendar/reading.ts';
import type { Interval } from '../domain/time/interval.ts';
import type { Zone } from '../domain/time/zone.ts';
import { calendarName } from './gather-availability.ts';
import type { Ports } from './ports.ts';

export type BusyOrder = {
  readonly source: string;
  /** Occurrences that start in it are listed. */
  readonly window: Interval;
  readonly zone: Zone;
  /** The address of the calendar's owner, by which their own answers are known. */
  readonly owner?: string;
};

export type BusyReport = {
  /** Safe to show. */
  readonly calendar: string;
  /** Whether something that hides a time could not be read. */
  readonly unknown: boolean;
  readonly occurrences: readonly { readonly event: CalendarEvent; readonly rule?: NotBusyRule }[];
  readonly problems: readonly ReadingProblem[];
};

/** Throws CalendarUnreadable where nothing of the calendar can be read. */
export async function readBusy(
  { source, window, zone, owner }: BusyOrder,
  { readCalendar }: Pick<Ports, 'readCalendar'>,
): Promise<BusyReport> {
  const reading = await readCalendar(source, {
    window,
    zone,
    folder: '.',
    ...(owner !== undefined && { owner }),
  });
  const starting = reading.events.filter(({ start }) => window.start <= start && start < window.end);
  return {
    calendar: calendarName(source),
    unknown: isUnknown(reading),
    occurrences: starting.map((event) => {
      const rule = notBusyRule(event);
      return rule === undefined ? { event } : { event, rule };
    }),
    problems: reading.problems,
  };
}
