// What everybody should know of terms before signing them.

import { describe, expect, it } from 'vitest';
import { warnOfTerms } from '../../../src/domain/agreement/check.ts';
import { ANA, BEN, CHIARA } from '../../support/cast.ts';
import { terms } from '../../support/run-world.ts';

const NAMES = new Map([ANA, BEN, CHIARA].map(({ id, name }) => [id, name]));

describe('before signing', () => {
  it('everybody knows who is left out', () => {
    const signers = [ANA.id, BEN.id, CHIARA.id];
    expect(warnOfTerms(terms([ANA, BEN]), signers, NAMES)).toEqual([
      {
        path: 'partners',
        message: `${CHIARA.name} is left out: with these terms in force they are no partner any more`,
      },
    ]);
  });

  it('nothing is said where all who sign stand in the terms', () => {
    expect(warnOfTerms(terms([ANA, BEN]), [ANA.id, BEN.id], NAMES)).toEqual([]);
  });
});
