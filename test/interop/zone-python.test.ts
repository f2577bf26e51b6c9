// Every zone against Python's zoneinfo, which reads the operating system's tzdata: each change of clocks from 2020 to 2040.

import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Zone } from '../../src/domain/time/zone.ts';
import { available } from '../support/peers.ts';
import {
  allZones,
  FROM,
  type KnownDifference,
  surprises,
  TO,
  transitionsOf,
  type ZonePeer,
} from '../support/zones.ts';

/** Node 24.21 has tzdata 2026c, Debian 12 has 2026f. */
const known: readonly KnownDifference[] = [
  {
    zones: ['America/Winnipeg', 'America/Rainy_River', 'Canada/Central', 'America/Inuvik'],
    reason: 'stays on daylight saving time from November 2026 on; not yet in 2026c',
  },
  {
    zones: ['America/Havana', 'Cuba'],
    reason: 'does not set its clocks back in November 2026; not yet in 2026c',
  },
];

const python = {
  name: "Python's zoneinfo",
  probe: ['/usr/bin/python3', '-c', "import zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')"],
  install: 'apt-get install -y python3 tzdata',
} as const;

/** Reads {zone: [our changes]}; answers per zone with its own changes, offsets and local times around both. Seconds. */
const PROGRAM = `
import datetime as dt, json, sys, zoneinfo
question = json.load(sys.stdin)
first, last, step, quarter = question['from'], question['to'], 6 * 86400, 900
epoch = dt.datetime(1970, 1, 1)

def answer(name, ours):
    zone = zoneinfo.ZoneInfo(name)
    def offset(at):
        return int(dt.datetime.fromtimestamp(at, zone).utcoffset().total_seconds())
    changes = []
    for low in range(first, last, step):
        high = min(low + step, last)
        if offset(low) == offset(high):
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if offset(middle) == offset(high): high = middle
            else: low = middle
        changes.append(high)
    instants = [first, last] + [at + k * quarter for at in {*changes, *ours} for k in (-1, 0, 1)]
    walls = {at + offset(at + k) for at in instants for k in (-1800, 1800)}
    return {
        'changes': changes,
        'offsets': {at: offset(at) for at in instants},
        'instants': {wall: int((epoch + dt.timedelta(seconds=wall)).replace(tzinfo=zone).timestamp()) for wall in walls},
    }

json.dump({name: answer(name, ours) for name, ours in question['zones'].items()}, sys.stdout)
`;

type Answer = {
  readonly changes: readonly number[];
  readonly offsets: Readonly<Record<string, number>>;
  readonly instants: Readonly<Record<string, number>>;
};

function ask(zones: readonly Zone[]): ZonePeer {
  const ours = zones.map((zone) => [zone, transitionsOf(zone).map((at) => at / 1_000)]);
  const input = JSON.stringify({ from: FROM / 1_000, to: TO / 1_000, zones: Object.fromEntries(ours) });
  const output = execFileSync('/usr/bin/python3', ['-c', PROGRAM], {
    input,
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  });
  const answers: Readonly<Record<string, Answer>> = JSON.parse(output);
  return {
    transitions: (zone) => answers[zone]!.changes.map((at) => at * 1_000),
    offsetAt: (zone, instant) => answers[zone]!.offsets[instant / 1_000]! * 1_000,
    toInstant: (zone, wall) => answers[zone]!.instants[wall / 1_000]! * 1_000,
  };
}

describe.skipIf(!available(python))('Python', () => {
  it('agrees about every zone, but for those whose rules are newer on one side', () => {
    const zones = allZones();
    expect(surprises(zones, ask(zones), known)).toEqual([]);
  });
});
