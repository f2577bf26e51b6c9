import { describe, expect, it } from 'vitest';
import { draw, type Paper } from '../../../src/adapters/terminal/draw.ts';
import { wantsColour } from '../../../src/adapters/terminal/paint.ts';
import { planningLine, progressBar } from '../../../src/adapters/terminal/progress.ts';
import { type Block, lines, span } from '../../../src/views/styled-text.ts';

const left = (heading: string) => ({ heading: [span(heading, 'strong')], align: 'left' as const });
const paper = (columns: number): Paper => ({ columns, longestLine: columns, colour: false });
const table: Block = {
  kind: 'table',
  columns: [left('Name'), { ...left('Points'), align: 'right' }],
  rows: [
    [[span('Ana')], [span('9', 'odd')]],
    [[span('林千秋')], [span('120')]],
  ],
};

describe('a table', () => {
  it('has columns as wide as what is in them, wide characters counted', () => {
    expect(draw([table], paper(80))).toBe('Name    Points\nAna          9\n林千秋     120\n');
  });

  it('is written one row a paragraph where the paper is narrow', () => {
    expect(draw([table], paper(10))).toBe('Ana\n  Points  9\n林千秋\n  Points  120\n');
  });

  it('has colours where the paper takes them, outside of its width', () => {
    expect(draw([table], { ...paper(80), colour: true })).toContain('Ana          \u001b[33m9\u001b[39m\n');
  });

  it('stands apart from the next block by a blank line', () => {
    expect(draw([lines([span('One')]), lines([span('Two')])], paper(80))).toBe('One\n\nTwo\n');
  });
});

describe('a long line of text', () => {
  const why = lines([span('2027-W01'), span('  So that the odd hours alternate.', 'faint')]);

  it('is broken where the paper ends, and goes on under its text', () => {
    expect(draw([why], paper(30))).toBe('2027-W01  So that the odd\n          hours alternate.\n');
  });

  it('keeps its colours over the break, and has none in the indent', () => {
    expect(draw([why], { ...paper(30), colour: true })).toBe(
      '2027-W01\u001b[2m  So that the odd\u001b[22m\n          \u001b[2mhours alternate.\u001b[22m\n',
    );
  });

  it('goes on where it began', () => {
    expect(draw([lines([span('  Ask Ana Duarte to move one event')])], paper(20))).toBe(
      '  Ask Ana Duarte to\n  move one event\n',
    );
  });

  it('has wide characters counted, and leaves a word whole that is longer than the paper', () => {
    expect(draw([lines([span('林千秋 林千秋 supercalifragilistic 林')])], paper(10))).toBe(
      '林千秋\n林千秋\nsupercalifragilistic\n林\n',
    );
  });

  it('stays one line in a file', () => {
    expect(draw([why], { ...paper(30), longestLine: Number.POSITIVE_INFINITY })).toBe(
      '2027-W01  So that the odd hours alternate.\n',
    );
  });
});

describe('colours', () => {
  it.each([
    [{ isTTY: true, env: {} }, true],
    [{ isTTY: false, env: {} }, false],
    [{ isTTY: true, env: { NO_COLOR: '1' } }, false],
    [{ isTTY: true, env: { NO_COLOR: '' } }, true],
    [{ isTTY: true, env: { TERM: 'dumb' } }, false],
    [{ isTTY: false, env: { FORCE_COLOR: '1' } }, true],
    [{ isTTY: true, env: { FORCE_COLOR: '0' } }, false],
    [{ isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ])('for %j: %s', (surroundings, wanted) => expect(wantsColour(surroundings)).toBe(wanted));
});

describe('a progress bar', () => {
  function drawn(isTTY: boolean, times: readonly number[]): string {
    let [text, tick] = ['', 0];
    const progress = progressBar(
      {
        isTTY,
        write: (more) => {
          text += more;
        },
      },
      () => times[tick++] ?? 0,
      'calendars',
    );
    for (const done of [0, 1, 2]) progress(done, 2);
    return text;
  }

  it('is drawn after a second, and cleared', () => {
    expect(drawn(true, [0, 10, 1_200, 2_000])).toBe('\r████████████░░░░░░░░░░░░ 1 of 2 calendars\r\u001b[K');
  });

  it('is not drawn for what is quick, nor anywhere but on a terminal', () => {
    expect(drawn(true, [0, 10, 20, 30])).toBe('');
    expect(drawn(false, [0, 10, 1_200, 2_000])).toBe('');
  });
});

describe('the beginning of planning', () => {
  it.each([
    [true, 'Planning 12 weeks…\n'],
    [false, ''],
  ])('is told on a terminal alone (%s)', (isTTY, wanted) => {
    const written: string[] = [];
    planningLine({ isTTY, write: (text) => written.push(text) })(12);
    expect(written.join('')).toBe(wanted);
  });
});
