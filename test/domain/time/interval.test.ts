// The algebra of half-open intervals, held against plain sets of numbers.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../src/domain/time/instant.ts';
import {
  contains,
  type Interval,
  intersect,
  overlaps,
  subtract,
  union,
} from '../../../src/domain/time/interval.ts';
import { anyInterval } from '../../support/arbitraries.ts';

const interval = (start: number, end: number): Interval => ({
  start: instantOf(start),
  end: instantOf(end),
});

/** Each instant that lies in one of them. */
function pointsOf(intervals: readonly Interval[]): Set<number> {
  const points = new Set<number>();
  for (const { start, end } of intervals)
    for (let point: number = start; point < end; point++) points.add(point);
  return points;
}

function sorted(points: ReadonlySet<number>, keep: (point: number) => boolean): number[] {
  return [...points].filter(keep).sort((a, b) => a - b);
}

function isNormal(intervals: readonly Interval[]): boolean {
  return intervals.every(
    (each, index) => each.start < each.end && (index === 0 || intervals[index - 1]!.end < each.start),
  );
}

const lists = fc.array(anyInterval, { maxLength: 8 });

describe('an interval', () => {
  it('holds its start and not its end', () => {
    expect(overlaps(interval(0, 10), interval(10, 20))).toBe(false);
    expect(overlaps(interval(0, 11), interval(10, 20))).toBe(true);
  });

  it('contains itself, and nothing that reaches over its end', () => {
    expect(contains(interval(0, 10), interval(0, 10))).toBe(true);
    expect(contains(interval(0, 10), interval(5, 11))).toBe(false);
  });

  it('joins what touches', () => {
    expect(union([interval(5, 10), interval(0, 5), interval(20, 20)])).toEqual([interval(0, 10)]);
  });

  it('is cut where something is removed from its middle', () => {
    expect(subtract([interval(0, 10)], [interval(3, 4)])).toEqual([interval(0, 3), interval(4, 10)]);
  });
});

describe('lists of intervals', () => {
  it('are united as sets are', () => {
    fc.assert(
      fc.property(lists, (list) => {
        expect([...pointsOf(union(list))]).toEqual(sorted(pointsOf(list), () => true));
      }),
    );
  });

  it('are intersected as sets are', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const inB = pointsOf(b);
        expect([...pointsOf(intersect(a, b))]).toEqual(sorted(pointsOf(a), (point) => inB.has(point)));
      }),
    );
  });

  it('are subtracted as sets are', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const inB = pointsOf(b);
        expect([...pointsOf(subtract(a, b))]).toEqual(sorted(pointsOf(a), (point) => !inB.has(point)));
      }),
    );
  });

  it('come out sorted, without empty ones, and with gaps between them', () => {
    fc.assert(
      fc.property(
        lists,
        lists,
        (a, b) => isNormal(union(a)) && isNormal(intersect(a, b)) && isNormal(subtract(a, b)),
      ),
    );
  });

  it('are left as they were given', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const before = structuredClone(list);
        union(list);
        expect(list).toEqual(before);
      }),
    );
  });

  it('are made up of what they share and what they do not', () => {
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        expect(union([...intersect(a, b), ...subtract(a, b)])).toEqual(union(a));
      }),
    );
  });
});
