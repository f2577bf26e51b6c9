// Changes the draft of an agreement, or opens one. Whatever changes its text takes away the signatures on it.

import { findInTerms } from '../../domain/agreement/check.ts';
import { signersOf, standingOf } from '../../domain/agreement/draft.ts';
import type { Terms } from '../../domain/agreement/terms.ts';
import { differencesBetween, signedText } from '../../domain/agreement/wording.ts';
import { ChangedMeanwhile, InvalidFields, NotFound } from '../../domain/errors.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { namesOf } from '../../views/people.ts';
import { type AuthorizedPartner, requirePermission } from '../authorized.ts';
import type { NoticeContent, Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { noticesToOthers } from './notices.ts';
import { type PartnershipRead, readPartnership } from './read-partnership.ts';

/** The new text, and the hash of the draft that it was made from: absent where none was open. */
export type DraftChange = { readonly terms: Terms; readonly basedOn?: string };

export type DraftingWorld = Pick<World, 'clock' | 'database' | 'secrets'>;

/**
 * Gives the hash of the draft. Throws InvalidFields with everything that is wrong with the terms, ChangedMeanwhile where the draft is not
 * the one that the change was made from, Forbidden for a newcomer who changes more than their own hours.
 */
export async function draftAgreement(
  partner: AuthorizedPartner<'adjust'>,
  { terms, basedOn }: DraftChange,
  world: DraftingWorld,
): Promise<string> {
  const { person, partnership } = partner;
  return world.database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const read = await readPartnership(partnership, stores);
    refuseWrong(terms, read, await presentIn(partnership, stores));
    const open = await stores.agreements.draft(partnership);
    if (open?.hash !== basedOn) throw new ChangedMeanwhile('draft');
    requirePermission(partner, neededFor(terms, { person, open: open?.terms }));
    return putDraft(stores, { partnership, person, terms }, world);
  });
}

type Drafter = { readonly person: PartnerId; readonly open: Terms | undefined };

/** Whoever leaves everything else as the open draft has it changes what it says of themselves alone. */
function neededFor(terms: Terms, { person, open }: Drafter): 'adjust' | 'write' {
  const own = terms.partners.find(({ id }) => id === person);
  if (!open || !own) return 'write';
  const adjusted = { ...open, partners: open.partners.map((each) => (each.id === person ? own : each)) };
  return signedText(adjusted) === signedText(terms) ? 'adjust' : 'write';
}

/** `told` is what the others hear of it, where there is more to tell than that the draft was changed. */
type NewText = {
  readonly partnership: string;
  readonly person: PartnerId;
  readonly terms: Terms;
  readonly told?: NoticeContent;
};

/** Keeps the text as the draft and tells the others, where it changes anything. A draft that has lapsed is not opened again. */
export async function putDraft(
  stores: Stores,
  { partnership, person, terms, told }: NewText,
  { clock, secrets }: Pick<World, 'clock' | 'secrets'>,
): Promise<string> {
  const at = clock();
  const hash = secrets.digest(signedText(terms));
  await endLapsed(stores, { partnership, at });
  const open = await stores.agreements.draft(partnership);
  if (open?.hash === hash) return hash;
  const version = await stores.agreements.putDraft(partnership, {
    terms,
    hash,
    changedAt: at,
    changedBy: person,
  });
  const by = (await stores.people.byId(person))!.name;
  await noticesToOthers(
    stores,
    {
      partnership,
      except: person,
      matter: `draft/${version}/${hash}`,
      content: told ?? { kind: 'draft', version, by },
      at,
    },
    secrets,
  );
  return hash;
}

/** Ends the open draft where it has lapsed; gives its version. */
export async function endLapsed(
  stores: Pick<Stores, 'agreements' | 'partnerships'>,
  { partnership, at }: { readonly partnership: string; readonly at: Instant },
): Promise<number | undefined> {
  const draft = await stores.agreements.draft(partnership);
  if (!draft) return undefined;
  const inForce = (await stores.agreements.inForce(partnership)).at(-1)?.terms;
  const signers = signersOf(draft.terms, inForce, await presentIn(partnership, stores));
  if (standingOf(draft, signers, at).kind !== 'lapsed') return undefined;
  await stores.agreements.end(partnership, 'lapsed', at);
  return draft.version;
}

/** Who takes part now. */
export async function presentIn(
  partnership: string,
  { partnerships }: Pick<Stores, 'partnerships'>,
): Promise<ReadonlySet<PartnerId>> {
  const members = await partnerships.members(partnership);
  return new Set(members.filter(({ leftAt }) => leftAt === undefined).map(({ person }) => person));
}

function refuseWrong(
  terms: Terms,
  { people, agreements }: PartnershipRead,
  present: ReadonlySet<PartnerId>,
): void {
  const names = namesOf(people);
  const strangers = terms.partners.flatMap(({ id }, i) =>
    present.has(id) ? [] : [{ path: `partners[${i}].id`, message: 'is no partner here: invite them first' }],
  );
  const twice = terms.partners.flatMap(({ id }, i) =>
    terms.partners.findIndex((other) => other.id === id) < i
      ? [{ path: `partners[${i}].id`, message: 'stands here twice: leave one out' }]
      : [],
  );
  const problems = [...strangers, ...twice, ...findInTerms(terms, names)];
  if (problems.length > 0) throw new InvalidFields(problems);
  const inForce = agreements.at(-1);
  if (inForce && differencesBetween(inForce.terms, terms).length === 0)
    throw new InvalidFields([
      { path: '', message: 'this is what is in force already: change something, or draft nothing' },
    ]);
}

/** Takes the open draft back and tells the others; what is in force stays. Throws NotFound where none is open. */
export async function withdrawDraft(
  { person, partnership }: AuthorizedPartner<'write'>,
  { clock, database, secrets }: DraftingWorld,
): Promise<void> {
  await database.transaction(async (stores) => {
    await stores.partnerships.touch(partnership);
    const draft = await stores.agreements.draft(partnership);
    if (!draft) throw new NotFound('draft');
    const at = clock();
    await stores.agreements.end(partnership, 'withdrawn', at);
    const by = (await stores.people.byId(person))!.name;
    const content = { kind: 'draft-withdrawn', version: draft.version, by } as const;
    const matter = `withdrawn/${draft.version}`;
    await noticesToOthers(stores, { partnership, except: person, matter, content, at }, secrets);
  });
}
