// A partnership file with some partners left out: they are not planned for, and never taken for free.

import { nearest } from '../domain/nearest.ts';
import { partnerIdOf } from '../domain/partner.ts';
import type { PartnershipFile, Remark } from './partnership-file.ts';
import { shown } from './show-safely.ts';

export type Reduced =
  | { readonly kind: 'reduced'; readonly file: PartnershipFile }
  | { readonly kind: 'wrong'; readonly problems: readonly Remark[] };

/** The file without the partners of these addresses; at least two must remain. */
export function withoutPartners(file: PartnershipFile, emails: readonly string[]): Reduced {
  const { partnership } = file;
  const out = new Set(emails.map(partnerIdOf));
  const known = partnership.partners.map(({ id }) => id);
  const strangers = [...out].filter((id) => !known.includes(id));
  if (strangers.length > 0) return wrong(strangers.map((id) => strangerSentence(id, known)));
  const partners = partnership.partners.filter(({ id }) => !out.has(id));
  if (partners.length < 2)
    return wrong([`leaves ${partners.length === 1 ? 'one partner' : 'nobody'}: a check-in needs two`]);
  const ledger = new Map([...partnership.ledger].filter(([id]) => !out.has(id)));
  return { kind: 'reduced', file: { ...file, partnership: { ...partnership, partners, ledger } } };
}

function strangerSentence(id: string, known: readonly string[]): string {
  const near = nearest(id, known);
  return `no partner has the address ${shown(id)}: ${near ? `did you mean ${near}?` : `write one of ${known.join(', ')}`}`;
}

function wrong(messages: readonly string[]): Reduced {
  return { kind: 'wrong', problems: messages.map((message) => ({ where: '', field: '--without', message })) };
}
