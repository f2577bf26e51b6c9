// Fills in what keeps the partners busy or away: their calendars and the public holidays of their regions.

import { isTentative, notBusyRule } from '../domain/calendar/event.ts';
import { type CalendarReading, isUnknown } from '../domain/calendar/reading.ts';
import { CalendarUnreadable, InvalidInput } from '../domain/errors.ts';
import type { BusyTime, Partner } from '../domain/partner.ts';
import { DAY } from '../domain/time/duration.ts';
import { plus } from '../domain/time/instant.ts';
import type { Period } from '../domain/time/period.ts';
import { addDays, type DateRange } from '../domain/time/plain-date.ts';
import type { PartnershipFile, Remark } from './partnership-file.ts';
import type { Ports } from './ports.ts';
import { isMistypedAddress } from './show-safely.ts';

/** How one calendar of a partner was read; its name is safe to show. */
export type CalendarCheck = {
  readonly partner: Partner;
  readonly calendar: string;
  readonly outcome:
    | { readonly kind: 'read'; readonly reading: CalendarReading }
    | { readonly kind: 'unreadable'; readonly message: string };
};

export type Availability = {
  readonly partners: readonly Partner[];
  readonly calendars: readonly CalendarCheck[];
  /** Calendars that are unknown and regions that do not exist: nothing may be planned. */
  readonly problems: readonly Remark[];
};

/** The partners of the file with everything that keeps them from a call in `periods`, which are in order and not empty. */
export async function gatherAvailability(
  file: PartnershipFile,
  periods: readonly Period[],
  ports: Pick<Ports, 'readCalendar' | 'publicHolidays' | 'progress'>,
): Promise<Availability> {
  const { partners } = file.partnership;
  const checks: CalendarCheck[] = [];
  const sources = partners.flatMap((partner) =>
    (file.calendars.get(partner.id) ?? []).map((source) => ({ partner, source })),
  );
  for (const [done, { partner, source }] of sources.entries()) {
    ports.progress(done, sources.length);
    checks.push(await checkCalendar({ partner, source, file, periods }, ports));
  }
  ports.progress(sources.length, sources.length);
  const holidays = await gatherHolidays(file, periods, ports);
  return {
    partners: partners.map((partner) => ({
      ...partner,
      busy: [...partner.busy, ...checks.filter((check) => check.partner === partner).flatMap(busyTimesIn)],
      away: [...partner.away, ...(holidays.days.get(partner) ?? [])],
    })),
    calendars: checks,
    problems: [...holidays.problems, ...checks.flatMap(problemWith)],
  };
}

type Task = {
  readonly partner: Partner;
  readonly source: string;
  readonly file: PartnershipFile;
  readonly periods: readonly Period[];
};

async function checkCalendar(
  { partner, source, file, periods }: Task,
  { readCalendar }: Pick<Ports, 'readCalendar'>,
): Promise<CalendarCheck> {
  const calendar = calendarName(source);
  const window = { start: plus(periods[0]!.start, -DAY), end: plus(periods.at(-1)!.end, DAY) };
  try {
    const query = { window, zone: partner.zone, owner: partner.email, folder: file.folder };
    return { partner, calendar, outcome: { kind: 'read', reading: await readCalendar(source, query) } };
  } catch (error) {
    if (!(error instanceof CalendarUnreadable)) throw error;
    return { partner, calendar, outcome: { kind: 'unreadable', message: error.message } };
  }
}

/** What of a calendar may be shown: the name of the file, or the host of an address, which itself may be a secret. */
export function calendarName(source: string): string {
  if (isMistypedAddress(source)) return 'calendar';
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(source);
  return host ? host[1]! : (source.split(/[/\\]/).at(-1) ?? source);
}

function busyTimesIn({ outcome }: CalendarCheck): BusyTime[] {
  if (outcome.kind === 'unreadable') return [];
  return outcome.reading.events
    .filter((event) => notBusyRule(event) === undefined && event.start < event.end)
    .map((event) => ({ start: event.start, end: event.end, tentative: isTentative(event) }));
}

/** An unknown calendar is never a free one: the plan stops, and its owner may be left out by name. */
function problemWith({ partner, calendar, outcome }: CalendarCheck): Remark[] {
  const why = outcome.kind === 'unreadable' ? outcome.message : hiddenTimes(outcome.reading);
  if (why === undefined) return [];
  const advice = `until it can be read nobody knows when ${partner.name} is busy; to plan without them: --without ${partner.email}`;
  return [
    {
      where: calendar,
      field: `calendar of ${partner.name}`,
      message: `${why.replace(/\.$/, '')}; ${advice}`,
    },
  ];
}

function hiddenTimes(reading: CalendarReading): string | undefined {
  if (!isUnknown(reading)) return undefined;
  const hidden = reading.problems.filter((problem) => problem.hidesTime);
  const [first] = hidden;
  const more = hidden.length > 1 ? ` (and ${hidden.length - 1} more)` : '';
  return first && `${first.where}: ${first.message.replace(/\.$/, '')}${more}`;
}

type Holidays = {
  readonly days: ReadonlyMap<Partner, readonly DateRange[]>;
  readonly problems: readonly Remark[];
};

async function gatherHolidays(
  { partnership, regions }: PartnershipFile,
  periods: readonly Period[],
  { publicHolidays }: Pick<Ports, 'publicHolidays'>,
): Promise<Holidays> {
  const window = { from: addDays(periods[0]!.first, -1), to: addDays(periods.at(-1)!.last, 1) };
  const days = new Map<Partner, readonly DateRange[]>();
  const problems: Remark[] = [];
  for (const partner of partnership.partners) {
    const region = regions.get(partner.id);
    if (region === undefined) continue;
    try {
      days.set(partner, await publicHolidays(region.code, window));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      problems.push({ where: region.where, field: region.field, message: error.message });
    }
  }
  return { days, problems };
}
