// What the partners agreed to, as the planner has to take it: times that are pins, and occurrences that are not the planner's.

import { hostsOf } from '../fairness/hosts.ts';
import { absenceCredit } from '../fairness/ledger.ts';
import type { Partner, PartnerId } from '../partner.ts';
import type { AgreedTo, Occurrence, Relaxation } from '../planner/plan.ts';
import type { Ask } from '../question.ts';
import type { Instant } from '../time/instant.ts';
import type { Period } from '../time/period.ts';
import type { Part } from './observation.ts';

/** A time at which the partners put the occurrence of a period. */
export type Pin = { readonly period: string; readonly start: Instant; readonly to: AgreedTo };

/** An occurrence with another length or other people than the terms say, because all of those it concerns agreed to it. */
export type RelaxedOccurrence = { readonly part: Part; readonly occurrence: Occurrence };

/** The pins of an ask to which all have agreed; none where it changes more than the time. */
export function pinsOf(period: string, ask: Ask): Pin[] {
  if (ask.kind === 'time') return [{ period, start: ask.time.start, to: ask.because }];
  if (ask.kind === 'swap')
    return ask.periods.map((each, i) => ({ period: each, start: ask.parts[i]!.start, to: 'swap' }));
  const { kind, parts } = ask.relaxation;
  return CHANGES_MORE.has(kind) ? [] : [{ period, start: parts[0]!.start, to: kind }];
}

/** Other lengths and other people are not a matter of the time alone. */
const CHANGES_MORE: ReadonlySet<Relaxation['kind']> = new Set(['shorter', 'rotating-absence', 'two-halves']);

type Setting = {
  readonly period: Period;
  readonly partners: readonly Partner[];
  /** Who led before, in order. */
  readonly hosted: Parameters<typeof hostsOf>[1];
};

/** What is held by a relaxation that changes more than the time; nothing where it changes the time alone. */
export function relaxedBy(ask: Ask, { period, partners, hosted }: Setting): RelaxedOccurrence[] {
  if (ask.kind !== 'relaxation' || !CHANGES_MORE.has(ask.relaxation.kind)) return [];
  const { kind, parts } = ask.relaxation;
  const everybody = partners.map(({ id }) => id);
  const there = new Set(parts.flatMap(({ burdens }) => [...burdens.keys()]));
  const hosts = hostsOf(everybody, [...hosted, ...parts.map(({ burdens }) => ({ burdens }))]).slice(
    hosted.length,
  );
  return parts.map(({ start, end, burdens }, i) => ({
    part: (parts.length > 1 ? i + 1 : 0) as Part,
    occurrence: {
      period,
      start,
      end,
      burdens,
      // Those who are in neither part are credited once.
      credits: new Map(i > 0 ? [] : absentFrom(everybody, there, burdens)),
      ledger: new Map(),
      host: hosts[i]!,
      reason: { rule: { kind: 'agreed', to: kind } },
    },
  }));
}

function absentFrom(
  everybody: readonly PartnerId[],
  there: ReadonlySet<PartnerId>,
  burdens: ReadonlyMap<PartnerId, number>,
): (readonly [PartnerId, number])[] {
  const credit = absenceCredit([...burdens.values()]);
  return everybody.filter((id) => !there.has(id)).map((id) => [id, credit] as const);
}
