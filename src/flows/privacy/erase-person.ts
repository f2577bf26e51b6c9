// Erases a person. What others need of what they signed together stays, under the name or a pseudonym, as the person chooses.

import type { AuthorizedPerson } from '../authorized.ts';
import { takeLeave } from '../partnership/leave-partnership.ts';
import type { World } from '../world.ts';

/** `name` is what stays under signatures and in the record. */
export type Erasure = { readonly name: string };

/** All at once, or nothing. Whoever wants to be told of cancelled check-ins leaves first and waits for that mail. */
export async function erasePerson(
  { person }: AuthorizedPerson<'account'>,
  { name }: Erasure,
  world: Pick<World, 'clock' | 'database' | 'secrets'>,
): Promise<void> {
  await world.database.transaction(async (stores) => {
    for (const partnership of [...(await stores.partnerships.of(person))].sort())
      await takeLeave(stores, { person, partnership }, world);
    await stores.people.erase(person, { name, at: world.clock() });
  });
}
