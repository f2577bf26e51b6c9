// A question to some partners with a deadline: a relaxation where nothing fits, another time, a swap of turns. Silence is a no.

import type { PartnerId } from './partner.ts';
import type { Relaxation } from './planner/plan.ts';
import { MINUTE } from './time/duration.ts';
import { type Instant, instantOf } from './time/instant.ts';
import type { Interval } from './time/interval.ts';
import { afterWorkingTime, type Worker } from './working-time.ts';

/** Whether everybody it asks agreed, somebody refused, nobody answered in time, or there is nothing left to ask. */
export type Outcome = 'agreed' | 'refused' | 'lapsed' | 'moot';

/** Why another time is proposed. `declined`: somebody cannot come; `volunteer`: somebody takes an odd hour from others. */
export type Proposal = 'partner' | 'counter' | 'declined' | 'volunteer';

/** Who cannot come to what stands at a time. */
export type Declined = { readonly by: readonly PartnerId[]; readonly time: Interval };

/**
 * What is asked. `swap`: the times of two periods are exchanged, `parts` in the order of `periods`. Where `declined` is given, it is
 * asked because of that decline and for no other reason.
 */
export type Ask =
  | { readonly kind: 'relaxation'; readonly relaxation: Relaxation; readonly declined?: Declined }
  | {
      readonly kind: 'time';
      readonly because: Proposal;
      readonly of: PartnerId;
      readonly time: Interval;
      readonly declined?: Declined;
    }
  | {
      readonly kind: 'swap';
      readonly of: PartnerId;
      readonly periods: readonly [string, string];
      readonly parts: readonly [Interval, Interval];
    };

/** The decline that an ask comes from, where it does. */
export function declinedIn(ask: Ask): Declined | undefined {
  return ask.kind === 'swap' ? undefined : ask.declined;
}

/** A question about the occurrence of `period`. */
export type Question = {
  readonly id: string;
  /** The same for the same question, so that none is asked twice. */
  readonly key: string;
  readonly period: string;
  readonly ask: Ask;
  /** Whose yes it needs. */
  readonly asks: readonly PartnerId[];
  readonly askedAt: Instant;
  readonly deadline: Instant;
  readonly replies: ReadonlyMap<PartnerId, 'yes' | 'no'>;
  readonly outcome?: Outcome;
};

/** The outcome that is reached by `now`; undefined while it is open. One no decides, a yes counts also if it came late. */
export function outcomeOf(question: Question, now: Instant): Outcome | undefined {
  const { asks, replies, deadline, outcome } = question;
  if (outcome) return outcome;
  if (asks.some((id) => replies.get(id) === 'no')) return 'refused';
  if (asks.every((id) => replies.get(id) === 'yes')) return 'agreed';
  return now < deadline ? undefined : 'lapsed';
}

/** So long does a question wait for those whom it asks: 48 of their working hours. */
const PATIENCE = 48 * 60;

/** 48 working hours of whoever has them last, or half of the time that is left until `until` where that is sooner. */
export function deadlineFor(asked: readonly Worker[], now: Instant, until: Instant): Instant {
  const half = Math.max(now, now + (until - now) / 2);
  const patient = asked.map((worker) => afterWorkingTime(worker, now, PATIENCE) ?? until);
  return instantOf(Math.floor(Math.min(half, Math.max(now, ...patient)) / MINUTE) * MINUTE);
}

/** What a question is about in time: from the first start to the last end of what would be held. */
export function timesOf(ask: Ask): readonly Interval[] {
  if (ask.kind === 'time') return [ask.time];
  return ask.kind === 'swap' ? ask.parts : ask.relaxation.parts;
}

/** The question still makes sense: none of what it is about has begun. */
export function isTimely(ask: Ask, now: Instant): boolean {
  return timesOf(ask).every(({ start }) => now < start);
}
