import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { harbour } from './files.ts';
import { folderWith, run } from './run.ts';

const folder = folderWith({ 'harbour.yaml': harbour() });
const turnabout = (...args: string[]) => run(args, { folder: folder.path() });

describe('help', () => {
  it.each([[['--help']], [['-h']], [['help']], [[]]])('begins with examples for %j', async (args) => {
    const { code, stdout, stderr } = await turnabout(...args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.indexOf('Examples')).toBeLessThan(stdout.indexOf('Commands'));
  });

  it.each(['plan', 'check', 'busy', 'sign-in-link'])('is there for %s', async (command) => {
    const { code, stdout } = await turnabout(command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain(`turnabout -- ${command} `);
    expect(await turnabout('help', command)).toMatchObject({ stdout });
  });

  it('tells the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await turnabout('--version')).toEqual({ code: 0, stdout: `turnabout ${version}\n`, stderr: '' });
  });
});

describe('what was mistyped', () => {
  it.each([
    [['pln', 'harbour.yaml'], 'pln is no command: did you mean plan?'],
    [
      ['dance'],
      'dance is no command: the commands are plan, check, busy, serve, demo, doctor, backup, restore, sign-in-link',
    ],
    [['--hlp'], '--hlp is no option here: did you mean --help?'],
    [['plan'], 'a partnership file is missing'],
    [['plan', 'a.yaml', 'b.yaml'], 'b.yaml is one too many: name a partnership file'],
    [['plan', 'harbour.yaml', '--wekks', '3'], '--wekks is no option here: did you mean --weeks?'],
    [
      ['plan', 'harbour.yaml', '-x'],
      '-x is no option here: the options are --help, --version, --from, --weeks, --json, --ics, --explain, --without',
    ],
    [['plan', 'harbour.yaml', '--from'], '--from needs a value'],
    [['plan', 'harbour.yaml', '--from', '--json'], '--from needs a value'],
    [['plan', 'harbour.yaml', '--json=yes'], '--json takes no value'],
    [
      ['plan', 'harbour.yaml', '--from', '2027-02-30'],
      '--from 2027-02-30 is no date that exists: write it as 2027-01-04',
    ],
    [
      ['plan', 'harbour.yaml', '--from', '2200-01-06'],
      '--from 2200-01-06 is too far away: write a year from 1970 to 2199',
    ],
    [['plan', 'harbour.yaml', '--from', 'monday'], '--from monday is no date: write it as 2027-01-04'],
    [['plan', 'harbour.yaml', '--weeks', '-1'], '--weeks -1 is not a number from 1 to 104'],
    [['plan', 'harbour.yaml', '--weeks', '0'], '--weeks 0 is not a number from 1 to 104'],
    [['plan', 'harbour.yaml', '--weeks', '105'], '--weeks 105 is not a number from 1 to 104'],
    [['plan', 'harbour.yaml', '--weeks', '1e1'], '--weeks 1e1 is not a number from 1 to 104'],
    [
      ['busy', 'a.ics', '--to', '2027-01-01'],
      '--from is missing: write a date or a time, 2027-01-04 or 2027-01-04T09:00:00Z',
    ],
    [
      ['busy', 'a.ics', '--from', '2027-01-01'],
      '--to is missing: write a date or a time, 2027-01-11 or 2027-01-11T17:00:00Z',
    ],
    [
      ['busy', 'a.ics', '--from', '2027-01-01', '--to', '2027-01-02', '--as', 'bob'],
      '--as bob is no e-mail address: write it as ana@example.com',
    ],
    [
      ['https://cal.example.invalid/sEcReT.ics'],
      'an address is no command: the commands are plan, check, busy, serve, demo, doctor, backup, restore, sign-in-link',
    ],
    [['plan', 'https://cal.example.invalid/sEcReT.ics'], 'this is an address: name a partnership file'],
    [
      ['plan', 'harbour.yaml', 'https://cal.example.invalid/sEcReT.ics'],
      'an address is one too many: name a partnership file',
    ],
    [
      ['plan', 'harbour.yaml', '--ics', 'https:/cal.example.invalid/sEcReT.ics'],
      '--ics is an address: name a file to write',
    ],
    [
      ['plan', 'harbour.yaml', '--from', 'https://cal.example.invalid/sEcReT.ics'],
      '--from an address is no date: write it as 2027-01-04',
    ],
  ])('is told for %j', async (args, sentence) => {
    const { code, stdout, stderr } = await turnabout(...args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.split('\n')[0]).toBe(`wrong: ${sentence}`);
  });
});

describe('the program that npm starts', () => {
  it('is the command line', async () => {
    const script = join(import.meta.dirname, '../../src/turnabout.mjs');
    const { code, stdout } = await run(['--version'], { folder: folder.path(), script });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^turnabout \d/);
  });
});
