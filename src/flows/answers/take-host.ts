// A partner takes over leading a check-in and its notes.

import { Conflict, NotFound } from '../../domain/errors.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { World } from '../world.ts';
import { occurrenceOf } from './answer-invitation.ts';

/** Throws NotFound where the partner is not expected at it, Conflict where it has begun or they have declined. */
export async function takeHost(
  { person, partnership }: AuthorizedPartner<'answer'>,
  uid: string,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const { item, answers } = await occurrenceOf(stores, partnership, uid);
    if (!answers.has(person) || item.status === 'CANCELLED') throw new NotFound('check-in');
    if (item.start <= clock()) throw new Conflict('this check-in has begun');
    if (answers.get(person) === 'declined') throw new Conflict('you declined this check-in: accept it first');
    await stores.occurrences.setHost(uid, person);
    await stores.jobs.put({ kind: 'run', partnership, because: 'host' });
  });
}
