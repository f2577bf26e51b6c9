// Ana and Ben (and whoever else), who have agreed on a weekly check-in and see its first plan.

import type { PartnerId } from '../../src/domain/partner.ts';
import { runPartnership } from '../../src/flows/run/run-partnership.ts';
import type { KeptOccurrence } from '../../src/flows/stores.ts';
import { at } from './builders.ts';
import { founded, type ServiceWorld, signedByAll } from './service-world.ts';

export type Agreed = {
  readonly id: string;
  readonly ana: PartnerId;
  readonly ben: PartnerId;
  /** Everybody, Ana and Ben first. */
  readonly all: readonly PartnerId[];
};

/** Each of `others` with a name and a zone. */
export async function agreed(
  world: ServiceWorld,
  others: readonly (readonly [string, string])[] = [],
): Promise<Agreed> {
  const ana = await world.person('Ana Duarte', 'America/Los_Angeles');
  const ben = await world.person('Ben Okafor', 'Europe/Berlin');
  const all = [ana, ben];
  for (const [name, zone] of others) all.push(await world.person(name, zone));
  const id = await founded(world, all);
  await signedByAll(world, id, all);
  return { id, ana, ben, all };
}

/** The same with everything planned, and no mail on its way. */
export async function underWay(world: ServiceWorld, others?: Parameters<typeof agreed>[1]): Promise<Agreed> {
  const group = await agreed(world, others);
  await runPartnership(group.id, world);
  world.jobs.length = 0;
  return group;
}

/** All check-ins in the order of their starts. */
export function occurrencesOf(world: ServiceWorld, id: string): Promise<readonly KeptOccurrence[]> {
  return world.database.occurrences.after(id, at('2026-01-01T00:00:00Z'));
}

/** The kinds of the jobs that wait for the partnership. */
export function runsAsked(world: ServiceWorld): readonly string[] {
  return world.jobs.flatMap(({ job }) => (job.kind === 'run' ? [job.because] : []));
}
