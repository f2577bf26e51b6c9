// A partnership for its partners: what it is called, who takes part, and whether anything is agreed.

import type { Member, PartnershipShown } from '../../views/resources/person.ts';
import type { AuthorizedPartner, AuthorizedPerson } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

type ReadingWorld = Pick<World, 'database'>;

export function readPartnershipShown(
  { partnership }: AuthorizedPartner<'read'>,
  { database }: ReadingWorld,
): Promise<PartnershipShown> {
  return shown(partnership, database);
}

/** All that the person has not left. */
export async function readOwnPartnerships(
  { person }: AuthorizedPerson<'read'>,
  { database }: ReadingWorld,
): Promise<PartnershipShown[]> {
  const own: PartnershipShown[] = [];
  for (const id of await database.partnerships.of(person)) own.push(await shown(id, database));
  return own;
}

/** One that was begun just now. */
export async function shown(
  id: string,
  stores: Pick<Stores, 'agreements' | 'partnerships' | 'people'>,
): Promise<PartnershipShown> {
  const { name, terms, agreements } = await readInWords(id, stores);
  return {
    id,
    name,
    anchor: terms.anchor,
    isInForce: agreements.length > 0,
    isDraftOpen: (await stores.agreements.draft(id)) !== undefined,
    members: await membersOf(id, stores),
  };
}

/** Who has left keeps a name, for the sake of what they signed; their address is no matter of the others any more. */
async function membersOf(
  id: string,
  { partnerships, people }: Pick<Stores, 'partnerships' | 'people'>,
): Promise<Member[]> {
  const members: Member[] = [];
  for (const { person, joinedAt, leftAt } of await partnerships.members(id)) {
    const { name, email } = (await people.byId(person))!;
    const isHere = leftAt === undefined;
    members.push({
      ...{ id: person, name, joinedAt },
      ...(isHere ? email !== undefined && { email } : { leftAt }),
    });
  }
  return members;
}
