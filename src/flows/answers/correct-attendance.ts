// Somebody corrects who was at a check-in, up to 72 hours after it was posted. A correction is a new entry of the book.

import { Conflict, InvalidFields, NotFound } from '../../domain/errors.ts';
import { CORRECTION_WINDOW, closingsIn } from '../../domain/fairness/book.ts';
import type { Closing } from '../../domain/fairness/closing.ts';
import type { PartnerId } from '../../domain/partner.ts';
import { plus } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';

/** Who was there in truth. */
export type Attendance = { readonly period: string; readonly present: readonly PartnerId[] };

/**
 * With fewer than two the check-in was not held. Throws NotFound where nothing is posted for the period, Conflict after 72 hours, InvalidFields
 * where somebody is named who was not expected.
 */
export async function correctAttendance(
  { person, partnership }: AuthorizedPartner<'write'>,
  { period, present: named }: Attendance,
  { clock, database }: Pick<World, 'clock' | 'database'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const at = clock();
    const present = [...new Set(named)];
    const closing = closingsIn(await stores.book.entries(partnership)).find((each) => each.period === period);
    if (!closing) throw new NotFound('closed period');
    if (at > plus(closing.postedAt, CORRECTION_WINDOW))
      throw new Conflict('attendance can be corrected for 72 hours after it was posted; those are over');
    const burdens = await burdensOf(stores, partnership, period);
    const strangers = present.filter((id) => !burdens.has(id));
    if (strangers.length > 0)
      throw new InvalidFields([
        { path: 'present', message: 'names somebody who was not expected at this check-in' },
      ]);
    const corrected = correctionOf(closing, burdens, present);
    await stores.book.post(partnership, { kind: 'correction', closing: corrected }, { at, by: person });
    await stores.jobs.put({ kind: 'run', partnership, because: 'correction' });
  });
}

/** What everybody would have borne, by the occurrences of the period. */
async function burdensOf(
  { occurrences }: Stores,
  partnership: string,
  period: string,
): Promise<ReadonlyMap<PartnerId, number>> {
  const burdens = new Map<PartnerId, number>();
  for (const { occurrence, item } of await occurrences.ofPeriod(partnership, period)) {
    if (item.status === 'CANCELLED') continue;
    for (const [id, points] of occurrence.burdens) burdens.set(id, (burdens.get(id) ?? 0) + points);
  }
  return burdens;
}

function correctionOf(
  closing: Closing,
  burdens: ReadonlyMap<PartnerId, number>,
  present: readonly PartnerId[],
): Closing {
  const { period, first, postedAt } = closing;
  const absent = [...new Set([...burdens.keys(), ...closing.absent])].filter((id) => !present.includes(id));
  const base = { period, first, postedAt, absent };
  if (present.length < 2)
    return { ...base, kind: 'missed', reasons: absent.map((partner) => ({ kind: 'declined', partner })) };
  const held = closing.kind === 'held' ? closing : { host: present[0]!, moved: false };
  return {
    ...held,
    ...base,
    kind: 'held',
    present: new Map(present.map((id) => [id, burdens.get(id)!])),
    host: present.includes(held.host) ? held.host : present[0]!,
  };
}
