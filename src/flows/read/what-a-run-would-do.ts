// What a run would do at this moment, for one of the partners: the very list that it executes.

import type { Action } from '../../domain/run/actions.ts';
import { readerIn } from '../../views/question.ts';
import type { ActionReader } from '../../views/resources/action.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { ObservingWorld } from '../run/observe.ts';
import { dryRun } from '../run/run-partnership.ts';
import { readInWords } from './in-words.ts';

export type DryRun = { readonly actions: readonly Action[]; readonly reader: ActionReader };

export async function readWhatARunWouldDo(
  { person, partnership: id }: AuthorizedPartner<'read'>,
  world: ObservingWorld,
): Promise<DryRun> {
  const { partnership } = await readInWords(id, world.database);
  const { actions } = await dryRun(id, world);
  return { actions, reader: { ...readerIn(partnership, person), partnership } };
}
