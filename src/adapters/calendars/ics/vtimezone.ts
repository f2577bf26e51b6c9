// VTIMEZONE (RFC 5545 3.6.5) as a clock, and which clock a TZID stands for.

import { type Instant, instantOf } from '../../../domain/time/instant.ts';
import { parseDate } from '../../../domain/time/plain-date.ts';
import { type WallTime, wallTimeOf } from '../../../domain/time/wall-time.ts';
import type { Transition } from '../../../domain/time/zone.ts';
import { type Clock, changingClock, zoneClock } from './clock.ts';
import { type Component, propertiesOf, propertyNamed, textOf } from './component.ts';
import type { Budget } from './limits.ts';
import { recurrences } from './recurrence.ts';
import { parseRule, type Rule } from './rule.ts';
import { dateOrTime, period, utcOffset } from './values.ts';
import { clockOfName, ianaZone } from './zone-names.ts';

/** The clock of a TZID; undefined where it is unknown. */
export type Clocks = (tzid: string) => Clock | undefined;

/**
 * The clocks of one calendar. A name of IANA's database is read with our own tzdata, which is complete where a VTIMEZONE
 * is often cut short or out of date. Any other name means what the calendar's VTIMEZONE says (RFC 5545 3.2.19), even if it
 * is a Windows name: Outlook keeps the name where somebody has changed the rule. Without one, the name has to do.
 */
export function clocksOf(calendar: Component, until: Instant, budgetOf: () => Budget): Clocks {
  const known = new Map<string, Clock | undefined>();
  return (tzid) => {
    if (tzid.length > MOST_CHARACTERS) return undefined;
    if (!known.has(tzid)) known.set(tzid, clockOf(calendar, tzid, { until, budget: budgetOf() }));
    return known.get(tzid);
  };
}

/** The longest names are texts of Windows, of about 70 characters. */
const MOST_CHARACTERS = 255;

type Reach = { readonly until: Instant; readonly budget: Budget };

function clockOf(calendar: Component, tzid: string, reach: Reach): Clock | undefined {
  const zone = ianaZone(tzid);
  return zone ? zoneClock(zone) : (definedClock(calendar, tzid, reach) ?? clockOfName(tzid));
}

function definedClock(calendar: Component, tzid: string, reach: Reach): Clock | undefined {
  for (const component of calendar.components) {
    if (component.name !== 'VTIMEZONE' || !isNamed(component, tzid)) continue;
    const clock = vtimezoneClock(component, reach);
    if (clock) return clock;
  }
  return undefined;
}

function isNamed(component: Component, tzid: string): boolean {
  try {
    const name = propertyNamed(component, 'TZID');
    return (
      name !== undefined && textOf(name).toLowerCase() === tzid.replace(/\\([,;\\])/g, '$1').toLowerCase()
    );
  } catch {
    return false;
  }
}

/** The clock that a VTIMEZONE describes up to `until`; undefined where it describes none that can be followed. */
export function vtimezoneClock(component: Component, { until, budget }: Reach): Clock | undefined {
  try {
    const changes = component.components.flatMap((each) => changesOf(each, { until, budget }));
    changes.sort((a, b) => a.at - b.at);
    const first = changes[0];
    return first && changingClock(first.before, changes);
  } catch {
    return undefined;
  }
}

type Change = Transition & { readonly before: number };

/** Nobody plans before 1900, but Outlook's rules begin in 1601. */
const FIRST = wallTimeOf(parseDate('1900-01-01')!, 0);

/** The times at which a STANDARD or DAYLIGHT begins to hold, told in the local time before it (TZOFFSETFROM). */
function changesOf(component: Component, { until, budget }: Reach): Change[] {
  if (component.name !== 'STANDARD' && component.name !== 'DAYLIGHT') return [];
  const [before, offset] = [offsetOf(component, 'TZOFFSETFROM'), offsetOf(component, 'TZOFFSETTO')];
  const start = wallOf(required(component, 'DTSTART'));
  const walls = new Set([start, ...addedDates(component)]);
  for (const { value } of propertiesOf(component, 'RRULE')) {
    const rule = parseRule(value);
    const to = (until + before) as WallTime;
    const isOver = (wall: WallTime): boolean => isAfterUntil(rule, wall, before);
    for (const wall of recurrences(rule, { start, from: FIRST, to, isOver, budget })) walls.add(wall);
  }
  return [...walls].map((wall) => ({ at: instantOf(wall - before), offset, before }));
}

/** RFC 5545 3.6.5: UNTIL is in UTC; some programs write it in local time. */
function isAfterUntil({ until }: Rule, wall: WallTime, offset: number): boolean {
  if (!until) return false;
  if (until.kind === 'date') return wall > wallTimeOf(until.date, 24 * 60);
  return (until.utc ? wall - offset : wall) > until.wall;
}

function addedDates(component: Component): WallTime[] {
  return propertiesOf(component, 'RDATE').flatMap(({ value }) => value.split(',').map(wallOf));
}

function required(component: Component, name: string): string {
  const property = propertyNamed(component, name);
  if (!property) throw new Error(`no ${name}`);
  return property.value;
}

function offsetOf(component: Component, name: string): number {
  const offset = utcOffset(required(component, name));
  if (offset === undefined) throw new Error(`no offset in ${name}`);
  return offset;
}

function wallOf(text: string): WallTime {
  const value = dateOrTime(text) ?? period(text)?.start;
  if (!value) throw new Error('no time');
  return value.kind === 'date' ? wallTimeOf(value.date, 0) : value.wall;
}
