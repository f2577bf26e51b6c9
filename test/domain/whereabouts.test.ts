import { describe, expect, it } from 'vitest';
import { whereabouts } from '../../src/domain/whereabouts.ts';
import { at, day } from '../support/builders.ts';
import { ANA, zoneOf } from '../support/cast.ts';

const travelling = {
  ...ANA,
  travels: [{ from: day('2027-01-11'), to: day('2027-01-15'), zone: zoneOf('Europe/London') }],
};

describe('where a partner is', () => {
  it.each([
    ['2027-01-11T07:59:00Z', 'America/Los_Angeles'],
    ['2027-01-11T08:00:00Z', 'Europe/London'],
    ['2027-01-16T07:59:00Z', 'Europe/London'],
    ['2027-01-16T08:00:00Z', 'America/Los_Angeles'],
  ])('at %s is %s: a travel runs over whole days of the home zone', (instant, zone) => {
    expect(whereabouts(travelling, at(instant))).toBe(zone);
  });
});
