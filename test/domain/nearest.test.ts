import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';

const ZONES = ['Europe/Berlin', 'Europe/Dublin', 'Asia/Tokyo', 'UTC'];

describe('what was probably meant', () => {
  it.each([
    ['Europe/Berln', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Europe/Brelin', 'Europe/Berlin'],
    ['Asia/Tokio', 'Asia/Tokyo'],
    ['UCT', 'UTC'],
  ])('by %s is %s', (word, name) => expect(nearest(word, ZONES)).toBe(name));

  it('is nothing where nothing is near', () => {
    expect(nearest('America/Los_Angeles', ZONES)).toBeUndefined();
    expect(nearest('', ZONES)).toBeUndefined();
    expect(nearest('word', [])).toBeUndefined();
  });
});
