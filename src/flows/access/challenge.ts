// Challenges: kept for five minutes, answered once.

import { MINUTE } from '../../domain/time/duration.ts';
import { plus } from '../../domain/time/instant.ts';
import type { Challenge } from '../access-stores.ts';
import type { AccessWorld } from './ports.ts';

const CHALLENGE_LIFE = 5 * MINUTE;

export async function keepChallenge(
  id: string,
  challenge: Challenge,
  { access, clock }: Pick<AccessWorld, 'access' | 'clock'>,
): Promise<void> {
  const now = clock();
  await access.challenges.add(id, challenge, { createdAt: now, expiresAt: plus(now, CHALLENGE_LIFE) });
}

/** What is said where `take` gives nothing. */
export const TOO_LATE = 'this took longer than five minutes or was answered before: try again';
