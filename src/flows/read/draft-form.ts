// What the form of a draft begins with: the open draft, else what is in force, and everybody who takes part.

import type { PartnerTerms, Terms } from '../../domain/agreement/terms.ts';
import { differencesBetween } from '../../domain/agreement/wording.ts';
import { DEFAULT_COMFORTABLE } from '../../domain/hours.ts';
import type { DraftFormView } from '../../views/pages/draft-form.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import { presentIn } from '../partnership/draft-agreement.ts';
import { latestTerms } from '../partnership/invite-partner.ts';
import { proposedTerms } from '../partnership/start-partnership.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

export async function readDraftForm(
  { person: reader, partnership: id, standing }: AuthorizedPartner<'adjust'>,
  { database }: Pick<World, 'database'>,
): Promise<DraftFormView> {
  const { name, people } = await readInWords(id, database);
  const draft = await database.agreements.draft(id);
  const terms = await latestTerms(database, id);
  const present = await presentIn(id, database);
  // In the order of the text, which is part of what is signed; who is not in it yet comes last.
  const partners = terms.partners.filter((each) => present.has(each.id));
  for (const person of present) {
    if (partners.some((each) => each.id === person)) continue;
    partners.push(proposedTerms((await database.people.byId(person))!, comfortableIn(terms)));
  }
  return {
    id,
    name,
    reader,
    isNewcomer: standing === 'newcomer',
    people,
    terms,
    partners,
    basedOn: draft?.hash ?? '',
  };
}

/** All have the same number of comfortable hours, so what the first has is what is proposed. */
function comfortableIn({ partners }: Terms): PartnerTerms['comfortable'] {
  return partners[0]?.comfortable ?? DEFAULT_COMFORTABLE;
}

/** The draft as somebody else has changed it, and how it differs from `mine`. */
export async function readChangedDraft(
  partnership: string,
  mine: Terms,
  { agreements }: Pick<World['database'], 'agreements'>,
): Promise<NonNullable<DraftFormView['changed']> | undefined> {
  const draft = await agreements.draft(partnership);
  return draft && { by: draft.changedBy, differences: differencesBetween(draft.terms, mine) };
}
