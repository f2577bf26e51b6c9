// The VCALENDAR components of a file, or why the file as a whole cannot be trusted.

import { CalendarUnreadable } from '../../../domain/errors.ts';
import { type Component, componentsOf } from './component.ts';
import type { ReadingLimits } from './limits.ts';
import { type ContentLine, contentLines } from './lines.ts';

export type CalendarsOptions = {
  readonly limits: ReadingLimits;
  /** What messages call the calendar; must be safe to show. */
  readonly calendar: string;
};

/** The calendars of the file, each whole; throws CalendarUnreadable for anything else than one calendar or more. */
export function calendarsIn(bytes: Uint8Array, { limits, calendar }: CalendarsOptions): Component[] {
  const refuse = (message: string): never => {
    throw new CalendarUnreadable(calendar, message);
  };
  if (bytes.length > limits.bytes) refuse(tooLarge(limits.bytes));
  const lines = contentLines(bytes);
  const calendars = calendarsAmong(componentsOf(lines));
  if (calendars.length === 0) refuse(whyNone(lines));
  if (calendars.some((each) => !each.closed)) refuse(CUT_OFF);
  const events = calendars.flatMap((each) => each.components.filter(isCounted)).length;
  if (events > limits.events)
    refuse(`it holds more than ${limits.events} events; publish a shorter time instead`);
  return calendars;
}

/** The sentence for a calendar of more than `bytes` bytes. */
export function tooLarge(bytes: number): string {
  return `it is larger than ${Math.floor(bytes / (1024 * 1024))} MB; publish a shorter time, or without attachments`;
}

const CUT_OFF =
  'it is cut off: its END:VCALENDAR is missing. Fetch or export it again; the whole file is needed';

/** Some files hold calendars inside calendars. */
function calendarsAmong(components: readonly Component[]): Component[] {
  return components.flatMap((each) => [
    ...(each.name === 'VCALENDAR' ? [each] : []),
    ...calendarsAmong(each.components),
  ]);
}

function isCounted({ name }: Component): boolean {
  return name === 'VEVENT' || name === 'VFREEBUSY';
}

function whyNone(lines: readonly ContentLine[]): string {
  const text = lines.find((line) => line.text.trim() !== '')?.text.trim() ?? '';
  if (text === '') return 'it is empty; an iCalendar file begins with BEGIN:VCALENDAR';
  if (/^(\ufeff)?</.test(text))
    return 'it is a web page and no calendar; the address of the iCalendar file itself is needed, it often ends in .ics';
  return 'it is no calendar; an iCalendar file begins with BEGIN:VCALENDAR and ends with END:VCALENDAR';
}
