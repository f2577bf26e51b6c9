// A date of the Gregorian calendar without time or zone.

declare const plainDate: unique symbol;

/** Days since 1970-01-01, an integer (Temporal.PlainDate). Dates are compared and subtracted as numbers. */
export type PlainDate = number & { readonly [plainDate]: true };

/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Year, month (1-12) and day of the month (1-31). */
export type DateFields = { readonly year: number; readonly month: number; readonly day: number };

/** First and last day, both included. */
export type DateRange = { readonly from: PlainDate; readonly to: PlainDate };

/** The date of these fields; undefined where it does not exist (2027-02-29). */
export function dateOf({ year, month, day }: DateFields): PlainDate | undefined {
  if (!Number.isInteger(year) || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return undefined;
  return daysFromCivil(year, month, day) as PlainDate;
}

/** Reads "2027-01-04"; undefined where the text is no date or the date does not exist. */
export function parseDate(text: string): PlainDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match
    ? dateOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) })
    : undefined;
}

/** ISO 8601: "2027-01-04". */
export function formatDate(date: PlainDate): string {
  const { year, month, day } = fieldsOf(date);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Year, month (1-12) and day (1-31). Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days. */
export function fieldsOf(date: PlainDate): DateFields {
  const shifted = date + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The day of the week by ISO 8601. */
export function weekdayOf(date: PlainDate): Weekday {
  return (((((date + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The date so many days later, or earlier where `days` is negative. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return (date + days) as PlainDate;
}

/** The Monday on or before `date`. */
export function mondayOf(date: PlainDate): PlainDate {
  return addDays(date, 1 - weekdayOf(date));
}

/** The first day of the month that lies `months` after that of `date`. */
export function firstOfMonth(date: PlainDate, months = 0): PlainDate {
  const { year, month } = fieldsOf(date);
  const index = year * 12 + (month - 1) + months;
  return daysFromCivil(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1) as PlainDate;
}

/** ISO 8601 week and the year it belongs to: 2027-01-01 lies in week 53 of 2026. */
export function isoWeekOf(date: PlainDate): { readonly year: number; readonly week: number } {
  const thursday = addDays(mondayOf(date), 3);
  const { year } = fieldsOf(thursday);
  return { year, week: Math.floor((thursday - daysFromCivil(year, 1, 1)) / 7) + 1 };
}

function daysFromCivil(year: number, month: number, day: number): number {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
