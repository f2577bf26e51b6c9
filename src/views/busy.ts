// What a calendar says about when its owner is busy, for programs and for people.

import type { CalendarEvent, NotBusyRule } from '../domain/calendar/event.ts';
import type { ReadingProblem } from '../domain/calendar/reading.ts';
import { formatInstant } from '../domain/time/instant.ts';
import type { Interval } from '../domain/time/interval.ts';
import { addDays, formatDate } from '../domain/time/plain-date.ts';
import type { Zone } from '../domain/time/zone.ts';
import { localTime } from './local-time.ts';
import { type Block, type Line, lines, span } from './styled-text.ts';

/** An event, and the rule by which it does not keep its owner busy. */
type Listed = { readonly event: CalendarEvent; readonly rule?: NotBusyRule };

type Report = {
  readonly calendar: string;
  readonly unknown: boolean;
  readonly occurrences: readonly Listed[];
  readonly problems: readonly ReadingProblem[];
};

type Frame = { readonly window: Interval; readonly zone: Zone };

type OccurrenceJson = {
  readonly uid: string;
  /** UTC with a `Z`; of an all-day one its first day and the day after its last (RFC 5545 3.6.1). */
  readonly start: string;
  readonly end: string;
  readonly allDay: boolean;
  readonly busy: boolean;
  readonly rule?: NotBusyRule;
};

/** Keys come in this order. */
export type BusyJson = {
  readonly calendar: string;
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly unknown: boolean;
  readonly occurrences: readonly OccurrenceJson[];
  readonly problems: readonly ReadingProblem[];
};

export function busyJson(
  { calendar, unknown, occurrences, problems }: Report,
  { window, zone }: Frame,
): BusyJson {
  return {
    calendar,
    zone,
    from: formatInstant(window.start),
    to: formatInstant(window.end),
    unknown,
    occurrences: occurrences.map(occurrenceJson),
    problems,
  };
}

function occurrenceJson({ event, rule }: Listed): OccurrenceJson {
  const { allDay } = event;
  return {
    uid: event.uid,
    start: allDay ? formatDate(allDay.from) : formatInstant(event.start),
    end: allDay ? formatDate(addDays(allDay.to, 1)) : formatInstant(event.end),
    allDay: allDay !== undefined,
    busy: rule === undefined,
    ...(rule !== undefined && { rule }),
  };
}

export function busyBlocks({ calendar, unknown, occurrences }: Report, { zone }: Frame): Block[] {
  const busy = occurrences.filter(({ rule }) => rule === undefined).length;
  const head = [
    span(calendar, 'strong'),
    span(`, times in ${zone}: ${busy} busy, ${occurrences.length - busy} not`),
  ];
  const blocks: Block[] = [lines(head)];
  if (unknown)
    blocks.push(lines([span('A time in it cannot be read, and so the calendar counts as unknown.', 'bad')]));
  if (occurrences.length > 0) blocks.push(occurrenceTable(occurrences, zone));
  return blocks;
}

function occurrenceTable(occurrences: readonly Listed[], zone: Zone): Block {
  const columns = ['Start', 'End', 'Busy', 'UID'].map((text) => ({
    heading: [span(text, 'strong')],
    align: 'left' as const,
  }));
  return { kind: 'table', columns, rows: occurrences.map((each) => occurrenceRow(each, zone)) };
}

function occurrenceRow({ event, rule }: Listed, zone: Zone): Line[] {
  const busy = rule === undefined ? span('busy', 'odd') : span(`no: ${RULES[rule]}`, 'faint');
  return [...timesOf(event, zone).map((text) => [span(text)]), [busy], [span(printable(event.uid), 'faint')]];
}

function timesOf({ allDay, start, end }: CalendarEvent, zone: Zone): string[] {
  if (allDay) return [formatDate(allDay.from), `${formatDate(allDay.to)} all day`];
  return [start, end].map((instant) => {
    const { weekday, day, clock } = localTime(zone, instant);
    return `${weekday} ${day} ${clock}`;
  });
}

const RULES: Readonly<Record<NotBusyRule, string>> = {
  cancelled: 'it is cancelled',
  declined: 'the owner declined',
  delegated: 'the owner sent somebody else',
  free: 'it is marked free',
  'working-elsewhere': 'it says where the owner works',
  transparent: 'it does not take up time (transparent)',
};

/** A UID is whatever another program wrote: nothing in it may steer a terminal. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
