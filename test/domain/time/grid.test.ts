// The quarter-hours of UTC.

import { describe, expect, it } from 'vitest';
import { gridOver, indexFrom, indexOf, instantAt, QUARTER } from '../../../src/domain/time/grid.ts';
import { instantOf, parseInstant } from '../../../src/domain/time/instant.ts';

const at = (text: string) => parseInstant(text)!;

describe('the grid', () => {
  it('begins on the quarter-hour before its start and ends on the one after its end', () => {
    const grid = gridOver(at('2027-01-05T16:07:00Z'), at('2027-01-05T17:01:00Z'));
    expect(grid).toEqual({ start: at('2027-01-05T16:00:00Z'), length: 5 });
  });

  it('is as long as its interval where that lies on quarter-hours', () => {
    expect(gridOver(at('2027-01-04T00:00Z'), at('2027-01-11T00:00Z')).length).toBe(672);
  });

  it('is laid on quarter-hours before 1970 too', () => {
    expect(gridOver(instantOf(-1), instantOf(1))).toEqual({ start: instantOf(-QUARTER), length: 2 });
  });

  it('finds the quarter-hour in which an instant lies, and the first that begins no earlier', () => {
    const grid = gridOver(at('2027-01-05T16:00Z'), at('2027-01-05T18:00Z'));
    expect([indexOf(grid, at('2027-01-05T16:29Z')), indexFrom(grid, at('2027-01-05T16:29Z'))]).toEqual([
      1, 2,
    ]);
    expect([indexOf(grid, instantAt(grid, 3)), indexFrom(grid, instantAt(grid, 3))]).toEqual([3, 3]);
    expect(indexOf(grid, at('2027-01-05T15:59Z'))).toBe(-1);
  });
});
