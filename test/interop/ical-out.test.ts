// The calendar file held against six other implementations: all of them see every event when it was meant.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CalendarItem } from '../../src/domain/calendar/itip.ts';
import type { Zone } from '../../src/domain/time/zone.ts';
import { icalText } from '../../src/views/ical.ts';
import {
  complaintsByValidators,
  everyPeerAvailable,
  startsByEveryPeer,
  startsOf,
} from '../support/interop.ts';
import { ANCHORS, at, everyHour, item } from '../support/published.ts';

/** Nights in which one of these zones changes its clocks. */
const NIGHTS: readonly [string, string][] = [
  ['2027-03-14T02:00:00Z', '2027-03-14T10:00:00Z'],
  ['2027-03-27T22:00:00Z', '2027-03-28T04:00:00Z'],
  ['2027-04-03T11:00:00Z', '2027-04-03T18:00:00Z'],
  ['2027-09-25T11:00:00Z', '2027-09-25T17:00:00Z'],
  ['2027-10-02T12:00:00Z', '2027-10-02T18:00:00Z'],
  ['2027-10-30T22:00:00Z', '2027-10-31T04:00:00Z'],
  ['2027-11-07T02:00:00Z', '2027-11-07T08:00:00Z'],
];

const [FROM, TO] = [at('2026-01-01T00:00:00Z'), at('2028-02-01T00:00:00Z')];

function disagreements(items: readonly CalendarItem[]): string[] {
  const expected = startsOf(items);
  const text = icalText(items, { name: 'Harbour' });
  return [...startsByEveryPeer(text, FROM, TO)].flatMap(([peer, starts]) => [
    ...expected.filter((start) => !starts.includes(start)).map((start) => `${peer} does not see ${start}`),
    ...starts.filter((start) => !expected.includes(start)).map((start) => `${peer} sees ${start}`),
  ]);
}

describe.skipIf(!everyPeerAvailable())('the calendar file', () => {
  it('means the same to every reader around each change of clocks, in every anchor', () => {
    const items = ANCHORS.flatMap((zone) => NIGHTS.flatMap(([first, last]) => everyHour(zone, first, last)));
    expect(disagreements(items)).toEqual([]);
  });

  it('means the same to every reader where the zone has no yearly rule', () => {
    const zones = [
      'America/Santiago',
      'Asia/Jerusalem',
      'Africa/Cairo',
      'America/Nuuk',
      'Asia/Gaza',
    ] as Zone[];
    const weeks = [
      '2026-02-24',
      '2026-09-15',
      '2026-09-29',
      '2027-01-05',
      '2027-03-25',
      '2027-03-28',
      '2027-04-06',
      '2027-07-06',
      '2027-10-29',
      '2027-12-07',
    ];
    const items = [...zones, ...ANCHORS].flatMap((zone) =>
      weeks.map((day) => item(`${day}T15:00:00Z`, { zone, uid: `${zone}-${day}@turnabout` })),
    );
    expect(disagreements(items)).toEqual([]);
  });

  it('is in order for the validators of libical and sabre/vobject', () => {
    const golden = readFileSync(new URL('../views/golden/calendar.ics', import.meta.url), 'utf8');
    expect(complaintsByValidators(golden)).toEqual([]);
  });

  it('is in order for them whatever stands in its texts', () => {
    const nasty = '"\r\nATTENDEE:mailto:eve@example.org\r\nBEGIN:VEVENT\n;,:\\ ^n 😀 é \u0000';
    const changes = {
      summary: nasty,
      description: nasty,
      location: nasty,
      organizer: { name: nasty, email: 'a@example.org' },
    };
    const text = icalText([item('2027-01-05T16:00:00Z', changes)], { name: nasty });
    expect(complaintsByValidators(text)).toEqual([]);
  });
});
