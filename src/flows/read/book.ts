// The book of a partnership for its readers: the ledger step by step, and the record of the cadence.

import {
  CORRECTION_WINDOW,
  closingsIn,
  correctorsIn,
  type Entry,
  ledgerFrom,
  numberIn,
  recordOf,
} from '../../domain/fairness/book.ts';
import type { Closing } from '../../domain/fairness/closing.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { plus } from '../../domain/time/instant.ts';
import { placeOf } from '../../views/pages/check-in.ts';
import type { LedgerStep, LedgerView } from '../../views/pages/ledger.ts';
import type { Correctable, RecordView } from '../../views/pages/record.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

type ReadingWorld = Pick<World, 'clock' | 'database'>;

export async function readLedger(
  { partnership: id }: AuthorizedPartner<'read'>,
  { database }: ReadingWorld,
): Promise<LedgerView> {
  const { name, people } = await readInWords(id, database);
  const entries = await database.book.entries(id);
  const joined = entries.filter((entry) => entry.kind === 'joined');
  return { id, name, people, ledger: ledgerFrom(entries), steps: ledgerSteps(entries), joined };
}

/** The ledger after each period, in their order. */
export function ledgerSteps(entries: readonly Entry[]): LedgerStep[] {
  const closings = closingsIn(entries);
  const before = (closing: Closing) =>
    entries.filter((entry) =>
      entry.kind === 'joined' ? entry.from <= closing.first : entry.closing.first <= closing.first,
    );
  return closings.map((closing) => ({ closing, after: ledgerFrom(before(closing)) }));
}

export async function readRecord(
  { person, partnership: id }: AuthorizedPartner<'read'>,
  { clock, database }: ReadingWorld,
): Promise<RecordView> {
  const { name, people, partnership } = await readInWords(id, database);
  const entries = await database.book.entries(id);
  const closings = closingsIn(entries);
  const recent = closings.filter(({ postedAt }) => clock() <= plus(postedAt, CORRECTION_WINDOW));
  const correctable: Correctable[] = [];
  for (const closing of recent) {
    const expected = await expectedIn(id, closing, database);
    const until = plus(closing.postedAt, CORRECTION_WINDOW);
    const number = numberIn(entries, closing.period);
    if (expected.length > 1) correctable.push({ closing, number, expected, until });
  }
  const { zone } = placeOf(partnership, person);
  return {
    id,
    name,
    zone,
    people,
    record: recordOf(closings),
    closings: closings.toReversed(),
    correctors: correctorsIn(entries),
    correctable,
  };
}

/** Who had a place in the check-in of a period, whether they came or not. */
async function expectedIn(
  id: string,
  { period }: Closing,
  { occurrences }: Pick<World['database'], 'occurrences'>,
): Promise<PartnerId[]> {
  const kept = await occurrences.ofPeriod(id, period);
  const held = kept.filter(({ item }) => item.status === 'CONFIRMED');
  return [...new Set(held.flatMap(({ occurrence }) => [...occurrence.burdens.keys()]))];
}
