// The partners as some terms and their own circumstances make them.

import type { Terms } from '../agreement/terms.ts';
import type { Partner, PartnerId } from '../partner.ts';
import type { PartnerNow } from './observation.ts';

/** In the order of the terms; who has left is not among them. */
export function partnersUnder(
  { terms }: { readonly terms: Terms },
  partners: ReadonlyMap<PartnerId, PartnerNow>,
): Partner[] {
  return terms.partners.flatMap((agreed) => {
    const own = partners.get(agreed.id);
    if (!own) return [];
    const { name, email, away, travels, busy } = own;
    return [{ ...agreed, name, email, away, travels, busy }];
  });
}
