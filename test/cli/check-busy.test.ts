import { describe, expect, it } from 'vitest';
import { calendar, harbour } from './files.ts';
import { folderWith, type Ran, run } from './run.ts';

const folder = folderWith({
  'harbour.yaml': harbour({ ana: 'calendars: [ana.ics]' }),
  'apart.yaml': harbour({
    ana: 'comfortable: Mon 07:00-15:00\nreachable: Mon 07:00-15:00',
    ben: 'comfortable: Tue 10:00-18:00\nreachable: Tue 10:00-18:00',
  }),
  'page.yaml': harbour({ ana: 'calendars: [page.ics]' }),
  'page.ics': '<!doctype html><title>Sign in</title>',
  'ana.ics': calendar(
    'SUMMARY:Secret\nDTSTART:20270104T170000Z\nDTEND:20270104T180000Z\nRRULE:FREQ=DAILY;COUNT=3',
    'SUMMARY:Secret\nDTSTART;VALUE=DATE:20270105\nDTEND;VALUE=DATE:20270107\nTRANSP:TRANSPARENT',
    'SUMMARY:Secret\nDTSTART:20270105T090000\nDTEND:20270105T100000\nATTENDEE;PARTSTAT=DECLINED:mailto:ana@example.com\nORGANIZER:mailto:ben@example.com',
  ),
  'hidden.ics': calendar('DTSTART:whenever', 'DTSTART:20270104T170000Z\nDTEND:20270104T180000Z'),
});
const turnabout = (...args: string[]): Promise<Ran> => run(args, { folder: folder.path() });

describe('check', () => {
  it('finds that all is well', async () => {
    const { code, stdout } = await turnabout('check', 'harbour.yaml');
    expect(code).toBe(0);
    expect(stdout).toBe(
      'Ana Duarte, ana.ics: readable, 0 occurrences in the weeks to come\nHarbour: the file is right; 12 of the next 12 periods have a common time\n',
    );
  });

  it('exits with 2 where there is no common hour, and warns of narrow hours', async () => {
    const { code, stdout, stderr } = await turnabout('check', 'apart.yaml');
    expect(code).toBe(2);
    expect(stdout).toContain(
      'Harbour: there is no common hour; 0 of the next 12 periods have a common time\nAsk ',
    );
    expect(stderr).toContain(
      'warning: apart.yaml:9: partners[0].reachable: Ana Duarte can be reached 8 h a week; ',
    );
  });

  it('exits with 1 for a calendar that cannot be read', async () => {
    const { code, stdout, stderr } = await turnabout('check', 'page.yaml');
    expect([code, stdout]).toEqual([1, 'Ana Duarte, page.ics: not readable\n']);
    expect(stderr).toContain('wrong: page.ics: calendar of Ana Duarte: it is a web page and no calendar');
  });

  it('exits with 1 for a file that is not there', async () => {
    expect(await turnabout('check', 'none.yaml')).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('busy', () => {
  const zone = ['--zone', 'America/Los_Angeles'];

  it('lists what starts in the window, with the rule where it does not block', async () => {
    const { code, stdout } = await turnabout(
      'busy',
      'ana.ics',
      ...zone,
      '--as',
      'ana@example.com',
      '--from',
      '2027-01-05',
      '--to',
      '2027-01-06',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      calendar: 'ana.ics',
      zone: 'America/Los_Angeles',
      from: '2027-01-05T08:00:00Z',
      to: '2027-01-06T08:00:00Z',
      unknown: false,
      occurrences: [
        {
          uid: 'event-2',
          start: '2027-01-05',
          end: '2027-01-07',
          allDay: true,
          busy: false,
          rule: 'transparent',
        },
        {
          uid: 'event-1',
          start: '2027-01-05T17:00:00Z',
          end: '2027-01-05T18:00:00Z',
          allDay: false,
          busy: true,
        },
        {
          uid: 'event-3',
          start: '2027-01-05T17:00:00Z',
          end: '2027-01-05T18:00:00Z',
          allDay: false,
          busy: false,
          rule: 'declined',
        },
      ],
      problems: [],
    });
  });

  it('does not list what began before, or begins at the end', async () => {
    const { stdout } = await turnabout(
      'busy',
      'ana.ics',
      '--from',
      '2027-01-04T17:30:00Z',
      '--to',
      '2027-01-05T09:00:00Z',
      '--json',
    );
    expect(JSON.parse(stdout).occurrences.map(({ uid }: { uid: string }) => uid)).toEqual(['event-2']);
  });

  it('reads floating times in UTC where no zone is named, and shows a table without titles', async () => {
    const { code, stdout } = await turnabout('busy', 'ana.ics', '--from', '2027-01-05', '--to', '2027-01-06');
    expect(code).toBe(0);
    expect(stdout).toBe(
      `ana.ics, times in UTC: 2 busy, 1 not

Start            End                 Busy                                         UID
2027-01-05       2027-01-06 all day  no: it does not take up time (transparent)   event-2
Tue 5 Jan 09:00  Tue 5 Jan 10:00     busy                                         event-3
Tue 5 Jan 17:00  Tue 5 Jan 18:00     busy                                         event-1
`.replace(/ {3}(UID|event)/g, '  $1'),
    );
  });

  it('exits with 2 where a time cannot be read, and tells the rest', async () => {
    const { code, stdout, stderr } = await turnabout(
      'busy',
      'hidden.ics',
      '--from',
      '2027-01-04',
      '--to',
      '2027-01-05',
      '--json',
    );
    expect(code).toBe(2);
    const json = JSON.parse(stdout);
    expect(json.unknown).toBe(true);
    expect(json.occurrences).toHaveLength(1);
    expect(json.problems).toMatchObject([{ where: 'event-1', hidesTime: true }]);
    expect(stderr).toMatch(/^Reading the calendar\nwarning: hidden\.ics: event-1: /);
  });

  it.each([
    [
      ['page.ics', '--from', '2027-01-04', '--to', '2027-01-05'],
      'wrong: page.ics: it is a web page and no calendar; ',
    ],
    [['none.ics', '--from', '2027-01-04', '--to', '2027-01-05'], 'wrong: none.ics: '],
    [
      ['ana.ics', '--from', '2027-01-05', '--to', '2027-01-05'],
      'wrong: --to: 2027-01-05 is not after --from 2027-01-05\n',
    ],
    [
      ['ana.ics', '--from', '2027-02-29', '--to', '2027-03-05'],
      'wrong: --from: "2027-02-29" is no date or time that exists: write 2027-01-04 or 2027-01-04T09:00:00Z\n',
    ],
    [
      ['ana.ics', '--from', '2027-01-04', '--to', '2027-01-05', '--zone', 'Europe/Pariss'],
      'wrong: --zone: "Europe/Pariss" is no time zone: did you mean Europe/Paris?\n',
    ],
    [
      ['ana.ics', '--from', 'monday', '--to', '2027-03-05'],
      'wrong: --from: "monday" is no date or time: write 2027-01-04 or 2027-01-04T09:00:00Z\n',
    ],
    [
      ['https:/cal.example.invalid/secret.ics', '--from', '2027-01-04', '--to', '2027-01-05'],
      'wrong: calendar: its address is mistyped; one begins with https://\n',
    ],
    [['https://127.0.0.1/secret.ics', '--from', '2027-01-04', '--to', '2027-01-05'], 'wrong: 127.0.0.1: '],
  ])('says what is wrong for %j', async (args, sentence) => {
    const { code, stdout, stderr } = await turnabout('busy', ...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.startsWith(`Reading the calendar\n${sentence}`)).toBe(true);
    expect(stderr).not.toContain('secret');
  });
});
