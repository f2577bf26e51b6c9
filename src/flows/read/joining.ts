// What somebody is invited to, for whoever has the link of the invitation.

import type { PartnerId } from '../../domain/partner.ts';
import type { JoinView } from '../../views/pages/join.ts';
import { nameOf } from '../../views/people.ts';
import { presentIn } from '../partnership/draft-agreement.ts';
import { invitationBehind } from '../partnership/invite-partner.ts';
import type { LinkClaims, World } from '../world.ts';
import { readInWords } from './in-words.ts';

/** Throws NotFound where the invitation was withdrawn, accepted, or has expired. */
export async function readJoining(
  claims: LinkClaims,
  reader: PartnerId | undefined,
  world: Pick<World, 'clock' | 'database'>,
): Promise<Omit<JoinView, 'path'>> {
  const { database } = world;
  const { partnership: id, invitedBy } = await invitationBehind(claims, world);
  const { name, people, terms } = await readInWords(id, database);
  const present = await presentIn(id, database);
  const person = reader === undefined ? undefined : await database.people.byId(reader);
  return {
    name,
    by: nameOf(people, invitedBy),
    partners: [...present].map((each) => nameOf(people, each)),
    terms,
    ...(person && { reader: person.name }),
  };
}
