// Where the open draft of a partnership stands: whose signatures it needs, and whose are missing.

import { type Draft, type DraftStanding, signersOf, standingOf } from '../../domain/agreement/draft.ts';
import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { presentIn } from '../partnership/draft-agreement.ts';
import type { Stores } from '../stores.ts';

export type StandingDraft = {
  readonly draft: Draft & { readonly changedBy: PartnerId };
  readonly signers: readonly PartnerId[];
  readonly standing: DraftStanding;
};

/** Undefined where no draft is open. */
export async function readDraftStanding(
  partnership: string,
  now: Instant,
  stores: Pick<Stores, 'agreements' | 'partnerships'>,
): Promise<StandingDraft | undefined> {
  const draft = await stores.agreements.draft(partnership);
  if (!draft) return undefined;
  const inForce = (await stores.agreements.inForce(partnership)).at(-1)?.terms;
  const signers = signersOf(draft.terms, inForce, await presentIn(partnership, stores));
  return { draft, signers, standing: standingOf(draft, signers, now) };
}

/** Whether it waits for the signature of this partner. */
export function lacks({ standing }: StandingDraft, person: PartnerId): boolean {
  return standing.kind === 'open' && standing.missing.includes(person);
}
