import { describe, expect, it } from 'vitest';
import { nameOf, shortNameOf } from '../../src/views/people.ts';
import { idOf } from '../support/builders.ts';
import { ANA, BEN } from '../support/cast.ts';

const people = (ana: string, ben: string) => ({
  partners: [
    { ...ANA, name: ana },
    { ...BEN, name: ben },
  ],
});

describe('the short name of a partner', () => {
  it.each([
    ['Ana Duarte', 'Ben Okafor', 'Ana'],
    ['Jean-Luc Petit', 'Ben Okafor', 'Jean-Luc'],
    ['千秋 林', 'Ben Okafor', '千秋'],
    ['Ana, D; "Q"', 'Ben Okafor', 'Ana, D; "Q"'],
    ['Dr. Ana Duarte', 'Ben Okafor', 'Dr. Ana Duarte'],
    ['Ana Duarte', 'Ana Okafor', 'Ana Duarte'],
    ['Ana', 'Ana', 'Ana (ana@example.com)'],
  ])('of %s beside %s is %s', (ana, ben, short) => {
    expect(shortNameOf(people(ana, ben), idOf('ana'))).toBe(short);
  });
});

describe('the name of a partner', () => {
  it('has the address where another has the same name', () => {
    expect(nameOf(people('Ana', 'Ana'), idOf('ben'))).toBe('Ana (ben@example.com)');
    expect(nameOf(people('Ana', 'Ben'), idOf('ben'))).toBe('Ben');
  });
});
