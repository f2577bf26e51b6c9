// A database for the service to be measured with, and partnerships in it.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '../../../src/adapters/database/connection.ts';
import { startEmbedded } from '../../../src/adapters/database/embedded.ts';
import { migrate } from '../../../src/adapters/database/migrate.ts';
import type { PartnerId } from '../../../src/domain/partner.ts';
import { UTC } from '../../../src/domain/time/zone.ts';
import { MIGRATIONS } from '../../../src/open-database.ts';
import { urlOf } from '../../support/database.ts';
import { founded, redrafted, type ServiceWorld, signedByAll, worldOn } from '../../support/service-world.ts';

export const SECRET_KEY = 'a key that is long enough for what is measured';

export type Prepared = {
  readonly world: ServiceWorld;
  /** For the service that is to run on it. */
  readonly environment: Readonly<Record<string, string>>;
};

export async function withDatabase<T>(folder: string, work: (prepared: Prepared) => Promise<T>): Promise<T> {
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  const server = await startEmbedded({ dataDir, say: () => undefined });
  const { pool, close } = connect(server.connection);
  await migrate({ pool, folder: MIGRATIONS, now: () => new Date() });
  await close();
  const config = server.connection;
  const world = await worldOn({ config, drop: () => server.stop() }, new Date().toISOString());
  try {
    return await work({ world, environment: { DATABASE_URL: urlOf(config), SECRET_KEY } });
  } finally {
    await world.close();
  }
}

/** Two people in two zones who have signed an agreement over a year. */
export async function agreed(world: ServiceWorld, k: number) {
  const people: readonly [PartnerId, PartnerId] = [
    await world.person(`Ana${k} Duarte`, 'Europe/Lisbon'),
    await world.person(`Ben${k} Okafor`, 'Europe/Berlin'),
  ];
  const id = await founded(world, people);
  await redrafted(world, { id, by: people[0] }, (terms) => ({
    ...terms,
    anchor: UTC,
    horizon: { weeks: 52, invited: 4 },
  }));
  await signedByAll(world, id, people);
  return { id, people };
}
