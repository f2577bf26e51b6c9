// Whoever is called anew is so wherever an invitation names them, and nothing else in it changes.

import { describe, expect, it } from 'vitest';
import type { Occurrence, Rule } from '../../src/domain/planner/plan.ts';
import { describeInvite } from '../../src/views/invite.ts';
import { renamedInvite } from '../../src/views/renamed-invite.ts';
import { at, idOf, occurrence, partnership, pointsFor } from '../support/builders.ts';
import { ANA, BEN, CHIARA } from '../support/cast.ts';

const limits = (['reachable', 'busy', 'focus', 'away', 'elsewhere'] as const).map(
  (kind): Rule => ({ kind, partner: idOf('ana') }),
);
const agreements = (['rotating-absence', 'two-halves', 'swap'] as const).map(
  (to): Rule => ({ kind: 'agreed', to }),
);
const others = (
  ['notice', 'pinned', 'published', 'fixed-time', 'fairness', 'least-burden', 'spread', 'calm'] as const
).map((kind): Rule => ({ kind }));
const rules = [...limits, ...agreements, ...others, { kind: 'earliest' }, { kind: 'hard-limits' }] as const;

const start = at('2027-01-06T06:30:00Z');
const insteads = [
  undefined,
  { start, burdens: pointsFor({ ana: 40, ben: 5, chiara: 0 }) },
  { start, burdens: pointsFor({ ana: 1, ben: 0, chiara: 70 }) },
  { start, burdens: pointsFor({ ana: 0, ben: 0, chiara: 0 }) },
];
const attendances = [
  { ana: 9, ben: 0, chiara: 3 },
  { ana: 9, ben: 9, chiara: 9 },
  { ana: 0, ben: 9, chiara: 9 },
  { ana: 0, ben: 0, chiara: 0 },
  { ben: 4, chiara: 9 },
];

function* everyInvitation(): Generator<Occurrence> {
  for (const rule of rules)
    for (const instead of insteads)
      for (const points of attendances)
        for (const host of ['ana', 'ben']) {
          const reason = { rule, ...(instead && { instead }) };
          yield occurrence({ host: idOf(host), burdens: pointsFor(points), reason });
        }
}

const described = (ana: string, ben: string, of: Occurrence) =>
  describeInvite(partnership({ partners: [CHIARA, { ...ANA, name: ana }, { ...BEN, name: ben }] }), of);

/** Names that stand elsewhere in an invitation, too, or would mean something else in a pattern. */
const NAMES = ['Jan', 'Wed', 'Host', 'that', 'points', 'A. (B) [c] $1 \\ | "Q"'];

describe('a renamed invitation', () => {
  it.each(NAMES)('is as if it had been written so, for %s', (name) => {
    const renaming = {
      from: ['Old', name],
      email: ANA.email,
      to: 'Somebody $1',
      others: ['Ben', CHIARA.name],
    };
    for (const of of everyInvitation())
      expect(renamedInvite(described(name, 'Ben', of), renaming)).toBe(described('Somebody $1', 'Ben', of));
  });

  it('leaves a namesake as they stand', () => {
    const renaming = { from: ['Ben', 'Jan'], email: ANA.email, to: 'Somebody', others: ['Ben'] };
    for (const of of everyInvitation()) {
      const text = described('Ben', 'Ben', of);
      const renamed = renamedInvite(text, renaming);
      expect(renamed).toBe(text.replaceAll(`Ben (${ANA.email})`, 'Somebody'));
      expect(renamedInvite(described('Ana', 'Ben', of), renaming)).toBe(described('Ana', 'Ben', of));
    }
  });

  it('keeps longer names that begin or end alike', () => {
    const renaming = { from: ['Ann'], email: ANA.email, to: 'Somebody', others: ['Mary Ann'] };
    for (const of of everyInvitation())
      expect(renamedInvite(described('Ann', 'Mary Ann', of), renaming)).toBe(
        described('Somebody', 'Mary Ann', of),
      );
  });
});
