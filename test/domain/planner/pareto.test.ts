import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalsOf, paretoFilter } from '../../../src/domain/planner/pareto.ts';
import { problems, stageOf } from './problems.ts';

describe('paretoFilter', () => {
  it('keeps the first of the options with the same burdens and price, and the others can be found', () => {
    const whole = stageOf([
      [6, 0],
      [0, 6],
      [6, 0],
    ]);
    const { stage, kept } = paretoFilter(whole, 2);
    expect(Array.from(stage.burdens)).toEqual([0, 6, 6, 0]);
    expect(kept.map((option) => equalsOf(whole, 2, option))).toEqual([[1], [0, 2]]);
  });

  it('drops what is nowhere better and somewhere worse', () => {
    const { stage, kept } = paretoFilter(
      stageOf([
        [5, 5],
        [4, 5],
        [9, 0],
      ]),
      2,
    );
    expect(Array.from(stage.burdens)).toEqual([4, 5, 9, 0]);
    expect(kept).toEqual([1, 2]);
  });

  it('keeps a cheaper option beside a fairer one, and drops an equal one that costs more', () => {
    const { stage } = paretoFilter(stageOf([[3], [4], [4]], [6, 0, 2]), 1);
    expect([Array.from(stage.burdens), Array.from(stage.prices)]).toEqual([
      [3, 4],
      [6, 0],
    ]);
  });

  it('leaves exactly the options that no other one beats', () => {
    fc.assert(
      fc.property(problems({ partners: 4, stages: 1, options: 12 }), ({ partners, stages }) => {
        const stage = stages[0]!;
        const rowOf = (o: number) => [
          ...stage.burdens.subarray(o * partners, (o + 1) * partners),
          stage.prices[o]!,
        ];
        const indices = Array.from({ length: stage.count }, (_, o) => o);
        const isBeaten = (o: number) =>
          indices.some((other) => {
            const [a, b] = [rowOf(other), rowOf(o)];
            return a.every((each, i) => each <= b[i]!) && a.some((each, i) => each < b[i]!);
          });
        const kept = paretoFilter(stage, partners).kept.flatMap((option) =>
          equalsOf(stage, partners, option),
        );
        expect(kept.sort((a, b) => a - b)).toEqual(indices.filter((o) => !isBeaten(o)));
      }),
    );
  });
});
