// Draws tables and lines for a terminal or a file.

import type { Block, Column, Line } from '../../views/styled-text.ts';
import { paint } from './paint.ts';
import { widthOf, wrap } from './wrap.ts';

/** How wide a table may be, how long a line of text, and whether there are colours. */
export type Paper = { readonly columns: number; readonly longestLine: number; readonly colour: boolean };

/** The blocks with a blank line between them and a line break at the end. */
export function draw(blocks: readonly Block[], paper: Paper): string {
  return `${blocks.map((block) => drawBlock(block, paper)).join('\n\n')}\n`;
}

function drawBlock(block: Block, paper: Paper): string {
  if (block.kind === 'lines') return block.lines.map((line) => drawLine(line, paper)).join('\n');
  const widths = block.columns.map(({ heading }, i) =>
    Math.max(widthOf(heading), ...block.rows.map((row) => widthOf(row[i] ?? []))),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length);
  return total > paper.columns ? drawStacked(block, paper) : drawTable(block, widths, paper);
}

function drawLine(line: Line, { longestLine, colour }: Paper): string {
  return wrap(line, longestLine)
    .map((each) => paint(each, colour))
    .join('\n');
}

const GAP = '  ';

type Table = Extract<Block, { readonly kind: 'table' }>;

function drawTable({ columns, rows }: Table, widths: readonly number[], { colour }: Paper): string {
  const cells = [columns.map(({ heading }) => heading), ...rows];
  const drawn = cells.map((row) =>
    row.map((cell, i) => drawCell(cell, columns[i]!, { width: widths[i]!, colour })),
  );
  return drawn.map((row) => row.join(GAP).trimEnd()).join('\n');
}

type Room = { readonly width: number; readonly colour: boolean };

function drawCell(cell: Line, { align }: Column, { width, colour }: Room): string {
  const padding = ' '.repeat(Math.max(0, width - widthOf(cell)));
  const text = paint(cell, colour);
  return align === 'right' ? padding + text : text + padding;
}

/** Where the table is wider than the paper, every row is a paragraph: its first cell, and the others under their headings. */
function drawStacked({ columns, rows }: Table, { colour }: Paper): string {
  const [, ...others] = columns;
  const width = Math.max(...others.map(({ heading }) => widthOf(heading)));
  const paragraphs = rows.map(([first = [], ...cells]) => {
    const under = cells.map((cell, i) => {
      const heading = drawCell(others[i]!.heading, { heading: [], align: 'left' }, { width, colour });
      return `${GAP}${heading}${GAP}${paint(cell, colour)}`.trimEnd();
    });
    return [paint(first, colour), ...under].join('\n');
  });
  return paragraphs.join('\n');
}
