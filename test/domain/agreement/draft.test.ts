// A draft on its way to being in force.

import { describe, expect, it } from 'vitest';
import {
  beginningOf,
  DRAFT_LIFE,
  type Draft,
  signersOf,
  sinceOf,
  standingOf,
} from '../../../src/domain/agreement/draft.ts';
import type { InForce } from '../../../src/domain/agreement/terms.ts';
import { plus } from '../../../src/domain/time/instant.ts';
import { formatDate } from '../../../src/domain/time/plain-date.ts';
import { at, day } from '../../support/builders.ts';
import { ANA, BEN, CHIARA, zoneOf } from '../../support/cast.ts';
import { checkIn, inForce, partnerTerms, terms } from '../../support/run-world.ts';

const CHANGED = at('2027-01-05T10:00:00Z');

function draft(changes: Partial<Draft> = {}): Draft {
  return { version: 1, terms: terms(), hash: 'h1', changedAt: CHANGED, signatures: new Map(), ...changes };
}

function signature(hash = 'h1') {
  return { at: CHANGED, hash };
}

describe('whose signatures a draft needs', () => {
  const everybody = new Set([ANA.id, BEN.id, CHIARA.id]);

  it('are those of everybody in it', () => {
    expect(signersOf(terms([ANA, BEN]), undefined, everybody)).toEqual([ANA.id, BEN.id]);
  });

  it('are also those of whom it leaves out', () => {
    const leftOut = terms([ANA, BEN]);
    expect(signersOf(leftOut, terms([ANA, BEN, CHIARA]), everybody)).toEqual([ANA.id, BEN.id, CHIARA.id]);
  });

  it('are not those of who has left', () => {
    expect(signersOf(terms([ANA, BEN]), terms([ANA, BEN, CHIARA]), new Set([ANA.id, BEN.id]))).toEqual([
      ANA.id,
      BEN.id,
    ]);
  });
});

describe('a draft', () => {
  const signers = [ANA.id, BEN.id];

  it('is open while somebody has not signed', () => {
    const one = draft({ signatures: new Map([[ANA.id, signature()]]) });
    expect(standingOf(one, signers, CHANGED)).toMatchObject({ kind: 'open', missing: [BEN.id] });
  });

  it('is signed when all have', () => {
    const both = draft({ signatures: new Map(signers.map((id) => [id, signature()])) });
    expect(standingOf(both, signers, CHANGED)).toEqual({ kind: 'signed' });
  });

  it('is not signed by a signature on another text', () => {
    const other = draft({ signatures: new Map(signers.map((id) => [id, signature('h0')])) });
    expect(standingOf(other, signers, CHANGED)).toMatchObject({ kind: 'open', missing: signers });
  });

  it('lapses 14 days after its text was last changed, and not a moment sooner', () => {
    expect(standingOf(draft(), signers, plus(CHANGED, DRAFT_LIFE - 1)).kind).toBe('open');
    expect(standingOf(draft(), signers, plus(CHANGED, DRAFT_LIFE)).kind).toBe('lapsed');
  });
});

describe('the first day of terms', () => {
  const now = at('2027-01-13T10:00:00Z');
  const standing = (changes: Partial<InForce> = {}): InForce => inForce(terms(), changes);

  it.each([
    ['1w', '2027-01-18'],
    ['2w', '2027-01-18'],
    ['1mo', '2027-02-01'],
  ] as const)('is the next beginning where nothing is in force: %s', (rhythm, expected) => {
    expect(formatDate(beginningOf(terms(undefined, { checkIn: checkIn({ rhythm }) }), undefined, now))).toBe(
      expected,
    );
  });

  it('is the next period where the rhythm stays', () => {
    expect(formatDate(beginningOf(terms(), standing(), now))).toBe('2027-01-18');
  });

  it('keeps the parity of two-week periods', () => {
    const two = terms(undefined, { checkIn: checkIn({ rhythm: '2w' }) });
    const running = inForce(two, { from: day('2027-01-04'), since: day('2027-01-04') });
    expect(formatDate(beginningOf(two, running, now))).toBe('2027-01-18');
    expect(formatDate(beginningOf(two, running, at('2027-01-19T10:00:00Z')))).toBe('2027-02-01');
    expect(sinceOf(two, running, day('2027-02-01'))).toBe(running.since);
  });

  it('waits for a beginning by both rhythms where it changes', () => {
    const monthly = terms(undefined, { checkIn: checkIn({ rhythm: '1mo' }) });
    expect(formatDate(beginningOf(monthly, standing(), now))).toBe('2027-02-01');
    const running = inForce(monthly, { from: day('2027-01-01'), since: day('2027-01-01') });
    expect(formatDate(beginningOf(terms(), running, now))).toBe('2027-02-01');
    expect(formatDate(beginningOf(terms(), running, at('2027-02-10T10:00:00Z')))).toBe('2027-03-01');
  });

  it('is the Monday after the month begins where that is none', () => {
    const monthly = terms(undefined, { checkIn: checkIn({ rhythm: '1mo' }) });
    const running = inForce(monthly, { from: day('2027-03-01'), since: day('2027-03-01') });
    expect(formatDate(beginningOf(terms(), running, at('2027-03-20T10:00:00Z')))).toBe('2027-04-05');
  });

  it('is not before the first day of what was signed but has not begun', () => {
    const later = standing({ from: day('2027-02-01') });
    expect(formatDate(beginningOf(terms(), later, now))).toBe('2027-02-01');
  });

  it('is by the day of the anchor zone', () => {
    const auckland = terms(undefined, { anchor: zoneOf('Pacific/Auckland') });
    expect(formatDate(beginningOf(auckland, undefined, at('2027-01-17T12:00:00Z')))).toBe('2027-01-25');
    expect(formatDate(beginningOf(auckland, undefined, at('2027-01-17T10:00:00Z')))).toBe('2027-01-18');
  });

  it('is over the year', () => {
    expect(formatDate(beginningOf(terms(), inForce(), at('2027-12-30T10:00:00Z')))).toBe('2028-01-03');
  });
});

it('terms are those of the partners given', () => {
  expect(terms([ANA]).partners).toEqual([partnerTerms(ANA)]);
});
