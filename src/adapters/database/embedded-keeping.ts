// Keeps the data folder while the process lives, also where the database ends by itself or is killed meanwhile.

import { setTimeout as pause } from 'node:timers/promises';
import type { Owner } from './embedded-owner.ts';

export type Keeping = {
  /** Lets `end` stop the database, and does not bring it back. */
  stop(end: () => Promise<void>): Promise<void>;
};

type KeepingOptions = {
  /** Brings the database back, with us as its owner. */
  readonly again: () => Promise<Owner>;
  readonly say: (sentence: string) => void;
};

export function keep(first: Owner, { again, say }: KeepingOptions): Keeping {
  let owner: Owner | undefined = first;
  let isWanted = true;
  let reviving: Promise<Owner | undefined> = Promise.resolve(first);
  const watching = (async () => {
    while (owner) {
      await owner.ended;
      reviving = isWanted ? revived({ again, say, isWanted: () => isWanted }) : Promise.resolve(undefined);
      owner = await reviving;
    }
  })();
  return {
    async stop(end) {
      isWanted = false;
      await reviving;
      await end();
      await owner?.release();
      await watching;
    },
  };
}

/** In milliseconds: a disk that is full stays so for a while. */
const BETWEEN_TRIES = 1_000;

async function revived({
  again,
  say,
  isWanted,
}: KeepingOptions & { isWanted(): boolean }): Promise<Owner | undefined> {
  let said = 'The database ended by itself and is started again.';
  for (say(said); isWanted(); await pause(BETWEEN_TRIES)) {
    try {
      const owner = await again();
      say('The database is back.');
      return owner;
    } catch (error) {
      const reason = `The database cannot be started: ${(error as Error).message}`;
      if (reason !== said) say(reason);
      said = reason;
    }
  }
  return undefined;
}
