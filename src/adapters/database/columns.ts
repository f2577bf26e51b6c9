// Times and dates of the domain as columns hold them, and back.

import { DAY } from '../../domain/time/duration.ts';
import { type Instant, instantOf } from '../../domain/time/instant.ts';
import type { PlainDate } from '../../domain/time/plain-date.ts';

export function toDate(instant: Instant): Date {
  return new Date(instant);
}

export function toInstant(date: Date): Instant {
  return instantOf(date.getTime());
}

/** Undefined for null. */
export function optionalInstant(date: Date | null): Instant | undefined {
  return date === null ? undefined : toInstant(date);
}

/** A column of type date, which the client gives as the UTC midnight of the day. */
export function toDay(date: PlainDate): Date {
  return new Date(date * DAY);
}

export function toPlainDate(day: Date): PlainDate {
  return Math.round(day.getTime() / DAY) as PlainDate;
}

/** Absent where the column is null. */
export function optional<Key extends string, Value>(key: Key, value: Value | null | undefined) {
  return (value === null || value === undefined ? {} : { [key]: value }) as {
    readonly [key in Key]?: NonNullable<Value>;
  };
}
