// The open corpus of calendars from the wild: every expectation on which two other implementations agree, and no file that
// hangs or breaks the reader.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCalendar } from '../../../../src/adapters/calendars/ics/events.ts';
import { CalendarUnreadable } from '../../../../src/domain/errors.ts';
import { formatInstant } from '../../../../src/domain/time/instant.ts';
import { formatDate } from '../../../../src/domain/time/plain-date.ts';
import { UTC } from '../../../../src/domain/time/zone.ts';
import { at } from '../../../support/builders.ts';
import { YEAR } from '../../../support/calendar-files.ts';
import { cpuTime } from '../../../support/cpu-time.ts';
import { sharedAvailable, sharedPath } from '../../../support/peers.ts';

/** Where both implementations are wrong: what they say, what is right, and why. */
const ARGUED = [
  {
    file: 'ical.net__HourlyInterval1',
    theirs: '2007-10-28T06:00:00Z',
    right: '2007-10-28T05:00:00Z',
    why: 'RFC 5545 3.3.5 and 3.3.10: 01:00 comes twice on that night, and a local time that does is the first of the two.',
  },
] as const;

type Expectation = {
  readonly window: { readonly from_: string; readonly to: string };
  readonly occurrences: readonly { readonly uid: string; readonly start: string }[];
};

const there = sharedAvailable('corpus');
const names = there ? readdirSync(sharedPath('corpus')).filter((name) => name.endsWith('.ics')) : [];
const stems = names.map((name) => name.slice(0, -'.ics'.length));

describe.skipIf(!there)('the open corpus', () => {
  it('has files and expectations', () => {
    expect(stems.length).toBeGreaterThan(100);
    expect(stems.filter(hasExpectation).length).toBeGreaterThan(50);
  });

  it.each(stems.filter(hasExpectation))('%s has the occurrences that others find', (stem) => {
    const expectation = expectationOf(stem);
    expect(occurrencesOf(stem, expectation)).toEqual(expectedOf(stem, expectation));
  });

  it.each(stems)('%s is read, or refused with a sentence, in less than two seconds', (stem) => {
    const started = cpuTime();
    try {
      readCalendar(readFileSync(pathOf(`${stem}.ics`)), YEAR);
    } catch (error) {
      expect(error).toBeInstanceOf(CalendarUnreadable);
    }
    expect(cpuTime() - started).toBeLessThan(2_000);
  });
});

function hasExpectation(stem: string): boolean {
  return existsSync(pathOf(`${stem}.expected.json`));
}

function expectationOf(stem: string): Expectation {
  return JSON.parse(readFileSync(pathOf(`${stem}.expected.json`), 'utf8')) as Expectation;
}

/** Those that start in the window; all-day and floating ones as if in UTC, as the expectations have them. */
function occurrencesOf(stem: string, expectation: Expectation): string[] {
  const window = { start: at(expectation.window.from_), end: at(expectation.window.to) };
  const { events } = readCalendar(readFileSync(pathOf(`${stem}.ics`)), { window, zone: UTC });
  return events
    .filter(({ start }) => start >= window.start && start < window.end)
    .map(({ uid, start, allDay }) => `${uid} ${allDay ? formatDate(allDay.from) : formatInstant(start)}`)
    .sort();
}

function expectedOf(stem: string, { occurrences }: Expectation): string[] {
  const argued = ARGUED.find(({ file }) => file === stem);
  return occurrences
    .map(({ uid, start }) => ({ uid, start: /T[\d:]+$/.test(start) ? `${start}Z` : start }))
    .map(({ uid, start }) => `${uid} ${start === argued?.theirs ? argued.right : start}`)
    .sort();
}

function pathOf(name: string): string {
  return sharedPath('corpus', name);
}
