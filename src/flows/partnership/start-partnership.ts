// Begins a partnership: its founder is the first partner, and a draft of the agreement is open.

import { DEFAULT_HORIZON, proposedRhythm, type Terms } from '../../domain/agreement/terms.ts';
import { signedText } from '../../domain/agreement/wording.ts';
import { Conflict } from '../../domain/errors.ts';
import { DEFAULT_COMFORTABLE, reachableAround } from '../../domain/hours.ts';
import type { WeeklyWindow } from '../../domain/partner.ts';
import type { AuthorizedPerson } from '../authorized.ts';
import type { Person } from '../stores.ts';
import type { World } from '../world.ts';

/** What the founder says; the rest of the draft are proposals. */
export type NewPartnership = Pick<Terms, 'name' | 'anchor' | 'stage'>;

/** Nobody has so many; each is planned every day. */
const MOST_PARTNERSHIPS = 50;

/** The id of the new partnership. Throws Conflict where the person is in fifty already. */
export async function startPartnership(
  { person }: AuthorizedPerson<'write'>,
  { name, anchor, stage }: NewPartnership,
  { clock, database, secrets }: Pick<World, 'clock' | 'database' | 'secrets'>,
): Promise<string> {
  const id = secrets.newId();
  const at = clock();
  await database.transaction(async (stores) => {
    if ((await stores.partnerships.of(person)).length >= MOST_PARTNERSHIPS)
      throw new Conflict(`you are in ${MOST_PARTNERSHIPS} partnerships: leave one first`);
    const founder = (await stores.people.byId(person))!;
    const terms: Terms = {
      name,
      anchor,
      stage,
      checkIn: {
        rhythm: proposedRhythm(stage),
        minutes: 30,
        rotation: { kind: 'when-unfair' },
        agenda: 'weekly',
      },
      horizon: DEFAULT_HORIZON,
      partners: [proposedTerms(founder, DEFAULT_COMFORTABLE)],
    };
    await stores.partnerships.add(id, person, at);
    await stores.partnerships.join(id, person, at);
    const draft = { terms, hash: secrets.digest(signedText(terms)), changedAt: at, changedBy: person };
    await stores.agreements.putDraft(id, draft);
  });
  return id;
}

/** What is proposed for somebody who has said nothing yet: these comfortable hours in their own zone. */
export function proposedTerms(
  { id, zone }: Pick<Person, 'id' | 'zone'>,
  comfortable: readonly WeeklyWindow[],
): Terms['partners'][number] {
  return { id, zone, comfortable, reachable: reachableAround(comfortable), focus: [] };
}
