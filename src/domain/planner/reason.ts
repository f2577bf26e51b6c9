// Why an occurrence is where it is: the first rule without which the choice would have been another. Every rule is tried out by
// deciding again without it, so that what the sentence says is true.

import type { Instant } from '../time/instant.ts';
import { rotateFreely } from './decide.ts';
import type { Points, Reason, Rule } from './plan.ts';
import { decideAgain, type Standing } from './plan-again.ts';
import {
  alteredRound,
  burdensOf,
  intervalAt,
  type Problem,
  type Published,
  pointsIn,
  type Round,
  roundWith,
  startsOf,
} from './problem.ts';
import { freeTime, type LimitKind } from './seat.ts';

/** What was decided, and from what. */
export type Verdict = {
  readonly problem: Problem;
  readonly published: readonly Published[];
  readonly standing: Standing;
};

/** Tells for each round of the verdict, which must have a start, which rule decided where it lies. */
export function reasoner(verdict: Verdict): (round: Round) => Reason {
  const otherwise = othersOf(verdict);
  return (decided) => {
    const { problem, standing } = verdict;
    const start = standing.decision.starts.get(decided)!;
    const published = byPublication(verdict, decided, start);
    if (published) return published;
    const round = problem.rounds.find(({ period }) => period.id === decided.period.id)!;
    const there = { round, start, k: round.starts.indexOf(start) };
    // A pin that is no candidate: nothing but the pin put it there.
    if (there.k < 0) return { rule: { kind: 'pinned' } };
    return (
      byFixedTime(verdict, there, otherwise) ??
      byFairness(problem, there) ??
      byLimit(verdict, there, 'easier') ??
      byLeastBurden(problem, there) ??
      byLimit(verdict, there, 'any') ??
      byOrder(problem, there, otherwise) ?? { rule: { kind: 'hard-limits' } }
    );
  };
}

/** Where an occurrence was placed: the `k`th of the candidates that its round has by the hard limits alone. */
type Place = { readonly round: Round; readonly start: number; readonly k: number };

/** A decision that might have been. */
type Otherwise = Pick<Standing, 'rounds' | 'decision'>;

/** The decisions without one rule for all periods together; each is made once, when it is first asked for. */
type Others = { readonly [rule in 'fixed-time' | 'spread' | 'calm']: () => Otherwise };

function othersOf({ problem, published, standing }: Verdict): Others {
  return {
    'fixed-time': once(() => {
      const rounds = standing.rounds.map((round, t) =>
        standing.pinned.has(round) ? round : problem.rounds[t]!,
      );
      return { rounds, decision: rotateFreely(problem, rounds) };
    }),
    spread: once(() => decideAgain(problem, published, { ignore: 'spread' })),
    calm: once(() => decideAgain(problem, published, { ignore: 'calm' })),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** It was published, or moved there by the partners: planned anew it would be elsewhere. */
function byPublication(
  { problem, published, standing }: Verdict,
  round: Round,
  start: number,
): Reason | undefined {
  const kind = standing.pinned.has(round) ? 'pinned' : 'published';
  if (kind === 'published' && !standing.settled.has(round)) return undefined;
  const others = published.filter(({ period }) => period !== round.period.id);
  return changed(problem, { round, start }, { kind }, decideAgain(problem, others));
}

/** One time is kept over several periods: rotating freely it would be elsewhere. */
function byFixedTime({ problem, standing }: Verdict, place: Place, otherwise: Others): Reason | undefined {
  if (standing.decision.restriction === undefined) return undefined;
  return changed(problem, place, { kind: 'fixed-time' }, otherwise['fixed-time']());
}

/** The odd hours are shared: by the least burden of this one period alone it would be elsewhere. */
function byFairness(problem: Problem, { round, k }: Place): Reason | undefined {
  const easiest = easiestCandidate(problem, round);
  if (sameBurdens(problem, round, k, easiest)) return undefined;
  return { rule: { kind: 'fairness' }, instead: insteadAt(problem, round, round.starts[easiest]!) };
}

/** The least burden of all the candidates: by time alone it would be earlier. */
function byLeastBurden(problem: Problem, { round, k }: Place): Reason | undefined {
  if (sameBurdens(problem, round, k, 0)) return undefined;
  return { rule: { kind: 'least-burden' }, instead: insteadAt(problem, round, round.starts[0]!) };
}

/** One limit of one partner in this period: without it the choice is another one (`easier`: with less burden for all together). */
function byLimit(verdict: Verdict, place: Place, better: 'easier' | 'any'): Reason | undefined {
  const { problem } = verdict;
  const { round, k } = place;
  const before = burdenSum(problem, round, k);
  let best: { readonly reason: Reason; readonly sum: number } | undefined;
  for (const { rule, lifted } of liftedRounds(problem, round)) {
    if (lifted.starts.length === round.starts.length) continue;
    const least = burdenSum(problem, lifted, easiestCandidate(problem, lifted));
    if ((better === 'easier' && least >= before) || (best && least >= best.sum)) continue;
    const reason = changed(problem, place, rule, decideWith(verdict, lifted));
    if (reason) best = { reason, sum: least };
  }
  return best?.reason;
}

/** The later criteria, in their order: spread over time, fewest changes of wall time, the earliest of equals. */
function byOrder(problem: Problem, place: Place, otherwise: Others): Reason | undefined {
  for (const kind of ['spread', 'calm'] as const) {
    const reason = changed(problem, place, { kind }, otherwise[kind]());
    if (reason) return reason;
  }
  const { round, k } = place;
  const latest = round.starts.findLastIndex((_, other) => sameBurdens(problem, round, other, k));
  if (latest === k) return undefined;
  return { rule: { kind: 'earliest' }, instead: insteadAt(problem, round, round.starts[latest]!) };
}

/** The limits in the order in which they are named where several would do: what is particular to the week first. */
const LIMITS_TO_NAME = [
  'busy',
  'elsewhere',
  'focus',
  'away',
  'reachable',
] as const satisfies readonly LimitKind[];

/** `round` without one limit at a time: each partner's own ones, and the notice. */
function* liftedRounds(
  problem: Problem,
  round: Round,
): Generator<{ readonly rule: Rule; readonly lifted: Round }> {
  for (const kind of LIMITS_TO_NAME) {
    for (const seat of round.present) {
      const { partner } = problem.seats[seat]!;
      const free = new Map([[seat, freeTime(problem.seats[seat]!, [kind])]]);
      yield { rule: { kind, partner: partner.id }, lifted: alteredRound(problem, round, { free }) };
    }
  }
  const earliest = startsOf(problem, round.period).first;
  yield { rule: { kind: 'notice' }, lifted: alteredRound(problem, round, { earliest }) };
}

function decideWith({ problem, published }: Verdict, instead: Round): Standing {
  const rounds = problem.rounds.map((each) => (each.period.id === instead.period.id ? instead : each));
  return decideAgain({ ...problem, rounds }, published);
}

/** The reason, if otherwise the period would have had another start. */
function changed(
  problem: Problem,
  { round, start }: Pick<Place, 'round' | 'start'>,
  rule: Rule,
  otherwise: Otherwise,
) {
  const same = otherwise.rounds.find(({ period }) => period.id === round.period.id)!;
  const other = otherwise.decision.starts.get(same);
  if (other === start) return undefined;
  return other === undefined ? { rule } : { rule, instead: insteadAt(problem, round, other) };
}

function insteadAt(
  problem: Problem,
  round: Round,
  start: number,
): { readonly start: Instant; readonly burdens: Points } {
  const there = roundWith(problem, round, [start]);
  return { start: intervalAt(problem, start).start, burdens: pointsIn(problem, there, start) };
}

/** The candidate with the least burden for all together, the earliest of several. */
function easiestCandidate(problem: Problem, round: Round): number {
  let best = 0;
  for (const k of round.starts.keys()) {
    if (burdenSum(problem, round, k) < burdenSum(problem, round, best)) best = k;
  }
  return best;
}

function burdenSum(problem: Problem, round: Round, k: number): number {
  return burdensOf(problem, round, k).reduce((sum, points) => sum + points, 0);
}

function sameBurdens(problem: Problem, round: Round, a: number, b: number): boolean {
  const [left, right] = [burdensOf(problem, round, a), burdensOf(problem, round, b)];
  return left.every((points, seat) => points === right[seat]);
}
