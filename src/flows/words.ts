// Single texts as values, wherever somebody writes them: each reader gives the value, or what is wrong and what would be right.

import { nearest } from '../domain/nearest.ts';
import type { WeeklyWindow } from '../domain/partner.ts';
import type { Rotation } from '../domain/partnership.ts';
import { type Instant, parseInstant } from '../domain/time/instant.ts';
import { fieldsOf, type PlainDate, parseDate } from '../domain/time/plain-date.ts';
import { parseZone, type Zone } from '../domain/time/zone.ts';
import { parseWindows } from '../domain/windows.ts';
import { isEmail } from './email-address.ts';
import { holdsAddress } from './show-safely.ts';

/** What is wrong with a text, and what would be right. */
export class Wrong {
  readonly problem: string;

  constructor(problem: string) {
    this.problem = problem;
  }
}

/** Control characters, line separators, and marks that turn the direction of text around (Unicode TR36 2.5). */
export const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

export function readName(text: string): string | Wrong {
  const name = text.trim();
  if (name === '') return new Wrong('is empty: write a name');
  if (name.includes('://')) return new Wrong('is an address: write a name');
  if (UNSAFE.test(name))
    return new Wrong('holds control characters: write it with letters alone, on one line');
  return name.length > 100 ? new Wrong('is longer than 100 characters: shorten it') : name;
}

export function readEmail(text: string): string | Wrong {
  const email = text.trim();
  return isEmail(email)
    ? email
    : new Wrong(`${quoted(text)} is no e-mail address: write it as "ana@example.com"`);
}

export function readZone(text: string): Zone | Wrong {
  const zone = parseZone(text.trim());
  if (zone) return zone;
  const near = nearestZone(text.trim());
  const advice = near ? `did you mean "${near}"?` : 'write an IANA name such as "Europe/Berlin"';
  return new Wrong(`${quoted(text)} is no time zone: ${advice}`);
}

/** By the name of the city alone, else by the fewest edits. */
function nearestZone(text: string): string | undefined {
  const names = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const city = text.toLowerCase().replaceAll(' ', '_');
  return names.find((name) => name.toLowerCase().split('/').at(-1) === city) ?? nearest(text, names);
}

export function readDate(text: string): PlainDate | Wrong {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    return new Wrong(`${quoted(text)} is no date: write it as 2027-01-04`);
  const date = parseDate(text);
  if (date === undefined) return new Wrong(`${text} does not exist: look at the calendar again`);
  const { year } = fieldsOf(date);
  return year < 1970 || year > 2199
    ? new Wrong(`${text} is too far away: write a year from 1970 to 2199`)
    : date;
}

export function readInstant(text: string): Instant | Wrong {
  return parseInstant(text) ?? new Wrong(`${quoted(text)} is no time: write it as 2027-01-05T16:00:00Z`);
}

export function readWindows(lines: string | readonly string[]): readonly WeeklyWindow[] | Wrong {
  if ([lines].flat().some(holdsAddress))
    return new Wrong('an address is no window: write it as "Mon-Fri 09:00-17:00"');
  const read = parseWindows(lines);
  return read.kind === 'windows' ? read.windows : new Wrong(read.problem);
}

/** Minutes: a multiple of 15, at most eight hours. */
export function readDuration(text: string): number | Wrong {
  const match = /^(?:(\d{1,4})h)?\s*(?:(\d{1,4})m)?$/.exec(text.trim());
  if (!match || match[0] === '')
    return new Wrong(`${quoted(text)} is no duration: write "30m", "1h" or "1h30m"`);
  const minutes = Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
  const right = 'write 15m to 8h in whole quarters of an hour';
  if (minutes === 0) return new Wrong(`a check-in of no length cannot be held: ${right}`);
  if (minutes > 480) return new Wrong(`${quoted(text)} is too long: ${right}`);
  return minutes % 15 === 0
    ? minutes
    : new Wrong(`${quoted(text)} is not a multiple of 15 minutes: ${right}`);
}

export function readRotation(text: string): Rotation | Wrong {
  if (text === 'when-unfair' || text === 'every-time' || text === 'monthly' || text === 'never')
    return { kind: text };
  const count = Number(/^every ([1-9]\d?)$/.exec(text)?.[1]);
  if (count >= 2 && count <= 52) return { kind: 'every', count };
  const rule = 'write when-unfair, every-time, monthly, never, or "every 4" (2 to 52)';
  return new Wrong(`${quoted(text)} is no rotation: ${rule}`);
}

const CALLS = ['https:', 'tel:', 'sip:', 'sips:', 'xmpp:', 'facetime:', 'msteams:', 'zoommtg:'];

export function readCall(text: string): string | Wrong {
  if (!UNSAFE.test(text) && URL.canParse(text) && CALLS.includes(new URL(text).protocol)) return text.trim();
  const what = holdsAddress(text) ? 'this' : quoted(text);
  return new Wrong(`${what} is no address of a call: write an https, tel or sip address`);
}

export function readRegion(text: string): string | Wrong {
  const region = text.trim();
  if (/^none$/i.test(region)) return 'none';
  return /^[a-z]{2}(-[a-z0-9]{1,6}){0,2}$/i.test(region)
    ? region.toUpperCase()
    : new Wrong(`${quoted(text)} is no region: write a country or a part of one, "DE" or "US-CA", or "none"`);
}

/** As it was written, cut short and without what could not be printed; an address may be a secret and is not repeated. */
export function quoted(text: string): string {
  if (holdsAddress(text)) return 'an address';
  const line = text.replace(new RegExp(UNSAFE, 'gu'), '\ufffd');
  return `"${line.length > 60 ? `${line.slice(0, 57)}…` : line}"`;
}
