// Public holidays by region, from the package date-holidays, which is loaded only where somebody has a region.

import type { HolidaysTypes } from 'date-holidays';
import { InvalidInput } from '../../domain/errors.ts';
import { nearest } from '../../domain/nearest.ts';
import { HOUR } from '../../domain/time/duration.ts';
import {
  addDays,
  type DateRange,
  fieldsOf,
  type PlainDate,
  parseDate,
} from '../../domain/time/plain-date.ts';

/**
 * The public holidays of `region` ("DE", "US-CA", "DE-BY-A") that touch `window`, in order, with the days given in lieu of
 * those on a weekend; days as the region's calendars show them. Throws InvalidInput for a region that nobody knows.
 */
export async function publicHolidays(region: string, window: DateRange): Promise<DateRange[]> {
  const { default: Holidays } = await import('date-holidays');
  const codes = region.split('-');
  requireRegion(new Holidays(), region, codes);
  const [country = '', state = '', part = ''] = codes;
  const calendar = new Holidays(country, state, part, { types: ['public'] });
  const days: DateRange[] = [];
  for (let year = fieldsOf(window.from).year; year <= fieldsOf(window.to).year; year++)
    days.push(...calendar.getHolidays(year).flatMap(daysOf));
  return days
    .filter(({ from, to }) => from <= window.to && window.from <= to)
    .sort((a, b) => a.from - b.from);
}

/** What date-holidays knows of places, level by level. */
type Places = {
  readonly getCountries: () => Record<string, string>;
  readonly getStates: (country: string) => Record<string, string> | undefined;
  readonly getRegions: (country: string, state: string) => Record<string, string> | undefined;
};

function requireRegion(places: Places, region: string, [country = '', state, part]: readonly string[]): void {
  const countries = places.getCountries();
  if (!(country in countries)) throw unknownRegion(region, [country], countries);
  if (state === undefined) return;
  const states = places.getStates(country) ?? {};
  if (!(state in states)) throw unknownRegion(region, [country, state], states);
  const parts = places.getRegions(country, state) ?? {};
  if (part !== undefined && !(part in parts)) throw unknownRegion(region, [country, state, part], parts);
}

/** Names what is near: of countries those that are often called otherwise, of parts those that are a slip away. */
function unknownRegion(
  region: string,
  codes: readonly string[],
  known: Record<string, string>,
): InvalidInput {
  const around = codes.slice(0, -1);
  const wanted = codes.at(-1) ?? '';
  const options = Object.entries(known).map(([code, name]) => ({
    name,
    region: [...around, code].join('-'),
  }));
  const places = around.length === 0 ? 'no country' : `no part of ${around.join('-')}`;
  const advice = around.length === 0 ? adviseCountry(options, wanted) : advisePart(options, wanted);
  return new InvalidInput('region', `"${region}" is no region, for ${places} is called ${wanted}: ${advice}`);
}

type Option = { readonly name: string; readonly region: string };

/** What a country is called by those who do not follow ISO 3166. */
const OTHER_CODES: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/** Of two letters one is half of the code, so that what is a slip away is another country altogether. */
function adviseCountry(options: readonly Option[], wanted: string): string {
  const meant = options.find(({ region }) => region === OTHER_CODES[wanted]);
  if (meant) return `write ${meant.region} (${meant.name}), or "none"`;
  return 'write the two letters of a country (ISO 3166), such as DE or US, or "none"';
}

function advisePart(options: readonly Option[], wanted: string): string {
  if (options.length === 0) return 'write the country alone, or "none"';
  const near = options.filter(
    ({ region }) => nearest(wanted, [region.split('-').at(-1) ?? '']) && sharesLetter(region, wanted),
  );
  const shown = (near.length > 0 ? near : options).slice(0, 5);
  return `write ${shown.map(({ region, name }) => `${region} (${name})`).join(', ')}, or "none"`;
}

/** Codes are so short that two edits make anything of anything: at least the first letter must be right. */
function sharesLetter(region: string, wanted: string): boolean {
  return region.split('-').at(-1)?.[0] === wanted[0];
}

/**
 * Whole days only. A holiday that begins in the evening before ("2027-04-22 00:00:00 -0600") is that day and the days after;
 * one that begins in the course of a day is an afternoon off, and nobody is away for it.
 */
function daysOf({ date, start, end }: HolidaysTypes.Holiday): DateRange[] {
  const from = parseDate(date.slice(0, 10));
  if (from === undefined) return [];
  const hours = (end.getTime() - start.getTime()) / HOUR + hoursBefore(date);
  const whole = date.slice(11, 16) === '00:00';
  if (!whole) return [];
  const days = Math.max(1, Math.floor((hours + CLOCK_CHANGE) / 24));
  return [{ from, to: addDays(from, days - 1) as PlainDate }];
}

/** A day on which clocks change may have 22 hours and is a day all the same. */
const CLOCK_CHANGE = 2;

/** "-0600" at the end: so many hours of it lie before the day. */
function hoursBefore(date: string): number {
  const match = / ([+-]\d{2})\d{2}$/.exec(date);
  return match ? Number(match[1]) : 0;
}
