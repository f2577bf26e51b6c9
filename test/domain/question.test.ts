// Questions with a deadline, on which silence is a no.

import { describe, expect, it } from 'vitest';
import { deadlineFor, isTimely, outcomeOf, type Question } from '../../src/domain/question.ts';
import { formatInstant, plus } from '../../src/domain/time/instant.ts';
import { at } from '../support/builders.ts';
import { ANA, BEN } from '../support/cast.ts';

const ASKED = at('2027-01-04T08:00:00Z');
const TIME = { start: at('2027-01-28T16:00:00Z'), end: at('2027-01-28T16:30:00Z') };

function question(changes: Partial<Question> = {}): Question {
  return {
    id: 'q',
    key: 'k',
    period: '2027-W04',
    ask: { kind: 'time', because: 'partner', of: ANA.id, time: TIME },
    asks: [ANA.id, BEN.id],
    askedAt: ASKED,
    deadline: at('2027-01-11T16:00:00Z'),
    replies: new Map(),
    ...changes,
  };
}

describe('a question', () => {
  const { deadline } = question();

  it('is open until all have answered or its deadline comes', () => {
    expect(outcomeOf(question(), plus(deadline, -1))).toBeUndefined();
    expect(outcomeOf(question({ replies: new Map([[ANA.id, 'yes']]) }), plus(deadline, -1))).toBeUndefined();
  });

  it('that nobody answered is a no', () => {
    expect(outcomeOf(question(), deadline)).toBe('lapsed');
  });

  it('is refused with the first no, whoever else agreed', () => {
    expect(
      outcomeOf(
        question({
          replies: new Map([
            [ANA.id, 'no'],
            [BEN.id, 'yes'],
          ]),
        }),
        ASKED,
      ),
    ).toBe('refused');
  });

  it('is agreed to when all whom it asks have said yes', () => {
    expect(
      outcomeOf(
        question({
          replies: new Map([
            [ANA.id, 'yes'],
            [BEN.id, 'yes'],
          ]),
        }),
        ASKED,
      ),
    ).toBe('agreed');
  });

  it('keeps the outcome that it has', () => {
    expect(outcomeOf(question({ outcome: 'moot' }), ASKED)).toBe('moot');
  });
});

describe('the deadline', () => {
  it('is 48 working hours of those whom it asks', () => {
    expect(formatInstant(deadlineFor([BEN], ASKED, at('2027-03-01T16:00:00Z')))).toBe('2027-01-11T16:00:00Z');
  });

  it('is by the hours of whoever has them last', () => {
    const both = deadlineFor([BEN, ANA], ASKED, at('2027-03-01T16:00:00Z'));
    expect(formatInstant(both)).toBe('2027-01-12T01:00:00Z');
  });

  it('is half of the time that is left where that is sooner', () => {
    expect(formatInstant(deadlineFor([BEN], ASKED, at('2027-01-08T08:00:00Z')))).toBe('2027-01-06T08:00:00Z');
  });

  it('is never before now', () => {
    expect(deadlineFor([BEN], ASKED, plus(ASKED, -1))).toBe(ASKED);
  });
});

describe('what is asked', () => {
  it('makes sense until it begins', () => {
    expect(isTimely(question().ask, plus(TIME.start, -1))).toBe(true);
    expect(isTimely(question().ask, TIME.start)).toBe(false);
  });
});
