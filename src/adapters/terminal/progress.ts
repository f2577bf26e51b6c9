// What is shown on the terminal of work that may take more than a second.

import type { Planning, Progress } from '../../flows/ports.ts';

type Terminal = { readonly isTTY?: boolean; readonly write: (text: string) => unknown };

const WIDTH = 24;

/** Below it a bar would only flicker. */
const PATIENCE = 1_000;

/** Draws on `terminal` where that is one how much of `what` is done, and clears the line at the end; `now` is in milliseconds. */
export function progressBar(terminal: Terminal, now: () => number, what: string): Progress {
  const begin = now();
  let drawn = false;
  return (done, total) => {
    if (!terminal.isTTY || now() - begin < PATIENCE) return;
    if (done < total) terminal.write(`\r${bar(done, total)} ${what}`);
    else if (drawn) terminal.write('\r\u001b[K');
    drawn = done < total;
  };
}

/** Says on `terminal`, where that is one, that a plan is being made. */
export function planningLine(terminal: Terminal): Planning {
  return (weeks) => {
    if (terminal.isTTY) terminal.write(`Planning ${weeks === 1 ? '1 week' : `${weeks} weeks`}…\n`);
  };
}

function bar(done: number, total: number): string {
  const full = Math.round((done / total) * WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${done} of ${total}`;
}
