// Random values for property tests.

import fc from 'fast-check';
import { type Instant, instantOf } from '../../src/domain/time/instant.ts';
import type { Interval } from '../../src/domain/time/interval.ts';
import { addDays, type PlainDate } from '../../src/domain/time/plain-date.ts';
import type { Zone } from '../../src/domain/time/zone.ts';

/** 2020-01-01 to 2040-12-31, to the second. */
export const anyInstant: fc.Arbitrary<Instant> = fc
  .integer({ min: 1_577_836_800, max: 2_240_524_800 })
  .map((seconds) => instantOf(seconds * 1_000));

/** Short ones near the epoch, so that they meet one another; some are empty. */
export const anyInterval: fc.Arbitrary<Interval> = fc
  .tuple(fc.nat(40), fc.nat(12))
  .map(([start, length]) => ({ start: instantOf(start), end: instantOf(start + length) }));

/** 1900-01-01 to 2199. */
export const anyDate: fc.Arbitrary<PlainDate> = fc
  .integer({ min: -25_567, max: 84_000 })
  .map((days) => addDays(0 as PlainDate, days));

/** Zones with whole, half and quarter hours, with and without changes of clocks, of both hemispheres. */
export const anyZone: fc.Arbitrary<Zone> = fc.constantFrom(
  ...([
    'UTC',
    'Europe/Berlin',
    'America/Los_Angeles',
    'America/St_Johns',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'Pacific/Auckland',
    'Pacific/Chatham',
    'Africa/Casablanca',
    'Antarctica/Troll',
  ] as Zone[]),
);
