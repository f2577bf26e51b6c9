// A partner answers an invitation. A decline drops nothing: the run that follows asks everybody for another time.

import { Conflict, NotFound } from '../../domain/errors.ts';
import type { Answer } from '../../domain/run/observation.ts';
import { type Instant, instantOf } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { AnsweredBy, KeptOccurrence, Stores } from '../stores.ts';
import type { World } from '../world.ts';

/** Which occurrence, what, and by which way. */
export type InvitationAnswer = {
  readonly uid: string;
  readonly partStat: Exclude<Answer, 'needs-action'>;
  readonly by: AnsweredBy;
  /** When it was said, where it took a while to come here: what is older than the last answer counts no more. */
  readonly said?: Instant;
};

/** Throws NotFound where the partner is not invited to it, Conflict where it has begun, is cancelled, or a later answer is known. */
export async function answerInvitation(
  { person, partnership }: AuthorizedPartner<'answer'>,
  { uid, partStat, by, said }: InvitationAnswer,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const now = clock();
    const at = instantOf(Math.min(said ?? now, now));
    const kept = await occurrenceOf(stores, partnership, uid);
    if (!kept.answers.has(person)) throw new NotFound('invitation');
    if (kept.item.status === 'CANCELLED') throw new Conflict('this check-in was cancelled');
    if (kept.item.start <= now)
      throw new Conflict(
        'this check-in has begun: who was there is corrected in the record, up to 72 hours after it',
      );
    if (at < (kept.answeredAt.get(person) ?? at)) throw new Conflict('a later answer is known already');
    if (kept.answers.get(person) === partStat) return;
    await stores.occurrences.answer(uid, { person, partStat, at, by });
    await stores.jobs.put({ kind: 'run', partnership, because: 'answer' });
  });
}

/** Throws NotFound where the partnership has none of that UID. */
export async function occurrenceOf(
  { occurrences }: Pick<Stores, 'occurrences'>,
  partnership: string,
  uid: string,
): Promise<KeptOccurrence> {
  const kept = await occurrences.byUid(uid);
  if (kept?.partnership !== partnership) throw new NotFound('check-in');
  return kept;
}
