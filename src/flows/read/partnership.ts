// A partnership for its partners: what it is called, who takes part, and whether anything is agreed.

import type { Member, PartnershipShown } from '../../views/resources/person.ts';
import { type AuthorizedPartner, type AuthorizedPerson, authorizePartner, may } from '../authorized.ts';
import type { Stores } from '../stores.ts';
import type { World } from '../world.ts';
import { readInWords } from './in-words.ts';

type ReadingWorld = Pick<World, 'database'>;

/** Who has not signed yet sees who is there, and no addresses. */
export async function readPartnershipShown(
  partner: AuthorizedPartner<'see'>,
  { database }: ReadingWorld,
): Promise<PartnershipShown> {
  const all = await shown(partner.partnership, database);
  return may(partner, 'read') ? all : { ...all, members: namesAlone(all.members) };
}

function namesAlone(members: readonly Member[]): Member[] {
  return members.filter(({ leftAt }) => leftAt === undefined).map(({ email: _, ...member }) => member);
}

/** All that the person has not left. */
export async function readOwnPartnerships(
  { person, credential }: AuthorizedPerson<'read'>,
  { database }: ReadingWorld,
): Promise<PartnershipShown[]> {
  const own: PartnershipShown[] = [];
  for (const partnership of await database.partnerships.of(person)) {
    const partner = await authorizePartner(credential, { partnership, needed: 'see' }, database);
    own.push(await readPartnershipShown(partner, { database }));
  }
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
