// The address of a calendar is a secret: whoever has it reads the calendar. It stands in no sentence, wherever it was put.

import { describe, expect, it } from 'vitest';
import { readPartnership } from '../../../src/adapters/file/partnership.ts';
import { formatRemark } from '../../../src/flows/partnership-file.ts';

const SECRET = 'https://cal.example.invalid/sEcReT/a.ics';

const file = (field: string, top = ''): string => `partnership: Harbour
anchor: Europe/Berlin
${top}
partners:
  - name: Ana Duarte
    email: ana@example.com
    zone: America/Los_Angeles
    ${field}
  - { name: Ben Okafor, email: ben@example.com, zone: Europe/Berlin }
`;

function problems(text: string): string[] {
  const read = readPartnership(text, 'harbour.yaml');
  return read.kind === 'wrong' ? read.problems.map(formatRemark) : [];
}

describe('a secret address', () => {
  it.each([
    [`calendars: ${SECRET}`, 'calendars: is a text: write a list, ["https://…"]'],
    [
      `region: ${SECRET}`,
      'region: an address is no region: write a country or a part of one, "DE" or "US-CA", or "none"',
    ],
    [
      `"${SECRET}": true`,
      '(an address): nothing reads this key: the keys here are name, email, zone, comfortable, reachable, focus, hours, region, calendars, busy, away, travels',
    ],
    [`comfortable: ${SECRET}`, 'comfortable: an address is no window: write it as "Mon-Fri 09:00-17:00"'],
    [`hours: ${SECRET}`, 'hours: is an address: write hours a week, 1 to 100'],
    [
      `away: [{ from: ${SECRET}, to: 2027-01-04 }]`,
      'away[0].from: an address is no date: write it as 2027-01-04',
    ],
    [
      'calendars: ["https//cal.example.invalid/sEcReT/a.ics"]',
      'calendars[0]: is a mistyped address: write it as "https://example.com/ana.ics"',
    ],
    [
      'calendars: ["https:/cal.example.invalid/sEcReT/a.ics"]',
      'calendars[0]: is a mistyped address: write it as "https://example.com/ana.ics"',
    ],
    [
      'calendars: ["<https://cal.example.invalid/sEcReT/a.ics>"]',
      'calendars[0]: is a mistyped address: write it as "https://example.com/ana.ics"',
    ],
  ])('is not repeated for %s', (field, sentence) => {
    expect(problems(file(field))).toEqual([`harbour.yaml:8: partners[0].${sentence}`]);
  });

  it.each([
    [`checkIn: { call: "ftp://cal.example.invalid/sEcReT" }`],
    [`checkIn: { every: "cal.example.invalid/sEcReT/a.ics" }`],
    [`checkIn: ${SECRET}`],
    [`ledger: { "${SECRET}": 4 }`],
    [`? [${SECRET}]\n: 1`],
    [`!<${SECRET}> a: 1`],
    [`a: *${SECRET}`],
    [`%a ${SECRET}`],
    [`a: "\\q${SECRET}"`],
    [`a: b: ${SECRET}`],
  ])('is not repeated at the top for %j', (top) => {
    const found = problems(file('hours: 40', top));
    expect(found.length).toBeGreaterThan(0);
    expect(found.join('\n')).not.toContain('sEcReT');
  });

  it('is no name', () => {
    expect(problems(file('hours: 40').replace('Harbour', SECRET))).toEqual([
      'harbour.yaml:1: partnership: is an address: write a name',
    ]);
  });
});

describe('a calendar', () => {
  it.each(['ana.ics', './work/ana.ics', 'C:\\calendars\\ana.ics', 'https.ics', '../a//b.ics'])(
    'is a file where it is called %s',
    (path) => expect(problems(file(`calendars: ['${path}']`))).toEqual([]),
  );
});
