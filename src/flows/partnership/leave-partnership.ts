// Leaves a partnership: everybody's right, at once and without anybody's signature. Check-ins go on among those who stay.

import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { AuthorizedPartner } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { putDraft } from './draft-agreement.ts';
import { noticesToOthers } from './notices.ts';
import { enforceSigned } from './sign-agreement.ts';

type LeavingWorld = Pick<World, 'clock' | 'secrets'>;

export async function leavePartnership(
  { person, partnership }: AuthorizedPartner<'leave'>,
  world: LeavingWorld & Pick<World, 'database'>,
): Promise<void> {
  await world.database.transaction((stores) => takeLeave(stores, { person, partnership }, world));
}

type Leaver = { readonly person: PartnerId; readonly partnership: string };

/** The same within a transaction. */
export async function takeLeave(
  stores: Stores,
  { person, partnership }: Leaver,
  world: LeavingWorld,
): Promise<void> {
  await stores.partnerships.touch(partnership);
  const at = world.clock();
  await stores.partnerships.leave(partnership, person, at);
  await redraft(stores, { person, partnership, at }, world);
  const name = (await stores.people.byId(person))!.name;
  const telling = { partnership, except: person, matter: `left/${person}/${at}`, at };
  await noticesToOthers(stores, { ...telling, content: { kind: 'left', name } }, world.secrets);
  await stores.jobs.put({ kind: 'run', partnership, because: 'left' });
}

/** A draft may still name them: whoever stays then signs a text without them. It may also have waited for them alone. */
async function redraft(
  stores: Stores,
  { person, partnership, at }: Leaver & { readonly at: Instant },
  world: LeavingWorld,
): Promise<void> {
  const draft = await stores.agreements.draft(partnership);
  const partners = draft?.terms.partners.filter(({ id }) => id !== person) ?? [];
  if (draft && partners.length > 0 && partners.length < draft.terms.partners.length)
    await putDraft(stores, { partnership, person, terms: { ...draft.terms, partners } }, world);
  else await enforceSigned(stores, { partnership, at }, world);
}
