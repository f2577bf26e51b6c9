// A check-in that was not held after all: its period is open again while it lasts, and is closed once more.

import { describe, expect, it } from 'vitest';
import { closingsIn, recordOf } from '../../../src/domain/fairness/book.ts';
import type { Closing } from '../../../src/domain/fairness/closing.ts';
import type { Observation } from '../../../src/domain/run/observation.ts';
import { HOUR } from '../../../src/domain/time/duration.ts';
import { type Instant, plus } from '../../../src/domain/time/instant.ts';
import { at } from '../../support/builders.ts';
import * as cast from '../../support/cast.ts';
import { actionsOf, later, observation, occurrenceIn, settled } from '../../support/run-world.ts';

const [ANA, BEN] = [cast.ANA, cast.BEN].map((person) => ({
  ...person,
  reachable: cast.windowsOf('Mon-Fri 06:00-23:00'),
})) as [typeof cast.ANA, typeof cast.BEN];

const planned = settled(observation({}, [ANA, BEN]));
const first = occurrenceIn(planned, '2027-W01');
const posted = settled(later(planned, first.item.end));
const WEEK_OVER = at('2027-01-11T00:00:00Z');

/** Ben was not there: as the flow posts it. */
function corrected(world: Observation, now: Instant): Observation {
  const { period, first: day, postedAt } = closingOf(world);
  const closing: Closing = {
    ...{ kind: 'missed', period, first: day, postedAt, absent: [BEN.id], reopenedAt: now },
    reasons: [{ kind: 'not-there', partner: BEN.id }],
  };
  return { ...later(world, now), entries: [...world.entries, { kind: 'correction', closing }] };
}

function closingOf({ entries }: Observation): Closing {
  return closingsIn(entries).find(({ period }) => period === '2027-W01')!;
}

describe('a check-in that was not held after all', () => {
  const again = settled(corrected(posted, plus(first.item.end, HOUR)));

  it('is placed anew in what is left of its period, under its own UID', () => {
    const { item, answers } = occurrenceIn(again, '2027-W01');
    expect(item).toMatchObject({ uid: first.item.uid, sequence: 1 });
    expect(item.start).toBeGreaterThan(again.now);
    expect(answers).toEqual(new Map());
    expect(actionsOf(again)).toEqual([]);
  });

  it('is held where it is then held, as a correction in the book', () => {
    const held = settled(later(again, occurrenceIn(again, '2027-W01').item.end));
    expect(held.entries.at(-1)).toMatchObject({ kind: 'correction', closing: { kind: 'held', moved: true } });
    expect(recordOf(closingsIn(held.entries))).toMatchObject({ held: 1, missed: 0 });
    expect(actionsOf(held)).toEqual([]);
  });

  it('is cancelled at its new time where the correction is taken back', () => {
    const closing = closingOf(posted);
    const back = settled({ ...again, entries: [...again.entries, { kind: 'correction', closing }] });
    expect(back.published.find(({ item }) => item.uid === first.item.uid)!.item.status).toBe('CANCELLED');
    expect(actionsOf(back)).toEqual([]);
  });

  it('is missed, with the true reason, where its period is over', () => {
    const late = corrected(later(posted, WEEK_OVER), WEEK_OVER);
    const [close] = actionsOf(late);
    expect(close).toMatchObject({
      kind: 'close',
      closing: { kind: 'missed', reasons: [{ kind: 'not-there', partner: BEN.id }] },
    });
    const closed = settled(late);
    expect(closingOf(closed)).not.toHaveProperty('reopenedAt');
    expect(closingOf(closed).postedAt).toBe(closingOf(posted).postedAt);
    expect(actionsOf(closed)).toEqual([]);
  });
});
