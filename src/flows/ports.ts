// What the flows need of the world.

import type { CalendarItem } from '../domain/calendar/itip.ts';
import type { CalendarReading } from '../domain/calendar/reading.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import type { DateRange } from '../domain/time/plain-date.ts';
import type { Zone } from '../domain/time/zone.ts';
import type { FileReading } from './partnership-file.ts';

/** The only source of the present. */
export type Clock = () => Instant;

/** Reads a partnership file; what is wrong with it is a value. */
export type ReadPartnership = (path: string) => Promise<FileReading>;

/** What of a calendar is wanted, and how it is to be read. */
export type CalendarQuery = {
  /** Occurrences that overlap it are wanted. */
  readonly window: Interval;
  /** In which all-day and floating times are read. */
  readonly zone: Zone;
  /** The owner's address, by which their own answer to an invitation is known. */
  readonly owner?: string;
  /** From which a relative path starts. */
  readonly folder: string;
};

/** Reads a calendar from a file or an address. Throws CalendarUnreadable where nothing of it can be read. */
export type ReadCalendar = (source: string, query: CalendarQuery) => Promise<CalendarReading>;

/** The public holidays of a region that touch a window; throws InvalidInput for a region that nobody knows. */
export type PublicHolidays = (region: string, window: DateRange) => Promise<readonly DateRange[]>;

/** Whose file it is: `isOurs` tells the UIDs of the partnership from others. */
export type PublishedQuery = { readonly path: string; readonly isOurs: (uid: string) => boolean };

/** The calendar file in which a plan is published. */
export type PublishedCalendar = {
  /** What was published before; nothing where there is no file yet. Throws InvalidInput for a file that is not ours. */
  readonly read: (query: PublishedQuery) => Promise<readonly CalendarItem[]>;
  /** Puts `text` in place of the file as a whole, or leaves it as it was and throws InvalidInput. */
  readonly write: (path: string, text: string) => Promise<void>;
};

/** Told how many of how many steps of a longer work are done. */
export type Progress = (done: number, total: number) => void;

/** Told that everything is read and a plan of so many weeks is being made, which may take a while. */
export type Planning = (weeks: number) => void;

/** The world, as far as the flows need it. */
export type Ports = {
  readonly clock: Clock;
  readonly readPartnership: ReadPartnership;
  readonly readCalendar: ReadCalendar;
  readonly publicHolidays: PublicHolidays;
  readonly published: PublishedCalendar;
  readonly progress: Progress;
  readonly planning: Planning;
  /** Periods that are placed and explained. */
  readonly planned: Progress;
};
