// What the TZIDs in the wild stand for: IANA names, paths that end in one, Windows names, the texts that Windows shows.

import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { parseZone, UTC, type Zone } from '../../../domain/time/zone.ts';
import { type Clock, fixedClock, zoneClock } from './clock.ts';
import { utcOffset } from './values.ts';
import { WINDOWS_TEXTS } from './windows-texts.ts';

/**
 * The zone of an "Area/Location" name of IANA's database, also at the end of a path
 * ("/freeassociation.sourceforge.net/Europe/Berlin"). Such a name means the same everywhere, so that its history is
 * better known here than in a file's VTIMEZONE. Short names (EST, CET) are none of these.
 */
export function ianaZone(tzid: string): Zone | undefined {
  const parts = tidied(tzid).replaceAll(' ', '_').split('/');
  if (parts.length === 1) return /^(UTC|GMT|Z|Zulu)$/i.test(parts[0]!) ? UTC : undefined;
  for (const size of [3, 2]) {
    const zone = parts.length >= size ? parseZone(parts.slice(-size).join('/')) : undefined;
    if (zone) return zone;
  }
  return undefined;
}

/** The clock of any other name that is known without a VTIMEZONE: Windows', short IANA names, plain offsets. */
export function clockOfName(tzid: string): Clock | undefined {
  const name = tidied(tzid);
  if (/^tzone:\/\/Microsoft\/Utc$/i.test(name)) return zoneClock(UTC);
  const offset = /^(?:UTC|GMT)?([+-]\d{1,2}(?::?\d{2})?)$/i.exec(name)?.[1];
  if (offset) return offsetClock(offset);
  const zone = windowsZone(name) ?? windowsZone(textOfDisplay(name)) ?? parseZone(name);
  return zone && zoneClock(zone);
}

/** Outlook numbers a name that it uses twice ("W. Europe Standard Time 1"). */
function tidied(tzid: string): string {
  return tzid
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/\\([,;\\])/g, '$1')
    .replace(/ \d$/, '')
    .replace(/^\/+|\/+$/g, '')
    .trim();
}

function offsetClock(text: string): Clock | undefined {
  const offset = utcOffset(/\d{3}|:/.test(text) ? text.padStart(5, '0') : `${text}:00`);
  return offset === undefined ? undefined : fixedClock(offset);
}

const WINDOWS_NAMES = new Map<string, string>();
for (const { windowsName } of WINDOWS_TO_IANA_MAP) WINDOWS_NAMES.set(windowsName.toLowerCase(), windowsName);

function windowsZone(name: string): Zone | undefined {
  const known = WINDOWS_NAMES.get(name.toLowerCase()) ?? WINDOWS_TEXTS.get(name.toLowerCase());
  const iana = known === undefined ? undefined : findIana(known)[0];
  return iana === undefined ? undefined : parseZone(iana);
}

/** "(UTC+01:00) Amsterdam, Berlin" without its offset, which is that of winter and says nothing of summer. */
function textOfDisplay(name: string): string {
  return name
    .replace(/^\((?:UTC|GMT)[^)]*\)\s*/i, '')
    .replaceAll(' and ', ' & ')
    .replaceAll(';', ',')
    .replace(/\s+/g, ' ');
}
