// Who is to be mailed what, from what they were mailed last.

import { describe, expect, it } from 'vitest';
import { type Due, FREEZE, sendsDue, sentOf } from '../../../src/domain/run/sends.ts';
import { DAY } from '../../../src/domain/time/duration.ts';
import { type Instant, instantOf, plus } from '../../../src/domain/time/instant.ts';
import { ANA, BEN } from '../../support/cast.ts';
import { observation, occurrenceIn, settled } from '../../support/run-world.ts';

const PUBLISHED = occurrenceIn(settled(observation()), '2027-W02');
const { item, occurrence } = PUBLISHED;
const FROZEN = plus(item.start, -FREEZE);

/** What is due at `now`, where both were mailed `mailed` and a new revision of the words names the other host or the same. */
function dueAt(
  now: Instant,
  { mailed, host }: { readonly mailed: Instant; readonly host: 'same' | 'other' },
): Due[] {
  const last = sentOf(PUBLISHED, { method: 'REQUEST', at: mailed });
  const others = [ANA.id, BEN.id].filter((id) => id !== occurrence.host);
  const published = {
    ...PUBLISHED,
    item: { ...item, stamp: now },
    occurrence: { ...occurrence, host: host === 'same' ? occurrence.host : others[0]! },
    sent: new Map([ANA.id, BEN.id].map((id) => [id, last])),
  };
  return sendsDue(published, { now, invitedUntil: instantOf(Number.MAX_SAFE_INTEGER) });
}

const before = plus(FROZEN, -DAY);
const after = plus(FROZEN, DAY);

describe('new words', () => {
  it('wait until the time is frozen, also those that name another host', () => {
    const mailed = plus(before, -DAY);
    expect(dueAt(before, { mailed, host: 'same' })).toEqual([]);
    expect(dueAt(before, { mailed, host: 'other' })).toEqual([]);
    expect(dueAt(FROZEN, { mailed, host: 'same' })).toHaveLength(2);
  });

  it('are mailed once after that, but a new host each time', () => {
    expect(dueAt(plus(after, DAY), { mailed: after, host: 'same' })).toEqual([]);
    expect(dueAt(plus(after, DAY), { mailed: after, host: 'other' })).toEqual([
      { to: ANA.id, method: 'REQUEST' },
      { to: BEN.id, method: 'REQUEST' },
    ]);
  });
});
