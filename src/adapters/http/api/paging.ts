// Lists, a page at a time. A cursor says after which entry the next page begins; what it holds is nobody's concern but ours.

import { z } from 'zod';
import { Wrong } from '../../../flows/words.ts';
import { reader, says, strict, text } from './fields.ts';

const [MOST, USUAL] = [100, 50];

/** Where a page begins, and how many entries it has. */
export type Paging = { readonly cursor?: string | undefined; readonly limit: number };

const cursor = text(readCursor, {
  example: 'PjIwMjctVzAx',
  description: 'The `next` of the page before. The first page is without it.',
  longest: 400,
}).optional();

/** A text in the address, and for whoever asks a number. */
const limit = z
  .string({ error: says(`a whole number from 1 to ${MOST}`) })
  .meta({
    description: `How many entries, 1 to ${MOST}.`,
    override: { type: 'integer', minimum: 1, maximum: MOST, default: USUAL, examples: [USUAL] },
  })
  .transform(reader(readLimit))
  .default(USUAL);

/** The query of a list; `more` are fields of its own. */
export function pagingWith<Shape extends z.ZodRawShape>(more: Shape) {
  return strict({ ...more, cursor, limit });
}

export const pagingAlone = pagingWith({});

function readLimit(written: string): number | Wrong {
  const count = /^\d{1,3}$/.test(written) ? Number(written) : 0;
  return count >= 1 && count <= MOST ? count : new Wrong(`is no whole number from 1 to ${MOST}`);
}

/** Before the key of the last entry, so that any other text is seen to be no cursor. */
const MARK = '>';

function readCursor(written: string): string | Wrong {
  const key = Buffer.from(written, 'base64url').toString();
  if (key.startsWith(MARK) && cursorOf(key.slice(1)) === written) return key.slice(1);
  return new Wrong('is no cursor that was given here: leave it out to begin with the first page');
}

function cursorOf(key: string): string {
  return Buffer.from(MARK + key).toString('base64url');
}

export type Page<Item> = { items: Item[]; next: string | null };

/** The page; `keyOf` gives each entry a text of its own, by which they are sorted. */
export function pageOf<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  { cursor: after, limit: count }: Paging,
): Page<Item> {
  const keyed = all.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rest = after === undefined ? keyed : keyed.filter(({ key }) => key > after);
  const items = rest.slice(0, count);
  return {
    items: items.map(({ item }) => item),
    next: rest.length > count ? cursorOf(items.at(-1)!.key) : null,
  };
}

/** A number as a text that sorts like it. */
export function sortable(number: number): string {
  return String(number).padStart(16, '0');
}

/** The other way round: the highest first. */
export function sortableDown(number: number): string {
  return sortable(Number.MAX_SAFE_INTEGER - number);
}

/** The answer of a list. */
export function pages<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one.' }),
  });
}
