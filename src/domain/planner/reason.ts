// Why an occurrence is where it is: the first rule without which the choice would have been another. Every rule is tried out by
// deciding again without it, so that what the sentence says is true.

import { indexOf } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import { overlaps } from '../time/interval.ts';
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
import { freeTime, type LimitKind, seatOf } from './seat.ts';

/** What was decided, and from what. */
export type Verdict = {
  readonly problem: Problem;
  readonly published: readonly Published[];
  readonly standing: Standing;
};

/**
 * Tells for each round of the verdict, which must have a start, which rule decided where it lies. What was published is itself a
 * rule; all others are tried out on a plan made anew around the partners' pins, so that publishing does not change a reason.
 */
export function reasoner(verdict: Verdict): (round: Round) => Reason {
  const trial = trialOf(verdict);
  return (decided) => {
    const { problem, standing } = verdict;
    const start = standing.decision.starts.get(decided)!;
    const published = byPublication(verdict, { round: decided, start }, trial);
    if (published) return published;
    const round = problem.rounds.find(({ period }) => period.id === decided.period.id)!;
    const there = { round, start, k: round.starts.indexOf(start) };
    // A pin that is no candidate: nothing but the pin put it there.
    if (there.k < 0) return { rule: { kind: 'pinned' } };
    return (
      byFixedTime(trial, there) ??
      byFairness(problem, there) ??
      byEasierTime(trial, there) ??
      byLeastBurden(problem, there) ??
      byAnyLimit(trial, there) ??
      byOrder(trial, there) ?? { rule: { kind: round.starts.length === 1 ? 'hard-limits' : 'least-burden' } }
    );
  };
}

/** Where an occurrence was placed: the `k`th of the candidates that its round has by the hard limits alone. */
type Place = Stay & { readonly k: number };

type Stay = { readonly round: Round; readonly start: number };

/** A decision that might have been. */
type Otherwise = Pick<Standing, 'rounds' | 'decision'>;

/** Decisions made anew around the pins, with all rules and without one of them; each is made when it is first asked for. */
type Trial = {
  readonly problem: Problem;
  readonly pins: readonly Published[];
  readonly anew: () => Standing;
  readonly without: { readonly [rule in 'fixed-time' | 'spread' | 'calm']: () => Otherwise };
};

function trialOf({ problem, published }: Verdict): Trial {
  const pins = published.filter(({ moved }) => moved);
  const anew = once(() => decideAgain(problem, pins));
  const without = {
    'fixed-time': once(() => ({ rounds: anew().rounds, decision: rotateFreely(problem, anew().rounds) })),
    spread: once(() => decideAgain(problem, pins, { ignore: 'spread' })),
    calm: once(() => decideAgain(problem, pins, { ignore: 'calm' })),
  };
  return { problem, pins, anew, without };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * The partners moved it there, or it is where it disturbs least of what was published (itself or others): planned anew it would
 * be elsewhere.
 */
function byPublication(
  { problem, published, standing }: Verdict,
  place: Stay,
  trial: Trial,
): Reason | undefined {
  if (published.length === trial.pins.length && !standing.pinned.has(place.round)) return undefined;
  const own = published.find(({ period }) => period === place.round.period.id);
  if (!own?.moved) return changed(problem, place, { kind: 'published' }, trial.anew());
  const others = published.filter((each) => each !== own);
  return changed(problem, place, { kind: 'pinned' }, decideAgain(problem, others));
}

/** One time is kept over several periods: rotating freely it would be elsewhere. */
function byFixedTime({ problem, anew, without }: Trial, place: Place): Reason | undefined {
  if (anew().decision.restriction === undefined) return undefined;
  return changed(problem, place, { kind: 'fixed-time' }, without['fixed-time']());
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

/** What is particular to the week: it is more worth telling than hours that are the same every week. */
const PARTICULAR = ['busy', 'elsewhere', 'focus', 'away'] as const satisfies readonly LimitKind[];

/** Something in the week without which an easier time for all together would be taken. */
function byEasierTime(trial: Trial, place: Place): Reason | undefined {
  return byLimit(trial, place, { kinds: PARTICULAR, below: burdenSum(trial.problem, place.round, place.k) });
}

/** Any limit of any partner without which another time would be taken. */
function byAnyLimit(trial: Trial, place: Place): Reason | undefined {
  const below = Number.POSITIVE_INFINITY;
  return (
    byLimit(trial, place, { kinds: PARTICULAR, below }) ??
    byLimit(trial, place, { kinds: ['reachable'], below })
  );
}

type Limits = { readonly kinds: readonly LimitKind[]; readonly below: number };

/** One limit of one partner in this period, the one that keeps from the easiest time (with less burden than `below`). */
function byLimit(trial: Trial, place: Place, { kinds, below }: Limits): Reason | undefined {
  const { problem } = trial;
  const { round } = place;
  let best: Reason | undefined;
  let least = below;
  for (const { rule, lifted } of liftedRounds(problem, round, kinds)) {
    if (lifted.starts.length === round.starts.length) continue;
    const sum = burdenSum(problem, lifted, easiestCandidate(problem, lifted));
    if (sum >= least || !isWorthTrying(trial, place, lifted)) continue;
    const reason = confirmed(trial, place, changed(problem, place, rule, decideWith(trial, lifted)));
    // Only a time that the limit itself rules out: the sentence says that the partner cannot then.
    if (!reason?.instead || round.starts.includes(indexOf(problem.grid, reason.instead.start))) continue;
    [best, least] = [reason, sum];
  }
  return best;
}

/** Candidates times partners up to which every limit is tried with a whole plan; beyond, a look at the one period decides. */
const SMALL = 30_000;

/**
 * Whether it is worth a whole plan to see what `lifted` would change. In a large problem it is only where, everything else
 * staying, one of the new candidates would be as fair.
 */
function isWorthTrying({ problem, anew }: Trial, { round, start, k }: Place, lifted: Round): boolean {
  if (problem.rounds.reduce((sum, { burdens }) => sum + burdens.length, 0) <= SMALL) return true;
  const others = anew().decision.borne.map((points, seat) => points - burdensOf(problem, round, k)[seat]!);
  const now = ranked(others, burdensOf(problem, round, k));
  return lifted.starts.some((other, index) => {
    if (other === start || round.starts.includes(other)) return false;
    const then = ranked(others, burdensOf(problem, lifted, index));
    const place = then.findIndex((points, n) => points !== now[n]);
    return place < 0 || then[place]! < now[place]!;
  });
}

/** What everybody has borne, largest first. */
function ranked(others: Int32Array, burdens: Int32Array): Int32Array {
  return others
    .map((points, seat) => points + burdens[seat]!)
    .sort()
    .reverse();
}

/** Busy time is named for one time of the week: without what is in the way just there the choice must be another already. */
function confirmed(trial: Trial, place: Place, reason: Reason | undefined): Reason | undefined {
  if (reason?.rule.kind !== 'busy' || !reason.instead) return reason;
  const { rule, instead } = reason;
  const { problem } = trial;
  const index = problem.seats.findIndex(({ partner }) => partner.id === rule.partner);
  const { partner, grid, elsewhere } = problem.seats[index]!;
  const there = intervalAt(problem, indexOf(grid, instead.start));
  const freed = { ...partner, busy: partner.busy.filter((each) => !overlaps(each, there)) };
  const free = new Map([[index, freeTime(seatOf(freed, grid, elsewhere))]]);
  return changed(problem, place, rule, decideWith(trial, alteredRound(problem, place.round, { free })));
}

/** The later criteria, in their order: spread over time, fewest changes of wall time, the earliest of equals. */
function byOrder({ problem, without }: Trial, place: Place): Reason | undefined {
  for (const kind of ['spread', 'calm'] as const) {
    const reason = changed(problem, place, { kind }, without[kind]());
    if (reason) return reason;
  }
  const { round, k } = place;
  const latest = round.starts.findLastIndex((_, other) => sameBurdens(problem, round, other, k));
  if (latest === k) return undefined;
  return { rule: { kind: 'earliest' }, instead: insteadAt(problem, round, round.starts[latest]!) };
}

type Lifted = { readonly rule: Rule; readonly lifted: Round };

/** `round` without one limit at a time: each partner's own ones, in the order of their kinds, and the notice. */
function* liftedRounds(problem: Problem, round: Round, kinds: readonly LimitKind[]): Generator<Lifted> {
  for (const kind of kinds) {
    for (const seat of round.present) {
      const { partner } = problem.seats[seat]!;
      const free = new Map([[seat, freeTime(problem.seats[seat]!, [kind])]]);
      yield { rule: { kind, partner: partner.id }, lifted: alteredRound(problem, round, { free }) };
    }
  }
  const earliest = startsOf(problem, round.period).first;
  yield { rule: { kind: 'notice' }, lifted: alteredRound(problem, round, { earliest }) };
}

function decideWith({ problem, pins }: Trial, instead: Round): Standing {
  const rounds = problem.rounds.map((each) => (each.period.id === instead.period.id ? instead : each));
  return decideAgain({ ...problem, rounds }, pins);
}

/** The reason, if otherwise the period would have had another start. */
function changed(problem: Problem, { round, start }: Stay, rule: Rule, otherwise: Otherwise) {
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
