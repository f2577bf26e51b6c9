// The text that is signed, and what is shown as changed: the same lines.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differencesBetween, linesOf, signedText } from '../../../src/domain/agreement/wording.ts';
import type { Rotation } from '../../../src/domain/partnership.ts';
import { ANA, BEN, CHIARA, windowsOf, zoneOf } from '../../support/cast.ts';
import { checkIn, partnerTerms, terms } from '../../support/run-world.ts';

describe('the signed text', () => {
  it('holds everything that is agreed, one line each', () => {
    expect(signedText(terms([ANA]))).toBe(
      [
        'name: Harbour',
        'anchor zone: Europe/Berlin',
        'stage: early',
        'check-in: every week',
        'check-in length: 30 minutes',
        'its time changes: only where one fixed time would be unfair',
        'agenda: Personal check-in; Wins; Progress since last time; Blockers; Decisions to confirm; Plan for next week',
        'call: none',
        'planned ahead: 12 weeks',
        'invited ahead: 12 weeks',
        'partner ana@example.com zone: America/Los_Angeles',
        'partner ana@example.com comfortable: Mon-Fri 09:00-17:00',
        'partner ana@example.com reachable: Mon-Fri 07:00-22:00',
        'partner ana@example.com focus: none',
        '',
      ].join('\n'),
    );
  });

  it.each<[Rotation, string]>([
    [{ kind: 'every-time' }, 'every time, so that the odd hours are shared as evenly as can be'],
    [{ kind: 'every', count: 4 }, 'after 4 check-ins at one time'],
    [{ kind: 'monthly' }, 'every month'],
    [{ kind: 'never' }, 'never'],
  ])('says in words when the time changes: %j', (rotation, value) => {
    const lines = linesOf(terms([ANA], { checkIn: checkIn({ rotation }) }));
    expect(lines).toContainEqual({ what: 'its time changes', value });
  });

  it('does not change with a name', () => {
    const renamed = { ...ANA, name: 'Ana Maria Duarte' };
    expect(signedText(terms([renamed]))).toBe(signedText(terms([ANA])));
  });

  it('has lines that are unique', () => {
    const keys = linesOf(terms([ANA, BEN, CHIARA])).map(({ what, partner }) => `${partner} ${what}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('differences', () => {
  it('are everything where nothing was before', () => {
    expect(differencesBetween(undefined, terms())).toHaveLength(linesOf(terms()).length);
  });

  it('are none between the same terms', () => {
    expect(differencesBetween(terms(), terms())).toEqual([]);
  });

  it('name what was and what will be', () => {
    const after = terms([ANA, BEN], { checkIn: checkIn({ minutes: 45, call: 'https://example.com/call' }) });
    expect(differencesBetween(terms([ANA, BEN]), after)).toEqual([
      { what: 'check-in length', before: '30 minutes', after: '45 minutes' },
      { what: 'call', before: 'none', after: 'https://example.com/call' },
    ]);
  });

  it('show who comes and who goes', () => {
    const found = differencesBetween(terms([ANA, BEN]), terms([ANA, CHIARA]));
    expect(
      found.filter(({ partner }) => partner === CHIARA.id).every(({ before }) => before === undefined),
    ).toBe(true);
    expect(found.filter(({ partner }) => partner === BEN.id).every(({ after }) => after === undefined)).toBe(
      true,
    );
    expect(found).toHaveLength(8);
  });

  it('are there exactly where the signed text differs', () => {
    const some = fc.record({
      minutes: fc.constantFrom(15, 30, 45),
      anchor: fc.constantFrom('Europe/Berlin', 'Asia/Kolkata').map(zoneOf),
      focus: fc.constantFrom([], ['Tue 09:00-12:00']),
      people: fc.constantFrom([ANA], [ANA, BEN], [BEN, CHIARA]),
    });
    const made = some.map(({ minutes, anchor, focus, people }) =>
      terms(people, {
        anchor,
        checkIn: checkIn({ minutes }),
        partners: people.map((each) => ({ ...partnerTerms(each), focus: windowsOf(...focus) })),
      }),
    );
    fc.assert(
      fc.property(made, made, (a, b) => {
        const sameLines =
          [...signedText(a).split('\n')].sort().join() === [...signedText(b).split('\n')].sort().join();
        expect(differencesBetween(a, b).length === 0).toBe(sameLines);
      }),
    );
  });
});
