// The ledger, the record, and runs.

import { closingsIn, recordOf } from '../../../../domain/fairness/book.ts';
import { readBookEntries } from '../../../../flows/read/book-entries.ts';
import { readWhatARunWouldDo } from '../../../../flows/read/what-a-run-would-do.ts';
import { askForRun } from '../../../../flows/run/ask-for-run.ts';
import { actionResource } from '../../../../views/resources/action.ts';
import {
  closingResource,
  entryResource,
  ledgerResource,
  recordResource,
} from '../../../../views/resources/book.ts';
import { forPartner } from '../operation.ts';
import { pageOf, pagingAlone, sortable, sortableDown } from '../paging.ts';
import * as schemas from '../schemas/book.ts';

const book = 'Ledger and record';
const runs = 'Runs';

export const bookOperations = [
  forPartner({
    id: 'getLedger',
    method: 'GET',
    path: '/ledger',
    summary: 'What every partner has borne, and from which entries that follows',
    description:
      'For each period in order: everything fades to 0.9737 (rounded down), then those who were there bear their points, and whoever was absent with notice is credited the mean of those, rounded down. A correction takes the place of the entry of its period; who joins starts at the median of the others.',
    tag: book,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The ledger.', body: schemas.ledger },
    run: async (partner, { query, world }) => {
      const entries = await readBookEntries(partner, world);
      const { items, next } = pageOf(entries, ({ number }) => sortable(number), query);
      return { body: { partners: ledgerResource(entries), items: items.map(entryResource), next } };
    },
  }),
  forPartner({
    id: 'getRecord',
    method: 'GET',
    path: '/record',
    summary: 'What was held, moved and missed',
    tag: book,
    needed: 'read',
    query: pagingAlone,
    answer: { status: 200, description: 'The record.', body: schemas.record },
    run: async (partner, { query, world }) => {
      const closings = closingsIn(await readBookEntries(partner, world));
      const { items, next } = pageOf(closings, ({ first }) => sortableDown(first), query);
      return { body: { ...recordResource(recordOf(closings)), items: items.map(closingResource), next } };
    },
  }),
];

export const runOperations = [
  forPartner({
    id: 'askForRun',
    method: 'POST',
    path: '/runs',
    summary: 'Have the partnership looked at now',
    tag: runs,
    needed: 'write',
    answer: { status: 202, description: 'It will be, within a moment.' },
    run: async (partner, { world }) => {
      await askForRun(partner, world);
      return { body: undefined };
    },
  }),
  forPartner({
    id: 'dryRun',
    method: 'POST',
    path: '/dry-run',
    summary: 'What a run would do now',
    description:
      'The very list that a run at this moment executes, without doing it. Of the others no title and no busy time is in it.',
    tag: runs,
    needed: 'read',
    answer: { status: 200, description: 'The list.', body: schemas.dryRun },
    run: async (partner, { world }) => {
      const { actions, reader } = await readWhatARunWouldDo(partner, world);
      return { body: { actions: actions.map((action) => actionResource(action, reader)) } };
    },
  }),
];
