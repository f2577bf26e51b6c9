// The book of a partnership, and what follows from it.

import { describe, expect, it } from 'vitest';
import { closingsIn, type Entry, ledgerFrom, recordOf } from '../../../src/domain/fairness/book.ts';
import type { Closing } from '../../../src/domain/fairness/closing.ts';
import { addDays } from '../../../src/domain/time/plain-date.ts';
import { at, day, pointsFor } from '../../support/builders.ts';
import { ANA, BEN, CHIARA } from '../../support/cast.ts';

const POSTED = at('2027-01-05T17:00:00Z');

function held(
  week: number,
  present: Readonly<Record<string, number>>,
  changes: Partial<Closing> = {},
): Closing {
  return {
    kind: 'held',
    period: `2027-W${week}`,
    first: addDays(day('2027-01-04'), 7 * (week - 1)),
    postedAt: POSTED,
    present: pointsFor(present),
    absent: [],
    host: BEN.id,
    moved: false,
    ...changes,
  } as Closing;
}

function closing(of: Closing): Entry {
  return { kind: 'closing', closing: of };
}

function joined(partner: typeof ANA, from = '2027-01-04'): Entry {
  return { kind: 'joined', partner: partner.id, from: day(from) };
}

describe('the ledger of a book', () => {
  it('adds what was held, and fades once per period', () => {
    const book = [
      joined(ANA),
      joined(BEN),
      closing(held(1, { ana: 9, ben: 0 })),
      closing(held(2, { ana: 0, ben: 6 })),
    ];
    expect(ledgerFrom(book)).toEqual(
      new Map([
        [ANA.id, 8_763],
        [BEN.id, 6_000],
      ]),
    );
  });

  it('fades over a period that was missed', () => {
    const missed: Closing = {
      kind: 'missed',
      period: '2027-W2',
      first: day('2027-01-11'),
      postedAt: POSTED,
      absent: [],
      reasons: [],
    };
    const book = [joined(ANA), joined(BEN), closing(held(1, { ana: 9, ben: 0 })), closing(missed)];
    expect(ledgerFrom(book).get(ANA.id)).toBe(8_763);
  });

  it('credits who was absent with the mean of those present', () => {
    const book = [
      joined(ANA),
      joined(BEN),
      joined(CHIARA),
      closing(held(1, { ana: 9, ben: 4 }, { absent: [CHIARA.id] })),
    ];
    expect(ledgerFrom(book).get(CHIARA.id)).toBe(6_500);
  });

  it('starts a newcomer at the median of the others', () => {
    const book = [
      joined(ANA),
      joined(BEN),
      closing(held(1, { ana: 10, ben: 4 })),
      joined(CHIARA, '2027-01-11'),
    ];
    expect(ledgerFrom(book).get(CHIARA.id)).toBe(7_000);
  });

  it('takes a correction in the place of what was posted', () => {
    const corrected = held(1, { ana: 9 }, { absent: [BEN.id] });
    const book: Entry[] = [
      joined(ANA),
      joined(BEN),
      closing(held(1, { ana: 9, ben: 5 })),
      { kind: 'correction', closing: corrected },
    ];
    expect(ledgerFrom(book)).toEqual(
      new Map([
        [ANA.id, 9_000],
        [BEN.id, 9_000],
      ]),
    );
    expect(closingsIn(book)).toEqual([corrected]);
  });

  it('can be made anew from the entries in any order of posting', () => {
    const weeks = [3, 1, 2].map((week) => closing(held(week, { ana: week, ben: 10 - week })));
    const inOrder = [1, 2, 3].map((week) => closing(held(week, { ana: week, ben: 10 - week })));
    expect(ledgerFrom([joined(ANA), joined(BEN), ...weeks])).toEqual(
      ledgerFrom([joined(ANA), joined(BEN), ...inOrder]),
    );
  });
});

describe('the record', () => {
  const away: Closing = {
    kind: 'away',
    period: '2027-W3',
    first: day('2027-01-18'),
    postedAt: POSTED,
    absent: [],
    reasons: [],
  };
  const missed: Closing = {
    kind: 'missed',
    period: '2027-W4',
    first: day('2027-01-25'),
    postedAt: POSTED,
    absent: [],
    reasons: [],
  };

  it('counts how periods ended', () => {
    const closings = [
      held(1, { ana: 1, ben: 1 }),
      held(2, { ana: 1, ben: 1 }, { moved: true } as Partial<Closing>),
      away,
      missed,
    ];
    expect(recordOf(closings)).toMatchObject({ held: 2, moved: 1, away: 1, missed: 1, streak: 0 });
  });

  it('has a streak that a period without enough people does not break', () => {
    expect(recordOf([held(1, { ana: 1, ben: 1 }), held(2, { ana: 1, ben: 1 }), away]).streak).toBe(2);
    expect(recordOf([missed, held(5, { ana: 1, ben: 1 })]).streak).toBe(1);
  });

  it('knows who was there how often', () => {
    const closings = [held(1, { ana: 1, ben: 1 }), held(2, { ana: 1, chiara: 1 }, { absent: [BEN.id] })];
    expect(recordOf(closings).attendance).toEqual(
      new Map([
        [ANA.id, { present: 2, of: 2 }],
        [BEN.id, { present: 1, of: 2 }],
        [CHIARA.id, { present: 1, of: 1 }],
      ]),
    );
  });
});
