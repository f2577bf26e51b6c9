// The book of a partnership as JSON: with every entry, so that anybody can recompute the ledger.

import { type CadenceRecord, type Entry, ledgerFrom } from '../../domain/fairness/book.ts';
import type { Closing, WhyNot } from '../../domain/fairness/closing.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';
import { formatDate } from '../../domain/time/plain-date.ts';
import { pointsResource } from './values.ts';

/** What everybody has borne after all entries: thousandths of a point, as the rule computes them. */
export function ledgerResource(entries: readonly Entry[]) {
  return [...ledgerFrom(entries)].map(([person, thousandths]) => ({ person, thousandths }));
}

/** An entry; `number` is its place in the book, from 1. */
export type NumberedEntry = Entry & { readonly number: number; readonly postedAt: Instant };

export function entryResource(entry: NumberedEntry) {
  const { number, kind } = entry;
  return {
    number,
    kind,
    postedAt: formatInstant(entry.postedAt),
    by: (entry.kind === 'correction' && entry.by) || null,
    joined: entry.kind === 'joined' ? { person: entry.partner, from: formatDate(entry.from) } : null,
    closing: entry.kind === 'joined' ? null : closingResource(entry.closing),
  };
}

export function closingResource(closing: Closing) {
  const isHeld = closing.kind === 'held';
  return {
    period: closing.period,
    first: formatDate(closing.first),
    outcome: closing.kind,
    postedAt: formatInstant(closing.postedAt),
    present: isHeld ? pointsResource(closing.present) : [],
    absent: [...closing.absent],
    host: isHeld ? closing.host : null,
    moved: isHeld && closing.moved,
    agreed: (isHeld && closing.agreed) || null,
    reasons: isHeld ? [] : closing.reasons.map(reasonResource),
  };
}

function reasonResource(reason: WhyNot) {
  return {
    kind: reason.kind,
    person: 'partner' in reason ? reason.partner : null,
    relaxation: 'relaxation' in reason ? reason.relaxation : null,
  };
}

export function recordResource({ held, moved, missed, away, streak, attendance }: CadenceRecord) {
  return {
    held,
    moved,
    missed,
    away,
    streak,
    attendance: [...attendance].map(([person, { present, of }]) => ({ person, present, of })),
  };
}
