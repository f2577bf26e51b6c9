import { describe, expect, test } from 'vitest';
import { hostsOf } from '../../../src/domain/fairness/hosts.ts';
import { ANA, BEN, CHIARA } from '../../support/cast.ts';

const ids = [ANA.id, BEN.id, CHIARA.id];
const held = (...points: (number | undefined)[]) => ({
  burdens: new Map(ids.flatMap((id, i) => (points[i] === undefined ? [] : [[id, points[i]] as const]))),
});

describe('the host', () => {
  test('goes round where nobody bears anything', () => {
    expect(hostsOf(ids, [held(0, 0, 0), held(0, 0, 0), held(0, 0, 0), held(0, 0, 0)])).toEqual([
      ...ids,
      ANA.id,
    ]);
  });

  test('is weighed by the hour at which it falls: a night counts for several turns', () => {
    const hosts = hostsOf([ANA.id, BEN.id], [held(25, 0), held(0, 0), held(0, 0), held(0, 0), held(0, 0)]);
    expect(hosts).toEqual([ANA.id, BEN.id, BEN.id, BEN.id, BEN.id]);
  });

  test('is somebody who is there', () => {
    expect(hostsOf(ids, [held(undefined, 0, 0), held(undefined, 0, 0), held(0, 0, 0)])).toEqual([
      BEN.id,
      CHIARA.id,
      ANA.id,
    ]);
  });

  test('of equals is the one whose last turn is longest ago', () => {
    expect(
      hostsOf(ids, [
        held(undefined, 5, 5),
        held(undefined, 5, 5),
        held(15, undefined, undefined),
        held(0, 0, 0),
      ]).at(-1),
    ).toBe(BEN.id);
  });

  test('that was announced stays, as long as they are present', () => {
    const announced = [
      { ...held(0, 0, 0), announced: CHIARA.id },
      held(0, 0, 0),
      { ...held(0, 0, undefined), announced: CHIARA.id },
    ];
    expect(hostsOf(ids, announced)).toEqual([CHIARA.id, ANA.id, BEN.id]);
  });
});
