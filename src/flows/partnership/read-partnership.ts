// Who is in a partnership and what it is called, by the version in force or, before there is one, by the draft.

import type { InForce, Terms } from '../../domain/agreement/terms.ts';
import { NotFound } from '../../domain/errors.ts';
import type { Zone } from '../../domain/time/zone.ts';
import type { Named } from '../../views/people.ts';
import type { Stores } from '../stores.ts';

/** What everything about a partnership begins with. */
export type PartnershipRead = {
  readonly id: string;
  readonly name: string;
  readonly anchor?: Zone;
  readonly terms?: Terms;
  readonly agreements: readonly InForce[];
  /** Everybody who ever was a member, with a name; who was erased has no address. */
  readonly people: { readonly partners: readonly Named[] };
};

export type ReadingStores = Pick<Stores, 'agreements' | 'partnerships' | 'people'>;

/** Throws NotFound where there is no such partnership. */
export async function readPartnership(id: string, stores: ReadingStores): Promise<PartnershipRead> {
  if ((await stores.partnerships.revision(id)) === undefined) throw new NotFound('partnership');
  const agreements = await stores.agreements.inForce(id);
  const terms = agreements.at(-1)?.terms ?? (await stores.agreements.draft(id))?.terms;
  return {
    id,
    name: terms?.name ?? 'A partnership',
    ...(terms && { anchor: terms.anchor, terms }),
    agreements,
    people: { partners: await namesOf(id, stores) },
  };
}

async function namesOf(id: string, { partnerships, people }: ReadingStores): Promise<Named[]> {
  const named: Named[] = [];
  for (const { person } of await partnerships.members(id)) {
    const known = await people.byId(person);
    if (known) named.push({ id: person, name: known.name, email: known.email ?? '' });
  }
  return named;
}
