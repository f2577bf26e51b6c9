// Where a command writes: data to standard output, everything else to standard error.

import type { Remark } from '../../flows/partnership-file.ts';
import { formatRemark } from '../../flows/partnership-file.ts';
import { type Block, span } from '../../views/styled-text.ts';
import { draw, type Paper } from './draw.ts';
import { wantsColour } from './paint.ts';

type Stream = {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
};

export type Screen = {
  readonly show: (blocks: readonly Block[]) => void;
  readonly showJson: (value: unknown) => void;
  readonly say: (text: string) => void;
  readonly sayBlocks: (blocks: readonly Block[]) => void;
};

type Streams = {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** What somebody wrote in a calendar may be in a sentence, and must not steer the terminal. */
const STEERING = /[^\P{Cc}\n]/gu;

/** What a file or a pipe is taken to be wide. */
const UNKNOWN_WIDTH = 160;

export function screenOn({ stdout, stderr, env }: Streams): Screen {
  return {
    show: (blocks) => stdout.write(draw(blocks, paperOf(stdout, env))),
    showJson: (value) => stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    say: (text) => stderr.write(sentence(text.replace(STEERING, '\ufffd'), paperOf(stderr, env))),
    sayBlocks: (blocks) => stderr.write(draw(blocks, paperOf(stderr, env))),
  };
}

/** Breaks between words that are there already stay. */
function sentence(text: string, paper: Paper): string {
  const parts = text.split('\n').map((part) => [span(part)]);
  return draw([{ kind: 'lines', lines: parts }], paper);
}

/** Remarks of one kind, each on a line of its own. */
export function sayRemarks(screen: Screen, kind: 'wrong' | 'warning', remarks: readonly Remark[]): void {
  for (const remark of remarks.slice(0, MOST_REMARKS)) screen.say(`${kind}: ${formatRemark(remark)}`);
  if (remarks.length > MOST_REMARKS) screen.say(`… and ${remarks.length - MOST_REMARKS} more`);
}

const MOST_REMARKS = 25;

/** In a file or a pipe a sentence is one line, whatever its length, so that programs can look for it. */
function paperOf({ columns, isTTY }: Stream, env: Streams['env']): Paper {
  return {
    columns: columns || UNKNOWN_WIDTH,
    longestLine: columns || Number.POSITIVE_INFINITY,
    colour: wantsColour({ env, ...(isTTY !== undefined && { isTTY }) }),
  };
}
