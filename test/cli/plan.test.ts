import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calendar, harbour } from './files.ts';
import { folderWith, type Ran, run } from './run.ts';

const BUSY_WEEK = 'SUMMARY:Secret offsite\nDTSTART;VALUE=DATE:20900109\nDTEND;VALUE=DATE:20900114';
const folder = folderWith({
  'harbour.yaml': harbour(),
  'monthly.yaml': harbour({ checkIn: 'every: 1mo' }).replace('2090-01-02', '2090-01-01'),
  'fortnight.yaml': harbour({ checkIn: 'every: 2w' }),
  'open.yaml': harbour().replace('since: 2090-01-02, ', ''),
  'wrong.yaml': harbour().replace('Europe/Berlin', 'Europe/Berln').replace('30m', '7m'),
  'blocked.yaml': harbour({ ana: 'calendars: [blocked.ics]' }),
  'blocked.ics': calendar(BUSY_WEEK),
  'holiday.yaml': harbour({ ben: 'region: DE-BE' }),
  'nowhere.yaml': harbour({ ben: 'region: DE-XX' }),
  'page.yaml': harbour({ ana: 'calendars: [page.ics]', ben: 'calendars: [none.ics]' }),
  'page.ics': '<!doctype html><title>Sign in</title>',
  'three.yaml': `${harbour({ ana: 'calendars: [page.ics]' })}  - { name: Chiara Lim, email: chiara@example.com, zone: Europe/Rome }\n`,
  'hidden.yaml': harbour({ ana: 'calendars: [hidden.ics]' }),
  'hidden.ics': calendar('SUMMARY:Secret\nDTSTART:whenever\nDTEND:later'),
  'foreign.ics': calendar('DTSTART:20900103T100000Z\nDTEND:20900103T110000Z'),
});
const turnabout = (...args: string[]): Promise<Ran> => run(args, { folder: folder.path() });
const plan = (...args: string[]): Promise<Ran> => turnabout('plan', ...args, '--from', '2090-01-02');

describe('plan', () => {
  it('shows a table, the ledger and the certificate', async () => {
    const { code, stdout, stderr } = await plan('harbour.yaml', '--weeks', '2');
    expect([code, stderr]).toEqual([0, 'Reading harbour.yaml\n']);
    expect(stdout).toMatch(/^Harbour, 2 weeks from 2090-01-02; times are each partner's own\n/);
    expect(stdout).toMatch(/^Period +Ana Los Angeles +Ben Berlin +Turn +Host$/m);
    expect(stdout).toMatch(/^2090-W01 +\w{3} +\d+ Jan \d\d:\d\d( \*\d+)? /m);
    expect(stdout).toMatch(/The most that anybody bears is \d+ points?; it is proven that no plan/);
  });

  it('prints one JSON object and nothing else to standard output', async () => {
    const { code, stdout, stderr } = await plan('harbour.yaml', '--json');
    expect([code, stderr]).toEqual([0, 'Reading harbour.yaml\n']);
    const json = JSON.parse(stdout);
    expect(json).toMatchObject({
      partnership: 'Harbour',
      from: '2090-01-02',
      weeks: 12,
      anchor: 'Europe/Berlin',
      unplaced: [],
    });
    expect(json.occurrences).toHaveLength(12);
  });

  it('begins with the next period where no day is named, and not before since', async () => {
    expect(JSON.parse((await turnabout('plan', 'harbour.yaml', '--json')).stdout).from).toBe('2090-01-02');
    const { from } = JSON.parse((await turnabout('plan', 'open.yaml', '--json')).stdout);
    expect(from > new Date().toISOString().slice(0, 10)).toBe(true);
    expect(new Date(`${from}T00:00:00Z`).getUTCDay()).toBe(1);
  });

  it('has no colours without a terminal, has them by force, and never against NO_COLOR', async () => {
    const show = (env: Record<string, string>): Promise<Ran> =>
      run(['plan', 'harbour.yaml', '--weeks', '1'], { folder: folder.path(), env });
    expect((await show({})).stdout).not.toContain('\u001b');
    expect((await show({ FORCE_COLOR: '1' })).stdout).toContain('\u001b[1mHarbour');
    expect((await show({ FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b');
  });

  it('explains a period', async () => {
    const { code, stdout } = await plan('harbour.yaml', '--weeks', '3', '--explain', '2090-W02');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2090-W02: \w{3} \d+ Jan \d\d:\d\d \(Europe\/Berlin\)\. /m);
    expect(stdout).toMatch(/^Of \d+ starts \d+ were left:$/m);
    expect(stdout).toContain("Ana Duarte's limit of reachable hours rules out");
  });

  it('keeps public holidays free', async () => {
    const { occurrences } = JSON.parse(
      (await turnabout('plan', 'holiday.yaml', '--json', '--from', '2090-12-25', '--weeks', '1')).stdout,
    );
    expect(occurrences[0].start.slice(0, 10) > '2090-12-26').toBe(true);
  });

  it('exits with 2 and says what would help where a period cannot be placed', async () => {
    const { code, stdout } = await plan('blocked.yaml', '--weeks', '3');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^2090-W02 {2}no time fits\. .*Ana Duarte's calendar rules out/m);
    expect(stdout).toMatch(/^ +Ask .* would do, for \d+ points?\.$/m);
    expect(stdout).not.toContain('offsite');
    const json = JSON.parse((await plan('blocked.yaml', '--weeks', '3', '--json')).stdout);
    expect(json.unplaced.map((each: { period: string }) => each.period)).toEqual(['2090-W02']);
    expect(Object.keys(json.unplaced[0].relaxation)).toEqual(['kind', 'asks', 'cost']);
  });
});

describe('plan with wrong input', () => {
  it.each([
    [
      ['harbour.yaml', '--from', '2090-01-03'],
      '--from: no period of 1w begins on 2090-01-03; the nearest days on which one does are 2090-01-02 and 2090-01-09',
    ],
    [
      ['fortnight.yaml', '--from', '2090-01-09'],
      '--from: no period of 2w begins on 2090-01-09; the nearest days on which one does are 2090-01-02 and 2090-01-16',
    ],
    [
      ['monthly.yaml', '--from', '2090-01-02'],
      '--from: no period of 1mo begins on 2090-01-02; the nearest days on which one does are 2090-01-01 and 2090-02-01',
    ],
    [
      ['harbour.yaml', '--explain', '2091-W01'],
      '--explain: the plan has no period 2091-W01: it has 2090-W01 to 2090-W12',
    ],
    [
      ['harbour.yaml', '--without', 'bem@example.com'],
      '--without: no partner has the address bem@example.com: did you mean ben@example.com?',
    ],
    [['harbour.yaml', '--without', 'BEN@example.com'], '--without: leaves one partner: a check-in needs two'],
    [['none.yaml'], 'none.yaml: there is no such file'],
    [
      ['nowhere.yaml'],
      'nowhere.yaml:11: partners[1].region: "DE-XX" is no region, for no part of DE is called XX: write DE-BB (Brandenburg), DE-BE (Berlin), DE-BW (Baden-Württemberg), DE-BY (Bayern), DE-HB (Hansestadt Bremen), or "none"',
    ],
  ])('says what is wrong for %j, and writes nothing', async (args, sentence) => {
    const { code, stdout, stderr } = await turnabout('plan', ...args, '--ics', 'never.ics');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Reading ${args[0]}\nwrong: ${sentence}\n`);
    expect(existsSync(join(folder.path(), 'never.ics'))).toBe(false);
  });

  it('tells everything that is wrong with the file at once', async () => {
    const { code, stderr } = await turnabout('plan', 'wrong.yaml');
    expect(code).toBe(1);
    expect(stderr.split('\n').slice(1, 3)).toEqual([
      'wrong: wrong.yaml:2: anchor: "Europe/Berln" is no time zone: did you mean "Europe/Berlin"?',
      'wrong: wrong.yaml:3: checkIn.duration: "7m" is not a multiple of 15 minutes: write 15m to 8h in whole quarters of an hour',
    ]);
  });

  it('stops at calendars that cannot be read, and names each with its partner', async () => {
    const { code, stdout, stderr } = await plan('page.yaml', '--ics', 'never.ics');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^wrong: page\.ics: calendar of Ana Duarte: it is a web page and no calendar; .*; until it can be read nobody knows when Ana Duarte is busy; to plan without them: --without ana@example\.com$/m,
    );
    expect(stderr).toMatch(/^wrong: none\.ics: calendar of Ben Okafor: .*--without ben@example\.com$/m);
    expect(existsSync(join(folder.path(), 'never.ics'))).toBe(false);
  });

  it('stops at a calendar with a time that cannot be read', async () => {
    const { code, stderr } = await plan('hidden.yaml');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^wrong: hidden\.ics: calendar of Ana Duarte: event-1: /m);
    expect(stderr).not.toContain('Secret');
  });

  it('leaves a partner out by name, and does not read their calendars', async () => {
    const { code, stdout } = await plan('three.yaml', '--without', 'Ana@example.com', '--json');
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).occurrences[0].partners)).toEqual([
      'ben@example.com',
      'chiara@example.com',
    ]);
  });
});

describe('the calendar file', () => {
  const read = (name: string): Promise<string> => readFile(join(folder.path(), name), 'utf8');

  it('is written whole, with nothing left beside it', async () => {
    const { code, stderr } = await plan('harbour.yaml', '--weeks', '2', '--ics', 'out.ics');
    expect([code, stderr]).toEqual([0, 'Reading harbour.yaml\n2 check-ins are in out.ics: 2 new\n']);
    expect((await read('out.ics')).match(/^BEGIN:VEVENT/gm)).toHaveLength(2);
    expect((await readdir(folder.path())).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('is brought up to date: what vanished is cancelled, what stayed keeps its revision', async () => {
    await plan('harbour.yaml', '--weeks', '3', '--ics', 'again.ics');
    const { stderr } = await plan('harbour.yaml', '--weeks', '2', '--ics', 'again.ics');
    expect(stderr).toMatch(/\n2 check-ins are in again\.ics: (\d changed, )?1 cancelled\n$/);
    const text = await read('again.ics');
    expect(text.match(/^STATUS:.*$/gm)).toEqual(['STATUS:CONFIRMED', 'STATUS:CONFIRMED', 'STATUS:CANCELLED']);
    expect(text.match(/^SEQUENCE:.*$/gm)?.[2]).toBe('SEQUENCE:1');
  });

  it('keeps what was published for days before the plan begins', async () => {
    await plan('harbour.yaml', '--weeks', '2', '--ics', 'later.ics');
    await turnabout('plan', 'harbour.yaml', '--from', '2090-01-09', '--weeks', '2', '--ics', 'later.ics');
    expect((await read('later.ics')).match(/^STATUS:.*$/gm)).toEqual(Array(3).fill('STATUS:CONFIRMED'));
  });

  it('is left alone where another program wrote it', async () => {
    const before = await read('foreign.ics');
    const { code, stdout, stderr } = await plan('harbour.yaml', '--ics', 'foreign.ics');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^wrong: foreign\.ics: another program wrote this calendar; /m);
    expect(await read('foreign.ics')).toBe(before);
  });

  it('is not written where it cannot be', async () => {
    const { code, stdout, stderr } = await plan('harbour.yaml', '--ics', 'nowhere/out.ics');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(
      'wrong: nowhere/out.ics: cannot be written (the folder does not exist); what was there is unchanged\n',
    );
  });

  it('is said to be as it was where nothing changed', async () => {
    await plan('harbour.yaml', '--weeks', '1', '--ics', 'same.ics');
    const { stderr } = await plan('harbour.yaml', '--weeks', '1', '--ics', 'same.ics');
    expect(stderr).toMatch(/\n1 check-in is in same\.ics: nothing changed\n$/);
  });

  it('is left alone where it is no calendar', async () => {
    await writeFile(join(folder.path(), 'notes.ics'), 'my notes');
    const { code } = await plan('harbour.yaml', '--ics', 'notes.ics');
    expect(code).toBe(1);
    expect(await read('notes.ics')).toBe('my notes');
  });
});
