// What terms must be taken together; what each field holds for itself is read where it comes in.

import { comfortableOutside, narrowReach, unequalComfort } from '../hours.ts';
import type { PartnerId } from '../partner.ts';
import { HORIZON_WEEKS, PARTNERS, type PartnerTerms, type Terms } from './terms.ts';

/** Something about the field at `path` ("partners[1].reachable"), in a sentence that says what would be right. */
export type TermsFinding = { readonly path: string; readonly message: string };

/** How partners are called in sentences. */
export type Names = ReadonlyMap<PartnerId, string>;

/** What is wrong with terms that somebody drafts. Fewer than two partners may draft, but not sign: see `findBeforeSigning`. */
export function findInTerms({ horizon, partners }: Terms, names: Names): TermsFinding[] {
  const { weeks, invited } = horizon;
  const { least, most } = HORIZON_WEEKS;
  const found: TermsFinding[] = [];
  if (weeks < least || weeks > most)
    found.push({
      path: 'horizon.weeks',
      message: `is ${weeks}: a plan reaches ${least} to ${most} weeks ahead`,
    });
  if (invited < 1 || invited > weeks)
    found.push({
      path: 'horizon.invited',
      message: `is ${invited}: write 1 to ${weeks}, the weeks that are planned`,
    });
  if (partners.length === 0) found.push({ path: 'partners', message: 'is empty: name at least yourself' });
  if (partners.length > PARTNERS.most)
    found.push({
      path: 'partners',
      message: `holds ${partners.length} partners: a partnership has at most twelve`,
    });
  return [...found, ...partners.flatMap(findInPartner), ...findUnequal(partners, names)];
}

/** What keeps terms from being signed. */
export function findBeforeSigning(terms: Terms, names: Names): TermsFinding[] {
  if (terms.partners.length >= PARTNERS.least) return findInTerms(terms, names);
  return [
    { path: 'partners', message: 'a partnership needs two partners: name two, or invite somebody first' },
  ];
}

/** What is allowed, and what everybody should know before signing; `signers` are those whose signatures the terms need. */
export function warnOfTerms(
  { partners }: Terms,
  signers: readonly PartnerId[],
  names: Names,
): TermsFinding[] {
  const leftOut = signers.filter((signer) => !partners.some(({ id }) => id === signer));
  const narrow = partners.flatMap(({ id, reachable }, i) => {
    const message = narrowReach(nameIn(names, id), reachable);
    return message === undefined ? [] : [{ path: `partners[${i}].reachable`, message }];
  });
  return [...leftOut.map((id) => ({ path: 'partners', message: leavingOut(nameIn(names, id)) })), ...narrow];
}

function leavingOut(name: string): string {
  return `${name} is left out: with these terms in force they are no partner any more`;
}

function findInPartner(partner: PartnerTerms, i: number): TermsFinding[] {
  if (partner.comfortable.length === 0)
    return [
      { path: `partners[${i}].comfortable`, message: 'is empty: write hours such as "Mon-Fri 09:00-17:00"' },
    ];
  const message = comfortableOutside(partner);
  return message === undefined ? [] : [{ path: `partners[${i}].reachable`, message }];
}

/** Whoever has none is asked for some first, and not compared. */
function findUnequal(partners: readonly PartnerTerms[], names: Names): TermsFinding[] {
  const all = partners.flatMap(({ id, comfortable }, i) =>
    comfortable.length === 0
      ? []
      : [{ path: `partners[${i}].comfortable`, name: nameIn(names, id), comfortable }],
  );
  return unequalComfort(all).map(({ of: { path }, message }) => ({ path, message }));
}

function nameIn(names: Names, id: PartnerId): string {
  return names.get(id) ?? id;
}
