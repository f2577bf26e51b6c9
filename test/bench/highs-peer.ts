// The peer: exact leximin by HiGHS (WASM, one thread), in the formulation that suits it best.

import highs, { type LegacyHighs } from 'highs';
import type { ChoiceProblem } from '../../src/domain/planner/choice.ts';
import { type Groups, groupStages } from '../../src/domain/planner/groups.ts';

export type Solved = {
  /** `C_i`, largest first; where the time was up, of the best solution then, or empty. */
  readonly vector: readonly number[];
  /** Every level was proven optimal. */
  readonly isExact: boolean;
  readonly milliseconds: number;
};

export type Highs = LegacyHighs;

/** The module is loaded once and used for all models. Its types describe the CommonJS build, hence the cast. */
export const loadPeer = (): Promise<Highs> => (highs as unknown as typeof highs.default)();

/**
 * Exact leximin for ε = 1. Level k minimises the sum of the k largest `C_i`, with the sums of the levels before held
 * (Ogryczak & Tamir 2003: `k·r + Σ_i max(0, C_i − r)`). Identical weeks are one group with integer counts, options are
 * Pareto-filtered beforehand. All sums are integers, so HiGHS may stop at an absolute gap under 1. Only its own time counts.
 */
export function solveLeximin(highs: Highs, problem: ChoiceProblem, seconds: number): Solved {
  const groups = groupStages(problem);
  const sums: number[] = [];
  let milliseconds = 0;
  for (;;) {
    const solved = solveLevel(
      highs,
      { groups, opening: problem.opening, sums },
      seconds - milliseconds / 1_000,
    );
    milliseconds += solved.milliseconds;
    if (!solved.isExact || sums.length + 1 === problem.partners) return { ...solved, milliseconds };
    sums.push(sumOf(solved.vector.slice(0, sums.length + 1)));
  }
}

/** The best worst `C_i` that HiGHS finds in that time; exact where it proves it. */
export function solveWorst(highs: Highs, problem: ChoiceProblem, seconds: number): Solved {
  return solveLevel(highs, { groups: groupStages(problem), opening: problem.opening, sums: [] }, seconds);
}

type Model = {
  readonly groups: Groups;
  readonly opening: Int32Array;
  /** `sums[j]` is the least sum of the `j + 1` largest; the model minimises the next one. */
  readonly sums: readonly number[];
};

function solveLevel(highs: Highs, model: Model, seconds: number): Solved {
  const text = modelText(model);
  const options = {
    output_flag: false,
    time_limit: Math.max(seconds, 0.001),
    mip_rel_gap: 0,
    mip_abs_gap: 0.99,
  };
  const before = performance.now();
  const { Status, Columns } = highs.solve(text, options);
  const milliseconds = performance.now() - before;
  return { vector: vectorOf(model, Columns as Primals), isExact: Status === 'Optimal', milliseconds };
}

function modelText({ groups, opening, sums }: Model): string {
  const { partners, width, rows, first, sizes, count } = groups;
  const level = sums.length + 1;
  const lines = ['Minimize', ` obj: ${largest(level, partners)}`, 'Subject To'];
  const names: string[] = [];
  for (let g = 0; g < count; g++) {
    const own = range(first[g]!, first[g + 1]!).map((row) => `x${row}`);
    lines.push(` g${g}: ${own.join(' + ')} = ${sizes[g]}`);
    names.push(...own);
  }
  for (let i = 0; i < partners; i++) {
    const terms = range(0, rows.length / width).filter((row) => rows[row * width + i]! > 0);
    const burden = terms.map((row) => ` - ${rows[row * width + i]} x${row}`).join('');
    lines.push(` c${i}: C${i}${burden} = ${opening[i]}`, ` m${i}: C${i} - r1 <= 0`);
    for (let k = 2; k <= level; k++) lines.push(` t${k}_${i}: C${i} - r${k} - s${k}_${i} <= 0`);
  }
  for (const [j, sum] of sums.entries()) lines.push(` f${j + 1}: ${largest(j + 1, partners)} <= ${sum}`);
  return [...lines, 'Generals', ` ${names.join(' ')}`, 'End'].join('\n');
}

/** The sum of the `k` largest, as the dual of choosing them. */
const largest = (k: number, partners: number): string =>
  k === 1
    ? 'r1'
    : `${k} r${k}${range(0, partners)
        .map((i) => ` + s${k}_${i}`)
        .join('')}`;

type Primals = Record<string, { readonly Primal?: number }>;

/** `C_i` of the solution, largest first; empty where there is none. */
function vectorOf({ groups, opening }: Model, columns: Primals): number[] {
  const { partners, width, rows } = groups;
  const borne = Array.from(opening);
  for (let row = 0; row * width < rows.length; row++) {
    const value = columns[`x${row}`]?.Primal;
    if (value === undefined || Number.isNaN(value)) return [];
    for (let i = 0; i < partners; i++) borne[i]! += Math.round(value) * rows[row * width + i]!;
  }
  return borne.sort((a, b) => b - a);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
