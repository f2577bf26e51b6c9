// Removes what can be of no use any more: sessions, links, challenges and counts of limits that have expired.

import { DAY } from '../../domain/time/duration.ts';
import { plus } from '../../domain/time/instant.ts';
import type { AccessWorld } from './ports.ts';

/** A day later, which leaves time to look into what went wrong. */
export async function forgetExpired({ access, clock }: Pick<AccessWorld, 'access' | 'clock'>): Promise<void> {
  await access.forget(plus(clock(), -DAY));
}
