// turnabout busy

import { InvalidInput } from '../../domain/errors.ts';
import { nearest } from '../../domain/nearest.ts';
import { type Instant, parseInstant } from '../../domain/time/instant.ts';
import { parseDate } from '../../domain/time/plain-date.ts';
import { parseZone, startOfDay, type Zone } from '../../domain/time/zone.ts';
import type { Ports } from '../../flows/ports.ts';
import { readBusy } from '../../flows/read-busy.ts';
import { shown } from '../../flows/show-safely.ts';
import { busyBlocks, busyJson } from '../../views/busy.ts';
import type { BusyArguments } from './arguments.ts';
import type { Screen } from './screen.ts';

/** The exit code: 0 where all could be read, 2 where the calendar is unknown. Throws InvalidInput and CalendarUnreadable. */
export async function runBusy(
  typed: BusyArguments,
  ports: Pick<Ports, 'readCalendar'>,
  screen: Screen,
): Promise<number> {
  const zone = zoneNamed(typed.zone);
  const window = { start: momentOf('--from', typed.from, zone), end: momentOf('--to', typed.to, zone) };
  if (window.end <= window.start)
    throw new InvalidInput('--to', `${typed.to} is not after --from ${typed.from}`);
  const owner = typed.as === undefined ? {} : { owner: typed.as };
  const report = await readBusy({ source: typed.calendar, window, zone, ...owner }, ports);
  for (const { where, message } of report.problems)
    screen.say(`warning: ${report.calendar}: ${where}: ${message}`);
  if (typed.json) screen.showJson(busyJson(report, { window, zone }));
  else screen.show(busyBlocks(report, { window, zone }));
  return report.unknown ? 2 : 0;
}

function zoneNamed(name: string): Zone {
  const zone = parseZone(name);
  if (zone) return zone;
  const near = nearest(name, ['UTC', ...Intl.supportedValuesOf('timeZone')]);
  const advice = near ? `did you mean ${near}?` : 'write an IANA name such as Europe/Berlin';
  throw new InvalidInput('--zone', `"${shown(name)}" is no time zone: ${advice}`);
}

/** A date is its 00:00 in the zone. */
function momentOf(option: string, text: string, zone: Zone): Instant {
  const date = parseDate(text);
  const instant = date === undefined ? parseInstant(text) : startOfDay(zone, date);
  if (instant !== undefined) return instant;
  const what = /^\d{4}-\d{2}-\d{2}/.test(text) ? 'no date or time that exists' : 'no date or time';
  const right = 'write 2027-01-04 or 2027-01-04T09:00:00Z';
  throw new InvalidInput(option, `"${shown(text)}" is ${what}: ${right}`);
}
