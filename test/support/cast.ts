// The people of the tests, each in a zone of their own.

import { type Partner, partnerIdOf } from '../../src/domain/partner.ts';
import { parseZone, type Zone } from '../../src/domain/time/zone.ts';
import { parseWindows } from '../../src/domain/windows.ts';

/** Windows of a text that is known to be right. */
export function windowsOf(...lines: string[]): Partner['comfortable'] {
  const read = parseWindows(lines);
  if (read.kind === 'problem') throw new Error(read.problem);
  return read.windows;
}

export function zoneOf(name: string): Zone {
  const zone = parseZone(name);
  if (!zone) throw new Error(`no zone: ${name}`);
  return zone;
}

function person(name: string, zone: string): Partner {
  const first = name.split(' ')[0] ?? name;
  return {
    id: partnerIdOf(`${first}@example.com`),
    email: `${first.toLowerCase()}@example.com`,
    name,
    zone: zoneOf(zone),
    comfortable: windowsOf('Mon-Fri 09:00-17:00'),
    reachable: windowsOf('Mon-Fri 07:00-22:00'),
    focus: [],
    away: [],
    travels: [],
    busy: [],
  };
}

export const ANA = person('Ana Duarte', 'America/Los_Angeles');
export const BEN = person('Ben Okafor', 'Europe/Berlin');
export const CHIARA = person('Chiara Lim', 'Asia/Singapore');
export const DEV = person('Dev Sharma', 'Asia/Kolkata');
export const EMERE = person('Emere Ngata', 'Pacific/Auckland');
export const FAYE = person("Faye O'Brien", 'America/St_Johns');
