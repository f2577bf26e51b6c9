// How much of a calendar is read. Each limit lies far above what calendars of people hold, and keeps a hostile or
// broken file from taking the process with it.

import { SECOND } from '../../../domain/time/duration.ts';

export type ReadingLimits = {
  /** Bytes of a calendar, unpacked. The largest exports seen (ten years, attachments inside) were under 20 MB. */
  readonly bytes: number;
  /** Characters of an unfolded line that is read; a list of 7,000 EXDATEs has about 120,000. Others are not looked at. */
  readonly lineLength: number;
  /** VEVENT and VFREEBUSY components; a very busy person collects about 5,000 a year. */
  readonly events: number;
  /** Occurrences of one event inside the window; one every ten minutes for half a year is 26,000. */
  readonly occurrencesOfEvent: number;
  /** Occurrences of a calendar inside the window. */
  readonly occurrences: number;
  /** Days and times of day looked at for one event: some tens of milliseconds. A daily COUNT since 1970 needs 20,000. */
  readonly stepsOfEvent: number;
  /** Days and times of day looked at for the whole calendar: a second or two. */
  readonly steps: number;
  /** Problems told of; nobody reads more. */
  readonly problems: number;
};

export const LIMITS: ReadingLimits = {
  bytes: 32 * 1024 * 1024,
  lineLength: 256 * 1024,
  events: 100_000,
  occurrencesOfEvent: 50_000,
  occurrences: 500_000,
  stepsOfEvent: 1_000_000,
  steps: 20_000_000,
  problems: 1_000,
};

export type LoadingLimits = {
  /** Bytes as they come over the wire. */
  readonly rawBytes: number;
  /** Bytes after gzip, deflate or brotli: what the reader accepts at most. */
  readonly bytes: number;
  /** Milliseconds for everything: name, connection, redirects, body. */
  readonly timeout: number;
  /** Redirects followed, each checked like the first address. */
  readonly redirects: number;
};

export const LOADING_LIMITS: LoadingLimits = {
  rawBytes: LIMITS.bytes,
  bytes: LIMITS.bytes,
  timeout: 30 * SECOND,
  redirects: 5,
};

/** Thrown where one event takes more than its share; the message says of what, and is safe to show. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded';
}

/** What is left to spend: of one event and, shared with the other events, of the calendar. */
export type Budget = {
  /** Takes `count` steps, or throws LimitExceeded. */
  step(count: number): void;
  /** Counts one occurrence inside the window, or throws LimitExceeded. */
  occurrence(): void;
};

/** Hands out the budget of each event of one calendar. */
export function budgetsOf(limits: ReadingLimits): () => Budget {
  const left = { steps: limits.steps, occurrences: limits.occurrences };
  return () => {
    const own = { steps: limits.stepsOfEvent, occurrences: limits.occurrencesOfEvent };
    return {
      step: (count) => {
        own.steps -= count;
        left.steps -= count;
        if (own.steps < 0 || left.steps < 0)
          throw new LimitExceeded('its recurrence takes too long to compute');
      },
      occurrence: () => {
        if (--own.occurrences < 0 || --left.occurrences < 0) throw new LimitExceeded('it occurs too often');
      },
    };
  };
}
