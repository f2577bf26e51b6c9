// Signs the draft. With the last signature it is in force, from the next period on, and whom it leaves out has left.

import { findBeforeSigning } from '../../domain/agreement/check.ts';
import { beginningOf, type Draft, signersOf, sinceOf, standingOf } from '../../domain/agreement/draft.ts';
import { PARTNERS } from '../../domain/agreement/terms.ts';
import { ChangedMeanwhile, Conflict, InvalidFields, NotFound } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { formatDate } from '../../domain/time/plain-date.ts';
import { namesOf } from '../../views/people.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { presentIn } from './draft-agreement.ts';
import { noticesToOthers, noticeTo } from './notices.ts';
import { type PartnershipRead, readPartnership } from './read-partnership.ts';

/**
 * Signs the draft whose text has this hash; gives whether it is in force now. To sign again changes nothing. Throws
 * ChangedMeanwhile where the text is another one, NotFound where no draft is open, Conflict where it has lapsed, InvalidFields
 * where nobody could sign it as it is.
 */
export async function signAgreement(
  { person, partnership }: AuthorizedPartner<'sign'>,
  hash: string,
  world: Pick<World, 'clock' | 'database' | 'secrets'>,
): Promise<'waiting' | 'in-force'> {
  return world.database.transaction(async (stores) => {
    // Holds other signatures back until this one is through: two last ones must see each other.
    await stores.partnerships.touch(partnership);
    const at = world.clock();
    const read = await readPartnership(partnership, stores);
    const draft = await stores.agreements.draft(partnership);
    if (!draft) {
      const [last] = await stores.agreements.past(partnership);
      if (last?.end === 'signed' && last.hash === hash && last.signatures.has(person)) return 'in-force';
      throw new NotFound('draft');
    }
    if (draft.hash !== hash) throw new ChangedMeanwhile('draft');
    const signers = signersOf(
      draft.terms,
      read.agreements.at(-1)?.terms,
      await presentIn(partnership, stores),
    );
    if (standingOf(draft, signers, at).kind === 'lapsed')
      throw new Conflict('this draft has lapsed: open a new one, it may have the same text');
    refuseUnsignable(draft, read);
    await stores.agreements.sign(partnership, { person, hash, at });
    return (await enforceSigned(stores, { partnership, at }, world)) ? 'in-force' : 'waiting';
  });
}

/** Puts the draft in force where all whose signature it needs have signed it. */
export async function enforceSigned(
  stores: Stores,
  { partnership, at }: { readonly partnership: string; readonly at: Instant },
  world: Pick<World, 'secrets'>,
): Promise<boolean> {
  const draft = await stores.agreements.draft(partnership);
  if (!draft) return false;
  const read = await readPartnership(partnership, stores);
  const present = await presentIn(partnership, stores);
  const signers = signersOf(draft.terms, read.agreements.at(-1)?.terms, present);
  if (signers.length < PARTNERS.least || standingOf(draft, signers, at).kind !== 'signed') return false;
  await enforce(stores, { draft, read, at }, world);
  return true;
}

function refuseUnsignable({ terms }: Draft, { people }: PartnershipRead): void {
  const names = namesOf(people);
  const problems = findBeforeSigning(terms, names);
  if (problems.length > 0) throw new InvalidFields(problems);
}

type Enforcing = { readonly draft: Draft; readonly read: PartnershipRead; readonly at: Instant };

async function enforce(
  stores: Stores,
  { draft, read, at }: Enforcing,
  { secrets }: Pick<World, 'secrets'>,
): Promise<void> {
  const { id, agreements } = read;
  const { terms, version } = draft;
  const before = agreements.at(-1);
  const from = beginningOf(terms, before, at);
  await stores.agreements.enforce(id, { at, from, since: sinceOf(terms, before, from) });
  const known = await stores.book.entries(id);
  for (const { id: partner } of terms.partners) {
    if (known.some((entry) => entry.kind === 'joined' && entry.partner === partner)) continue;
    await stores.book.post(id, { kind: 'joined', partner, from }, { at });
  }
  const content = { kind: 'in-force', version, from: formatDate(from) } as const;
  await leaveOut(stores, { draft, read, at }, { secrets });
  await noticesToOthers(stores, { partnership: id, matter: `in-force/${version}`, content, at }, secrets);
  await stores.jobs.put({ kind: 'run', partnership: id, because: 'agreement' });
}

/** Whom the version does not name has left with it: their own signature was on that, or they had none of their own to give. */
async function leaveOut(
  stores: Stores,
  { draft: { terms, version }, read: { id }, at }: Enforcing,
  { secrets }: Pick<World, 'secrets'>,
): Promise<void> {
  const named = terms.partners.map((partner) => partner.id);
  for (const person of await presentIn(id, stores)) {
    if (named.includes(person)) continue;
    const content = { kind: 'left-out', version } as const;
    await noticeTo(stores, { partnership: id, person, matter: `in-force/${version}`, content, at }, secrets);
    await stores.partnerships.leave(id, person, at);
  }
}
