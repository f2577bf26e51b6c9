// A second opinion on a plan, from luxon and the words of the model alone: shares no code with the planner.

import { DateTime } from 'luxon';
import type { Partner, WeeklyWindow } from '../../src/domain/partner.ts';
import type { Occurrence } from '../../src/domain/planner/plan.ts';
import type { Interval } from '../../src/domain/time/interval.ts';
import { formatDate } from '../../src/domain/time/plain-date.ts';

const QUARTER = 15 * 60_000;

/** The zone in which the partner is at `at`. */
function zoneOf(partner: Partner, at: number): string {
  const day = DateTime.fromMillis(at, { zone: partner.zone }).toISODate()!;
  return (
    partner.travels.find(({ from, to }) => formatDate(from) <= day && day <= formatDate(to))?.zone ??
    partner.zone
  );
}

/** Minutes since Monday 00:00 on the partner's clock. */
function minuteOfWeek(partner: Partner, at: number): number {
  const local = DateTime.fromMillis(at, { zone: zoneOf(partner, at) });
  return (local.weekday - 1) * 1_440 + local.hour * 60 + local.minute + local.second / 60;
}

function isWithin(windows: readonly WeeklyWindow[], minute: number): boolean {
  return windows.some(({ weekday, start, end }) => {
    const from = (weekday - 1) * 1_440 + start;
    return [minute, minute + 10_080].some((each) => from <= each && each < from + end - start);
  });
}

/** Burden by the formula of the model, quarter by quarter. */
export function burdenBy(partner: Partner, interval: Interval): number {
  let points = 0;
  for (let at = interval.start + QUARTER / 2; at < interval.end; at += QUARTER) {
    const minute = minuteOfWeek(partner, at);
    let d = 480;
    for (const { weekday, start, end } of partner.comfortable) {
      const [from, to] = [(weekday - 1) * 1_440 + start, (weekday - 1) * 1_440 + end];
      for (const each of [minute - 10_080, minute, minute + 10_080]) {
        d = Math.min(d, each < from ? from - each : each > to ? each - to : 0);
      }
    }
    points += Math.floor((d + 2 * Math.max(0, d - 120)) / 24 + 0.5);
  }
  return points;
}

/** What the occurrence breaks of the partner's hard limits; empty where it may be. */
export function violations(partner: Partner, occurrence: Occurrence): string[] {
  const found: string[] = [];
  for (let at = occurrence.start as number; at < occurrence.end; at += QUARTER) {
    for (const moment of [at, at + QUARTER - 1]) {
      const minute = minuteOfWeek(partner, moment);
      if (!isWithin(partner.reachable, minute)) found.push(`${partner.name} not reachable`);
      if (isWithin(partner.focus, minute)) found.push(`${partner.name} in focus`);
      const day = DateTime.fromMillis(moment, { zone: partner.zone }).toISODate()!;
      if (partner.away.some(({ from, to }) => formatDate(from) <= day && day <= formatDate(to)))
        found.push(`${partner.name} away`);
    }
  }
  if (
    partner.busy.some(({ start, end }) => start < end && start < occurrence.end && occurrence.start < end)
  ) {
    found.push(`${partner.name} busy`);
  }
  return found;
}
