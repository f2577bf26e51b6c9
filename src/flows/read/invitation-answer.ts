// What a signed link in an invitation is about, as it stands now.

import { NotFound } from '../../domain/errors.ts';
import type { AnswerView } from '../../views/pages/answer.ts';
import type { ProposalView } from '../../views/pages/proposal.ts';
import { nameOf } from '../../views/people.ts';
import { occurrenceOf } from '../answers/answer-invitation.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

type ReadingWorld = Pick<World, 'clock' | 'database'>;

/** Throws NotFound where there is no check-in of that UID. */
export async function readAnswer(
  { person: reader, partnership: id }: AuthorizedPartner,
  uid: string,
  { clock, database }: ReadingWorld,
): Promise<Omit<AnswerView, 'path'>> {
  const shown = await occurrenceOf(database, id, uid);
  const { partnership } = await readInWords(id, database);
  return { id, partnership, reader, readerName: nameOf(partnership, reader), shown, now: clock() };
}

/** What a proposal of another time is about, and who would be asked. Throws NotFound where the reader is not invited. */
export async function readProposal(
  partner: AuthorizedPartner,
  uid: string,
  world: ReadingWorld,
): Promise<Omit<ProposalView, 'path'> & { readonly period: string }> {
  const { partnership, reader, shown } = await readAnswer(partner, uid, world);
  const { item, occurrence } = shown;
  if (!occurrence.burdens.has(reader)) throw new NotFound('invitation');
  const others = [...occurrence.burdens.keys()].filter((id) => id !== reader);
  return { summary: item.summary, partnership, reader, others, stands: item, period: occurrence.period.id };
}
