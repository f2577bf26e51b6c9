// Marks of style as colours of a terminal.

import { styleText } from 'node:util';
import type { Line, Tone } from '../../views/styled-text.ts';

type Surroundings = { readonly isTTY?: boolean; readonly env: Readonly<Record<string, string | undefined>> };

/** NO_COLOR (no-color.org) goes before FORCE_COLOR, and both before what the stream is. */
export function wantsColour({ isTTY, env }: Surroundings): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTTY === true && env.TERM !== 'dumb';
}

const STYLES: Readonly<Record<Exclude<Tone, 'plain'>, Parameters<typeof styleText>[0]>> = {
  strong: 'bold',
  faint: 'dim',
  odd: 'yellow',
  good: 'green',
  bad: 'red',
};

export function paint(line: Line, colour: boolean): string {
  return line
    .map(({ text, tone }) =>
      colour && tone !== 'plain' && text !== ''
        ? styleText(STYLES[tone], text, { validateStream: false })
        : text,
    )
    .join('');
}
