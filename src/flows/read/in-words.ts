// A partnership as far as words need it: what it is called, who ever was in it, and where they are. Without their limits and calendars.

import type { Terms } from '../../domain/agreement/terms.ts';
import type { Partner, PartnerId } from '../../domain/partner.ts';
import type { Partnership } from '../../domain/partnership.ts';
import { mondayOf, type PlainDate } from '../../domain/time/plain-date.ts';
import type { Named } from '../../views/people.ts';
import { latestTerms } from '../partnership/invite-partner.ts';
import {
  type PartnershipRead,
  type ReadingStores,
  readPartnership,
} from '../partnership/read-partnership.ts';

/** `terms` are those in force, else those of the draft, else those of the last one that there was. */
export type InWords = PartnershipRead & { readonly terms: Terms; readonly partnership: Partnership };

/** Throws NotFound where there is no such partnership. */
export async function readInWords(id: string, stores: ReadingStores): Promise<InWords> {
  const read = await readPartnership(id, stores);
  const terms = read.terms ?? (await latestTerms(stores, id));
  const partners: Partner[] = [];
  for (const named of read.people.partners) partners.push(await partnerInWords(named, terms, stores));
  const { name, anchor, checkIn } = terms;
  const since = read.agreements.at(-1)?.since ?? mondayOf(0 as PlainDate);
  const partnership = { name, anchor, checkIn: { ...checkIn, since }, partners, ledger: new Map() };
  return { ...read, name, terms, partnership };
}

/** Fewer than two of those who signed are left: nothing is planned until somebody new has signed. */
export async function hasEnded(
  { id, agreements }: InWords,
  { partnerships }: Pick<ReadingStores, 'partnerships'>,
): Promise<boolean> {
  const signed = agreements.at(-1)?.terms.partners;
  if (!signed) return false;
  const members = await partnerships.members(id);
  const isHere = (who: PartnerId) =>
    members.some(({ person, leftAt }) => person === who && leftAt === undefined);
  return signed.filter((partner) => isHere(partner.id)).length < 2;
}

/** The home zone is the agreed one, else the person's own; comfortable hours are there where they are agreed. */
async function partnerInWords(
  named: Named,
  terms: Terms,
  { people }: Pick<ReadingStores, 'people'>,
): Promise<Partner> {
  const agreed = terms.partners.find(({ id }) => id === named.id);
  const zone = agreed?.zone ?? (await people.byId(named.id))!.zone;
  const travels = await people.travels(named.id);
  const comfortable = agreed?.comfortable ?? [];
  return { ...named, zone, travels, comfortable, reachable: [], focus: [], away: [], busy: [] };
}
