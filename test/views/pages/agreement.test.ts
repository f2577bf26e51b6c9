import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/domain/agreement/draft.ts';
import { type AgreementView, agreementPage } from '../../../src/views/pages/agreement.ts';
import { fingerprint } from '../../../src/views/pages/agreement-text.ts';
import { at, day, idOf, partnership } from '../../support/builders.ts';
import { ANA } from '../../support/cast.ts';
import { terms } from '../../support/run-world.ts';
import { words } from './words.ts';

const NOW = at('2027-02-01T09:00:00Z');
const HASH = '0123456789abcdef'.repeat(4);

function version(number: number, from: string) {
  return {
    version: number,
    terms: terms(),
    hash: HASH,
    from: day(from),
    signatures: new Map([[idOf('ana'), { at: NOW, hash: HASH }]]),
  };
}

const VIEW: AgreementView = {
  id: 'p1',
  name: 'Harbour',
  reader: idOf('ana'),
  zone: ANA.zone,
  today: day('2027-02-01'),
  people: partnership(),
  signed: [version(1, '2027-01-04')],
  ended: [],
};

const DRAFT: Draft = { version: 2, terms: terms(), hash: HASH, changedAt: NOW, signatures: new Map() };

describe('the page of an agreement', () => {
  it('shows beside what is in force what will be', async () => {
    const text = await words(
      agreementPage({ ...VIEW, signed: [...VIEW.signed, version(2, '2027-02-08')] }).body,
    );
    expect(text).toContain('Version 2, signed by all It counts from Mon 8 Feb 2027 on.');
    expect(text).toContain('Version 1, in force It counts since Mon 4 Jan 2027.');
    expect(text).toContain('Draft a new version');
    expect(text).toContain(
      'Before Version 1 : Signed by all. It counts from Mon 4 Jan 2027 until Mon 8 Feb 2027.',
    );
  });

  it('says of a version that was replaced before its first day that it never counted', async () => {
    const signed = [version(1, '2027-01-04'), version(2, '2027-01-04')];
    expect(await words(agreementPage({ ...VIEW, signed }).body)).toContain(
      'Before Version 1 : Signed by all, and replaced before its first day came.',
    );
  });

  it('lets the lines of a zone end where its parts do', async () => {
    expect(String(await agreementPage(VIEW).body)).toContain('<td>America/<wbr>Los_<wbr>Angeles</td>');
  });

  it('offers nobody to sign a draft that has lapsed', async () => {
    const draft = {
      draft: DRAFT,
      changedBy: idOf('ben'),
      signers: [idOf('ana')],
      warnings: [],
      obstacles: [],
      from: day('2027-02-08'),
    };
    const lapsed = await words(
      agreementPage({ ...VIEW, draft: { ...draft, standing: { kind: 'lapsed' } } }).body,
    );
    expect(lapsed).toContain('This draft has lapsed.');
    expect(lapsed).not.toContain('Sign version');
    const open = { kind: 'open', missing: [idOf('ana')], lapsesAt: NOW } as const;
    expect(await words(agreementPage({ ...VIEW, draft: { ...draft, standing: open } }).body)).toContain(
      'I agree to version 2, with the fingerprint 0123 4567 89ab',
    );
  });

  it('counts a signature under another text as none', async () => {
    const signatures = new Map([[idOf('ben'), { at: NOW, hash: 'f'.repeat(64) }]]);
    const draft = {
      draft: { ...DRAFT, signatures },
      changedBy: idOf('ben'),
      signers: [idOf('ben')],
      warnings: [],
      obstacles: [],
      from: day('2027-02-08'),
    };
    const standing = { kind: 'open', missing: [idOf('ben')], lapsesAt: NOW } as const;
    expect(await words(agreementPage({ ...VIEW, draft: { ...draft, standing } }).body)).toContain(
      'Signatures Ben Okafor not yet',
    );
  });
});

describe('a fingerprint', () => {
  it('is the beginning of the hash, in groups to be compared by eye', () => {
    expect(fingerprint(HASH)).toBe('0123 4567 89ab');
  });
});
