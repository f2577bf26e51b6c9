// Questions in words: in the time and the points of whoever reads them.

import { describe, expect, it } from 'vitest';
import type { Relaxation } from '../../src/domain/planner/plan.ts';
import type { Ask } from '../../src/domain/question.ts';
import { deadlineText, outcomeSentence, questionSentence, readerIn } from '../../src/views/question.ts';
import { at, day, idOf, partnership, pointsFor } from '../support/builders.ts';
import { ANA, BEN, CHIARA, zoneOf } from '../support/cast.ts';

const GROUP = partnership({ partners: [ANA, BEN, CHIARA] });
const HALF_HOUR = { start: at('2027-01-05T16:00:00Z'), end: at('2027-01-05T16:30:00Z') };
const PROPOSED: Ask = { kind: 'time', because: 'partner', of: idOf('ben'), time: HALF_HOUR };

const ALL = [ANA, BEN, CHIARA].map(({ id }) => id);

function told(ask: Ask, first: string, asks = ALL): string {
  return questionSentence({ ask, asks, period: '2027-W01' }, readerIn(GROUP, idOf(first)));
}

function relaxed(changes: Partial<Relaxation> = {}): Ask {
  const parts = [{ ...HALF_HOUR, burdens: pointsFor({ ana: 9, ben: 0 }) }];
  return { kind: 'relaxation', relaxation: { kind: 'another-day', asks: ALL, cost: 9, parts, ...changes } };
}

describe('a proposed time', () => {
  it.each([
    [
      'ana',
      'Ben Okafor proposes Tue 5 Jan 08:00 (America/Los_Angeles) for the check-in of 2027-W01. You would bear 4 points.',
    ],
    [
      'ben',
      'Ben Okafor proposes Tue 5 Jan 17:00 (Europe/Berlin) for the check-in of 2027-W01. You would bear 1 point.',
    ],
  ])('is told %s in their own time, with their own points', (first, sentence) => {
    expect(told(PROPOSED, first)).toBe(sentence);
  });

  it('is told where the reader then is', () => {
    const travels = [{ from: day('2027-01-04'), to: day('2027-01-08'), zone: zoneOf('Asia/Tokyo') }];
    const away = partnership({ partners: [{ ...ANA, travels }, BEN] });
    const to = readerIn(away, idOf('ana'));
    const sentence = questionSentence({ ask: PROPOSED, asks: [ANA.id], period: '2027-W01' }, to);
    expect(sentence).toContain('proposes Wed 6 Jan 01:00 (Asia/Tokyo)');
    expect(deadlineText(to.reader, at('2027-01-04T09:00:00Z'))).toBe(
      'until Mon 4 Jan 18:00 (Asia/Tokyo); no answer is a no',
    );
  });

  it('costs nothing that is told whoever is not asked, or whose hours are not known', () => {
    expect(told(PROPOSED, 'chiara', [ANA.id])).not.toContain('You would bear');
    const unknown = partnership({ partners: [{ ...ANA, comfortable: [] }, BEN] });
    const to = readerIn(unknown, idOf('ana'));
    expect(questionSentence({ ask: PROPOSED, asks: [ANA.id], period: '2027-W01' }, to)).not.toContain('bear');
  });
});

describe('an exchange of turns', () => {
  it('is told with both times and what each costs the reader', () => {
    const later = { start: at('2027-01-12T17:00:00Z'), end: at('2027-01-12T17:30:00Z') };
    const periods = ['2027-W01', '2027-W02'] as const;
    const swap: Ask = { kind: 'swap', of: idOf('ben'), periods, parts: [HALF_HOUR, later] };
    expect(told(swap, 'ana')).toBe(
      'Ben Okafor would like to exchange turns: 2027-W01 at Tue 5 Jan 08:00 (America/Los_Angeles) and 2027-W02 at Tue 12 Jan 09:00 (America/Los_Angeles). You would bear 4 points and 0 points.',
    );
  });
});

describe('a relaxation', () => {
  it('is told in the reader’s time, with the points of those who would be there', () => {
    expect(told(relaxed(), 'ana')).toContain(
      'then Tue 5 Jan 08:00 (America/Los_Angeles) would do, for 9 points. You would bear 9 points.',
    );
    expect(told(relaxed(), 'chiara')).not.toContain('You would bear');
  });

  it('says who cannot come, where that is why it is asked', () => {
    const ask = { ...relaxed(), declined: { by: [BEN.id], time: HALF_HOUR } };
    expect(told(ask, 'ana')).toMatch(
      /^Ben Okafor cannot come to the check-in of .*, and no other time fits\. /,
    );
  });

  it('shows the event that is to be moved to whose it is alone, in their time', () => {
    const ask = relaxed({ kind: 'move-event', asks: [ANA.id], moves: HALF_HOUR });
    expect(told(ask, 'ana')).toContain('It is what you have from Tue 5 Jan 08:00 (America/Los_Angeles) to');
    expect(told(ask, 'ben')).not.toContain('It is what you have');
  });
});

describe('a question that has lapsed', () => {
  const outcomeAfter = (...yes: readonly string[]) =>
    outcomeSentence({ asks: ALL, replies: new Map(yes.map((first) => [idOf(first), 'yes'])) }, 'lapsed');

  it('says whether nobody, or not everybody, answered in time', () => {
    expect(outcomeAfter()).toBe('Nobody answered in time, which counts as a no.');
    expect(outcomeAfter('ana')).toBe('Not everybody answered in time, which counts as a no.');
    expect(outcomeAfter('ana', 'ben', 'chiara')).toBe('Everybody agreed, but too late for it to be held.');
  });
});
