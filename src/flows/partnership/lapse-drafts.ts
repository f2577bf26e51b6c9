// Ends drafts that not all have signed in time; what is in force stays.

import { DRAFT_LIFE, signersOf, standingOf } from '../../domain/agreement/draft.ts';
import { plus } from '../../domain/time/instant.ts';
import type { World } from '../world.ts';
import { presentIn } from './draft-agreement.ts';
import { noticesToOthers } from './notices.ts';

/** How many lapsed. */
export async function lapseDrafts({
  clock,
  database,
  secrets,
}: Pick<World, 'clock' | 'database' | 'secrets'>): Promise<number> {
  const at = clock();
  let lapsed = 0;
  for (const partnership of await database.agreements.draftsBefore(plus(at, -DRAFT_LIFE))) {
    await database.transaction(async (stores) => {
      await stores.partnerships.touch(partnership);
      const draft = await stores.agreements.draft(partnership);
      if (!draft) return;
      const inForce = (await stores.agreements.inForce(partnership)).at(-1)?.terms;
      const signers = signersOf(draft.terms, inForce, await presentIn(partnership, stores));
      if (standingOf(draft, signers, at).kind !== 'lapsed') return;
      await stores.agreements.end(partnership, 'lapsed', at);
      const { version } = draft;
      const content = { kind: 'draft-lapsed', version } as const;
      await noticesToOthers(stores, { partnership, matter: `lapsed/${version}`, content, at }, secrets);
      lapsed++;
    });
  }
  return lapsed;
}
