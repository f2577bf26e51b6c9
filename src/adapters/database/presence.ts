// Who works on a database of others, which several may: every service is present, and a restore wants to be alone with it.

import { setTimeout as pause } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { DatabaseUnavailable } from '../../domain/errors.ts';
import { databaseFault } from './postgres-faults.ts';
import { type Held, type Lock, takeLock } from './session-lock.ts';

export type Presence = { readonly release: () => Promise<void> };

export type Place = {
  readonly config: ClientConfig;
  /** As it may be shown. */
  readonly where: string;
};

/** Until it is released, however often the connection breaks. Throws DatabaseUnavailable, also while a restore is under way. */
export async function presentAt(place: Place): Promise<Presence> {
  return kept(await taken(place, 'shared'), () => taken(place, 'shared'));
}

/** Throws DatabaseUnavailable, also while anybody else works on the database. */
export async function aloneAt(place: Place): Promise<Presence> {
  return taken(place, 'alone');
}

async function taken({ config, where }: Place, as: Lock['as']): Promise<Held> {
  const outcome = await takeLock(config, { number: 2, as }).catch((error: unknown) => {
    throw databaseFault(error, where) ?? error;
  });
  if (outcome.kind === 'held') return outcome;
  throw new DatabaseUnavailable(where, REFUSALS[as](outcome.by));
}

const REFUSALS = {
  shared: (by: string) => `it is being restored (${by}); start again when that has ended`,
  alone: (by: string) => `another Turnabout works on it (${by}); stop every one that does, then try again`,
};

/** In milliseconds. */
const BETWEEN_TRIES = 1_000;

function kept(first: Held, again: () => Promise<Held>): Presence {
  let held: Held | undefined = first;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      await held?.ended;
      if (isOver) return;
      held = await again().catch(() => undefined);
      if (!held) await pause(BETWEEN_TRIES);
    }
  })();
  const release = async () => {
    isOver = true;
    await held?.release();
    await watching;
    // What was taken meanwhile.
    await held?.release();
  };
  return { release };
}
