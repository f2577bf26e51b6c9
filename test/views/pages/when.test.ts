import { describe, expect, it } from 'vitest';
import { dayText, moment, periodText, span } from '../../../src/views/pages/when.ts';
import { at, day, period } from '../../support/builders.ts';
import { ANA, zoneOf } from '../../support/cast.ts';
import { words } from './words.ts';

describe('a moment', () => {
  it('has the weekday, the date, the time and the zone, and the instant for programs', async () => {
    const shown = moment(zoneOf('Europe/Berlin'), at('2027-01-05T16:00:00Z'));
    expect(await words(shown)).toBe('Tue 5 Jan, 17:00 Europe/Berlin');
    expect(String(await shown)).toContain('<time datetime="2027-01-05T16:00:00Z">');
  });
});

describe('a span', () => {
  const half = { start: at('2027-01-13T16:00:00Z'), end: at('2027-01-13T16:30:00Z') };

  it('is on the clock of the home', async () => {
    expect(await words(span(ANA, half))).toBe('Wed 13 Jan, 08:00 to 08:30 America/Los_Angeles');
  });

  it('is on the clock of a journey while that lasts', async () => {
    const travels = [{ from: day('2027-01-11'), to: day('2027-01-15'), zone: zoneOf('Europe/London') }];
    expect(await words(span({ ...ANA, travels }, half))).toBe('Wed 13 Jan, 16:00 to 16:30 Europe/London');
  });
});

describe('days', () => {
  it('have a weekday and a year', () => {
    expect(dayText(day('2027-01-04'))).toBe('Mon 4 Jan 2027');
  });

  it('of a period name the year once, unless there are two', () => {
    expect(periodText(period('2027-01-04'))).toBe('Mon 4 Jan to Sun 10 Jan 2027');
    expect(periodText(period('2026-12-28'))).toBe('Mon 28 Dec 2026 to Sun 3 Jan 2027');
  });
});
