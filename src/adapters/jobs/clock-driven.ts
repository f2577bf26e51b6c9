// Jobs in memory that are done when a clock comes to them, however fast it is moved: for years that pass in seconds.

import { ProviderUnavailable } from '../../domain/errors.ts';
import { HOUR } from '../../domain/time/duration.ts';
import { type Instant, plus } from '../../domain/time/instant.ts';
import type { Clock } from '../../flows/ports.ts';
import type { Job, JobStore } from '../../flows/stores.ts';

export type ClockDrivenJobs = JobStore & {
  readonly waiting: { readonly job: Job; readonly at: Instant }[];
  /** Does every job that is due by the clock, until none is. What is to be tried again is due an hour later. */
  readonly settle: (work: (job: Job) => Promise<void>) => Promise<void>;
};

export function clockDrivenJobs(clock: Clock): ClockDrivenJobs {
  const waiting: { readonly job: Job; readonly at: Instant }[] = [];
  const put = async (job: Job, at: Instant = clock()) => {
    const isThere = waiting.some(
      (other) => other.at === at && JSON.stringify(other.job) === JSON.stringify(job),
    );
    if (!isThere) waiting.push({ job, at });
  };
  const settle: ClockDrivenJobs['settle'] = async (work) => {
    for (;;) {
      const next = waiting.findIndex(({ at }) => at <= clock());
      if (next < 0) return;
      const [due] = waiting.splice(next, 1);
      await work(due!.job).catch(async (error: unknown) => {
        if (!(error instanceof ProviderUnavailable)) throw error;
        await put(due!.job, plus(clock(), HOUR));
      });
    }
  };
  return { waiting, put, settle };
}
