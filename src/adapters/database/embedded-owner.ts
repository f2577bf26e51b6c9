// One Turnabout has a data folder at a time: whoever holds a lock in the database that lies there.

import type { Connection } from './embedded-listening.ts';
import { type Held, type Taken, takeLock } from './session-lock.ts';

export type Owner = Held;

export async function takeOwnership(connection: Connection): Promise<Owner | Taken> {
  return takeLock({ ...connection, database: 'postgres' }, { number: 1, as: 'alone' });
}
