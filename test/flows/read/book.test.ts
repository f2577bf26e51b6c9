import { describe, expect, it } from 'vitest';
import { type Entry, ledgerFrom } from '../../../src/domain/fairness/book.ts';
import { ledgerSteps } from '../../../src/flows/read/book.ts';
import { at, day, idOf, pointsFor } from '../../support/builders.ts';

function held(first: string, points: Record<string, number>): Entry {
  const present = pointsFor(points);
  const base = { period: first, first: day(first), postedAt: at('2027-01-20T00:00:00Z'), absent: [] };
  return {
    kind: 'closing',
    closing: { ...base, kind: 'held', present, host: [...present.keys()][0]!, moved: false },
  };
}

const ENTRIES: readonly Entry[] = [
  { kind: 'joined', partner: idOf('ana'), from: day('2027-01-04') },
  { kind: 'joined', partner: idOf('ben'), from: day('2027-01-04') },
  held('2027-01-04', { ana: 10, ben: 0 }),
  { kind: 'joined', partner: idOf('chiara'), from: day('2027-01-11') },
  held('2027-01-11', { ana: 0, ben: 20, chiara: 0 }),
];

describe('the ledger step by step', () => {
  it('has who took part then, fading and added up, and ends where the ledger is', () => {
    const steps = ledgerSteps(ENTRIES).map(({ after }) => Object.fromEntries(after));
    expect(steps).toEqual([
      { [idOf('ana')]: 10_000, [idOf('ben')]: 0 },
      // Chiara begins at the median of 10 and 0, which then fades with the rest.
      { [idOf('ana')]: 9_737, [idOf('ben')]: 20_000, [idOf('chiara')]: 4_868 },
    ]);
    expect(steps.at(-1)).toEqual(Object.fromEntries(ledgerFrom(ENTRIES)));
  });

  it('has a correction in place of what it corrects', () => {
    const corrected: Entry = { ...held('2027-01-04', { ana: 2, ben: 0 }), kind: 'correction' } as Entry;
    expect(ledgerSteps([...ENTRIES, corrected]).map(({ after }) => after.get(idOf('ana')))).toEqual([
      2_000, 1_947,
    ]);
  });
});
