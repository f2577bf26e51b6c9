// All zones there are, and how our answers about them compare with those of another implementation.

import moment from 'moment-timezone';
import { MINUTE } from '../../src/domain/time/duration.ts';
import { type Instant, instantOf, parseInstant } from '../../src/domain/time/instant.ts';
import type { WallTime } from '../../src/domain/time/wall-time.ts';
import { offsetAt, parseZone, toInstant, transitionsBetween, type Zone } from '../../src/domain/time/zone.ts';

/** The years in which zones are compared. */
export const FROM = parseInstant('2020-01-01T00:00Z')!;
export const TO = parseInstant('2041-01-01T00:00Z')!;

/** What another implementation says about a zone: milliseconds throughout. */
export type ZonePeer = {
  readonly transitions: (zone: Zone) => readonly number[];
  readonly offsetAt: (zone: Zone, instant: number) => number;
  readonly toInstant: (zone: Zone, wall: number) => number;
};

/** Zones that differ because one side has older rules. */
export type KnownDifference = { readonly zones: readonly string[]; readonly reason: string };

/** Every name that this machine's Intl lists, and every name of moment-timezone that Intl knows, aliases included. */
export function allZones(): Zone[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), ...moment.tz.names()]);
  return [...names].map(parseZone).filter((zone) => zone !== undefined);
}

/** Our changes of clocks in the years that are compared. */
export function transitionsOf(zone: Zone): Instant[] {
  return transitionsBetween(zone, FROM, TO).map(({ at }) => at);
}

/** A quarter-hour before a change, the change, and a quarter-hour after it; the beginning and the end of the years. */
export function instantsToCompare(transitions: Iterable<number>): number[] {
  const around = [...new Set(transitions)].flatMap((at) =>
    [-15, 0, 15].map((minutes) => at + minutes * MINUTE),
  );
  return [FROM, ...around, TO];
}

/** The wall clock at these instants by the offsets before and after: times in gaps and times that come twice are among them. */
export function wallsToCompare(
  instants: readonly number[],
  offsetAtInstant: (instant: number) => number,
): number[] {
  const walls = instants.flatMap((instant) =>
    [-30, 30].map((minutes) => instant + offsetAtInstant(instant + minutes * MINUTE)),
  );
  return [...new Set(walls)];
}

/** The first disagreement about `zone`; undefined where there is none. */
export function disagreement(zone: Zone, peer: ZonePeer): string | undefined {
  const instants = instantsToCompare([...transitionsOf(zone), ...peer.transitions(zone)]);
  for (const instant of instants) {
    const [ours, theirs] = [offsetAt(zone, instantOf(instant)), peer.offsetAt(zone, instant)];
    if (ours !== theirs) return `offset at ${iso(instant)}: ${ours / MINUTE} and ${theirs / MINUTE} minutes`;
  }
  for (const wall of wallsToCompare(instants, (instant) => offsetAt(zone, instantOf(instant)))) {
    const [ours, theirs] = [toInstant(zone, wall as WallTime), peer.toInstant(zone, wall)];
    if (ours !== theirs) return `local ${iso(wall).slice(0, -1)}: ${iso(ours)} and ${iso(theirs)}`;
  }
  return undefined;
}

/** Disagreements that are not listed, and listed ones that are no longer there, each as a line to read. */
export function surprises(
  zones: readonly Zone[],
  peer: ZonePeer,
  known: readonly KnownDifference[],
): string[] {
  const listed = new Set(known.flatMap((each) => each.zones));
  return zones.flatMap((zone) => {
    const found = disagreement(zone, peer);
    if (found !== undefined && !listed.has(zone)) return [`${zone}: ${found}`];
    return found === undefined && listed.has(zone) ? [`${zone}: listed as different, and is not`] : [];
  });
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
