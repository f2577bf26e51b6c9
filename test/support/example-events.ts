// Calendar entries as the exports of three well-known programs write them (RFC 5545), for the example calendars.

import { MINUTE } from '../../src/domain/time/duration.ts';
import { formatInstant, type Instant, plus } from '../../src/domain/time/instant.ts';
import { formatDate, type PlainDate } from '../../src/domain/time/plain-date.ts';
import { formatWallTime, wallTimeOf } from '../../src/domain/time/wall-time.ts';
import { toInstant, type Zone } from '../../src/domain/time/zone.ts';

export type Guest = { readonly name: string; readonly email: string };

/** A day, and the minutes since its 00:00; a day alone for what is all-day. */
export type Moment = { readonly on: PlainDate; readonly at?: number };

export type Entry = Moment & {
  readonly uid: string;
  readonly summary: string;
  /** Minutes, or days of what is all-day. */
  readonly lasts: number;
  /** Other than that of the calendar: as the organiser's program called it. */
  readonly tzid?: string;
  readonly rule?: string;
  /** The last day on which the rule may give an occurrence. */
  readonly until?: PlainDate;
  readonly except?: readonly PlainDate[];
  /** The occurrence of the series that this entry replaces, alone or with all that follow. */
  readonly replaces?: Moment & { readonly andFuture?: boolean };
  readonly status?: 'TENTATIVE' | 'CANCELLED';
  readonly free?: boolean;
  readonly absence?: 'OOF' | 'WORKINGELSEWHERE';
  readonly place?: string;
  readonly note?: string;
  readonly organizer?: Guest;
  readonly guests?: readonly Guest[];
  /** What the calendar's owner answered. */
  readonly answer?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'NEEDS-ACTION';
  readonly created: Instant;
  readonly sequence: number;
};

export type Dialect = 'google' | 'outlook' | 'apple';

export type Calendar = {
  readonly dialect: Dialect;
  readonly owner: Guest;
  readonly zone: Zone;
  /** What the calendar calls its zone. */
  readonly tzid: string;
  /** When it was exported. */
  readonly stamp: Instant;
  readonly entries: readonly Entry[];
};

/** The text of the calendar: CRLF, lines folded at 75 octets. */
export function calendarText(calendar: Calendar): string {
  const tzids = [
    ...new Set([calendar.tzid, ...calendar.entries.map((entry) => entry.tzid ?? calendar.tzid)]),
  ];
  const lines = [
    'BEGIN:VCALENDAR',
    ...headOf(calendar),
    ...tzids.flatMap(timezoneOf),
    ...calendar.entries.flatMap((entry) => eventOf(calendar, entry)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function headOf({ dialect, owner, zone }: Calendar): string[] {
  if (dialect === 'google')
    return [
      'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
      'VERSION:2.0',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      `X-WR-CALNAME:${escaped(owner.name)}`,
      `X-WR-TIMEZONE:${zone}`,
    ];
  if (dialect === 'outlook')
    return [
      'PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN',
      'VERSION:2.0',
      'METHOD:PUBLISH',
      'X-CALSTART:20260629T050000Z',
      'X-WR-RELCALID:{0000002E-1D5A-4B8F-9C44-5E0A7A1B6F10}',
      `X-WR-CALNAME:${escaped(owner.name)}`,
    ];
  return [
    'VERSION:2.0',
    'PRODID:-//Apple Inc.//macOS 15.5//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${escaped(owner.name)}`,
    'X-APPLE-CALENDAR-COLOR:#1BADF8',
  ];
}

function eventOf(calendar: Calendar, entry: Entry): string[] {
  const until = entry.until === undefined ? '' : `;UNTIL=${untilOf(calendar, entry, entry.until)}`;
  const recurring = entry.rule ? [`RRULE:${entry.rule}${until}`] : [];
  const except = (entry.except ?? []).map((on) => dated(calendar, entry, 'EXDATE', { ...entry, on }));
  return [
    'BEGIN:VEVENT',
    dated(calendar, entry, 'DTSTART', entry),
    dated(calendar, entry, 'DTEND', endOf(entry)),
    ...recurring,
    ...except,
    ...replacing(calendar, entry),
    `DTSTAMP:${utc(calendar.stamp)}`,
    `UID:${entry.uid}`,
    `CREATED:${utc(entry.created)}`,
    `LAST-MODIFIED:${utc(plus(entry.created, 95 * MINUTE))}`,
    `SEQUENCE:${entry.sequence}`,
    `SUMMARY:${escaped(entry.summary)}`,
    ...(entry.place ? [`LOCATION:${escaped(entry.place)}`] : []),
    ...(entry.note ? [`DESCRIPTION:${escaped(entry.note)}`] : []),
    ...peopleOf(calendar, entry),
    `STATUS:${entry.status ?? 'CONFIRMED'}`,
    `TRANSP:${entry.free ? 'TRANSPARENT' : 'OPAQUE'}`,
    ...ownWordsOf(calendar.dialect, entry),
    'END:VEVENT',
  ];
}

/** RFC 5545 3.8.4.4; RANGE is 3.2.13. */
function replacing(calendar: Calendar, entry: Entry): string[] {
  if (!entry.replaces) return [];
  const name = entry.replaces.andFuture ? 'RECURRENCE-ID;RANGE=THISANDFUTURE' : 'RECURRENCE-ID';
  return [dated(calendar, entry, name, entry.replaces)];
}

function endOf(entry: Entry): Moment {
  if (entry.at === undefined) return { on: (entry.on + entry.lasts) as PlainDate };
  return { on: entry.on, at: entry.at + entry.lasts };
}

/** RFC 5545 3.3.10: UNTIL is in UTC where DTSTART has a zone, and a date where DTSTART is one. */
function untilOf(calendar: Calendar, entry: Entry, until: PlainDate): string {
  if (entry.at === undefined) return compact(formatDate(until));
  return utc(instantOf(calendar, entry, { on: until, at: entry.at }));
}

/** Google writes the times of what does not recur in UTC. */
function dated(calendar: Calendar, entry: Entry, name: string, { on, at }: Moment): string {
  if (at === undefined) return `${name};VALUE=DATE:${compact(formatDate(on))}`;
  const isSingle = !entry.rule && !entry.replaces && !entry.tzid;
  if (calendar.dialect === 'google' && isSingle)
    return `${name}:${utc(instantOf(calendar, entry, { on, at }))}`;
  const tzid = entry.tzid ?? calendar.tzid;
  const quoted = calendar.dialect === 'outlook' ? `"${tzid}"` : tzid;
  return `${name};TZID=${quoted}:${compact(formatWallTime(wallTimeOf(on, at)))}`;
}

function instantOf(calendar: Calendar, entry: Entry, { on, at = 0 }: Moment): Instant {
  const zone = entry.tzid ? (WINDOWS_ZONES[entry.tzid] ?? entry.tzid) : calendar.zone;
  return toInstant(zone as Zone, wallTimeOf(on, at));
}

function peopleOf({ dialect, owner }: Calendar, { organizer, guests = [], answer }: Entry): string[] {
  if (!organizer) return [];
  const role = 'ROLE=REQ-PARTICIPANT';
  const kind = dialect === 'outlook' ? role : `CUTYPE=INDIVIDUAL;${role}`;
  return [
    `ORGANIZER;CN=${organizer.name}:mailto:${organizer.email}`,
    `ATTENDEE;${kind};PARTSTAT=${answer ?? 'ACCEPTED'};CN=${owner.name}:mailto:${owner.email}`,
    ...guests.map(({ name, email }) => `ATTENDEE;${kind};PARTSTAT=ACCEPTED;CN=${name}:mailto:${email}`),
  ];
}

/** Properties of the program's own: [MS-OXCICAL] 2.1.3.1.1.20 for Outlook. */
function ownWordsOf(dialect: Dialect, entry: Entry): string[] {
  if (dialect === 'apple') return ['X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC'];
  if (dialect === 'google') return [];
  const busy = entry.free ? 'FREE' : entry.status === 'TENTATIVE' ? 'TENTATIVE' : 'BUSY';
  return [
    'CLASS:PUBLIC',
    'PRIORITY:5',
    `X-MICROSOFT-CDO-ALLDAYEVENT:${entry.at === undefined ? 'TRUE' : 'FALSE'}`,
    `X-MICROSOFT-CDO-BUSYSTATUS:${entry.absence ?? busy}`,
    'X-MICROSOFT-CDO-IMPORTANCE:1',
    'X-MICROSOFT-DISALLOW-COUNTER:FALSE',
  ];
}

/** The Windows names that occur in the examples. */
const WINDOWS_ZONES: Readonly<Record<string, string>> = {
  'Pacific Standard Time': 'America/Los_Angeles',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Singapore Standard Time': 'Asia/Singapore',
};

type Change = {
  readonly name: string;
  readonly hour: string;
  readonly offset: string;
  readonly rule?: string;
};

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  'America/Los_Angeles': [
    { name: 'PDT', hour: '02', offset: '-0700', rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=2SU' },
    { name: 'PST', hour: '02', offset: '-0800', rule: 'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU' },
  ],
  'Europe/Berlin': [
    { name: 'CEST', hour: '02', offset: '+0200', rule: 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' },
    { name: 'CET', hour: '03', offset: '+0100', rule: 'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU' },
  ],
  'Asia/Singapore': [{ name: '+08', hour: '00', offset: '+0800' }],
};

/** The first days on which the rules of CHANGES apply. */
const FIRST_CHANGES: Readonly<Record<string, string>> = {
  'FREQ=YEARLY;BYMONTH=3;BYDAY=2SU': '20070311',
  'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU': '20071104',
  'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU': '19960331',
  'FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU': '19961027',
};

function timezoneOf(tzid: string): string[] {
  const changes = CHANGES[WINDOWS_ZONES[tzid] ?? tzid] ?? [];
  const isWindows = tzid in WINDOWS_ZONES;
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...(isWindows ? [] : [`X-LIC-LOCATION:${tzid}`]),
    ...changes.flatMap(({ name, hour, offset, rule }, i) => {
      const kind = i === 0 && changes.length > 1 ? 'DAYLIGHT' : 'STANDARD';
      const first = rule ? FIRST_CHANGES[rule] : isWindows ? '16010101' : '19820101';
      return [
        `BEGIN:${kind}`,
        `DTSTART:${first}T${hour}0000`,
        ...(rule ? [`RRULE:${rule}`] : []),
        `TZOFFSETFROM:${changes.at(i - 1)!.offset}`,
        `TZOFFSETTO:${offset}`,
        ...(isWindows ? [] : [`TZNAME:${name}`]),
        `END:${kind}`,
      ];
    }),
    'END:VTIMEZONE',
  ];
}

function utc(instant: Instant): string {
  return compact(formatInstant(instant));
}

/** ISO 8601 in its basic format: without dashes and colons. */
function compact(text: string): string {
  return text.replaceAll(/[-:]/g, '');
}

/** RFC 5545 3.3.11. */
function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (mark) => `\\${mark}`).replaceAll('\n', '\\n');
}

/** RFC 5545 3.1: no line is longer than 75 octets, and no character is cut in two. */
function folded(line: string): string {
  const parts: string[] = [];
  let [part, size] = ['', 0];
  for (const character of line) {
    const octets = Buffer.byteLength(character);
    if (size + octets > 75) {
      parts.push(part);
      [part, size] = ['', 1];
    }
    part += character;
    size += octets;
  }
  return [...parts, part].join('\r\n ');
}
