// Letters that are no invitations: why a check-in was missed, and in whose time.

import { describe, expect, it } from 'vitest';
import type { WhyNot } from '../../src/domain/fairness/closing.ts';
import { noticeLetter } from '../../src/views/mail/notice-letter.ts';
import { readerIn } from '../../src/views/question.ts';
import { at, day, idOf, partnership } from '../support/builders.ts';

const GROUP = partnership();
const HEAD = { partnership: 'Harbour', page: 'https://turnabout.example.com/partnerships/p1' };
const ANA = readerIn(GROUP, idOf('ana'));

function missed(...reasons: readonly WhyNot[]): string {
  const at0 = at('2027-01-11T00:00:00Z');
  const base = { period: '2027-W01', first: day('2027-01-04'), postedAt: at0, absent: [] };
  return noticeLetter({ ...HEAD, kind: 'missed', closing: { ...base, kind: 'missed', reasons }, to: ANA })
    .text;
}

describe('the letter about a missed check-in', () => {
  it('names what was refused and what was not answered', () => {
    expect(
      missed(
        { kind: 'refused', relaxation: 'another-day' },
        { kind: 'lapsed', relaxation: 'shorter' },
        { kind: 'lapsed', relaxation: 'two-halves' },
      ),
    ).toContain(
      'It is recorded as missed: another day of the same period was refused, a shorter call was not agreed to in time and meeting in two halves was not agreed to in time.',
    );
  });

  it('names who was not there', () => {
    expect(missed({ kind: 'not-there', partner: idOf('ben') })).toContain('Ben Okafor was not there.');
  });
});

describe('the letter that asks', () => {
  it('tells the deadline in the reader’s own time', () => {
    const time = { start: at('2027-01-05T16:00:00Z'), end: at('2027-01-05T16:30:00Z') };
    const question = {
      id: 'q1',
      key: 'k1',
      period: '2027-W01',
      ask: { kind: 'time', because: 'declined', of: idOf('ben'), time } as const,
      asks: [idOf('ana'), idOf('ben')],
      askedAt: at('2027-01-01T09:00:00Z'),
      deadline: at('2027-01-03T09:00:00Z'),
      replies: new Map(),
    };
    const { text } = noticeLetter({ ...HEAD, kind: 'asked', question, to: ANA });
    expect(text).toContain('You are asked until Sun 3 Jan 01:00 (America/Los_Angeles); no answer is a no.');
    expect(text).not.toContain('Europe/Berlin');
  });
});
