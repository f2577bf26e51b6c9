// Components and properties of iCalendar text. ical.js parses the content lines; the tree is built
// here, so that one bad line costs one property and not the file.

import ICAL from 'ical.js';
import { LIMITS } from './limits.ts';
import type { ContentLine } from './lines.ts';

/** A component such as VEVENT. `name` is in capitals; `closed` is false where its END was missing. */
export type Component = {
  readonly name: string;
  /** The number of its BEGIN line. */
  readonly line: number;
  readonly lines: readonly ContentLine[];
  readonly components: readonly Component[];
  readonly closed: boolean;
};

/** A property. Names of properties and parameters are in capitals; `value` is as it stands in the file, still escaped. */
export type Property = {
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
  readonly line: number;
};

/** A content line that is none. The message is safe to show: it names the property and not its value. */
export class LineUnreadable extends Error {
  override readonly name = 'LineUnreadable';
}

/** The outermost components. What lies deeper than in any calendar is left out. */
export function componentsOf(lines: readonly ContentLine[]): Component[] {
  const root = open({ name: '', text: '', number: 0 }, '');
  const stack = [root];
  for (const line of lines) {
    if (line.name === 'BEGIN') begin(stack, line);
    else if (line.name === 'END') end(stack, wordAfterColon(line));
    else stack.at(-1)!.lines.push(line);
  }
  return root.components;
}

/** The lines of that name (in capitals), in their order. Each is read on its own, so that a bad one costs no other. */
export function linesOf(component: Component, name: string): ContentLine[] {
  return component.lines.filter((line) => line.name === name);
}

/** The properties of that name, in their order; throws LineUnreadable where one cannot be read. */
export function propertiesOf(component: Component, name: string): Property[] {
  return linesOf(component, name).map((line) => propertyOf(line));
}

/** The first property of that name, which is the only one where RFC 5545 allows one; throws LineUnreadable. */
export function propertyNamed(component: Component, name: string): Property | undefined {
  const line = component.lines.find((each) => each.name === name);
  return line && propertyOf(line);
}

/** The line as a property; throws LineUnreadable, also where it is longer than `limit` characters. */
export function propertyOf(line: ContentLine, limit = LIMITS.lineLength): Property {
  if (line.text.length > limit) throw new LineUnreadable(`its ${line.name} is too long`);
  try {
    requireShortParams(line.text);
    const [, params, , value] = ICAL.parse.property(quoted(line.text), RAW) as ParsedLine;
    return { name: line.name, params: upperCased(params, line.text), value: value.trim(), line: line.number };
  } catch (cause) {
    throw new LineUnreadable(`its ${line.name} is no iCalendar line`, { cause });
  }
}

/** The value of a TEXT property without its escapes (RFC 5545 3.3.11). */
export function textOf(property: Property): string {
  return property.value.replace(/\\([\\;,nN])/g, (_, escaped: string) =>
    /n/i.test(escaped) ? '\n' : escaped,
  );
}

type OpenComponent = {
  readonly name: string;
  readonly line: number;
  readonly lines: ContentLine[];
  readonly components: OpenComponent[];
  closed: boolean;
};

function open(line: ContentLine, name: string): OpenComponent {
  return { name, line: line.number, lines: [], components: [], closed: false };
}

/** Calendars are three levels deep (VCALENDAR, VEVENT, VALARM), some extensions four. */
const MAX_DEPTH = 16;

/** Components that stand directly in a VCALENDAR: where one begins inside another, an END was lost. */
const TOP_LEVEL = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE']);

function begin(stack: OpenComponent[], line: ContentLine): void {
  const name = wordAfterColon(line);
  const unclosed = TOP_LEVEL.has(name) ? stack.findIndex((each) => TOP_LEVEL.has(each.name)) : -1;
  if (unclosed > 0) stack.length = unclosed;
  if (stack.length > MAX_DEPTH) return;
  const component = open(line, name);
  stack.at(-1)!.components.push(component);
  stack.push(component);
}

/** Closes the innermost component of that name, also with letters too many; an END of nothing is passed over. */
function end(stack: OpenComponent[], name: string): void {
  const index = stack.findLastIndex((each) => each.name !== '' && name.startsWith(each.name));
  if (index < 0) return;
  stack[index]!.closed = true;
  stack.length = index;
}

function wordAfterColon(line: ContentLine): string {
  return line.text
    .slice(line.text.indexOf(':') + 1, 200)
    .trim()
    .toUpperCase();
}

type ParsedLine = [name: string, params: Record<string, string>, type: string, value: string];

/** Values are left as they are: each is read where its meaning is known, so that a bad one costs no more than itself. */
const RAW: Parameters<typeof ICAL.parse.property>[1] = {
  value: Object.create(null),
  param: Object.create(null),
  property: Object.create(null),
  propertyGroups: false,
};

/**
 * Outlook writes TZID=tzone://Microsoft/Custom and TZID=(UTC+01:00) Berlin without the quotes that RFC 5545 3.2 asks for
 * around a colon, and some program quotes the value along with its TZID. The values of such lines hold no colon of their
 * own, so that the last one ends the name.
 */
function quoted(text: string): string {
  const end = text.lastIndexOf(':');
  const start = text.toUpperCase().indexOf(';TZID=') + TZID_SIZE;
  if (start < TZID_SIZE || end < start || end > MOST_PARAMS) return text;
  const [head, tzid, value] = [text.slice(0, start), text.slice(start, end), text.slice(end + 1)];
  if (tzid.startsWith('"') && !tzid.endsWith('"') && value.endsWith('"'))
    return `${head}${tzid}":${value.slice(0, -1)}`;
  return tzid.includes(':') && !/[";]/.test(tzid) ? `${head}"${tzid}":${value}` : text;
}

const TZID_SIZE = ';TZID='.length;

/** Characters of name and parameters; a longer line is no calendar's, and ical.js takes the square of its time for it. */
const MOST_PARAMS = 8192;

function requireShortParams(text: string): void {
  let isQuoted = false;
  for (let index = 0; index < Math.min(text.length, MOST_PARAMS); index++) {
    if (text[index] === '"') isQuoted = !isQuoted;
    else if (text[index] === ':' && !isQuoted) return;
  }
  const first = text.indexOf(':');
  if (first < 0 || first >= MOST_PARAMS || text.length > MOST_PARAMS) throw new Error('no value');
}

/** ical.js takes VALUE away; it is given back here, because it tells a DATE from a DATE-TIME. */
function upperCased(params: Record<string, string>, text: string): ReadonlyMap<string, string> {
  const upper = new Map<string, string>();
  for (const [name, value] of Object.entries(params)) upper.set(name.toUpperCase(), String(value));
  const type = /^[^:"]*;VALUE="?([A-Za-z-]+)/i.exec(text)?.[1];
  if (type) upper.set('VALUE', type.toUpperCase());
  return upper;
}
