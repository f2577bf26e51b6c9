// When a calendar is to be read again.

import { describe, expect, it } from 'vitest';
import {
  intervalOf,
  maxAgeOf,
  nextReadingIn,
  retryAfterOf,
} from '../../../../src/adapters/calendars/ics/refresh.ts';
import { DAY, HOUR, MINUTE } from '../../../../src/domain/time/duration.ts';
import { at } from '../../../support/builders.ts';
import { calendarOf, eventOf } from '../../../support/calendar-files.ts';

describe('the next reading', () => {
  it('is in an hour where nothing is said', () => {
    expect(nextReadingIn([undefined, undefined])).toBe(HOUR);
  });
  it('is when the first says that has something to say', () => {
    expect(nextReadingIn([undefined, 3 * HOUR, 2 * HOUR])).toBe(3 * HOUR);
  });
  it('is in an hour where the times said are none to wait', () => {
    expect(nextReadingIn([0, -5 * MINUTE])).toBe(HOUR);
  });
  it.each([
    [1, 15 * MINUTE],
    [15 * MINUTE, 15 * MINUTE],
    [DAY, DAY],
    [DAY + 1, DAY],
    [7 * DAY, DAY],
  ])('of %d ms asked for is in %d', (asked, given) => {
    expect(nextReadingIn([asked])).toBe(given);
  });
});

describe('what a calendar asks for', () => {
  const asked = (...lines: string[]) => intervalOf(Buffer.from(calendarOf(...lines)));

  it.each([
    ['REFRESH-INTERVAL;VALUE=DURATION:PT4H', 4 * HOUR],
    ['REFRESH-INTERVAL;VALUE=DURATION:P1W', 7 * DAY],
    ['REFRESH-INTERVAL:P1DT30M', DAY + 30 * MINUTE],
    ['refresh-interval;value=duration:PT4H', 4 * HOUR],
    ['X-PUBLISHED-TTL:PT30M', 30 * MINUTE],
    ['REFRESH-INTERVAL;VALUE=DURATION:soon', undefined],
    ['REFRESH-INTERVAL;VALUE=DURATION:-PT4H', undefined],
    ['REFRESH-INTERVAL', undefined],
    ['X-WR-CALNAME:Ana', undefined],
  ])('by %s is %s', (line, interval) => {
    expect(asked(line)).toBe(interval);
  });
  it('is REFRESH-INTERVAL before the older X-PUBLISHED-TTL', () => {
    expect(asked('X-PUBLISHED-TTL:PT30M', 'REFRESH-INTERVAL;VALUE=DURATION:PT4H')).toBe(4 * HOUR);
  });
  it('is X-PUBLISHED-TTL where REFRESH-INTERVAL cannot be read', () => {
    expect(asked('X-PUBLISHED-TTL:PT30M', 'REFRESH-INTERVAL;VALUE=DURATION:soon')).toBe(30 * MINUTE);
  });
  it('is nothing that stands in an event', () => {
    expect(asked(...eventOf('DTSTART:20270105T090000Z', 'REFRESH-INTERVAL:PT4H'))).toBeUndefined();
  });
  it('is found in a calendar of many events and not looked for in what is none', () => {
    const events = Array.from({ length: 5_000 }, () => eventOf('DTSTART:20270105T090000Z')).flat();
    expect(asked('REFRESH-INTERVAL:PT4H', ...events)).toBe(4 * HOUR);
    expect(intervalOf(Buffer.from('<html>REFRESH-INTERVAL:PT4H</html>'))).toBeUndefined();
  });
});

describe('what a server asks for', () => {
  it.each([
    ['max-age=7200', 2 * HOUR],
    ['private, Max-Age="7200"', 2 * HOUR],
    ['no-cache, no-store, max-age=0, must-revalidate', 0],
    ['s-maxage=7200', undefined],
    ['x-max-age=7200', undefined],
    ['max-age=-1', undefined],
    ['max-age=99999999999999999999', undefined],
    ['no-store', undefined],
    [undefined, undefined],
  ])('by Cache-Control: %s is %s', (header, wait) => {
    expect(maxAgeOf(header)).toBe(wait);
  });
  it.each([
    ['7200', 2 * HOUR],
    [' 7200 ', 2 * HOUR],
    ['Mon, 04 Jan 2027 10:00:00 GMT', 2 * HOUR],
    ['Mon, 04 Jan 2027 06:00:00 GMT', -2 * HOUR],
    ['later', undefined],
    ['-7200 s', undefined],
    [undefined, undefined],
  ])('by Retry-After: %s at eight o’clock is %s', (header, wait) => {
    expect(retryAfterOf(header, at('2027-01-04T08:00:00Z'))).toBe(wait);
  });
});
