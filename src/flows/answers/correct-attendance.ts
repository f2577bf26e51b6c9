// Somebody corrects who was at a check-in, up to 72 hours after it was posted. A correction is a new entry of the book. Where fewer
// than two were there it opens the period again: the run that follows looks for another time, or records the period as missed.

import { ChangedMeanwhile, Conflict, InvalidFields, NotFound } from '../../domain/errors.ts';
import { CORRECTION_WINDOW, closingIn, type Entry, numberIn } from '../../domain/fairness/book.ts';
import type { Closing, WhyNot } from '../../domain/fairness/closing.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Points } from '../../domain/planner/plan.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { noticesToOthers } from '../partnership/notices.ts';
import type { KeptOccurrence } from '../stores.ts';
import type { World } from '../world.ts';

/** Who was there in truth; `corrects` is the number of the entry that was seen, where a later one is not to be overwritten. */
export type Attendance = {
  readonly period: string;
  readonly present: readonly PartnerId[];
  readonly corrects?: number | undefined;
};

/**
 * With fewer than two the check-in was not held. Throws NotFound where nothing is posted for the period, Conflict after 72 hours, ChangedMeanwhile
 * where another entry than the last one is corrected, InvalidFields where somebody is named twice or was not expected.
 */
export async function correctAttendance(
  { person, partnership }: AuthorizedPartner<'write'>,
  { period, present, corrects }: Attendance,
  { clock, database, secrets }: Pick<World, 'clock' | 'database' | 'secrets'>,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const at = clock();
    const entries = await stores.book.entries(partnership);
    const closing = closingIn(entries, period);
    if (!closing) throw new NotFound('closed period');
    if (corrects !== undefined && corrects !== numberIn(entries, period))
      throw new ChangedMeanwhile('attendance');
    if (at > plus(closing.postedAt, CORRECTION_WINDOW))
      throw new Conflict('attendance can be corrected for 72 hours after it was posted; those are over');
    const published = await stores.occurrences.ofPeriod(partnership, period);
    const burdens = new Map([...burdensOf(published), ...borneIn(entries, period)]);
    refuseTwice(present);
    const strangers = present.filter((id) => !burdens.has(id));
    if (strangers.length > 0)
      throw new InvalidFields([
        { path: 'present', message: 'names somebody who was not expected at this check-in' },
      ]);
    const corrected = correctionOf(closing, { burdens, present, at });
    await stores.book.post(partnership, { kind: 'correction', closing: corrected, by: person }, { at });
    const { name: by } = (await stores.people.byId(person))!;
    const matter = `corrected/${period}/${entries.length + 1}`;
    const content = { kind: 'corrected', period, by } as const;
    await noticesToOthers(stores, { partnership, except: person, matter, content, at }, secrets);
    await stores.jobs.put({ kind: 'run', partnership, because: 'correction' });
  });
}

function refuseTwice(present: readonly PartnerId[]): void {
  const twice = present.flatMap((id, i) =>
    present.indexOf(id) < i ? [{ path: `present[${i}]`, message: 'stands here twice: leave one out' }] : [],
  );
  if (twice.length > 0) throw new InvalidFields(twice);
}

/** What everybody would have borne, by the occurrences of the period. */
function burdensOf(published: readonly KeptOccurrence[]): Points {
  const burdens = new Map<PartnerId, number>();
  for (const { occurrence, item } of published) {
    if (item.status === 'CANCELLED') continue;
    for (const [id, points] of occurrence.burdens) burdens.set(id, (burdens.get(id) ?? 0) + points);
  }
  return burdens;
}

/** What was posted last as borne in the period: where it was not held after all, it may have been moved meanwhile. */
function borneIn(entries: readonly Entry[], period: string): Points {
  const held = entries.flatMap((entry) =>
    entry.kind !== 'joined' && entry.closing.period === period && entry.closing.kind === 'held'
      ? [entry.closing.present]
      : [],
  );
  return held.at(-1) ?? new Map();
}

type Corrected = {
  readonly burdens: Points;
  readonly present: readonly PartnerId[];
  readonly at: Instant;
};

function correctionOf(closing: Closing, { burdens, present, at }: Corrected): Closing {
  const { period, first, postedAt } = closing;
  const absent = [...new Set([...burdens.keys(), ...closing.absent])].filter((id) => !present.includes(id));
  const base = { period, first, postedAt, absent };
  if (present.length < 2)
    return { ...base, kind: 'missed', reasons: reasonsFor(closing, present), reopenedAt: at };
  const held = closing.kind === 'held' ? closing : { host: present[0]!, moved: false };
  return {
    ...held,
    ...base,
    kind: 'held',
    present: new Map(present.map((id) => [id, burdens.get(id)!])),
    host: present.includes(held.host) ? held.host : present[0]!,
  };
}

/** Who counted as present and was not there; who had declined is known from the invitation. */
function reasonsFor(closing: Closing, present: readonly PartnerId[]): readonly WhyNot[] {
  if (closing.kind !== 'held') return closing.reasons;
  const missing = [...closing.present.keys()].filter((id) => !present.includes(id));
  return missing.map((partner) => ({ kind: 'not-there', partner }));
}
