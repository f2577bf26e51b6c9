// Mails to the partners of a partnership about what one of them did.

import type { PartnerId } from '../../domain/partner.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { NoticeContent, Stores } from '../stores.ts';
import type { World } from '../world.ts';

/** What is to be told, to all who take part but one; `matter` keeps the same from being told twice. */
export type Telling = {
  readonly partnership: string;
  readonly except?: PartnerId;
  readonly matter: string;
  readonly content: NoticeContent;
  readonly at: Instant;
};

export async function noticesToOthers(
  stores: Stores,
  { except, ...telling }: Telling,
  secrets: Pick<World['secrets'], 'newId'>,
): Promise<void> {
  for (const { person, leftAt } of await stores.partnerships.members(telling.partnership))
    if (person !== except && leftAt === undefined) await noticeTo(stores, { person, ...telling }, secrets);
}

/** The same to one of them. */
export async function noticeTo(
  stores: Pick<Stores, 'people' | 'notices' | 'jobs'>,
  { partnership, person, matter, content, at }: Omit<Telling, 'except'> & { readonly person: PartnerId },
  { newId }: Pick<World['secrets'], 'newId'>,
): Promise<void> {
  const email = (await stores.people.byId(person))?.email;
  if (email === undefined) return;
  const id = newId();
  const key = `${partnership}/${matter}/${person}`;
  const notice = { id, key, email, person, partnership, content, createdAt: at };
  if (await stores.notices.add(notice)) await stores.jobs.put({ kind: 'notify', notice: id });
}
