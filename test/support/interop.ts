// Six other implementations of iCalendar, asked for the starts of the events in a file, and two validators.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { inject } from 'vitest';
import { DAY, MINUTE } from '../../src/domain/time/duration.ts';
import { formatInstant, type Instant, instantOf, plus } from '../../src/domain/time/instant.ts';
import type { Interval } from '../../src/domain/time/interval.ts';
import { available, sharedAvailable, sharedPath } from './peers.ts';

const PYTHON = {
  name: 'recurring-ical-events',
  probe: ['/usr/bin/python3', '-c', 'import icalendar, recurring_ical_events'],
  install: 'apt-get install -y python3-icalendar python3-recurring-ical-events',
} as const;

const LIBICAL = {
  name: 'libical',
  probe: ['sh', '-c', 'command -v gcc && pkg-config --exists libical'],
  install: 'apt-get install -y libical-dev gcc pkg-config',
} as const;

const SABRE = {
  name: 'sabre/vobject',
  probe: ['php', '-r', 'require "Sabre/VObject/autoload.php";'],
  install: 'apt-get install -y php-cli php-sabre-vobject',
} as const;

const KHAL = {
  name: 'khal',
  probe: ['khal', '--version'],
  install: 'apt-get install -y khal',
} as const;

/** Whether all of them can be used; what is missing is said, and is a failure with CI=true. */
export function everyPeerAvailable(): boolean {
  return sharedAvailable('interop') && [PYTHON, LIBICAL, SABRE, KHAL].map(available).every(Boolean);
}

/**
 * By the name of each implementation "UID start" of every event of `icsText` that starts from `from` up to `to`, sorted, the
 * start in UTC to the minute. Cancelled events are among them. UIDs hold neither white space nor "|".
 */
export function startsByEveryPeer(
  icsText: string,
  from: Instant,
  to: Instant,
): ReadonlyMap<string, string[]> {
  return withFile(icsText, (file) => {
    const dates = [plus(from, -2 * DAY), plus(to, 2 * DAY)].map((each) => formatInstant(each).slice(0, 10));
    const lines = new Map([
      ['ical.js', icalJsLines(icsText)],
      ['node-ical', nodeIcalLines(icsText)],
      [PYTHON.name, run('/usr/bin/python3', [sharedPath('interop/expand_with_dateutil.py'), file, ...dates])],
      [LIBICAL.name, run(libical(), [file, ...dates.map((date) => `${date.replaceAll('-', '')}T000000Z`)])],
      [SABRE.name, run('php', [sharedPath('interop/expand_with_sabre.php'), file, ...dates])],
      [KHAL.name, khalLines(file, dates)],
    ]);
    return new Map([...lines].map(([peer, each]) => [peer, startsIn(each, { start: from, end: to })]));
  });
}

/** What the validators of libical and sabre/vobject have against the text; empty where it is clean. */
export function complaintsByValidators(icsText: string): string[] {
  return withFile(icsText, (file) => {
    const ofLibical = spawnSync(libical(), [file], { encoding: 'utf8' });
    const program = sharedPath('interop/expand_with_sabre.php');
    const ofSabre = spawnSync('php', [program, file, '2000-01-01', '2000-01-02'], { encoding: 'utf8' });
    const complaints = ofSabre.stderr.split('\n').filter((line) => line.startsWith('level '));
    return ofLibical.status === 0 ? complaints : [...complaints, ofLibical.stdout + ofLibical.stderr];
  });
}

/** The same as `startsByEveryPeer` gives for one implementation, from what was meant. */
export function startsOf(events: readonly { readonly uid: string; readonly start: Instant }[]): string[] {
  return events.map(({ uid, start }) => startLine(uid, start)).sort();
}

function icalJsLines(icsText: string): string {
  const calendar = new ICAL.Component(ICAL.parse(icsText) as unknown[]);
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  return events.map(({ uid, startDate }) => `${uid}\t${startDate.toJSDate().toISOString()}`).join('\n');
}

function nodeIcalLines(icsText: string): string {
  const components = Object.values(nodeIcal.sync.parseICS(icsText));
  const events = components.filter((component) => component?.type === 'VEVENT');
  return events.map(({ uid, start }) => `${uid}\t${new Date(Number(start)).toISOString()}`).join('\n');
}

function khalLines(file: string, [first, last]: readonly string[]): string {
  const folder = join(file, '..');
  mkdirSync(join(folder, 'calendar'));
  const config = join(folder, 'khal.conf');
  const template = readFileSync(sharedPath('interop/khal.conf'), 'utf8');
  writeFileSync(config, template.replaceAll('KHAL_DIR', folder));
  run('khal', ['-c', config, 'import', '--batch', file]);
  const format = ['--once', '--format', '{uid}|{start}', '--day-format', ''];
  return run('khal', ['-c', config, 'list', ...format, first!, last!]);
}

/** Lines "UID, tab or |, start", the start with or without dashes, always in UTC; what follows it is not looked at. */
function startsIn(lines: string, window: Interval): string[] {
  const found: string[] = [];
  for (const line of lines.split('\n')) {
    const match = /^([^\s|]+)[\t|](\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)/.exec(line);
    if (!match) continue;
    const [year, month, day, hour, minute] = match.slice(2).map(Number);
    const start = instantOf(Date.UTC(year!, month! - 1, day!, hour!, minute!));
    if (start >= window.start && start < window.end) found.push(startLine(match[1]!, start));
  }
  return found.sort();
}

function startLine(uid: string, start: Instant): string {
  return `${uid} ${formatInstant(instantOf(Math.floor(start / MINUTE) * MINUTE)).slice(0, 16)}Z`;
}

let compiled: string | undefined;

/** The path of the program that asks libical, compiled once. */
function libical(): string {
  if (compiled) return compiled;
  const folder = mkdtempSync(join(inject('runFolder'), 'libical-'));
  compiled = join(folder, 'expand');
  const flags = run('pkg-config', ['--cflags', '--libs', 'libical']).trim().split(/\s+/);
  run('gcc', [sharedPath('interop/expand_with_libical.c'), '-o', compiled, ...flags]);
  return compiled;
}

function withFile<Result>(text: string, work: (file: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'turnabout-interop-'));
  try {
    const file = join(folder, 'calendar.ics');
    writeFileSync(file, text);
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): string {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const done = spawnSync(command, args, { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${done.error ?? done.stderr}`);
  return done.stdout;
}
