import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPartnership, readPartnershipFile } from '../../../src/adapters/file/partnership.ts';
import { formatInstant } from '../../../src/domain/time/instant.ts';
import { formatDate } from '../../../src/domain/time/plain-date.ts';
import { formatWindows } from '../../../src/domain/windows.ts';
import { formatRemark, type PartnershipFile } from '../../../src/flows/partnership-file.ts';

const HARBOUR = `partnership: Harbour
anchor: Europe/Berlin
checkIn: { every: 1w, duration: 30m, since: 2027-01-04 }
partners:
  - name: Ana Duarte
    email: ana@example.com
    zone: America/Los_Angeles
  - name: Ben Okafor
    email: ben@example.com
    zone: Europe/Berlin
ledger: { ana@example.com: 40 }
`;

/** The file with one text put in place of another, which must be there. */
function harbourWith(old: string, text: string): string {
  if (!HARBOUR.includes(old)) throw new Error(`not in the file: ${old}`);
  return HARBOUR.replace(old, () => text);
}

function right(text: string): PartnershipFile {
  const read = readPartnership(text, '/folder/harbour.yaml');
  if (read.kind === 'wrong') throw new Error(read.problems.map(formatRemark).join('\n'));
  return read.file;
}

function problems(text: string): string[] {
  const read = readPartnership(text, 'harbour.yaml');
  return read.kind === 'wrong' ? read.problems.map(formatRemark) : [];
}

function warnings(text: string): string[] {
  const read = readPartnership(text, 'harbour.yaml');
  return read.kind === 'right' ? read.warnings.map(formatRemark) : [];
}

describe('a partnership file that is right', () => {
  it('fills in what is left out', () => {
    const file = right(harbourWith('checkIn: { every: 1w, duration: 30m, since: 2027-01-04 }\n', ''));
    expect(file.partnership.checkIn).toEqual({
      rhythm: '1w',
      minutes: 30,
      rotation: { kind: 'when-unfair' },
    });
    const [ana] = file.partnership.partners;
    expect(formatWindows(ana!.comfortable)).toEqual(['Mon-Fri 09:00-17:00']);
    expect(formatWindows(ana!.reachable)).toEqual(['Mon-Fri 07:00-22:00']);
    expect([ana!.focus, ana!.away, ana!.travels, ana!.busy]).toEqual([[], [], [], []]);
    expect(file.hours.get(ana!.id)).toBe(40);
    expect(file.regions.size).toBe(0);
    expect(file.agenda).toBe('weekly');
    expect(file.folder).toBe('/folder');
  });

  it('reads every field', () => {
    const file = right(
      harbourWith(
        '    zone: America/Los_Angeles\n',
        `    zone: America/Los_Angeles
    comfortable: [Mon-Thu 08:00-16:00, "Sat 10:00-18:00"]
    reachable: daily 06:00-24:00
    focus: [Tue 09:00-12:00]
    hours: 32.5
    region: us-ca
    calendars: [ana.ics, "https://example.com/secret.ics", webcal://example.com/x]
    busy: [{ start: 2027-01-05T16:00:00Z, end: "2027-01-05T10:00:00-08:00" }]
    away: [{ from: 2027-02-01, to: 2027-02-05 }]
    travels: [{ from: 2027-03-10, to: 2027-03-14, zone: Europe/London }, { from: 2027-03-01, to: 2027-03-09, zone: Asia/Tokyo }]
`,
      ),
    );
    const ana = file.partnership.partners[0]!;
    expect(formatWindows(ana.comfortable)).toEqual(['Mon-Thu 08:00-16:00', 'Sat 10:00-18:00']);
    expect(formatWindows(ana.reachable)).toEqual(['daily 06:00-24:00']);
    expect(formatWindows(ana.focus)).toEqual(['Tue 09:00-12:00']);
    expect(
      ana.busy.map((each) => [formatInstant(each.start), formatInstant(each.end), each.tentative]),
    ).toEqual([['2027-01-05T16:00:00Z', '2027-01-05T18:00:00Z', false]]);
    expect(ana.away.map((each) => [formatDate(each.from), formatDate(each.to)])).toEqual([
      ['2027-02-01', '2027-02-05'],
    ]);
    expect(ana.travels.map((each) => each.zone)).toEqual(['Asia/Tokyo', 'Europe/London']);
    expect(file.hours.get(ana.id)).toBe(32.5);
    expect(file.regions.get(ana.id)).toEqual({
      code: 'US-CA',
      where: '/folder/harbour.yaml:12',
      field: 'partners[0].region',
    });
    expect(file.calendars.get(ana.id)).toEqual([
      'ana.ics',
      'https://example.com/secret.ics',
      'webcal://example.com/x',
    ]);
  });

  it.each([
    ['30m', 30],
    ['1h', 60],
    ['1h30m', 90],
    ['8h', 480],
    ['15m', 15],
  ])('takes a duration of %s', (text, minutes) => {
    expect(right(harbourWith('30m', text)).partnership.checkIn.minutes).toBe(minutes);
  });

  it.each([
    ['never', { kind: 'never' }],
    ['monthly', { kind: 'monthly' }],
    ['every-time', { kind: 'every-time' }],
    ['"every 4"', { kind: 'every', count: 4 }],
  ])('takes the rotation %s', (text, rotation) => {
    expect(
      right(harbourWith('every: 1w', `every: 1w, rotate: ${text}`)).partnership.checkIn.rotation,
    ).toEqual(rotation);
  });

  it('keeps the ledger in thousandths, by lower-case address', () => {
    const file = right(harbourWith('ana@example.com: 40 }', 'ANA@example.com: 40.125 }'));
    expect([...file.partnership.ledger]).toEqual([['ana@example.com', 40_125]]);
  });

  it('reads JSON, also with tabs', () => {
    const json = JSON.stringify(
      {
        partnership: 'H',
        anchor: 'UTC',
        partners: ['ana', 'ben'].map((who) => ({ name: who, email: `${who}@example.com`, zone: 'UTC' })),
      },
      null,
      '\t',
    );
    expect(right(json).partnership.partners).toHaveLength(2);
  });

  it('holds the comfortable hours in the reachable ones where those are left out', () => {
    const file = right(
      harbourWith(
        'zone: America/Los_Angeles',
        'zone: America/Los_Angeles\n    comfortable: Mon-Fri 05:00-13:00',
      ),
    );
    expect(formatWindows(file.partnership.partners[0]!.reachable)).toEqual([
      'Mon-Fri 07:00-22:00',
      'Mon-Fri 05:00-13:00',
    ]);
  });

  it('warns of fewer than 60 reachable hours, and takes the file', () => {
    const text = harbourWith(
      'zone: America/Los_Angeles',
      'zone: America/Los_Angeles\n    reachable: Mon-Fri 08:00-18:30',
    );
    expect(warnings(text)).toEqual([
      'harbour.yaml:8: partners[0].reachable: Ana Duarte can be reached 52.5 h a week; below 60 h the odd hours fall to the others, and every one of them has to agree to that',
    ]);
    expect(warnings(HARBOUR)).toEqual([]);
  });
});

describe('a partnership file that is wrong', () => {
  const zone = 'zone: America/Los_Angeles';
  const ana = (field: string): string => harbourWith(zone, `${zone}\n    ${field}`);

  it.each([
    [
      'an unknown zone',
      harbourWith('America/Los_Angeles', 'America/Los_Angles'),
      '7: partners[0].zone: "America/Los_Angles" is no time zone: did you mean "America/Los_Angeles"?',
    ],
    [
      'a city for a zone',
      harbourWith('anchor: Europe/Berlin', 'anchor: berlin'),
      '2: anchor: "berlin" is no time zone: did you mean "Europe/Berlin"?',
    ],
    [
      'an offset for a zone',
      harbourWith('anchor: Europe/Berlin', 'anchor: "+02:00"'),
      '2: anchor: "+02:00" is no time zone: write an IANA name such as "Europe/Berlin"',
    ],
    [
      'comfortable outside reachable',
      ana('reachable: Mon-Fri 10:00-22:00'),
      '8: partners[0].reachable: does not hold the comfortable hours Mon-Fri 09:00-17:00: widen it, or move them into it',
    ],
    [
      'unequal comfortable lengths',
      ana('comfortable: Mon-Fri 09:00-16:00'),
      '9: partners[1].comfortable: Ben Okafor is comfortable 40 h a week and Ana Duarte 35 h: all partners need the same number of comfortable hours',
    ],
    [
      'a window that is none',
      ana('comfortable: nine to five'),
      '8: partners[0].comfortable: "nine to five" is no window: write it as "Mon-Fri 09:00-17:00"',
    ],
    [
      'windows that are a number',
      ana('focus: 9'),
      '8: partners[0].focus: is 9: write "Mon-Fri 09:00-17:00", or a list of such lines',
    ],
    [
      'a duration of 7 minutes',
      harbourWith('30m', '7m'),
      '3: checkIn.duration: "7m" is not a multiple of 15 minutes: write 15m to 8h in whole quarters of an hour',
    ],
    [
      'a duration of nothing',
      harbourWith('30m', '0m'),
      '3: checkIn.duration: a check-in of no length cannot be held: write 15m to 8h in whole quarters of an hour',
    ],
    [
      'a duration of nine hours',
      harbourWith('30m', '9h'),
      '3: checkIn.duration: "9h" is too long: write 15m to 8h in whole quarters of an hour',
    ],
    [
      'a duration in words',
      harbourWith('30m', 'half'),
      '3: checkIn.duration: "half" is no duration: write "30m", "1h" or "1h30m"',
    ],
    ['a duration without a unit', harbourWith('30m', '30'), '3: checkIn.duration: is 30: write "30m"'],
    [
      'an unknown rhythm',
      harbourWith('every: 1w', 'every: 3w'),
      '3: checkIn.every: is "3w": write 1w, 2w, 1mo',
    ],
    [
      'an unknown rotation',
      harbourWith('every: 1w', 'every: 1w, rotate: sometimes'),
      '3: checkIn.rotate: "sometimes" is no rotation: write when-unfair, every-time, monthly, never, or "every 4" (2 to 52)',
    ],
    [
      'a since that is no Monday',
      harbourWith('2027-01-04', '2027-01-05'),
      '3: checkIn.since: 2027-01-05 is no Monday, on which a period of 1w begins: the nearest are 2027-01-04 and 2027-01-11',
    ],
    [
      'a since that is no 1st',
      harbourWith('every: 1w', 'every: 1mo'),
      '3: checkIn.since: 2027-01-04 is not the 1st of a month, on which a period of 1mo begins: the nearest are 2027-01-01 and 2027-02-01',
    ],
    [
      'a date that does not exist',
      harbourWith('2027-01-04', '2027-02-29'),
      '3: checkIn.since: 2027-02-29 does not exist: look at the calendar again',
    ],
    [
      'a date in another order',
      ana('away: [{ from: 01.02.2027, to: 2027-02-05 }]'),
      '8: partners[0].away[0].from: "01.02.2027" is no date: write it as 2027-01-04',
    ],
    [
      'a date far away',
      ana('away: [{ from: 0001-01-01, to: 2027-02-05 }]'),
      '8: partners[0].away[0].from: 0001-01-01 is too far away: write a year from 1970 to 2199',
    ],
    [
      'away days that run backward',
      ana('away: [{ from: 2027-02-05, to: 2027-02-01 }]'),
      '8: partners[0].away[0].to: 2027-02-01 is before 2027-02-05: exchange the two',
    ],
    [
      'travels that run backward',
      ana('travels: [{ from: 2027-02-05, to: 2027-02-01, zone: UTC }]'),
      '8: partners[0].travels[0].to: 2027-02-01 is before 2027-02-05: exchange the two',
    ],
    [
      'travels that overlap',
      ana(
        'travels:\n      - { from: 2027-02-01, to: 2027-02-05, zone: UTC }\n      - { from: 2027-02-05, to: 2027-02-09, zone: Asia/Tokyo }',
      ),
      '10: partners[0].travels[1].from: overlaps the travel from 2027-02-01 to 2027-02-05: nobody is in two zones on one day',
    ],
    [
      'a busy time that ends before it starts',
      ana('busy: [{ start: 2027-01-05T16:00:00Z, end: 2027-01-05T15:00:00Z }]'),
      '8: partners[0].busy[0].end: is not after its start: exchange the two',
    ],
    [
      'a busy time without an offset',
      ana('busy: [{ start: 2027-01-05T16:00:00, end: 2027-01-05T17:00:00Z }]'),
      '8: partners[0].busy[0].start: "2027-01-05T16:00:00" is no time: write it as 2027-01-05T16:00:00Z',
    ],
    [
      'an address that is none',
      harbourWith('email: ana@example.com', 'email: ana at example'),
      '6: partners[0].email: "ana at example" is no e-mail address: write it as "ana@example.com"',
    ],
    [
      'the same address twice',
      harbourWith('email: ben@example.com', 'email: Ana@Example.com'),
      '9: partners[1].email: Ana@Example.com is the address of Ana Duarte already: each partner needs one of their own',
    ],
    [
      'control characters in a name',
      harbourWith('name: Ana Duarte', 'name: "Ana\\u001b[31m"'),
      '5: partners[0].name: holds control characters: write it with letters alone, on one line',
    ],
    [
      'a name that turns the text around',
      harbourWith('Harbour', '"Har\\u202ebour"'),
      '1: partnership: holds control characters: write it with letters alone, on one line',
    ],
    ['an empty name', harbourWith('Harbour', '""'), '1: partnership: is empty: write a name'],
    [
      'a ledger for nobody',
      harbourWith('ledger: { ana@', 'ledger: { ann@'),
      '11: ledger.ann@example.com: no partner has this address: write one of ana@example.com, ben@example.com',
    ],
    [
      'the ledger of one partner twice',
      harbourWith('example.com: 40', 'example.com: 40, ANA@example.com: 1'),
      '11: ledger.ANA@example.com: stands here twice: leave one of them out',
    ],
    [
      'a negative ledger',
      harbourWith('40 }', '-1 }'),
      '11: ledger.ana@example.com: is -1: write points from 0 to 100000 with at most three decimals',
    ],
    [
      'a ledger that is too large',
      harbourWith('40 }', '100001 }'),
      '11: ledger.ana@example.com: is 100001: write points from 0 to 100000 with at most three decimals',
    ],
    [
      'a ledger with too many decimals',
      harbourWith('40 }', '0.1234 }'),
      '11: ledger.ana@example.com: is 0.1234: write points from 0 to 100000 with at most three decimals',
    ],
    [
      'a ledger that is not a number',
      harbourWith('40 }', '.nan }'),
      '11: ledger.ana@example.com: is NaN: write points from 0 to 100000 with at most three decimals',
    ],
    ['hours out of range', ana('hours: 0'), '8: partners[0].hours: is 0: write hours a week, 1 to 100'],
    [
      'a call that is no address',
      harbourWith('every: 1w', 'every: 1w, call: "javascript:alert(1)"'),
      '3: checkIn.call: "javascript:alert(1)" is no address of a call: write an https, tel or sip address',
    ],
    [
      'a calendar on plain http',
      ana('calendars: ["http://example.com/secret.ics"]'),
      '8: partners[0].calendars[0]: an address that begins with http:// is not read: write a file, or an https or webcal address',
    ],
    [
      'a calendar in the private network',
      ana('calendars: [ana.ics, "https://192.168.1.4/a.ics"]'),
      '8: partners[0].calendars[1]: the address is private (192.168.1.4): only calendars on the public internet are read; save it to a file',
    ],
    [
      'a calendar on this machine in disguise',
      ana('calendars: ["webcal://0x7f.1/a.ics"]'),
      '8: partners[0].calendars[0]: the address is private (127.0.0.1): only calendars on the public internet are read; save it to a file',
    ],
    [
      'a calendar on this machine in IPv6',
      ana('calendars: ["https://[::ffff:10.0.0.1]/a.ics"]'),
      '8: partners[0].calendars[0]: the address is private (::ffff:a00:1): only calendars on the public internet are read; save it to a file',
    ],
    [
      'a region that is none',
      ana('region: California'),
      '8: partners[0].region: "California" is no region: write a country or a part of one, "DE" or "US-CA", or "none"',
    ],
    [
      'an unknown key',
      ana('colour: red'),
      '8: partners[0].colour: nothing reads this key: the keys here are name, email, zone, comfortable, reachable, focus, hours, region, calendars, busy, away, travels',
    ],
    [
      'a misspelt key',
      ana('comfortble: Mon-Fri 09:00-17:00'),
      '8: partners[0].comfortble: nothing reads this key: did you mean "comfortable"?',
    ],
    [
      'a key in the wrong case',
      harbourWith('checkIn:', 'checkin:'),
      '3: checkin: nothing reads this key: did you mean "checkIn"?',
    ],
    [
      'a missing field',
      harbourWith('    zone: America/Los_Angeles\n', ''),
      '5: partners[0].zone: is missing: write "America/Los_Angeles"',
    ],
    [
      'an empty field',
      harbourWith('America/Los_Angeles', ''),
      '7: partners[0].zone: is empty: write "America/Los_Angeles"',
    ],
    [
      'a partner that is a text',
      harbourWith('ledger:', '  - ben\nledger:'),
      '11: partners[2]: is "ben": write a map with the keys name, email, zone, comfortable, reachable, focus, hours, region, calendars, busy, away, travels',
    ],
    [
      'a key that stands twice',
      harbourWith('anchor: Europe/Berlin\n', 'anchor: Europe/Berlin\nanchor: UTC\n'),
      '3: this key stands here twice; leave one of them out',
    ],
    [
      'a second document',
      `${HARBOUR}---\nanchor: UTC\n`,
      '12: a second document begins here; write one partnership a file',
    ],
    [
      'a colon out of place',
      harbourWith('partnership: Harbour', 'partnership: Harbour: one'),
      '1: this is no YAML: put a text that holds a colon in quotes',
    ],
    [
      'a list that never ends',
      `${HARBOUR}x: [1\n`,
      '13: this is no YAML: a list that was opened with [ is not closed with ]',
    ],
    [
      'an unknown tag',
      harbourWith('Harbour', '!!js/function Harbour'),
      '1: this is no tag of YAML: leave out the word that begins with "!"',
    ],
  ])('says what is wrong with %s', (_, text, sentence) => {
    expect(problems(text)).toEqual([`harbour.yaml:${sentence}`]);
  });

  it.each([
    [0, 'partners: holds nobody: a partnership has two to twelve'],
    [1, 'partners: holds one partner: a partnership has two to twelve'],
    [13, 'partners: holds 13 partners: a partnership has two to twelve'],
  ])('refuses %i partners', (count, sentence) => {
    const partners = Array.from({ length: count }, (_, i) => ({
      name: `P ${i}`,
      email: `p${i}@example.com`,
      zone: 'UTC',
    }));
    const text = JSON.stringify({ partnership: 'H', anchor: 'UTC', partners });
    expect(problems(text)).toEqual([`harbour.yaml:1: ${sentence}`]);
  });

  it('takes twelve', () => {
    const partners = Array.from({ length: 12 }, (_, i) => ({
      name: `P ${i}`,
      email: `p${i}@example.com`,
      zone: 'UTC',
    }));
    expect(
      right(JSON.stringify({ partnership: 'H', anchor: 'UTC', partners })).partnership.partners,
    ).toHaveLength(12);
  });

  it('reports everything at once, in the order of the file', () => {
    const text = harbourWith('anchor: Europe/Berlin', 'anchor: Europe/Berln')
      .replace('30m', '7m')
      .replace('email: ana@example.com', 'email: ben@example.com')
      .replace(
        'zone: Europe/Berlin\n',
        'zone: Europe/Berlin\n    away: [{ from: 2027-02-05, to: 2027-02-01 }]\n    colour: red\n',
      );
    expect(problems(text).map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      'harbour.yaml:2: anchor',
      'harbour.yaml:3: checkIn.duration',
      'harbour.yaml:12: partners[1].colour',
    ]);
  });

  it('refuses a file that is empty', () => {
    expect(problems('')).toEqual([
      'harbour.yaml:1: is empty: write a map with the keys partnership, anchor, checkIn, partners, ledger',
    ]);
  });

  it('refuses a bomb of aliases', () => {
    let bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\n';
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'])
      bomb += `${to}: &${to} [${Array(9).fill(`*${from}`)}]\n`;
    expect(problems(bomb)).toEqual([
      'harbour.yaml:1: the file repeats itself through more than 100 aliases; write it out',
    ]);
  });

  it.each(['[', '- ', '{a: '])('survives %s without end, in one sentence', (open) => {
    expect(problems(open === '{a: ' ? `a: ${open.repeat(50_000)}` : open.repeat(50_000))).toEqual([
      'harbour.yaml:1: the file is nested too deeply; a partnership file needs five levels',
    ]);
  });

  it('tells the first of what a single tab breaks', () => {
    const text = HARBOUR.replace('    email: ana', '\temail: ana');
    expect(problems(text)).toEqual(['harbour.yaml:6: this line is indented with a tab; YAML wants spaces']);
  });

  it('names an alias without an anchor, on its line', () => {
    expect(problems(harbourWith('anchor: Europe/Berlin', 'anchor: *a'))).toEqual([
      'harbour.yaml:2: no anchor is called "a": put a text that begins with * in quotes',
    ]);
  });
});

describe('a file that cannot be read', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'turnabout-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function problemsOf(name: string, content?: string | Uint8Array): Promise<string[]> {
    const path = join(folder, name);
    if (content !== undefined) await writeFile(path, content);
    const read = await readPartnershipFile(path);
    return read.kind === 'wrong' ? read.problems.map(({ message }) => message) : [];
  }

  it('is missing', async () => expect(await problemsOf('none.yaml')).toEqual(['there is no such file']));
  it('is a folder', async () =>
    expect(await problemsOf('.')).toEqual(['this is a folder; name the file in it']));
  it('is too large', async () =>
    expect(await problemsOf('large.yaml', 'x'.repeat(1024 * 1024 + 1))).toEqual([
      'the file is larger than 1 MiB; a partnership file is a page of text',
    ]));
  it('is not UTF-8', async () =>
    expect(await problemsOf('latin.yaml', Uint8Array.of(0x61, 0xe4, 0x62))).toEqual([
      'the file is not UTF-8; save it again with the encoding UTF-8',
    ]));
  it('is right with a byte order mark', async () =>
    expect(await problemsOf('bom.yaml', `\ufeff${HARBOUR}`)).toEqual([]));
});
