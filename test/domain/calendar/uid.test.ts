// UIDs: stable, readable, and different for different names.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUidOf, uidOf } from '../../../src/domain/calendar/uid.ts';
import { parseDate } from '../../../src/domain/time/plain-date.ts';
import { anyDate } from '../../support/arbitraries.ts';

const monday = parseDate('2027-01-04')!;

describe('the UID of an occurrence', () => {
  it('stays what it is, because published events are found by it', () => {
    expect(uidOf('Harbour', monday)).toMatchInlineSnapshot(`"harbour-2027-01-04-27d9vjnb5nm4o@turnabout"`);
    expect(uidOf('Søren & Zoë: Weekly', monday)).toMatchInlineSnapshot(
      `"s-ren-zoe-weekly-2027-01-04-2p8nuycw4r6aw@turnabout"`,
    );
  });

  it('differs between names that look alike in letters and digits', () => {
    const names = ['会議', '朝会', 'A B', 'A-B', 'a b', '', '🚢', '⚓'];
    expect(new Set(names.map((name) => uidOf(name, monday))).size).toBe(names.length);
  });

  it('is the same however the accents of a name are encoded', () => {
    expect(uidOf('Zoë'.normalize('NFD'), monday)).toBe(uidOf('Zoë'.normalize('NFC'), monday));
  });

  it('is made of harmless characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyDate, (name, date) => {
        expect(uidOf(name, date)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*@turnabout$/);
      }),
    );
  });

  it('is known as that of its partnership and of no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), anyDate, (name, date) => {
        expect(isUidOf(name, uidOf(name, date))).toBe(true);
        expect(isUidOf(`${name}!`, uidOf(name, date))).toBe(false);
      }),
    );
    expect(isUidOf('Harbour', 'dentist-2027-01-04@example.org')).toBe(false);
  });
});
